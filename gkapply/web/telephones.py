"""Telephone numbers on pages, so that a phone dials them at a touch."""

import re

from markupsafe import Markup, escape

_NUMBER = re.compile(r"(?<![\d-])(?:0\d{2,3}-?[1-9]\d{6,7}|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|123\d{2})(?![\d-])")
"""A landline with its area code, a mobile, a 400 or 800 number, a government hotline such as 12345."""


def dialled(text: str) -> Markup:
    """``text`` for HTML, each telephone number in it a link that dials it; everything else stays as it was written."""
    shown, end = Markup(), 0
    for found in _NUMBER.finditer(text or ""):
        number = found.group()
        address = number.replace("-", "")
        shown += escape(text[end : found.start()]) + Markup('<a class="tel" href="tel:{}">{}</a>').format(
            address, number
        )
        end = found.end()
    return shown + escape((text or "")[end:])
