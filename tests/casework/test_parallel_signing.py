"""Two hundred threads sign at the same moment, a third of them in vain: numbers without gap or double, one file for each letter."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Table, func, insert, select
from sqlalchemy.orm import Session

from gkapply.casework import correction, letterbook
from gkapply.casework.correction import CorrectionNotice
from gkapply.casework.entries import Fact
from gkapply.casework.journal import JournalEntry, JournalHead
from gkapply.casework.papers import Letter
from gkapply.casework.people import SigningName
from gkapply.casework.people_data import contact_of, seal_contact
from gkapply.casework.records import Applicant, Case
from gkapply.clock import day_of
from gkapply.database import Base, reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letter_numbers import read_number
from gkapply.law.letters import LetterKind
from tests.casework.conftest import Office
from workflows.duties import Duty

LETTERS = 200
FIRST_KEY = 5001
"""Of the copied rows: far from those that the program gives."""
Row = dict[str, Any]


class ChangedMind(Exception):
    """Leaves a unit after its deeds, so that nothing of it stays."""


def prepared(office: Office, life: Life) -> list[str]:
    """So many letters before their signer, each in a case of its own; every second in the name of the county government.

    One case is walked there and its rows are copied; what every letter says is then composed from its own case.
    """
    life.register(walked_in(PERSON, "某工程"), life.at_the_counter()).assign()
    notice = CorrectionNotice("请写明工程的年度", "写明年度可以帮助检索", 15)
    life.do(Duty.OFFICER, lambda s, case, actor, now: correction.propose(s, case, notice, actor, now))
    life._on_letter(LetterKind.CORRECTION_NOTICE, Duty.OFFICER, letterbook.submit)
    with transaction() as session:
        pattern = session.scalars(select(Letter).where(Letter.kind == LetterKind.CORRECTION_NOTICE)).one()
        copy_file(session, pattern)
        letters = session.scalars(select(Letter).where(Letter.kind == LetterKind.CORRECTION_NOTICE)).all()
        for letter in letters:
            letterbook.freeze(session, letter, day_of(life.now))
        return [letter.uid for letter in letters]


def copy_file(session: Session, pattern: Letter) -> None:
    """More cases like that of ``pattern``, each with its applicant, its facts and the letter."""
    government = session.scalars(select(SigningName.id).where(SigningName.code_word == "安府公开")).one()
    contact = contact_of(session, pattern.case.applicant)
    cases, applicants, facts, letters = list[Row](), list[Row](), list[Row](), list[Row]()
    for key in range(FIRST_KEY, FIRST_KEY + LETTERS - 1):
        uid, own = uuid4().hex, {"id": key, "case_id": key}
        cases.append({"id": key, "uid": uid, "number": f"2026-{key}", "reference": f"AYX-2026-{key}"})
        applicants.append({**own, "uid": uid, "sealed": seal_contact(session, uid, contact)})
        facts.append(own)
        letters.append({**own, "uid": uid, **({"signing_name_id": government} if key % 2 else {})})
    copy(session, Case, Case.id == pattern.case_id, cases)
    copy(session, Applicant, Applicant.case_id == pattern.case_id, applicants)
    copy(session, Fact, Fact.case_id == pattern.case_id, facts)
    copy(session, Letter, Letter.id == pattern.id, letters)


def copy(session: Session, record: type[Base], which: ColumnElement[bool], changes: list[Row]) -> None:
    """Copy the one row of a table that meets the condition, each time with other values changed."""
    table = record.__table__
    assert isinstance(table, Table)
    row = dict(session.execute(select(table).where(which)).mappings().one())
    if "submission_token" in row:
        row["submission_token"] = None
    session.execute(insert(table), [{**row, **changed} for changed in changes])


def test_two_hundred_threads_sign_and_a_third_give_it_up(office: Office, new_life: Callable[..., Life]) -> None:
    life = new_life()
    uids = prepared(office, life)
    head, at_once = office.staff[Duty.HEAD], Barrier(LETTERS)

    def sign(place: int) -> None:
        at_once.wait()
        with transaction() as session:
            letterbook.sign(session, letterbook.open_letter(session, uids[place], head, for_step=True), head, life.now)
            if place % 3 == 0:
                raise ChangedMind

    with ThreadPoolExecutor(LETTERS) as threads:
        ended = [one.exception() for one in [threads.submit(sign, place) for place in range(LETTERS)]]
    in_vain = [uid for place, uid in enumerate(uids) if place % 3 == 0]
    assert [type(one) for one in ended if one is not None] == [ChangedMind] * len(in_vain)
    with reading() as session:
        letters = {one.uid: one for one in session.scalars(select(Letter).where(Letter.uid.in_(uids)))}
        length = select(func.count()).where(JournalEntry.organ_id == office.organ_id)
        assert session.get_one(JournalHead, office.organ_id).seq == session.scalar(length)
    assert all(letters[uid].number is None and letters[uid].state.value == "signature" for uid in in_vain)
    signed = [uid for uid in uids if uid not in in_vain]
    numbers = [read_number(str(letters[uid].number)) for uid in signed]
    for word in ("安府办公开", "安府公开"):
        given = sorted(one.ordinal for one in numbers if one.word == word)
        assert given == list(range(1, len(given) + 1)), word
        assert len(given) > LETTERS // 4, word
    each_has_one_file(office, life, signed)


def each_has_one_file(office: Office, life: Life, signed: list[str]) -> None:
    """The errand that each signature posted makes one file; done again, or twice at once, it changes nothing."""
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda uid: letterbook.render_file(uid, life.now), [*signed, *signed[:20]]))
    again = [letterbook.render_file(uid, life.now) for uid in signed]
    assert made == [*again, *again[:20]]
    assert len(set(again)) == len(signed)
    with reading() as session:
        kept = session.execute(select(Letter.uid, Letter.file_sha).where(Letter.uid.in_(signed))).all()
        assert dict(kept) == dict(zip(signed, again, strict=True))
        made_once = select(func.count()).where(
            JournalEntry.deed == "letter.rendered", JournalEntry.organ_id == office.organ_id
        )
        receipts = select(func.count()).where(Letter.file_sha != "", Letter.uid.not_in(signed))
        assert session.scalar(made_once) == len(signed) + (session.scalar(receipts) or 0)
