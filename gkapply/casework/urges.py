"""Urging an organ below (督办): asked with a reason and a term, answered by its head, accepted or asked again.

条例第四十七条: the supervising organ orders what is not done to be done. The state of a request is not touched by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from gkapply.casework import notification, uploads
from gkapply.casework.access import Actor, supervised_cases, supervised_organs
from gkapply.casework.accounts import require
from gkapply.casework.calendars import calendar_of
from gkapply.casework.documents import Upload
from gkapply.casework.journal import record
from gkapply.casework.notification import Tidings, holders
from gkapply.casework.numbering import next_number
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.urge_records import Urge, UrgeAnswer, UrgeVerdict
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks
from workflows.case_states import CaseState
from workflows.duties import CASE_DUTIES, Duty

ARTICLE = "条例第四十七条"
SERIES = "urge"
LONGEST = 2000
FILE = "file"
"""Field of the file that comes with an answer."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is urged: an organ as a whole, or one of its cases."""

    organ: Organ
    case: Case | None = None

    @property
    def words(self) -> str:
        """In words, without a name."""
        return f"申请 {self.case.reference}" if self.case else f"{self.organ.name}的依申请公开工作"


def subject_of(session: Session, actor: Actor, *, reference: str = "", code: str = "") -> Subject:
    """The case with that reference, or the organ with that code, if ``actor`` supervises it. Raises NotFound."""
    if reference:
        case = session.scalars(select(Case).where(Case.reference == reference, supervised_cases(actor))).one_or_none()
        if case is not None:
            return Subject(case.organ, case)
    elif code:
        query = select(Organ).where(Organ.code == code, Organ.id.in_(supervised_organs(actor)))
        organ = session.scalars(query).one_or_none()
        if organ is not None:
            return Subject(organ)
    raise NotFound("没有这件申请或者这个机关，或者它不在您的监督范围内", do="请从监督页面进入")


def usual_term(session: Session, actor: Actor, today: date) -> date:
    """The last day for an answer unless another is chosen: so many working days as the supervising organ has set."""
    own = session.get_one(Organ, actor.organ_id)
    return calendar_of(own).add(today, own.office_settings().urge_answer)


def urge(session: Session, subject: Subject, reason: str, due_on: date, actor: Actor, now: datetime) -> Urge:
    """Urge ``subject``. Raises NotPermitted, or Refusal without a reason, for a day gone by, or while an urge is open."""
    require(actor, Duty.SUPERVISOR)
    if subject.case is not None and subject.case.state is CaseState.ARCHIVED:
        raise Refusal("案卷已经归档，不能督办", ARTICLE, do="请就机关的工作另行督办")
    # Two who urge the same at once come one after the other, and the second is told.
    session.execute(select(Organ.id).where(Organ.id == subject.organ.id).with_for_update(key_share=True))
    if open_urge(session, subject, actor) is not None:
        raise Refusal("已有未办结的督办", ARTICLE, do="请先认可回复，或者在原督办中再次督办")
    return _give(session, subject, reason, due_on, None, actor, now)


def answer(session: Session, one: Urge, text: str, file: Upload | None, actor: Actor, now: datetime) -> UrgeAnswer:
    """The head of the urged organ answers, once; after the term too. Raises NotPermitted, Stale, Refusal."""
    if not (actor.holds(Duty.HEAD) and actor.organ_id == one.organ_id and actor.user_id is not None):
        raise NotPermitted("督办由被督办机关的公开机构负责人回复，您没有这一职责")
    if one.answer is not None:
        raise Stale("这件督办已经回复", do="请刷新页面查看")
    given = {FILE: [file]} if file else {}
    said = _text(text, "回复内容", "text")
    uploads.keep_files(session, given)
    made = UrgeAnswer(
        organ_id=one.organ_id,
        urge=one,
        text=said,
        on_=day_of(now),
        file_sha="".join(uploads.digests(given)),
        file_name=file.name[:200] if file else "",
        media_type=file.media_type if file else "",
        answered_at=now,
        answered_by=actor.user_id,
    )
    session.add(made)
    session.flush()
    _record(session, one, "urge.answer", actor, now, late=one.answered_late)
    _tell(session, one, one.by_organ_id, Duty.SUPERVISOR, "urge_answered", now)
    return made


def accept(session: Session, one: Urge, text: str, actor: Actor, now: datetime) -> None:
    """The supervising organ takes the answer. Raises NotPermitted, Stale, or Refusal before there is one."""
    _judge(session, one, True, text.strip(), actor, now)
    _record(session, one, "urge.accept", actor, now)


def urge_again(session: Session, one: Urge, reason: str, due_on: date, actor: Actor, now: datetime) -> Urge:
    """The answer does not do: it is asked again with another term. Raises NotPermitted, Stale, Refusal."""
    _judge(session, one, False, _text(reason, "再次督办的理由", "reason"), actor, now)
    return _give(session, Subject(one.organ, one.case), reason, due_on, one, actor, now)


def open_urge(session: Session, subject: Subject, actor: Actor) -> Urge | None:
    """The urge of the actor's organ about the same that nobody has closed."""
    judged = exists().where(UrgeVerdict.urge_id == Urge.id)
    query = select(Urge).where(
        Urge.organ_id == subject.organ.id,
        Urge.by_organ_id == actor.organ_id,
        Urge.case_id.is_(None) if subject.case is None else Urge.case_id == subject.case.id,
        ~judged,
    )
    return session.scalars(query).first()


def open_as_supervisor(session: Session, uid: str, actor: Actor, *, for_step: bool = False) -> Urge:
    """The urge, if ``actor`` supervises the urged organ. Raises NotFound."""
    return _find(session, uid, Urge.organ_id.in_(supervised_organs(actor)), for_step)


def open_as_organ(session: Session, uid: str, actor: Actor, *, for_step: bool = False) -> Urge:
    """The urge, if it is about the actor's own organ and they work on its cases. Raises NotFound."""
    if actor.duties.isdisjoint(CASE_DUTIES):
        raise NotFound("没有这件督办，或者您无权查看")
    return _find(session, uid, Urge.organ_id == actor.organ_id, for_step)


def _find(session: Session, uid: str, condition: object, for_step: bool) -> Urge:
    query = select(Urge).where(Urge.uid == uid, condition)  # type: ignore[arg-type]
    found = session.scalars(query.with_for_update() if for_step else query).one_or_none()
    if found is None:
        raise NotFound("没有这件督办，或者您无权查看")
    return found


def _give(
    session: Session, subject: Subject, reason: str, due_on: date, follows: Urge | None, actor: Actor, now: datetime
) -> Urge:
    today, said = day_of(now), _text(reason, "督办事由和要求", "reason")
    if due_on <= today:
        raise Refusal("回复期限须在今天之后", ARTICLE, field="due_on", do="请核对日期")
    assert actor.organ_id is not None
    assert actor.user_id is not None
    one = Urge(
        uid=uuid4().hex,
        organ_id=subject.organ.id,
        case=subject.case,
        by_organ_id=actor.organ_id,
        number=f"督办〔{today.year}〕{next_number(session, actor.organ_id, SERIES, today.year)}号",
        reason=said,
        on_=today,
        due_on=due_on,
        follows_id=follows.id if follows else None,
        urged_at=now,
        urged_by=actor.user_id,
    )
    session.add(one)
    session.flush()
    _record(session, one, "urge.give", actor, now, due_on=due_on.isoformat(), number=one.number)
    _tell(session, one, one.organ_id, Duty.HEAD, "urged", now)
    return one


def _judge(session: Session, one: Urge, accepted: bool, text: str, actor: Actor, now: datetime) -> None:
    if not (actor.holds(Duty.SUPERVISOR) and actor.organ_id == one.by_organ_id and actor.user_id is not None):
        raise NotPermitted(f"这件督办由{one.by_organ.name}的监督员认可")
    if one.verdict is not None:
        raise Stale("这件督办已经办结", do="请刷新页面查看")
    if one.answer is None:
        raise Refusal("被督办机关还没有回复", ARTICLE, do="请等待回复；逾期未回复的会显示在监督页面")
    refuse_secret_marks(text, field="text")
    session.add(
        UrgeVerdict(
            organ_id=one.organ_id,
            urge=one,
            accepted=accepted,
            text=text[:LONGEST],
            judged_at=now,
            judged_by=actor.user_id,
        )
    )
    session.flush()


def _text(text: str, label: str, field: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= LONGEST:
        raise Refusal(f"请填写{label}，不超过{LONGEST}个字", ARTICLE, field=field)
    refuse_secret_marks(said, field=field)
    return said


def _record(session: Session, one: Urge, deed: str, actor: Actor, now: datetime, **detail: object) -> None:
    record(session, one.organ_id, deed, actor.signature, now, case_id=one.case_id, urge=one.uid, **detail)


def _tell(session: Session, one: Urge, organ_id: int, duty: Duty, kind: str, now: datetime) -> None:
    """Tell the holders of the duty there, and the officer of the case that is urged."""
    users: Sequence[int] = holders(session, [organ_id], [duty], day_of(now)).get((organ_id, duty), [])
    officer = [one.case.officer_id] if kind == "urged" and one.case and one.case.officer_id else []
    codes = {"number": one.number, "due_on": one.due_on.isoformat()}
    told = tuple(dict.fromkeys([*users, *officer]))
    notification.tell_all(session, [Tidings(one.organ_id, told, kind, one.uid, codes, 0, one.case_id)], now)
