"""Words as a file of an office may hold them."""

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without what no file of an office may hold."""
    return _UNPRINTABLE.sub("", text)
