"""Asking a legal adviser (法律顾问) about a letter that waits for a decision, taking it back, and what the adviser says.

An opinion is about one text: a changed text leaves it standing as one about the text before. It binds nobody, but whoever goes
on against 「不合法」 says why.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import advice_contact, notices, notification
from gkapply.casework.access import Actor
from gkapply.casework.advice_contact import Adviser
from gkapply.casework.advised import Advice, AdviserOpinion, digest_of
from gkapply.casework.documents import Upload, add_document, as_file
from gkapply.casework.entries import Document
from gkapply.casework.flow import fire
from gkapply.casework.link_door import hash_of
from gkapply.casework.papers import Letter
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law import identifiers
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.letters.notation import chinese_date
from workflows.duties import Duty

ROLE = "legal_opinion"
LONGEST_QUESTION = 2000
LONGEST_TEXT = 5000
FURTHEST = timedelta(days=60)
MOST_WAITING = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the last day for the answer."""

    text: str
    until: date


def ask(
    session: Session, letter: Letter, adviser: Adviser, question: Question, actor: Actor, now: datetime
) -> AdviserOpinion:
    """Let the adviser give an opinion on the frozen text by a one-time link; a mail with the link is ordered if there is an address.

    Raises Refusal for what is missing or out of bounds, and while too many advisers are still to answer.
    """
    today = day_of(now)
    _check(adviser, question, today)
    if sum(one.is_open_on(today) for one in letter.advice) >= MOST_WAITING:
        raise Refusal(f"已有{MOST_WAITING}位法律顾问尚未答复", do="请等待答复，或者先撤回其中一件")
    assert actor.user_id is not None
    uid = uuid4().hex
    token, _ = ring(session).advice_link(uid)
    one = AdviserOpinion(
        uid=uid,
        organ_id=letter.organ_id,
        letter=letter,
        snapshot_hash=letter.snapshot_hash,
        sealed=advice_contact.seal(session, uid, adviser),
        question=question.text.strip(),
        asked_by=actor.user_id,
        asked_at=now,
        until=question.until,
        link_hash=hash_of(token),
        opinion="",
        text="",
    )
    session.add(one)
    detail = {"advice": uid, "snapshot": letter.snapshot_hash, "until": question.until.isoformat()}
    fire(session, letter, "ask_adviser", actor, now, detail=detail)
    if adviser.email.strip():
        notices.send_advice_link(session, one, now)
    return one


def withdraw(session: Session, letter: Letter, uid: str, actor: Actor, now: datetime) -> None:
    """Take the question back before the adviser has opened it; its link is closed. Raises Refusal when it was opened."""
    one = next((one for one in letter.advice if one.uid == uid), None)
    if one is None or not one.waits:
        raise Refusal("没有这件尚待答复的征求", field="advice", do="请刷新页面后再选择")
    if not one.is_withdrawable:
        raise Refusal("法律顾问已经打开链接，不能撤回", field="advice", do="请等待答复；届满之后链接自行失效")
    fire(session, letter, "withdraw_adviser", actor, now, detail={"advice": uid})
    one.withdrawn_at = now


def give(
    session: Session, one: AdviserOpinion, opinion: str, text: str, file: Upload | None, actor: Actor, now: datetime
) -> str:
    """Take the adviser's opinion and put it into the file; returns the digest of the confirmation.

    Raises Refusal for an unknown opinion, one without the reasons that it needs, and a file that may not come in.
    """
    said = _checked(opinion, text)
    letter, on = one.letter, day_of(now)
    enclosed = None if file is None else add_document(session, letter.case, ROLE, file, on, actor, now)
    digest = digest_of(one, said, text.strip(), enclosed, now)
    detail = {"advice": one.uid, "snapshot": one.snapshot_hash, "opinion": said.value, "digest": digest}
    fire(session, letter, "give_advice", actor, now, detail=detail)
    one.opinion, one.text, one.file, one.given_at = said.value, text.strip(), enclosed, now
    sheet = as_file(_sheet(session, one, said, enclosed), "法律顾问意见")
    add_document(session, letter.case, ROLE, sheet, on, actor, now, field="text")
    told = {one.asked_by, letter.case.officer_id} - {None}
    users = [user for user in told if user is not None]
    notification.tell(session, letter.organ_id, users, kind="advice_came", key=one.uid, now=now, case=letter.case)
    return digest


def holder(one: AdviserOpinion) -> Actor:
    """The adviser as an actor: on this one case, with no other duty."""
    return Actor("adviser", one.organ_id, frozenset({Duty.ADVISER}), case_id=one.letter.case_id)


def _check(adviser: Adviser, question: Question, today: date) -> None:
    if not adviser.name.strip():
        raise Refusal("请填写法律顾问的姓名、单位", field="name")
    identifiers.phone(adviser.phone)
    if adviser.email.strip():
        identifiers.email(adviser.email)
    if not question.text.strip():
        raise Refusal("请写明要法律顾问回答什么", field="question")
    if len(question.text) > LONGEST_QUESTION:
        raise Refusal(f"最多{LONGEST_QUESTION}个字，请精简", field="question")
    refuse_secret_marks(question.text, field="question")
    if not today <= question.until <= today + FURTHEST:
        raise Refusal(f"答复的最后一日须在今天之后{FURTHEST.days}日之内", field="until")


def _checked(opinion: str, text: str) -> Advice:
    try:
        said = Advice(opinion)
    except ValueError:
        raise Refusal("请选择意见：合法、修改后合法或者不合法", field="opinion") from None
    if said is not Advice.LAWFUL and not text.strip():
        raise Refusal("认为不合法或者须修改的，请写明理由和修改建议", field="text")
    if len(text) > LONGEST_TEXT:
        raise Refusal(f"最多{LONGEST_TEXT}个字，现有{len(text)}个字", field="text", do="请精简，或者写在文件里上传")
    refuse_secret_marks(text, field="text")
    return said


def _sheet(session: Session, one: AdviserOpinion, said: Advice, enclosed: Document | None) -> str:
    """The opinion as a paper of the file."""
    lines = [
        "法律顾问意见",
        f"征求机关：{one.letter.case.organ.name}",
        f"文书：《{LetterKind(one.letter.kind).label}》审签稿，校验值（SHA-256）{one.snapshot_hash}",
        f"法律顾问：{advice_contact.contact_of(session, one).name}",
        f"征求的问题：{one.question}",
        f"意见：{said.label}",
        f"理由和修改建议：{one.text or '无'}",
        f"附件：{f'{enclosed.name}（SHA-256 {enclosed.sha256}）' if enclosed else '无'}",
        f"提交日期：{chinese_date(day_of(one.given_at)) if one.given_at else ''}",
        f"校验值（SHA-256）：{one.digest}",
    ]
    return "\n".join(lines)
