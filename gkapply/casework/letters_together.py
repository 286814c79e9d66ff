"""Letters that go together: one question put to many (同时征求意见), or the replies to many who applied for the same.

They are submitted, approved, signed and sent in one deed, each with its own text, approval and 文号.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from gkapply.casework import delivery, letter_numbers, letterbook, sealing_register
from gkapply.casework.access import Actor
from gkapply.casework.approving import OnPaper
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.marks import Mark
from gkapply.casework.naming import naming
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.people_data import party_contact
from gkapply.casework.records import Case
from gkapply.law.letters import INQUIRIES
from gkapply.law.refusal import NotFound, Refusal
from gkapply.letters.notation import chinese_date
from workflows.consultation import ConsultationState
from workflows.letter import LetterState

APPROVED_TOGETHER = (LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE)
"""Where replies of a group go together; each leaves the office and arrives on its own."""


def together(letter: Letter) -> list[Letter]:
    """The letters that share the question, or the group of replies, and stand where ``letter`` stands, in the list's order."""
    if letter.group_uid:
        return _group(letter) if letter.state in APPROVED_TOGETHER else [letter]
    if letter.kind not in INQUIRIES or letter.consultation is None:
        return [letter]
    return [
        one
        for one in letter.case.letters
        if one.kind == letter.kind
        and one.state is letter.state
        and one.consultation is not None
        and one.consultation.is_asked_with(letter.consultation)
    ]


@dataclass(frozen=True, slots=True)
class ToStamp:
    """A letter whose print is to be stamped; ``earlier`` tells of the use of a seal entered before, if any."""

    uid: str
    title: str
    earlier: str


def letters_to_stamp(letter: Letter) -> list[ToStamp]:
    """The letters that are stamped together with ``letter`` and have their file."""
    return [
        ToStamp(one.uid, sealing_register.title_of(one), chinese_date(one.sealed_on) if one.sealed_on else "")
        for one in together(letter)
        if one.file_sha
    ]


def _group(letter: Letter) -> list[Letter]:
    """The replies of the group that stand where ``letter`` stands, itself among them, by the keys of their cases."""
    session = object_session(letter)
    assert session is not None
    query = (
        select(Letter)
        .where(Letter.organ_id == letter.organ_id, Letter.group_uid == letter.group_uid, Letter.kind == letter.kind)
        .order_by(Letter.case_id)
    )
    return [one for one in session.scalars(query) if one.state is letter.state]


def submit(session: Session, letter: Letter, actor: Actor, now: datetime) -> int:
    """Freeze the letters and hand them on together; returns how many. Raises Refusal like ``letterbook.submit``."""
    letters = together(letter)
    for one in letters:
        with naming(one.case, several=bool(letter.group_uid)):
            letterbook.submit(session, one, actor, now)
    return len(letters)


def pass_on(
    session: Session, letter: Letter, actor: Actor, now: datetime, comment: str = "", paper: OnPaper | None = None
) -> int:
    """One agreement on the present rung over all the letters; returns how many."""
    letters = together(letter)
    for one in letters:
        with naming(one.case, several=bool(letter.group_uid)):
            letterbook.pass_review(session, one, actor, now, comment, paper=paper)
    return len(letters)


def sign(
    session: Session,
    letter: Letter,
    actor: Actor,
    now: datetime,
    comment: str = "",
    *,
    numbers: Sequence[str] = (),
    paper: OnPaper | None = None,
) -> int:
    """One decision over all the letters; each keeps the approval over its own text and gets its own 文号.

    ``numbers``: where another system gives them, as many as there are letters, in the list's order. Raises Refusal for another
    count.
    """
    letters = together(letter)
    typed = [number.strip() for number in numbers if number.strip()]
    if letter_numbers.wants_outside_number(letter) and len(typed) != len(letters):
        raise Refusal(
            f"需要{len(letters)}个文号，填写了{len(typed)}个",
            field="number",
            do="这一落款的文号由外部系统给出，请按名单的顺序每行填写一个",
        )
    for place, one in enumerate(letters):
        with naming(one.case, several=bool(letter.group_uid)):
            letterbook.sign(session, one, actor, now, comment, number=typed[place] if typed else "", paper=paper)
    return len(letters)


def give_back(
    session: Session,
    letter: Letter,
    actor: Actor,
    now: datetime,
    comment: str,
    paper: OnPaper | None = None,
    marks: Sequence[Mark] = (),
    *,
    objects: bool = False,
) -> int:
    """Send all of them back to their author, with the reason and the marks on the text."""
    letters = together(letter)
    for one in letters:
        with naming(one.case, several=bool(letter.group_uid)):
            letterbook.return_letter(session, one, actor, now, comment, paper=paper, marks=marks, objects=objects)
    return len(letters)


def send(
    session: Session, letter: Letter, dispatch: Dispatch, trackings: Sequence[str], actor: Actor, now: datetime
) -> int:
    """All of them left the office on one day with one proof; ``trackings`` are the post's numbers in the list's order.

    Raises Refusal when the numbers are not as many as the letters, or one stands twice.
    """
    letters = together(letter)
    numbers = [number.strip() for number in trackings if number.strip()]
    if dispatch.way != delivery.POST:
        numbers = [""] * len(letters)
    if len(numbers) != len(letters):
        raise Refusal(
            f"送达名单上有{len(letters)}份，填写了{len(numbers)}个邮件号码",
            "国办公开办函〔2016〕235号",
            field="trackings",
            do="请按送达名单的顺序每行填写一个",
        )
    if len(set(numbers)) != len(numbers) and dispatch.way == delivery.POST:
        raise Refusal("有邮件号码重复", field="trackings", do="请核对收寄凭证")
    for one, number in zip(letters, numbers, strict=True):
        delivery.send(session, one, replace(dispatch, tracking=number), actor, now)
    return len(letters)


@dataclass(frozen=True, slots=True)
class Addressee:
    """One line of the 送达名单."""

    name: str
    address: str
    state: ConsultationState
    number: str
    tracking: str
    way: str
    asked_on: date | None
    received_on: date | None
    opinion_due_on: date | None


def _addressee(session: Session, question: Consultation) -> Addressee:
    letter = next((one for one in question.letters if one.kind in INQUIRIES), None)
    return Addressee(
        name=question.name,
        address=party_contact(session, question).get("address", ""),
        state=question.state,
        number=(letter.number or "") if letter else "",
        tracking=letter.tracking if letter else "",
        way=letter.way if letter else "",
        asked_on=question.asked_on,
        received_on=question.received_on,
        opinion_due_on=question.opinion_due_on,
    )


def service_list(session: Session, case: Case, group_uid: str) -> tuple[Consultation, list[Addressee]]:
    """The first question of the group and a line for each addressee. Raises NotFound."""
    group = [one for one in case.consultations if group_uid and one.group_uid == group_uid]
    if not group:
        raise NotFound("没有这份送达名单")
    return group[0], [_addressee(session, one) for one in group]
