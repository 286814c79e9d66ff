"""The minutes of a joint consultation (会商纪要): who took part, what each said, the conclusion with the dissent, as a paper of the file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import system_in
from gkapply.casework.deliberation_records import Deliberation, DeliberationMember
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.letter_route import MINUTES
from gkapply.casework.letterbook import signing_name_of
from gkapply.casework.office_templates import template_for
from gkapply.casework.stances import Stance
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.forms import FormKind
from gkapply.law.replies import reply_kind
from gkapply.letters.fields import complete
from gkapply.letters.notation import chinese_date
from gkapply.letters.render import render

SILENT = "未提出意见"


def make(uid: str, now: datetime) -> None:
    """Errand: make the minutes of a concluded consultation and put them into the file, once."""
    with reading() as session:
        one = _find(session, uid)
        if one.minutes_id is not None:
            return
        content = render(
            template_for(session, one.organ_id, FormKind.CONSULTATION_MINUTES, day_of(now)),
            complete(FormKind.CONSULTATION_MINUTES, fields(one)),
        )
    with transaction() as session:
        one = _find(session, uid, lock=True)
        if one.minutes_id is None:
            upload = Upload(f"会商纪要（{one.number}）.docx", content)
            assert one.held_on is not None
            actor = system_in(one.organ_id)
            one.minutes = add_document(session, one.case, MINUTES, upload, one.held_on, actor, now)


def _find(session: Session, uid: str, *, lock: bool = False) -> Deliberation:
    query = select(Deliberation).where(Deliberation.uid == uid)
    return session.scalars(query.with_for_update() if lock else query).one()


def fields(one: Deliberation) -> Mapping[str, Any]:
    """What the minutes say."""
    assert one.held_on is not None
    assert one.concluded_at is not None
    concluded_on = day_of(one.concluded_at)
    members = one.standing_members
    return {
        "organ_name": signing_name_of(one.case, concluded_on).full_name,
        "date_text": chinese_date(concluded_on),
        "request_number": one.case.reference,
        "request_quote": one.case.description,
        "minutes_number": one.number or "",
        "topic": one.topic,
        "held_on_text": f"{chinese_date(one.held_on)}（{'书面传签' if one.by_circulation else '会议'}）",
        "place": one.place,
        "host_name": one.chair.name if one.chair else "",
        "attendees": [f"{each.part} {each.name}" for each in members],
        "views": [{"unit": f"{each.part}　{each.name}", "text": view(each)} for each in members],
        "conclusion": conclusion(one),
        "dissent": dissent(one) or "无",
        "recorder_name": one.recorder,
    }


def view(member: DeliberationMember) -> str:
    """What the member said last, in one text."""
    said = member.opinion
    if said is None:
        return SILENT
    label = Stance(said.stance).label
    return f"{label}。{said.text}" if said.text else f"{label}。"


def dissent(one: Deliberation) -> str:
    """Who did not agree, and why; empty when everybody did."""
    against = [each for each in one.standing_members if each.opinion and Stance(each.opinion.stance).dissents]
    return "\n".join(f"{each.part} {each.name}：{view(each)}" for each in against)


def conclusion(one: Deliberation) -> str:
    """The conclusion with its grounds, what was adopted for each item, and what the authority answered."""
    lines = [one.conclusion, f"理由和依据：{one.grounds}"]
    lines += [f"第{item}项：{reply_kind(outcome).label}" for item, outcome in one.adopted.items()]
    if one.referred_on is not None:
        lines.append(f"会商未达成一致（{one.disagreement}），于{chinese_date(one.referred_on)}报请{one.authority}。")
    if one.answered_on is not None:
        lines.append(f"{one.authority}于{chinese_date(one.answered_on)}答复：{one.answer}")
    return "\n".join(lines)
