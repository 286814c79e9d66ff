"""What a draft holds, in clear: the only place where drafts are sealed and opened."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework.draft_records import Draft, DraftFile
from gkapply.casework.journal import canonical
from gkapply.casework.services import ring

CONTENT, APPLICANT = "content", "applicant"
PAGES = (CONTENT, APPLICANT)
"""The pages of the form, in their order."""
Typed = Mapping[str, Sequence[str]]
"""What was typed on a page, word for word: field → values, as the browser sent them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a shown page knows of its draft: the version that it shows, and its own name, by which its saves are known again."""

    version: int = 0
    window: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a draft as it is kept, and the mark of its last save."""

    typed: Typed = field(default_factory=dict)
    mark: Mark = Mark()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a draft: how a page names it."""

    uid: str
    role: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft in clear, for whoever holds its token."""

    token: str
    pages: Mapping[str, Page]
    files: Sequence[KeptFile]
    saved_at: datetime
    expires_at: datetime

    def files_as(self, role: str) -> list[KeptFile]:
        """The files handed in for that."""
        return [one for one in self.files if one.role == role]


def pages_of(session: Session, draft: Draft) -> dict[str, Page]:
    """Every page of the draft as it was typed."""
    kept = json.loads(ring(session).unseal(draft.sealed, f"draft.sealed.{draft.uid}"))
    return {page: Page(one["typed"], Mark(one["version"], one["window"])) for page in PAGES for one in (kept[page],)}


def seal_pages(session: Session, draft: Draft, pages: Mapping[str, Page]) -> None:
    """Put the pages into the draft, sealed for it alone."""
    content = {
        name: {"typed": dict(page.typed), "version": page.mark.version, "window": page.mark.window}
        for name, page in pages.items()
    }
    draft.sealed = ring(session).seal(canonical(content).encode(), f"draft.sealed.{draft.uid}")


def opened(session: Session, draft: Draft, token: str) -> Opened:
    """The whole draft in clear."""
    files = [kept_file(session, one) for one in draft.files]
    return Opened(token, pages_of(session, draft), files, draft.saved_at, draft.expires_at)


def name_of(session: Session, one: DraftFile) -> str:
    """The name that the file came with."""
    return ring(session).unseal(one.sealed_name, f"draft_file.name.{one.uid}").decode()


def kept_file(session: Session, one: DraftFile) -> KeptFile:
    """The file as a page names it."""
    return KeptFile(one.uid, one.role, name_of(session, one), one.size)
