"""A form that was sent but not taken, kept word for word so that its sender need not write it again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from flask import request

from gkapply.web.display import local_path

NEVER_KEPT = frozenset({"csrf_token", "password", "new_password", "repeated"})
"""Fields that no page gives back."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was sent: where to, the fields in their order, the names of the file fields (files themselves are not kept)."""

    action: str
    typed: Sequence[tuple[str, str]]
    files: Sequence[str]

    def to_json(self) -> str:
        """The form as one hidden field carries it over the login."""
        return json.dumps(asdict(self), ensure_ascii=False)


def kept_from_request() -> Kept | None:
    """The form of this request; None when the browser does not vouch that it was sent from a page of this site.

    A form of another site must never be offered for confirmation.
    """
    if request.method != "POST" or not _from_this_site():
        return None
    typed = [(name, value) for name, values in request.form.lists() if name not in NEVER_KEPT for value in values]
    files = dict.fromkeys(name for name, file in request.files.items(multi=True) if file.filename)
    return Kept(request.full_path.rstrip("?"), typed, list(files))


def kept_from_fields() -> Kept | None:
    """The form that the login page carried along in its field ``kept``; None when there is none."""
    try:
        carried = json.loads(request.form.get("kept") or "null")
        kept = Kept(
            local_path(carried["action"]),
            [(str(name), str(value)) for name, value in carried["typed"]],
            [str(name) for name in carried["files"]],
        )
    except (ValueError, TypeError, KeyError):
        return None
    return kept


def _from_this_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.host
