"""Referring a case to units (转办), urging them (催办), withdrawing: the deeds of the disclosure office.

Several units at once, each with a referral of its own, by a day inside the reply term. No fact is entered: 转办、协办 inside
the organ or below it are handling and stop no clock (条例第三十三条第三款).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import notification, units
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.records import Case
from gkapply.casework.referral_records import LEAD, REFERRAL_KINDS, Referral
from gkapply.casework.referrals import give_link, receivers, require_office, senders
from gkapply.casework.unit_records import Unit
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.letters.notation import chinese_date
from workflows.referral import ReferralState

LONGEST_MATTER, LONGEST_TERM = 2000, 60
ARTICLE = "条例第四十五条"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is referred: a code of REFERRAL_KINDS, the units (uids), what they are to do and within how many working days."""

    kind: str
    units: Sequence[str]
    matter: str
    working_days: int
    area: str = ""
    """Area of disclosure of the case; empty: it stays as it is."""
    shows_applicant: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One referral as it is sent."""

    unit: Unit
    kind: str
    matter: str
    due_on: date
    shows_applicant: bool = False
    parent: Referral | None = None


def refer(session: Session, case: Case, wish: Wish, actor: Actor, now: datetime) -> list[Referral]:
    """Refer the case to each of the units; one that leads becomes the lead unit of the case.

    Raises Refusal for an unknown kind, no or unknown units, more than one lead, a term that ends after the reply term,
    an empty matter or one with secrecy marks.
    """
    chosen = _units(session, case, wish)
    due_on = part_term(case, wish.working_days, day_of(now), case.due_on)
    matter = checked_matter(wish.matter)
    if wish.area:
        if wish.area not in units.area_names(session, case.organ_id):
            raise Refusal("请从列表中选择公开领域", field="area")
        case.area = wish.area
    fire(session, case, "refer", actor, now, detail={"kind": wish.kind, "units": [one.uid for one in chosen]})
    for earlier in case.referrals:
        if earlier.state is ReferralState.RETURNED and earlier.settled_on is None:
            settle(session, earlier, actor, now)
    if wish.kind == LEAD:
        case.unit = chosen[0]
    return [
        send(session, case, Part(unit, wish.kind, matter, due_on, wish.shows_applicant), actor, now) for unit in chosen
    ]


def send(session: Session, case: Case, part: Part, actor: Actor, now: datetime) -> Referral:
    """Send one referral and tell its unit."""
    calendar, today = case.calendar(), day_of(now)
    assert actor.user_id is not None
    referral = Referral(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        ordinal=len(case.referrals) + 1,
        unit=part.unit,
        parent=part.parent,
        kind=part.kind,
        state=ReferralState.NEW,
        version=0,
        matter=part.matter,
        shows_applicant=part.shows_applicant,
        sent_on=today,
        sent_at=now,
        sent_by=actor.user_id,
        due_on=part.due_on,
        remind_on=calendar.workday_at(calendar.position(part.due_on) - 1),
    )
    session.add(referral)
    give_link(session, referral)
    session.flush()
    told = {"kind": part.kind, "unit": part.unit.uid, "due": part.due_on.isoformat()}
    fire(session, referral, "send", actor, now, detail=told)
    tell(session, referral, "referral_came", receivers(session, referral, today), now)
    return referral


def urge(session: Session, referral: Referral, actor: Actor, now: datetime) -> None:
    """Urge the unit by hand, once a day at most. Raises Refusal, NotPermitted, WrongState."""
    require_office(actor, referral)
    today = day_of(now)
    if referral.urged_on == today:
        raise Refusal(f"今天已经催办过{referral.unit.name}", ARTICLE, do="请打电话联系，或者明天再催办")
    fire(session, referral, "urge", actor, now, detail={"times": referral.urged + 1})
    referral.urged, referral.urged_on = referral.urged + 1, today
    people = receivers(session, referral, today)
    tell(session, referral, "referral_urged", people, now, level=referral.urged, times=referral.urged)


def withdraw(session: Session, referral: Referral, reason: str, actor: Actor, now: datetime) -> None:
    """Nothing is awaited from the unit any more. Raises Refusal without a reason, NotPermitted, WrongState."""
    require_office(actor, referral)
    fire(session, referral, "withdraw", actor, now, reason=reason)
    end(referral, day_of(now), reason)
    tell(session, referral, "referral_withdrawn", receivers(session, referral, day_of(now)), now)


def settle(session: Session, referral: Referral, actor: Actor, now: datetime) -> None:
    """The office has taken note of a return. Raises NotPermitted, WrongState."""
    require_office(actor, referral)
    fire(session, referral, "settle", actor, now)
    referral.settled_on = day_of(now)


def end(referral: Referral, on: date, reason: str) -> None:
    """It ended without an answer: its unit leads the case no longer."""
    referral.ended_on, referral.reason = on, reason.strip()
    if referral.kind == LEAD and referral.case.unit_id == referral.unit_id:
        referral.case.unit = None


def tell(
    session: Session,
    referral: Referral,
    kind: str,
    people: Sequence[int],
    now: datetime,
    *,
    level: int = 0,
    times: int = 0,
) -> None:
    """Tell the people of the referral by its number and last day; nobody there to be told: the office itself."""
    told = people or senders(session, referral, day_of(now))
    notification.tell(
        session,
        referral.organ_id,
        told,
        kind=kind,
        key=f"{referral.uid}:{kind}",
        now=now,
        level=level,
        referral=referral.uid,
        number=referral.number,
        due_on=referral.due_on.isoformat(),
        times=times,
    )


def part_term(case: Case, working_days: int, today: date, within: date | None) -> date:
    """The last day of a part-term of so many working days. Raises Refusal when it is after ``within``."""
    if not 1 <= working_days <= LONGEST_TERM:
        raise Refusal(f"办结时限须为1至{LONGEST_TERM}个工作日", ARTICLE, field="working_days")
    due_on = case.calendar().add(today, working_days)
    if within is not None and today < within < due_on:
        raise Refusal(
            f"办结时限到{chinese_date(due_on)}，晚于{chinese_date(within)}的期限",
            "条例第三十三条",
            field="working_days",
            do="转办不停止计算答复期限，请缩短办结时限",
        )
    return due_on


def checked_matter(text: str) -> str:
    """What the unit is to do, without blanks around it. Raises Refusal."""
    if not 2 <= len(text.strip()) <= LONGEST_MATTER:
        raise Refusal(f"请写明转办事项和要求（2至{LONGEST_MATTER}个字）", ARTICLE, field="matter")
    refuse_secret_marks(text, field="matter")
    return text.strip()


def _units(session: Session, case: Case, wish: Wish) -> Sequence[Unit]:
    if wish.kind not in REFERRAL_KINDS:
        raise Refusal("请选择主办、协办或者调取材料", ARTICLE, field="kind")
    query = select(Unit).where(Unit.organ_id == case.organ_id, Unit.uid.in_(list(wish.units)), Unit.closed_at.is_(None))
    found = session.scalars(query.order_by(Unit.name, Unit.id)).all()
    if not found or len(found) != len(set(wish.units)):
        raise Refusal("请选择承办单位", ARTICLE, field="units", do="停用的单位不能接收转办")
    if wish.kind == LEAD:
        if len(found) > 1:
            raise Refusal("主办单位只能有一个", ARTICLE, field="units", do="其他单位请另行转办为协办")
        leading = [one for one in case.referrals if one.kind == LEAD and one.is_open and one.parent_id is None]
        if leading:
            raise Refusal(
                f"本件已由{leading[0].unit.name}主办", ARTICLE, field="kind", do="改由其他单位主办的，请先撤回原转办"
            )
    return found
