"""A file in an answer: always as an attachment, never guessed at by the browser."""

import unicodedata
from io import BytesIO
from urllib.parse import quote

from flask import Response as FlaskResponse
from flask import send_file
from werkzeug.wrappers import Response


def attachment(content: bytes, media_type: str, name: str) -> Response:
    """The answer that hands ``content`` out under ``name``."""
    return send_file(BytesIO(content), media_type, as_attachment=True, download_name=name, etag=False)


def name_attachment(answer: FlaskResponse, name: str) -> None:
    """Have ``answer`` handed out under ``name``; the head stays plain ASCII (RFC 6266): a server refuses other letters there."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    both = {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
    answer.headers.set("Content-Disposition", "attachment", **both)
