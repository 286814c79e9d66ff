"""The units of an organ: kept by the head, out of sight for everybody else and for other organs."""

from collections.abc import Callable

from sqlalchemy import select, update

from gkapply.casework.people import Organ
from gkapply.casework.unit_records import Unit
from gkapply.database import reading, transaction
from gkapply.demo.county import DEPARTMENTS
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from workflows.duties import UNIT_DUTIES, Duty

Login = Callable[[Duty], Browser]


def the_units() -> dict[str, Unit]:
    """The units by name, with what the test reads loaded."""
    with reading() as session:
        found = session.scalars(select(Unit)).all()
        return {unit.name: unit for unit in found if unit.members is not None}


def test_the_head_keeps_departments_and_organs(login: Login, office: Office) -> None:
    head = login(Duty.HEAD)
    clerk = office.staff[Duty.UNIT_CLERK].user_id
    fields = {"name": " 征地拆迁股 ", "areas": "征地\n自然资源\n旧城改造", "members": [str(clerk)]}
    assert head.submit("/desk/units/new", **fields).status_code == 303
    assert "已有名为“征地拆迁股”的承办单位" in words(head.submit("/desk/units/new", **fields))
    unit = the_units()["征地拆迁股"]
    assert unit.area_names == ["自然资源", "旧城改造"]
    assert [one.user_id for one in unit.members] == [clerk]
    page = f"/desk/units/{unit.uid}"
    refused = head.submit(page, organ=DEPARTMENTS[0].code)
    assert refused.status_code == 422
    assert "先移除本单位的人员" in words(refused)
    head.forge("/desk/units/adopt")
    head.forge("/desk/units/adopt")
    found = the_units()
    assert len(found) == 1 + len(DEPARTMENTS)
    assert found[DEPARTMENTS[0].name].area_names == list(DEPARTMENTS[0].areas)
    head.submit(page, f"{page}/close")
    assert the_units()["征地拆迁股"].closed_at is not None


def test_nobody_else_and_no_other_organ_sees_them(login: Login, office: Office) -> None:
    login(Duty.HEAD).submit("/desk/units/new", name="征地拆迁股")
    unit = the_units()["征地拆迁股"]
    assert {login(duty).get("/desk/units").status_code for duty in UNIT_DUTIES - {Duty.HEAD}} == {403}
    with transaction() as session:
        other = session.scalars(select(Organ.id).where(Organ.code == DEPARTMENTS[0].code)).one()
        session.execute(update(Unit).values(organ_id=other))
    head = login(Duty.HEAD)
    assert "征地拆迁股" not in words(head.get("/desk/units"))
    assert head.get(f"/desk/units/{unit.uid}").status_code == 404
