"""Pictures with which a telephone finds a page."""

import segno
from flask import url_for


def query_picture(reference: str) -> str:
    """A QR code as a data address: the query page with the number filled in, no query code and nothing personal."""
    return picture(url_for("track.ask", number=reference, _external=True))


def picture(address: str) -> str:
    """The QR code of an address, as a data address."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2))
