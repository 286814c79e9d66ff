"""Drafts of applications (申请草稿): saved page by page, never overwritten unseen, gone with the sending or when their days are over.

A draft is reached by its token alone, which stands in the address and in a cookie of the browser; the database has its hash. What
the token of the form is to a request (``new_case.submitted_with``) is derived from it, so that a draft becomes one request.
"""

import base64
import hashlib
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.draft_pages import PAGES, Mark, Opened, Page, Typed, opened, pages_of, seal_pages
from gkapply.casework.draft_records import Draft
from gkapply.casework.journal import canonical
from gkapply.casework.new_case import submitted_with
from gkapply.casework.records import Case
from gkapply.law.refusal import NotFound, Refusal, Stale

LONGEST_PAGE = 100_000
"""Characters that one page of a draft may hold, far more than its fields take."""


class ChangedElsewhere(Stale):
    """Another window has saved the page since: ``kept`` is the draft as it stands. Nothing was overwritten."""

    def __init__(self, kept: Opened):
        super().__init__("这份草稿在另一个窗口里改过，这里的内容没有保存", do="请对照两份内容，选择保留哪一份")
        self.kept = kept


class AlreadySent(Stale):
    """The draft has become a request: there is nothing left to save."""

    def __init__(self) -> None:
        super().__init__("这份申请已经提交成功，不必再填写", do="请查看回执")


def submission_token(token: str) -> str:
    """The token of the request that the draft becomes: it leads to the request, never back to the draft."""
    digest = hashlib.sha256(f"gkapply draft becomes request:{token}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def sent_as(session: Session, token: str) -> Case | None:
    """The request that the draft has become, if it was sent."""
    return submitted_with(session, submission_token(token))


def exists(session: Session, token: str, now: datetime) -> bool:
    """Whether there is such a draft and its days are not over."""
    return _found(session, token, now) is not None


def open_draft(session: Session, token: str, now: datetime) -> Opened:
    """The draft with that token. Raises NotFound for an unknown, sent, deleted and expired one alike."""
    return opened(session, the_draft(session, token, now), token)


def save(
    session: Session,
    token: str,
    page: str,
    typed: Typed,
    mark: Mark,
    now: datetime,
    keep_for: timedelta,
    *,
    anyway: bool = False,
) -> Opened:
    """Keep a page as it is typed, in a new draft when there is none with that token.

    ``mark`` is what the page carries: another window's save since then is not overwritten, unless ``anyway``. A page that saves
    again itself is no other window, even when it never heard of its own save (连接中断、浏览器后退). Raises ChangedElsewhere,
    AlreadySent, Refusal for a page beyond all bounds.
    """
    text = canonical(dict(typed))
    if len(text) > LONGEST_PAGE:
        raise Refusal("内容过长，没有保存", do="请精简后再保存；大量内容可以作为附件提交")
    draft = _found(session, token, now, for_update=True)
    if draft is None:
        if sent_as(session, token) is not None:
            raise AlreadySent
        draft = _begin(session, token, now)
    pages = pages_of(session, draft)
    standing = pages[page].mark
    is_newer = standing.version != mark.version and (standing.window != mark.window or not mark.window)
    if is_newer and not anyway and pages[page].typed != typed:
        raise ChangedElsewhere(opened(session, draft, token))
    pages[page] = Page(typed, Mark(standing.version + 1, mark.window))
    seal_pages(session, draft, pages)
    draft.saved_at, draft.expires_at = now, now + keep_for
    session.flush()
    return opened(session, draft, token)


def discard(session: Session, token: str) -> None:
    """Delete the draft with its files; nothing happens when there is none."""
    draft = session.scalars(select(Draft).where(Draft.token_hash == _hash(token)).with_for_update()).one_or_none()
    if draft is not None:
        session.delete(draft)
        session.flush()


def expired(session: Session, now: datetime) -> bool:
    """Whether the days of any draft are over."""
    return session.scalar(select(Draft.id).where(Draft.expires_at <= now).limit(1)) is not None


def clear_expired(session: Session, now: datetime) -> int:
    """Delete every draft whose days are over; returns how many. Their files are swept with all that no row names."""
    over = session.scalars(select(Draft).where(Draft.expires_at <= now)).all()
    for draft in over:
        session.delete(draft)
    session.flush()
    return len(over)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _found(session: Session, token: str, now: datetime, *, for_update: bool = False) -> Draft | None:
    query = select(Draft).where(Draft.token_hash == _hash(token), Draft.expires_at > now)
    return session.scalars(query.with_for_update() if for_update else query).one_or_none()


def the_draft(session: Session, token: str, now: datetime, *, for_update: bool = False) -> Draft:
    """The record of the draft with that token. Raises NotFound."""
    draft = _found(session, token, now, for_update=for_update)
    if draft is None:
        raise NotFound("没有这份草稿：它已经提交、删除，或者超过了保存期限", do="请重新填写申请")
    return draft


def _begin(session: Session, token: str, now: datetime) -> Draft:
    discard(session, token)  # one whose days are over and that nobody has cleared away yet
    draft = Draft(uid=uuid4().hex, token_hash=_hash(token), started_at=now, saved_at=now, expires_at=now, files=[])
    seal_pages(session, draft, {page: Page() for page in PAGES})
    session.add(draft)
    return draft
