"""Requests that departments and organs below work on (转办): one answered by one unit and awaited from another, one that is late."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import referral_desk, referring, units
from gkapply.casework.access import Actor
from gkapply.casework.records import Case
from gkapply.casework.referring import Wish
from gkapply.casework.unit_records import Unit
from gkapply.casework.units import UnitDetails
from gkapply.database import transaction
from gkapply.demo.applicants import LAWYERS, PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.demo.walk import Story
from workflows.duties import Duty

LAND, BUREAU, ROOM = "征地拆迁股", "安岳县自然资源和规划局", "档案室"


def referred(life: Life) -> Story:
    """转办两个单位：科室已反馈，下级机关待签收."""
    yield 20
    _keep_units(life)
    yield 7
    life.register(
        walked_in(LAWYERS, "2023年岳阳镇某村征地补偿安置方案和补偿款发放明细"), life.at_the_counter()
    ).assign()
    yield 6
    life.accept()
    _refer(life, "lead", [LAND], "请检索补偿安置方案，提出能否公开的意见。", 5, "自然资源")
    _refer(life, "records", [BUREAU], "请调取征地批次批复和补偿款发放明细。", 7)
    yield 3
    _answer(life, LAND, "方案已经批准实施，可以公开；发放明细含被征收人账号，建议隐去后公开。")


def late(life: Life) -> Story:
    """转办逾期没有反馈，已催办."""
    yield 11
    life.register(walked_in(PERSON, "1998年县办水泥厂改制的批复"), life.at_the_counter()).assign().accept()
    _refer(life, "records", [ROOM], "请查找改制批复的档案原件并复印。", 3)
    yield 5
    life.do(Duty.HEAD, lambda session, case, actor, now: referring.urge(session, case.referrals[0], actor, now))


REFERRAL_STORIES: list[Callable[[Life], Story]] = [referred, late]


def _keep_units(life: Life) -> None:
    """The county's units: two departments, and every organ below."""
    head, clerk = life.staff[Duty.HEAD], life.staff[Duty.UNIT_CLERK]
    with transaction() as session:
        land = units.add_unit(session, UnitDetails(LAND, "自然资源\n国有土地上房屋征收与补偿"), head, life.now)
        units.set_members(session, land, [clerk.user_id or 0], head, life.now)
        room = units.add_unit(session, UnitDetails(ROOM), head, life.now)
        units.set_members(session, room, [life.staff[Duty.ARCHIVIST].user_id or 0], head, life.now)
        units.adopt_organs(session, head, life.now)


def _refer(life: Life, kind: str, names: Sequence[str], matter: str, days: int, area: str = "") -> None:
    def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        uids = session.scalars(select(Unit.uid).where(Unit.organ_id == case.organ_id, Unit.name.in_(names))).all()
        referring.refer(session, case, Wish(kind, uids, matter, days, area), actor, now)

    life.do(Duty.OFFICER, deed)


def _answer(life: Life, name: str, text: str) -> None:
    def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        one = next(each for each in case.referrals if each.unit.name == name)
        referral_desk.answer(session, one, text, (), life.staff[Duty.UNIT_CLERK], now)

    life.do(Duty.OFFICER, deed)
