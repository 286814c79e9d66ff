"""Fetching letters at the counter (当面领取): what waits there, who fetched it and how they were known.

The day of the signature is the day of delivery and of the reply (国办公开办函〔2016〕235号). Whoever fetches is checked against the file;
an agent shows an authority. Numbers are compared, not kept.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from gkapply.casework import delivery, delivery_ledger
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.application import IDENTITY_PAPERS, Application
from gkapply.casework.application_check import Findings
from gkapply.casework.delivery_ledger import Dispatch, Standing
from gkapply.casework.documents import Upload, add_document, examine
from gkapply.casework.papers import Letter
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.undelivered import HANDED_OVER_AT_ONCE, PROOF_ROLE
from gkapply.casework.written_form import half_width, tidy
from gkapply.clock import day_of
from gkapply.law.delivery_ways import ARTICLE, DeliveryWay
from gkapply.law.letters import Addressee, LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import Calendar
from workflows.letter import LetterState

PICKUP = "pickup"
"""Way of getting the information, and kind of the note that keeps how whoever fetched it was known."""
AUTHORITY_ROLE = "authorisation"
TAIL = 4
"""Characters of the identity number that are compared with the file."""
MOST = 200
_KINDS = [
    kind.value for kind in LetterKind if kind.addressee is Addressee.APPLICANT and kind.value not in HANDED_OVER_AT_ONCE
]
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """One letter that waits to be fetched. ``post_from``: from this day on it is to be posted; None when no reply is owed with it."""

    uid: str
    reference: str
    title: str
    number: str
    names: str
    signed_on: date | None
    due_on: date | None
    post_from: date | None


@dataclass(frozen=True, slots=True)
class Handing:
    """How a letter was fetched: the day, by whom for which recipients (keys; empty: all who are open), what was shown.

    ``paper`` is a code of IDENTITY_PAPERS, ``tail`` the last characters of its number. An agent has a name, and an ``authority`` unless
    one is in the file. ``proof`` is the signed 送达回证.
    """

    on: date
    paper: str
    tail: str = ""
    agent_name: str = ""
    authority: Upload | None = None
    proof: Upload | None = None
    at: str = ""
    to: Collection[str] = ()


def to_fetch() -> ColumnElement[bool]:
    """Letters to applicants who fetch them: signed, or fetched by some of several; joined with their case."""
    begun = and_(Letter.state == LetterState.SENT, Letter.way == DeliveryWay.HAND)
    return and_(
        Case.way == PICKUP,
        Letter.kind.in_(_KINDS),
        or_(Letter.state == LetterState.SIGNED, begun),
    )


def post_from(due_on: date | None, calendar: Calendar, settings: OfficeSettings) -> date | None:
    """The working day on which a letter that nobody fetched is to be posted, so that the reply is in time."""
    if due_on is None:
        return None
    return calendar.workday_at(calendar.position(due_on) - settings.pickup_post_days)


def waiting(session: Session, actor: Actor) -> Sequence[Waiting]:
    """The letters of the actor's organ that wait to be fetched, the most urgent first."""
    query = select(Letter).join(Case, Letter.case_id == Case.id).where(visible_cases(actor), to_fetch())
    query = query.order_by(Case.due_on.is_(None), Case.due_on, Letter.id).limit(MOST)
    return [_line(letter) for letter in session.scalars(query) if delivery_ledger.open_standings(letter)]


def hand_out(session: Session, letter: Letter, handing: Handing, actor: Actor, now: datetime) -> None:
    """Enter that the letter was fetched: the check of identity as a note, the delivery with its day.

    Raises BadForm with every wrong field, and whatever sending refuses.
    """
    chosen = _chosen(letter, handing.to)
    _check(session, letter, handing, chosen, day_of(now))
    case = letter.case
    given = (handing.on, actor, now)
    if handing.authority is not None:
        add_document(session, case, AUTHORITY_ROLE, handing.authority, *given, field="authority")
    proof = handing.proof and add_document(session, case, PROOF_ROLE, handing.proof, *given, field="proof")
    signer = handing.agent_name.strip() or "、".join(one.recipient.name for one in chosen)
    keys = dict.fromkeys((one.recipient.key for one in chosen), "")
    dispatch = Dispatch(
        DeliveryWay.HAND, handing.on, proof=proof or None, numbers=keys, at=handing.at, signed_by=signer
    )
    deed = delivery.send if letter.state is LetterState.SIGNED else delivery.send_again
    deed(session, letter, dispatch, actor, now)
    compared = "，号码末位与案卷一致" if handing.tail.strip() else ""
    content = {
        "how": f"核对{IDENTITY_PAPERS[handing.paper]}原件{compared}",
        "who": f"代理人{signer}，授权委托书存卷" if handing.agent_name.strip() else f"{signer}（本人）",
        "text": f"当面领取《{LetterKind(letter.kind).label}》{letter.number or ''}",
    }
    add_note(session, case, PICKUP, content, handing.on, actor, now)


def has_authority(letter: Letter) -> bool:
    """Whether an authority for an agent is in the file already."""
    return any(paper.role == AUTHORITY_ROLE for paper in letter.case.documents)


def _chosen(letter: Letter, keys: Collection[str]) -> Sequence[Standing]:
    still = delivery_ledger.open_standings(letter)
    chosen = [one for one in still if not keys or one.recipient.key in keys]
    if not chosen:
        raise Refusal("请选择本文书的受送达人", ARTICLE, field="to")
    return chosen


def _check(session: Session, letter: Letter, handing: Handing, chosen: Sequence[Standing], today: date) -> None:
    found = Findings()
    agent = tidy(Application(agent_name=handing.agent_name)).agent_name
    if handing.on > today:
        found.add("on", "领取日期不能晚于今天", ARTICLE)
    if handing.paper not in IDENTITY_PAPERS:
        found.add("paper", "请选择领取人出示的证件", "国办公开办函〔2016〕235号")
    if len(agent) > _LONGEST:
        found.add("agent_name", f"最多{_LONGEST}个字")
    found.test(refuse_secret_marks, agent, "agent_name")
    if agent and handing.authority is None and not has_authority(letter):
        found.add("authority", "代理人领取的，须存入授权委托书", "条例第二十九条第二款", do="请扫描授权委托书后上传")
    if not agent:
        _check_tail(session, handing.tail, chosen, found)
    for field, upload in (("authority", handing.authority), ("proof", handing.proof)):
        if upload is not None:
            found.test(examine, upload, field=field)
    found.settle()


def _check_tail(session: Session, tail: str, chosen: Sequence[Standing], found: Findings) -> None:
    """Somebody of those who fetch it must be the person of the file, where the file has a number."""
    held = [contact_of(session, one.recipient.applicant)["id_number"] for one in chosen if one.recipient.applicant]
    numbers = {number[-TAIL:].upper() for number in held if number}
    said = half_width(tail).upper()
    if numbers and said not in numbers:
        found.add(
            "tail",
            "证件号码末四位与申请时的不一致" if said else "请填写所示证件号码的末四位，与案卷核对",
            ARTICLE,
            do="请核对证件原件；不是本人的，按代理人登记",
        )


def _line(letter: Letter) -> Waiting:
    case, kind = letter.case, LetterKind(letter.kind)
    owed = kind.ends_case and case.replied_on is None
    still = delivery_ledger.open_standings(letter)
    return Waiting(
        uid=letter.uid,
        reference=case.reference,
        title=kind.label,
        number=letter.number or "",
        names="、".join(one.recipient.name for one in still),
        signed_on=letter.signed_on,
        due_on=case.due_on if owed else None,
        post_from=post_from(case.due_on, case.calendar(), case.office_settings()) if owed else None,
    )
