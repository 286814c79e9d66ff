"""A form that was sent but not taken, kept word for word so that its sender need not write it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

NEVER_KEPT = frozenset({"csrf_token", "password", "new_password", "repeated"})
"""Fields that no page gives back."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was sent: where to, the fields in their order, the names of the file fields (files themselves are not kept)."""

    action: str
    typed: Sequence[tuple[str, str]]
    files: Sequence[str]


def kept_from_request() -> Kept | None:
    """The form of this request; None when the browser does not vouch that it was sent from a page of this site.

    A form of another site must never be offered for confirmation.
    """
    if request.method != "POST" or not _from_this_site():
        return None
    typed = [(name, value) for name, values in request.form.lists() if name not in NEVER_KEPT for value in values]
    files = dict.fromkeys(name for name, file in request.files.items(multi=True) if file.filename)
    return Kept(request.full_path.rstrip("?"), typed, list(files))


def _from_this_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.host
