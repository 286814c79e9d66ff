"""Applicants known from earlier requests: found by name or number within the organ, taken over unseen, each look written down."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select, text

from gkapply.casework import known_applicants
from gkapply.casework.access import Actor
from gkapply.casework.access_log import AccessEntry
from gkapply.casework.application import Application
from gkapply.casework.joint_applicants import read_joint
from gkapply.casework.known_applicants import Kept, Known
from gkapply.casework.receipt import Receipt
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, request
from gkapply.demo.life import Life
from gkapply.law.refusal import NotFound, Refusal
from tests.casework.conftest import BEFORE, MONDAY, Office
from workflows.duties import Duty

STRANGER = Actor("user", 2, frozenset({Duty.REGISTRAR}), user_id=9)
KNOWN = Known("uid", "申请人甲", "natural_person", "自然人", "", "", "AYX-2026-0001", 1)


def test_found_by_name_and_number_within_the_organ_and_written_down(
    office: Office, new_life: Callable[..., Life]
) -> None:
    for applicant in (PERSON, COMPANY, PERSON):
        new_life().register(request(applicant, "一份文件"), Receipt("counter", MONDAY))
    clerk = office.staff[Duty.REGISTRAR]
    with transaction() as session:
        (person,) = known_applicants.named(session, PERSON.name[:2], clerk, BEFORE)
        (company,) = known_applicants.named(session, COMPANY.name[2:5], clerk, BEFORE)
        number = PERSON.id_number.lower()
        (numbered,) = known_applicants.numbered(session, f" {number}", clerk, BEFORE)
        assert known_applicants.named(session, PERSON.name[:1], clerk, BEFORE) == []
        assert known_applicants.numbered(session, number[:-1], clerk, BEFORE) == []
        assert known_applicants.named(session, "%_", clerk, BEFORE) == []
        assert known_applicants.named(session, PERSON.name, STRANGER, BEFORE) == []
        assert known_applicants.numbered(session, number, STRANGER, BEFORE) == []
    assert (person.name, person.requests, person.reference) == (PERSON.name, 2, "AYX-2026-0003")
    assert (numbered.uid, company.name) == (person.uid, COMPANY.name)
    assert PERSON.id_number not in person.identity
    assert PERSON.phone not in person.contact
    assert PERSON.address not in person.contact
    with reading() as session:
        kept = known_applicants.kept_of(session, person.uid, clerk)
        assert kept.contact["phone"] == PERSON.phone
        with pytest.raises(NotFound):
            known_applicants.kept_of(session, person.uid, STRANGER)
        details = session.scalars(select(AccessEntry.detail).order_by(AccessEntry.id)).all()
        assert session.scalar(select(func.count(AccessEntry.id)).where(AccessEntry.deed == "applicants.looked_up")) == 7
    assert details[0] == '{"by":"name","shown":"AYX-2026-0003"}'


def test_the_beginning_of_a_name_is_looked_up_in_the_index(office: Office, database_kind: str) -> None:
    clerk = office.staff[Duty.REGISTRAR]
    with reading() as session:
        condition = known_applicants._begins_with(session, "龙台")
        query = select(known_applicants._rows(clerk, condition))
        if database_kind == "postgresql":
            session.execute(text("SET LOCAL enable_seqscan = off"))
        compiled = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN QUERY PLAN " if database_kind == "sqlite" else "EXPLAIN "
        plan = str(session.execute(text(explain + str(compiled).replace(":", "\\:"))).all())
    assert "ix_applicant_name" in plan
    assert "name>" in plan or "~>=~" in plan


class TestTakingOver:
    kept = Kept(KNOWN, 1, dict.fromkeys(known_applicants.USED_AGAIN, "旧") | {"id_type": "passport", "id_number": "E1"})

    def test_what_is_typed_prevails_and_the_rest_is_as_kept(self) -> None:
        whole = self.kept.complete(Application(name="申请人甲", phone="新", agent_name=""))
        assert (whole.phone, whole.address, whole.id_type, whole.id_number) == ("新", "旧", "passport", "E1")
        assert whole.agent_name == ""

    def test_a_typed_number_brings_its_own_paper(self) -> None:
        whole = self.kept.complete(Application(name="申请人甲", id_type="resident_id", id_number="N"))
        assert (whole.id_type, whole.id_number) == ("resident_id", "N")

    def test_one_persons_numbers_never_go_to_another(self) -> None:
        self.kept.require_same_name(" 申请人甲 ")
        with pytest.raises(Refusal, match="请取消选用"):
            self.kept.require_same_name("申请人乙")


@pytest.mark.parametrize(
    ("line", "name", "number", "phone"),
    [
        ("申请人乙 11010119900101004X", "申请人乙", "11010119900101004X", ""),
        ("申请人乙　11010119900101004X　13800000000", "申请人乙", "11010119900101004X", "13800000000"),
        ("John Smith E12345678", "John Smith", "E12345678", ""),
        ("John Smith", "John Smith", "", ""),
        ("申请人乙，E12345678，13800000000", "申请人乙", "E12345678", "13800000000"),
    ],
)
def test_a_joint_applicant_may_be_written_with_spaces(line: str, name: str, number: str, phone: str) -> None:
    (one,) = read_joint(line, date(2026, 3, 2))
    assert (one.name, one.id_number, one.phone) == (name, number, phone)
