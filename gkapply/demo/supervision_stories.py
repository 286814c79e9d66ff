"""Organs below the county at work, so that a supervisor has something to see: two departments, two townships, a few requests each.

Every organ below has three accounts (经办, 负责人, 签发人): nobody approves what they wrote. The townships are on no list of areas.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from gkapply.casework import delivery, urges
from gkapply.casework.access import Actor
from gkapply.casework.people import DutyHolding, Organ, SigningName, User
from gkapply.casework.records import Case
from gkapply.casework.urge_records import Urge
from gkapply.casework.urges import Subject
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.demo.applicants import COMPANY, PERSON, request, walked_in
from gkapply.demo.county import COUNTY_CODE, COUNTY_COURT, GOVERNMENT, ONLINE_REVIEW
from gkapply.demo.life import Life
from gkapply.demo.staff import HELD_SINCE
from gkapply.demo.stories import tell
from gkapply.demo.walk import Story
from gkapply.law.workdays import Calendar
from workflows.duties import Duty

PEOPLE = (
    ("经办", (Duty.REGISTRAR, Duty.OFFICER, Duty.ARCHIVIST)),
    ("负责人", (Duty.REVIEWER, Duty.HEAD)),
    ("签发人", (Duty.SIGNER,)),
)
LAND, SCHOOLS, TOWN, VILLAGE = "AYX-ZRZY", "AYX-JYTY", "AYX-YYZ", "AYX-LTZ"


@dataclass(frozen=True, slots=True)
class Below:
    """An organ below: its code, how its accounts are called, and its name if it is a township to be entered."""

    code: str
    short: str
    township: str = ""


BELOW = (
    Below(LAND, "自然资源局"),
    Below(SCHOOLS, "教体局"),
    Below(TOWN, "岳阳镇", "安岳县岳阳镇人民政府"),
    Below(VILLAGE, "龙台镇", "安岳县龙台镇人民政府"),
)


def late(life: Life) -> Story:
    """逾期未答复."""
    yield 31
    life.register(walked_in(PERSON, "2024年某村土地承包合同的备案材料"), life.at_the_counter()).assign().accept()


def answered_late(life: Life) -> Story:
    """逾期答复，没有送达凭证."""
    yield 40
    life.register(walked_in(COMPANY, "某宗地的出让公告和成交确认书"), life.at_the_counter()).assign().accept()
    yield 17
    _answer(life).send_reply(delivery.POST)


def nearly_due(life: Life) -> Story:
    """临近期限."""
    yield 18
    life.register(walked_in(PERSON, "某小区不动产首次登记的公告"), life.at_the_counter()).assign().accept()


def answered(life: Life) -> Story:
    """按期答复、送达."""
    yield 22
    life.register(walked_in(PERSON, "本机关2025年招生计划文件"), life.at_the_counter()).assign().accept()
    yield 16
    _answer(life).send_reply(delivery.HAND)


def withdrawn(life: Life) -> Story:
    """申请人撤回."""
    yield 12
    life.apply_online(request(PERSON, "本镇2025年困难群众补助发放表")).confirm().assign()
    yield 9
    life.withdraw()


STORIES: Mapping[str, list[Callable[[Life], Story]]] = {
    LAND: [late, answered_late, nearly_due],
    SCHOOLS: [answered],
    TOWN: [withdrawn],
    VILLAGE: [late],
}


def let_organs_below_work(
    staff: Mapping[Duty, Actor], password_hash: str, founded: datetime, now: datetime, calendar: Calendar
) -> tuple[str, ...]:
    """Enter accounts and requests of the organs below, and urge the late ones; gives the accounts that were made."""
    for below in BELOW:
        people = _engage(below, password_hash, founded)
        tell(STORIES[below.code], _lives(below.code, people, founded), day_of(now), calendar)
        if late in STORIES[below.code]:
            _urge(below.code, staff[Duty.SUPERVISOR], people[Duty.HEAD] if below.code == LAND else None, now)
    return tuple(f"{below.short}{name}" for below in BELOW for name, _ in PEOPLE)


def _lives(code: str, people: Mapping[Duty, Actor], founded: datetime) -> Callable[[], Life]:
    return lambda: Life(code, people, founded)


def _answer(life: Life) -> Life:
    life.decide(1, "disclosed_public", {"where_to_find": "本机关门户网站“政府信息公开”专栏"})
    return life.draft_reply().submit_reply().pass_review().sign_reply()


def _engage(below: Below, password_hash: str, now: datetime) -> Mapping[Duty, Actor]:
    """The organ's three accounts; a township is entered with its signing name first."""
    with transaction() as session:
        if below.township:
            session.add(_township(below, session.scalars(select(Organ.id).where(Organ.code == COUNTY_CODE)).one()))
            session.flush()
        organ = session.scalars(select(Organ).where(Organ.code == below.code)).one()
        actors: dict[Duty, Actor] = {}
        for name, duties in PEOPLE:
            login = f"{below.short}{name}"
            user = User(
                login=login, name=login, password_hash=password_hash, must_change_password=False, created_at=now
            )
            user.holdings = [DutyHolding(organ_id=organ.id, duty=duty.value, valid_from=HELD_SINCE) for duty in duties]
            session.add(user)
            session.flush()
            who = Actor("user", organ.id, frozenset(duties), user_id=user.id, name=login)
            actors.update(dict.fromkeys(duties, who))
    return actors


def _township(below: Below, county_id: int) -> Organ:
    organ = Organ(
        code=below.code,
        name=below.township,
        kind="township",
        parent_id=county_id,
        contact_unit=f"{below.township}党政办公室",
        contact_address="四川省资阳市安岳县",
    )
    organ.signing_names = [
        SigningName(
            full_name=below.township,
            code_word=f"安{below.short[:2]}公开",
            review_authority=GOVERNMENT,
            court=COUNTY_COURT,
            online_review=ONLINE_REVIEW,
            is_default=True,
        )
    ]
    return organ


def _urge(code: str, supervisor: Actor, answers: Actor | None, now: datetime) -> None:
    """The county urges the organ's late request; ``answers`` has answered, or nobody has and the term has gone by."""
    sent = now - timedelta(days=9)
    with transaction() as session:
        found = select(Case).join(Organ, Organ.id == Case.organ_id).where(Organ.code == code, Case.ended_on.is_(None))
        case = session.scalars(found.order_by(Case.id)).first()
        assert case is not None
        reason = "该申请已经超过答复期限，请说明原因，并于回复之日起3个工作日内作出答复。"
        due_on = day_of(sent) + timedelta(days=7)
        uid = urges.urge(session, Subject(case.organ, case), reason, due_on, supervisor, sent).uid
    if answers is not None:
        with transaction() as session:
            one = session.scalars(select(Urge).where(Urge.uid == uid)).one()
            said = "材料存于三个乡镇，正在逐件核对；已起草延误情况说明，三日内答复。"
            urges.answer(session, one, said, None, answers, sent + timedelta(days=5))
