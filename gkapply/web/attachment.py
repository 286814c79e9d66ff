"""A file in an answer: always as an attachment, never guessed at by the browser."""

from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response


def attachment(content: bytes, media_type: str, name: str) -> Response:
    """The answer that hands ``content`` out under ``name``."""
    return send_file(BytesIO(content), media_type, as_attachment=True, download_name=name, etag=False)
