"""The picture with which a telephone finds the page where a request is followed."""

import segno
from flask import url_for


def query_picture(reference: str) -> str:
    """A QR code as a data address: the query page with the number filled in, no query code and nothing personal."""
    address = url_for("track.ask", number=reference, _external=True)
    return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2))
