"""The written form of what was typed into a form: trimmed, half-width numbers, nothing that no letter could print."""

import re
import unicodedata
from dataclasses import fields, replace
from typing import Any

from gkapply.casework.application import Application

# Control characters, surrogates and the two that are no characters. Unassigned code points stay: a rare character of a name may
# be younger than this Python's tables.
_MAY_NOT_STAND = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def half_width(text: str) -> str:
    """The text in half-width characters, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def tidy(application: Application) -> Application:
    """Trimmed, line ends as \\n, without control characters, and without further things and applicants of whom nothing is said."""
    texts = _tidied(application)
    others = [replace(one, **_tidied(one)) for one in application.others]
    further = [replace(one, **_tidied(one)) for one in application.further]
    return replace(
        application,
        **texts,
        others=tuple(one for one in others if not one.is_empty),
        further=tuple(one for one in further if not one.is_empty),
    )


def _tidied(record: Any) -> dict[str, Any]:
    """The texts of a record without what no letter could print and PostgreSQL refuses."""
    texts: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, str):
            plain = value.replace("\r\n", "\n").replace("\r", "\n")
            texts[field.name] = _MAY_NOT_STAND.sub("", plain).strip()
    return texts
