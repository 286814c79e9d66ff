"""--update: a request that came with a register is put right by a later one, as long as nobody has worked on it here.

What changes is journaled by column; the row that came before stays beside the new one. Facts that are no longer said are revoked, never
deleted; questions to others that came with them are made anew.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gkapply.casework import case_indexing, journal, ledger, likeness_index, register_ledger
from gkapply.casework.access import Actor, system_in
from gkapply.casework.calendars import calendar_of
from gkapply.casework.dating import fact_digest
from gkapply.casework.entries import Fact
from gkapply.casework.flow import fire
from gkapply.casework.papers import Consultation
from gkapply.casework.people import Organ
from gkapply.casework.records import LOOK_AT_ONCE, Case
from gkapply.casework.register_applicants import applicant_of, persons_of
from gkapply.casework.register_compare import columns_between, content_of
from gkapply.casework.register_import_records import RegisterImport, RegisterRow
from gkapply.casework.register_standing import columns, state_of
from gkapply.casework.register_taking import Waiting, asked_for, keep
from gkapply.casework.register_term import resume
from gkapply.clock import day_of
from gkapply.law.register_rows import number_key
from workflows.case_states import CaseState

CHANGED = "register.change"
"""Deed of the journal's entry for one request that a later register has changed."""


def change(
    session: Session, run: RegisterImport, organ: Organ, piece: int, rows: list[tuple[int, Waiting]], now: datetime
) -> int:
    """Put these requests right (edition, row); returns how many were left, since somebody has worked on them meanwhile."""
    kept, left = [], 0
    for edition, one in rows:
        case = _untouched(session, organ.id, one)
        if case is None:
            left += 1
            continue
        _change(session, run, organ, case, edition, one, now)
        kept.append((case.id, case.version, edition, one))
    if kept:
        keep(session, run, piece, kept, now)
    return left


def _untouched(session: Session, organ_id: int, one: Waiting) -> Case | None:
    """The request, locked, when it stands as the register has left it."""
    before = newest_row(session, organ_id, one)
    case = session.scalars(select(Case).where(Case.id == before.case_id).with_for_update()).one()
    return case if case.version == before.case_version else None


def newest_row(session: Session, organ_id: int, one: Waiting) -> RegisterRow:
    """What was taken last under the number of a row."""
    key = number_key(one.said.number)
    query = select(RegisterRow).where(RegisterRow.organ_id == organ_id, RegisterRow.number_key == key)
    return session.scalars(query.order_by(RegisterRow.edition.desc()).limit(1)).one()


def _change(
    session: Session, run: RegisterImport, organ: Organ, case: Case, edition: int, one: Waiting, now: datetime
) -> None:
    old = content_of(session, newest_row(session, organ.id, one))
    codes = columns_between(old, one.content)
    actor = system_in(organ.id)
    words = likeness_index.text_of(case)
    for name, value in asked_for(organ, one.said).items():
        setattr(case, name, value)
    _change_applicant(session, organ.id, case, one)
    case.items[0].quote = one.said.description
    case_indexing.touch(session, case)
    likeness_index.reword(session, case, words)
    if old.get("facts") != one.content.get("facts") or {"received_on", "result"} & set(codes):
        _enter_facts_anew(session, run, organ, case, one, now)
    _move(session, case, state_of(one.said, one.standing), actor, now)
    for name, value in columns(one.said, one.standing, day_of(now)).items():
        if name != "state":
            setattr(case, name, value)
    case.look_on = LOOK_AT_ONCE
    case.version += 1
    told = {"run": run.id, "edition": edition, "columns": codes, "digest": one.digest}
    journal.record(session, organ.id, CHANGED, run.begun_by, now, case_id=case.id, **told)


def _change_applicant(session: Session, organ_id: int, case: Case, one: Waiting) -> None:
    applicant = case.applicants[0]
    persons = persons_of(session, organ_id, [one.said])
    values = applicant_of(session, organ_id, case.id, one.said, persons, uid=applicant.uid)
    for name in ("kind", "name", "person_id", "sealed"):
        setattr(applicant, name, values[name])


def _move(session: Session, case: Case, wanted: CaseState, actor: Actor, now: datetime) -> None:
    """Let the request come to the state that the row says, by the steps that registers may take."""
    if wanted is case.state:
        return
    if wanted is CaseState.ARCHIVED:
        fire(session, case, "settle_by_register", actor, now)
        return
    if case.state is not CaseState.REGISTERED:
        fire(session, case, "reopen_by_register", actor, now)
    resume(session, case, wanted, actor, now)


def _enter_facts_anew(
    session: Session, run: RegisterImport, organ: Organ, case: Case, one: Waiting, now: datetime
) -> None:
    for fact in ledger.standing(case.facts):
        _revoke(session, case, fact, run, now)
    session.execute(delete(Consultation).where(Consultation.case_id == case.id))
    session.flush()
    found = one.ledger(case.id)
    if found is not None:
        detail: Mapping[str, Any] = {"register": run.id}
        register_ledger.enter(session, organ.id, [found], run.begun_by, now, detail)
        register_ledger.enter_questions(
            session, organ.id, [found], organ.office_settings(), calendar_of(organ), day_of(now)
        )
    session.expire(case, ["facts", "consultations"])


def _revoke(session: Session, case: Case, fact: Fact, run: RegisterImport, now: datetime) -> None:
    row = Fact(
        organ_id=case.organ_id,
        case_id=case.id,
        kind=fact.kind,
        on_=fact.on_,
        recorded_at=now,
        actor=run.begun_by,
        article=fact.article,
        party=fact.party,
        revokes_id=fact.id,
        detail="{}",
    )
    session.add(row)
    session.flush()
    told = {"kind": row.kind, "on": row.on_.isoformat(), "revokes": fact.id, "digest": fact_digest(row)}
    journal.record(session, case.organ_id, "fact.enter", run.begun_by, now, case_id=case.id, fact=row.id, **told)
