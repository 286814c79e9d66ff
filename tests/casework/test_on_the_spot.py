"""Answering on the spot: numbered, counted, signed, and only for what can be given at once."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import report
from gkapply.casework.documents import Upload
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from workflows.application import CaseState
from workflows.letter import LetterState

NewLife = Callable[..., Life]
SIGNED = Upload("record.txt", "申请人签名".encode())
PUBLIC = {"where_to_find": "县政府门户网站“民生实事”栏目"}


def at_the_counter(new_life: NewLife) -> Life:
    """Handed in on Monday, 2 March 2026."""
    life = new_life(date(2026, 3, 2))
    return life.register(walked_in(PERSON, "2025年重点民生实事清单"), life.at_the_counter())


def found(life: Life) -> Case:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = case.letters, case.facts, case.items, case.documents
        return case


def test_it_ends_the_request_that_day_and_counts(new_life: NewLife, office: Office) -> None:
    life = at_the_counter(new_life).answer_on_the_spot("disclosed_public", PUBLIC, SIGNED)
    case = found(life)
    assert (case.state, case.report_row) == (CaseState.REPLIED, "3.1")
    assert {case.replied_on, case.delivered_on, case.ended_on} == {date(2026, 3, 2)}
    record = case.letters[-1]
    assert (record.kind, record.number, record.state) == (LetterKind.ON_THE_SPOT_RECORD, None, LetterState.DELIVERED)
    assert record.file_sha
    assert record.proof_id == next(one.id for one in case.documents if one.role == "on_the_spot")
    with reading() as session:
        rows = report.annual(session, session.get_one(Organ, office.organ_id), 2026)["table3"]["rows"]
    assert {row["code"]: row["values"][-1] for row in rows}["3.1"] == 1
    life.archive()
    assert found(life).state is CaseState.ARCHIVED


def test_information_is_given_only_after_its_review(new_life: NewLife) -> None:
    life = at_the_counter(new_life)
    with pytest.raises(Refusal, match="第十七条"):
        life.answer_on_the_spot("disclosed", {"enclosures": "清单（3页）"}, SIGNED)
    life.answer_on_the_spot("disclosed", {"enclosures": "清单（3页）", "release_review": "可以公开"}, SIGNED)
    assert found(life).report_row == "3.1"


@pytest.mark.parametrize("outcome", ["not_existing", "refused_internal", "partial", ""])
def test_nothing_is_refused_on_the_spot(new_life: NewLife, outcome: str) -> None:
    with pytest.raises(Refusal, match="只能是"):
        at_the_counter(new_life).answer_on_the_spot(outcome, PUBLIC, SIGNED)


def test_on_the_next_working_day_at_the_latest(new_life: NewLife) -> None:
    at_the_counter(new_life).come_to(date(2026, 3, 3)).answer_on_the_spot("disclosed_public", PUBLIC, SIGNED)
    with pytest.raises(Refusal, match="第三十三条第一款"):
        at_the_counter(new_life).come_to(date(2026, 3, 4)).answer_on_the_spot("disclosed_public", PUBLIC, SIGNED)


def test_not_once_another_letter_has_left(new_life: NewLife) -> None:
    life = at_the_counter(new_life).assign()
    life.ask_correction("请写明年度", "写明年度可以帮助检索").receive_correction("2025年重点民生实事清单")
    with pytest.raises(Refusal, match="已经发出《补正告知书》"):
        life.answer_on_the_spot("disclosed_public", PUBLIC, SIGNED)


def test_without_the_signed_record_nothing_happens(new_life: NewLife) -> None:
    life = at_the_counter(new_life)
    with pytest.raises(Refusal, match="签名"):
        life.answer_on_the_spot("disclosed_public", PUBLIC, None)  # type: ignore[arg-type]
    assert (found(life).state, found(life).items[0].outcome) == (CaseState.REGISTERED, None)
