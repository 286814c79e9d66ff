"""A courtesy transfer: besides the reply, with the applicant's data only by consent, no clock before the other organ receives it."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import transfer
from gkapply.casework.access import Actor
from gkapply.casework.kindred import kindred
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.transfer import Wanted
from gkapply.casework.transferred import Transfer
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import DEPARTMENTS
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, Refusal
from tests.casework.conftest import Office
from workflows.duties import Duty

NewLife = Callable[..., Life]
OTHER = DEPARTMENTS[0]
NOT_OURS = {"reason": "由该局制作并负责公开", "competent_organ": OTHER.name}


@pytest.fixture
def life(new_life: NewLife) -> Life:
    """A request that another organ is responsible for, being handled."""
    begun = new_life(date(2026, 3, 2))
    return begun.register(walked_in(PERSON, "某项目的审批文件"), begun.at_the_counter()).assign().accept()


def propose(life: Life, consent: str = "", to_organ: bool = True) -> None:
    with reading() as session:
        organ_id = session.scalars(select(Organ.id).where(Organ.code == OTHER.code)).one()
    wanted = Wanted(organ_id if to_organ else None, "" if to_organ else "某省某厅", "", "由该局负责公开", consent)
    life.do(Duty.OFFICER, lambda s, case, actor, now: transfer.propose(s, case, wanted, actor, now))


def registrar_there() -> Actor:
    """A registrar of the other organ."""
    with reading() as session:
        organ_id = session.scalars(select(Organ.id).where(Organ.code == OTHER.code)).one()
    return Actor("user", organ_id, frozenset({Duty.REGISTRAR}), user_id=1)


def printed(life: Life) -> dict[str, str]:
    """What the 移送函 says."""
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        return dict(json.loads(case.letters[-1].final)["fields"])


def test_only_what_is_another_organs(life: Life) -> None:
    with pytest.raises(Refusal, match="非本机关负责公开"):
        propose(life)


def test_it_arrives_when_the_letter_has_left_without_the_applicant(life: Life) -> None:
    life.decide(1, "not_ours", NOT_OURS)
    propose(life)
    there = registrar_there()
    with reading() as session:
        assert transfer.arrived(session, there) == []
    life.issue(LetterKind.TRANSFER_NOTICE, "hand")
    assert printed(life)["applicant_text"] == ""
    with transaction() as session:
        (one,) = transfer.arrived(session, there)
        assert (one.description, one.sent_on, one.consent) == ("某项目的审批文件", date(2026, 3, 2), False)
        known = transfer.prefill(session, one.uid, there, life.now)
        assert known["description"] == "某项目的审批文件"
        assert "name" not in known
        assert "phone" not in known


def test_with_consent_the_applicant_is_told_and_the_look_is_logged(life: Life) -> None:
    life.decide(1, "not_ours", NOT_OURS)
    propose(life, consent="2026年3月2日电话同意")
    life.issue(LetterKind.TRANSFER_NOTICE, "hand")
    assert PERSON.phone in printed(life)["applicant_text"]
    with transaction() as session:
        (one,) = transfer.arrived(session, registrar_there())
        known = transfer.prefill(session, one.uid, registrar_there(), life.now)
        assert (known["name"], known["phone"]) == (PERSON.name, PERSON.phone)


def test_the_sending_organ_and_others_do_not_see_it(life: Life, office: Office) -> None:
    life.decide(1, "not_ours", NOT_OURS)
    propose(life)
    life.issue(LetterKind.TRANSFER_NOTICE, "hand")
    with transaction() as session:
        uid = session.scalars(select(Transfer.uid)).one()
        assert transfer.arrived(session, office.staff[Duty.REGISTRAR]) == []
        with pytest.raises(NotFound):
            transfer.prefill(session, uid, office.staff[Duty.REGISTRAR], life.now)


def test_registered_once_and_both_files_know_of_each_other(life: Life, new_life: NewLife) -> None:
    life.decide(1, "not_ours", NOT_OURS)
    propose(life)
    life.issue(LetterKind.TRANSFER_NOTICE, "hand")
    first, second = (new_life(date(2026, 3, 5)) for _ in range(2))
    for one in (first, second):
        one.register(walked_in(PERSON, "某项目的审批文件"), one.at_the_counter())
    with transaction() as session:
        uid = session.scalars(select(Transfer.uid)).one()
        here, again, origin = (
            session.scalars(select(Case).where(Case.reference == one.reference)).one() for one in (first, second, life)
        )
        transfer.register_as(session, uid, here, registrar_there(), first.now)
        assert transfer.arrived(session, registrar_there()) == []
        with pytest.raises(Refusal, match="已经登记"):
            transfer.register_as(session, uid, again, registrar_there(), first.now)
        assert (here.received_on, origin.received_on) == (date(2026, 3, 5), date(2026, 3, 2))
        sent = [one.reference for one in kindred(session, origin) if one.relation.startswith(f"已移送{OTHER.name}")]
        came = [one.reference for one in kindred(session, here) if "移送，该机关的登记编号" in one.relation]
        assert (sent, came) == ([here.reference], [origin.reference])


def test_an_organ_outside_gets_the_letter_only(life: Life) -> None:
    life.decide(1, "not_ours", NOT_OURS)
    propose(life, to_organ=False)
    life.issue(LetterKind.TRANSFER_NOTICE)
    assert printed(life)["addressee"] == "某省某厅"
    with reading() as session:
        assert transfer.arrived(session, registrar_there()) == []
        assert session.scalars(select(Transfer)).one().sent_on == date(2026, 3, 2)
