"""The catalogue of disclosure items (政务公开事项标准目录): submitted by the organ, checked above, published, and from then on kept whole.

Who compiles is an officer or the head (``catalogue_drafts``); who decides is the head of the organ above where there is one and
the office's setting says so (由县级人民政府汇总), else the head of the organ itself, and never the person who submitted.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework import public_search
from gkapply.casework.access import Actor
from gkapply.casework.catalogue_access import current_edition, require_checker
from gkapply.casework.catalogue_changes import Changes
from gkapply.casework.catalogue_drafts import LONGEST_NOTE, changes_of, require_draft, tell
from gkapply.casework.catalogue_records import PUBLIC_KIND, CatalogueEdition, CatalogueEntry, EditionState
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted, Refusal, Stale, WrongState
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "国办发〔2019〕54号"


def submit(session: Session, edition: CatalogueEdition, actor: Actor, now: datetime) -> None:
    """Hand the edition to the head who decides on it. Raises WrongState, Refusal when it changes nothing."""
    user_id = require_draft(edition, actor)
    if not changes_of(session, edition):
        raise Refusal("与现行的目录相同，没有变化", do="不需要报送；没有用的可以放弃")
    edition.submitted_at, edition.submitted_by = now, user_id
    edition.checker_id = checker_of(session, edition, day_of(now)).id
    tell(session, "submit", edition, actor, now, checker=edition.checker_id)


def take_back(session: Session, edition: CatalogueEdition, actor: Actor, now: datetime) -> None:
    """Compile on, before anybody has decided. Raises NotPermitted, WrongState."""
    _require_waiting(edition)
    if actor.organ_id != edition.made_in_id:
        raise NotPermitted("只有编制的机关可以撤回", do="需要修改的，请退回并写明理由")
    edition.submitted_at = edition.submitted_by = edition.checker_id = None
    require_draft(edition, actor)
    tell(session, "take_back", edition, actor, now)


def give_back(session: Session, edition: CatalogueEdition, reason: str, actor: Actor, now: datetime) -> None:
    """The head does not accept it and says why; the next edition begins from it. Raises NotPermitted, WrongState, Refusal."""
    user_id = require_checker(edition, actor)
    _require_waiting(edition)
    reason = reason.strip()
    if not reason:
        raise Refusal("退回须写明理由", ARTICLE, field="reason", do="请写明需要修改的地方")
    if len(reason) > LONGEST_NOTE:
        raise Refusal(f"理由超过{LONGEST_NOTE}个字", field="reason", do="请缩短")
    refuse_secret_marks(reason, field="reason")
    edition.decision, edition.decided_at, edition.decided_by = EditionState.RETURNED, now, user_id
    edition.reason = reason
    tell(session, "return", edition, actor, now)


def publish(session: Session, edition: CatalogueEdition, actor: Actor, now: datetime) -> None:
    """The head accepts and publishes it; it takes the place of the one before, which stays whole.

    Raises NotPermitted for another organ's head and for who submitted it, WrongState, Stale when another edition came between.
    """
    user_id = require_checker(edition, actor)
    _require_waiting(edition)
    if user_id == edition.submitted_by:
        raise NotPermitted("报送的人不能发布自己报送的目录", ARTICLE, do="请由另一名公开机构负责人核对后发布")
    session.get_one(Organ, edition.organ_id, with_for_update=True)
    current = current_edition(session, edition.organ_id, edition.area)
    if (current.version if current else 0) != edition.based_on:
        raise Stale("编制期间已经发布了新的一版，本版没有发布", do="请退回，在现行的一版上重新编制")
    changes = changes_of(session, edition)
    if current is not None:
        current.replaced_at = now
        session.flush()
    edition.version = _next_version(session, edition)
    edition.decision, edition.decided_at, edition.decided_by = EditionState.PUBLISHED, now, user_id
    session.flush()
    digest = hashlib.sha256(canonical(_contents(edition.entries)).encode()).hexdigest()
    tell(session, "publish", edition, actor, now, version=edition.version, sha256=digest)
    _let_be_found(session, edition, changes, now)


def _let_be_found(session: Session, edition: CatalogueEdition, changes: Changes, now: datetime) -> None:
    """The search over what is public finds the new and changed entries from now on, and those that are gone no longer."""
    for uid, _ in changes.gone:
        public_search.forget(session, PUBLIC_KIND, uid)
    to_put = {uid for uid, _ in changes.new} | {one.uid for one in changes.changed}
    for entry in edition.entries:
        if entry.uid in to_put:
            words = f"{entry.heading}：{entry.content}" if entry.heading else entry.content
            public_search.index(
                session,
                PUBLIC_KIND,
                entry.uid,
                organ_id=edition.organ_id,
                area=edition.area,
                title=entry.name,
                words=words,
                now=now,
            )


def checker_of(session: Session, edition: CatalogueEdition, today: date) -> Organ:
    """The organ whose head decides on the edition: the one above the organ that compiles it for itself, else that organ."""
    maker = session.get_one(Organ, edition.made_in_id)
    if maker.id != edition.organ_id or maker.parent_id is None or not maker.office_settings().catalogue_checked_above:
        return maker
    above = session.get_one(Organ, maker.parent_id)
    in_force = above.valid_from <= today and (above.valid_to is None or today <= above.valid_to)
    return above if in_force else maker


def _require_waiting(edition: CatalogueEdition) -> None:
    if edition.state is not EditionState.SUBMITTED:
        raise WrongState(f"这一版目录{edition.state.label}，不在等待核对发布", do="请刷新页面查看")


def _next_version(session: Session, edition: CatalogueEdition) -> int:
    query = select(func.max(CatalogueEdition.version)).where(
        CatalogueEdition.organ_id == edition.organ_id, CatalogueEdition.area == edition.area
    )
    return (session.scalar(query) or 0) + 1


def _contents(entries: Sequence[CatalogueEntry]) -> list[dict[str, str]]:
    return [{"uid": one.uid, **one.values()} for one in entries]
