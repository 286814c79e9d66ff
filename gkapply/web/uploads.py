"""Files of a form as casework takes them."""

from contextlib import suppress
from pathlib import PureWindowsPath

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import ClientDisconnected
from werkzeug.wsgi import LimitedStream

from gkapply.casework.documents import Upload
from gkapply.casework.uploads import refuse_marked

PIECE = 1024 * 1024
MOST_THROWN_AWAY = 512 * PIECE
"""Bytes of a too large upload that are read so that its sender sees the answer; whoever sends more sees none."""


def uploaded(field: str) -> tuple[Upload, ...]:
    """The files chosen in ``field``, read once and closed; some browsers send a whole path as the name: only its last part is kept."""
    return tuple(_read(one) for one in request.files.getlist(field) if one.filename)


def uploaded_one(field: str) -> Upload | None:
    """The file chosen in ``field``, if any."""
    files = uploaded(field)
    return files[0] if files else None


def uploaded_table(field: str) -> Upload | None:
    """The file chosen in ``field`` that is read and not kept as a paper, if any. Raises Refusal for one with a secrecy mark."""
    chosen = uploaded_one(field)
    if chosen is not None:
        refuse_marked(chosen, field=field)
    return chosen


def any_chosen() -> bool:
    """Whether any file came with the form: a page that shows it again cannot keep them."""
    return any(one.filename for one in request.files.values())


def _read(one: FileStorage) -> Upload:
    with one.stream:
        return Upload(PureWindowsPath(one.filename or "").name, one.stream.read())


def read_to_its_end() -> None:
    """Read what is still coming in of this request and throw it away, up to MOST_THROWN_AWAY bytes.

    A server that answers and hangs up while the browser is sending breaks the connection, and its sender sees no page. Of what
    comes in pieces of unknown length nothing more is read.
    """
    length, most = request.content_length, request.max_content_length
    if length is None or most is None or length > MOST_THROWN_AWAY:
        return
    # Of a request that announces too much nothing has been read yet; of another the parser has stopped on its way.
    rest = LimitedStream(request.environ["wsgi.input"], length) if length > most else request.stream
    with suppress(ClientDisconnected):  # its sender is gone: there is nobody to answer
        while rest.read(PIECE):
            pass
