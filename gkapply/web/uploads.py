"""Files of a form as casework takes them."""

from pathlib import PureWindowsPath

from flask import request
from werkzeug.datastructures import FileStorage

from gkapply.casework.documents import Upload


def uploaded(field: str) -> tuple[Upload, ...]:
    """The files chosen in ``field``, read once and closed; some browsers send a whole path as the name: only its last part is kept."""
    return tuple(_read(one) for one in request.files.getlist(field) if one.filename)


def uploaded_one(field: str) -> Upload | None:
    """The file chosen in ``field``, if any."""
    files = uploaded(field)
    return files[0] if files else None


def any_chosen() -> bool:
    """Whether any file came with the form: a page that shows it again cannot keep them."""
    return any(one.filename for one in request.files.values())


def _read(one: FileStorage) -> Upload:
    with one.stream:
        return Upload(PureWindowsPath(one.filename or "").name, one.stream.read())
