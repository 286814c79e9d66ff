"""What happened to a case, told from its journal in the words of the office."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import item_answers, ledger
from gkapply.casework.finding_override import LABELS
from gkapply.casework.flow import FLOWS
from gkapply.casework.journal import JournalEntry
from gkapply.casework.notification_kinds import CLOCK_LABELS
from gkapply.casework.paper_roles import ROLES
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind
from gkapply.law.replies import ReplyKind
from gkapply.law.seven_questions import QUESTIONS
from gkapply.letters.notation import chinese_date

BY_NAME = {flow.workflow.name: flow for flow in FLOWS.values()}
NOBODYS_NAME = {
    "applicant": "申请人",
    "link": "被征求意见人",
    "adviser": "法律顾问",
    "member": "会商成员",
    "system": "系统",
}
"""Actors that are no users of the office."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: when, by whom, what."""

    at: datetime
    who: str
    what: str


def history(session: Session, case: Case) -> Sequence[Entry]:
    """Everything that the journal keeps about ``case``, the newest first."""
    return _told(session, case, _entries(session, case))[::-1]


def newest(session: Session, case: Case, limit: int) -> Sequence[Entry]:
    """The last things that the journal keeps about ``case``, the newest first."""
    query = select(JournalEntry).where(JournalEntry.case_id == case.id).order_by(JournalEntry.id.desc()).limit(limit)
    return _told(session, case, session.scalars(query).all())


def changes_since(session: Session, case: Case, version: int) -> Sequence[Entry]:
    """What happened to ``case`` after the page that showed this version of it, in the order of happening."""
    if version >= case.version:  # the page showed the case as it stands
        return ()
    entries = _entries(session, case)
    later = [place for place, entry in enumerate(entries) if json.loads(entry.body).get("version", 0) > version]
    return _told(session, case, entries[later[0] :] if later else ())


def names_of(session: Session, signatures: Iterable[str]) -> Mapping[str, str]:
    """The name to show for each actor's signature, as ledger and journal keep them (``user:12``, ``applicant`` …)."""
    wanted = set(signatures)
    keys = {int(one.removeprefix("user:")): one for one in wanted if one.startswith("user:")}
    found = session.execute(select(User.id, User.name).where(User.id.in_(keys))) if keys else ()
    return {
        **{one: NOBODYS_NAME[one] for one in wanted - set(keys.values())},
        **{keys[key]: name for key, name in found},
    }


def _entries(session: Session, case: Case) -> Sequence[JournalEntry]:
    query = select(JournalEntry).where(JournalEntry.case_id == case.id).order_by(JournalEntry.id)
    return session.scalars(query).all()


def _told(session: Session, case: Case, entries: Sequence[JournalEntry]) -> list[Entry]:
    names = names_of(session, (entry.actor for entry in entries))
    things = _things(case)
    return [
        Entry(one.recorded_at, names[one.actor], words_of(one.deed, json.loads(one.body), things)) for one in entries
    ]


def _things(case: Case) -> Mapping[str, str]:
    """How an entry calls what it is about: letters by their title, questions by their party, papers by what they are."""
    return {
        **{letter.uid: f"《{LetterKind(letter.kind).label}》" for letter in case.all_letters},
        **{question.uid: f"征求{question.name}意见：" for question in case.consultations},
        **{one.uid: f"转办{one.unit.name}：" for one in case.referrals},
        **{paper.uid: ROLES[paper.role].label for paper in case.documents},
        **{one.uid: f"第{one.ordinal}次会商：" for one in case.deliberations},
        **{dispute.uid: f"{dispute.kind.label}（{dispute.authority}）：" for dispute in case.disputes},
    }


def words_of(deed: str, body: Mapping[str, Any], things: Mapping[str, str]) -> str:
    """A deed in the words of the office; ``things``: how what it may be about is called, by its uid."""
    if deed == item_answers.DEED:
        return f"七问：第{body['item']}项，{_answer(body['question'], body['answer'])}"
    about = things.get(body.get("of") or body.get("document") or "", "")
    if deed in OTHER_DEEDS:
        told = f"{about}{OTHER_DEEDS[deed]}" if about.endswith("：") else f"{OTHER_DEEDS[deed]}{about}"
        return f"{told}{_registered_under(body)}"
    if deed == "fact.enter":
        begin = "撤销期限事实" if "revokes" in body else "期限事实"
        return f"{begin}：{ledger.label_of(body['kind'])}{_day(body)}"
    workflow, _, trigger = deed.partition(".")
    return f"{about}{BY_NAME[workflow].workflow.step(trigger).label}{_detail(trigger, body)}"


OTHER_DEEDS = {
    "document.add": "存入材料：",
    "letter.rendered": "生成文件",
    "letter.pdf_made": "生成PDF",
    **{f"letter.{deed}": label for deed, label in LABELS.items()},
    "application.stop_mails": "停止消息提醒",
    "application.resume_mails": "恢复消息提醒",
    "application.send_code": "查询码发往登记的联系方式",
    "message.unreached": "邮件、短信没有送到",
    "message.settled": "登记没有送到的邮件、短信的处理情况",
    "bundle.built": "卷宗已生成",
    "urge.give": "收到主管部门督办",
    "urge.answer": "回复督办",
    "urge.accept": "督办回复获认可",
    "deliberation.cause": "发现须会商的情形",
    "deliberation.opened": "会商成员打开链接",
    "enquiry.become": "由咨询转为申请",
    "likeness.judge": "判断相似申请",
    "case.confirm_area": "确认公开领域",
    "remark.write": "填写内部备注",
    "case_tie.tie": "关联另一件申请",
    "case_tie.loosen": "取消与另一件申请的关联",
    "case.watch": "批量关注",
    "history.mistake": "说明一个步骤办错",
    "transfer.register": "登记其他机关移送的申请",
    "referral.remind": "提醒办结时限",
    "incoming.settle": "收文登记转入本件",
    "arrival.register": "由其他来源的来件登记为申请",
    "letter.order_seal": "提交电子印章系统用印",
    "oa.placed": "放入OA交换目录",
    "oa.receipt": "收到OA回执",
}
"""Deeds that no workflow names."""


def _registered_under(body: Mapping[str, Any]) -> str:
    """The number in the mail book or in the book of arrivals, where the deed is about an entry there."""
    number = body.get("incoming") or body.get("arrival")
    return f"（{number}）" if number else ""


def _answer(code: str, chosen: str) -> str:
    """An answer to one of the seven questions; by its code alone when the questions have changed since."""
    asked = next((one for one in QUESTIONS if one.code == code), None)
    found = asked.answer(chosen) if asked else None
    return f"{asked.name if asked else code}——{found.label if found else chosen}"


def _detail(trigger: str, body: Mapping[str, Any]) -> str:
    if "entered_by" in body:
        return f"（纸质签批，代录）{_day(body)}"
    if trigger == "decide_item":
        return f"：第{body['item']}项，{ReplyKind(body['outcome']).label}"
    if trigger in ("remind", "escalate") and "due_on" in body:
        until = chinese_date(date.fromisoformat(body["due_on"]))
        return f"（{CLOCK_LABELS.get(body.get('clock', ''), '期限')}，{until}届满）"
    if trigger in ("sign_reply", "archive") and body.get("number"):
        return f"（{body['number']}）"
    return _day(body)


def _day(body: Mapping[str, Any]) -> str:
    return f"（{chinese_date(date.fromisoformat(body['on']))}）" if "on" in body else ""
