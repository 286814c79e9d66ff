"""What each internal sheet of a case says; head and day come from ``printed_forms``. Fields: ``letters.declared_forms``."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework.bundled_papers import Bundle
from gkapply.casework.composition_base import received_on
from gkapply.casework.composition_notices import materials
from gkapply.casework.entries import Note
from gkapply.casework.history import names_of
from gkapply.casework.intake import RECEIPT_NOTE, arrived_on
from gkapply.casework.journal import JournalEntry
from gkapply.casework.link_door import address_of
from gkapply.casework.paper_roles import Section
from gkapply.casework.people_data import contact_of
from gkapply.casework.reaching import CONTACT
from gkapply.casework.records import Case
from gkapply.casework.referral_lines import request_of
from gkapply.casework.referral_records import REFERRAL_KINDS, Referral
from gkapply.casework.referrals import link_of
from gkapply.casework.releasing import Release
from gkapply.casework.urgency import term_on
from gkapply.law.channels import CHANNELS
from gkapply.letters.notation import chinese_date

PHONE = "phone"
CALLS = (PHONE, CONTACT)
"""Kinds of the notes that are kept of calls."""
BY_HAND = "来电　去电（划去一项）"
PROVES: Mapping[Section, str] = {
    Section.REPLY: "答复的内容和依据",
    Section.APPLICATION: "申请的内容和提出的日期",
    Section.IDENTITY: "申请人的身份",
    Section.RECEIPT: "收到申请的日期",
    Section.CORRECTION: "依法告知补正和收到补正的日期",
    Section.OPINION: "依法征求意见和对方的意见",
    Section.EXTENSION: "依法延长答复期限并告知申请人",
    Section.FEE: "依法收取信息处理费",
    Section.SEARCH: "已经全面、合理检索",
    Section.RELEASE_REVIEW: "公开之前依法审查",
    Section.LEGAL_REVIEW: "答复经过审核",
    Section.APPROVAL: "答复经过审批",
    Section.PROVIDED: "提供的信息",
    Section.DELIVERY: "答复依法送达",
}
"""What the papers of a section prove, as an index of evidence says it; the rest is written by hand."""
_REGISTERING = ("application.register", "application.confirm", "application.take_in", "application.submit_as_received")
_REMINDING = ("application.remind", "application.escalate")


def arrival_slip(session: Session, case: Case) -> Mapping[str, Any]:
    """收文登记（拟办）单."""
    note: Mapping[str, str] = next((json.loads(one.content) for one in case.notes if one.kind == RECEIPT_NOTE), {})
    return {
        "arrived_on_text": chinese_date(arrived_on(case)),
        "channel": CHANNELS[case.channel].label,
        "carrier_number": note.get("tracking", ""),
        "applicant_name": _applicants(case),
        "request_quote": case.description,
        "materials": materials(case),
        "due_text": _due(case),
        "registrar_name": _who(session, case, *_REGISTERING) or "系统",
        "opinions": [{"role": "公开机构负责人"}, {"role": "机关领导"}],
    }


def referral_slip(session: Session, case: Case) -> Mapping[str, Any]:
    """转办（交办）单: the request goes to the officer who handles it."""
    return {
        "to_unit": _officer(case),
        "applicant_name": _applicants(case),
        "received_on_text": chinese_date(received_on(case)),
        "due_text": _due(case),
        "request_quote": case.description,
        "matter": "请检索、核对所申请的信息，逐项提出能否公开的意见及其依据，按期起草答复。",
        "answer_by_text": _due(case),
        "referred_by": _who(session, case, "application.assign", "application.reassign"),
    }


def referral_order(session: Session, referral: Referral) -> Mapping[str, Any]:
    """转办（交办）单 to a unit: without the applicant where it does not need to know, with its link where it has one."""
    asked = request_of(session, referral, referral.sent_on)
    token, code = link_of(session, referral)
    how = (
        f"\n网上反馈：登录{address_of(session, 'referral', token)}，凭核验码{code}和本单位办公电话的后四位提交。"
        if token
        else ""
    )
    return {
        "to_unit": f"{referral.unit.name}（{REFERRAL_KINDS[referral.kind]}）",
        "applicant_name": asked.applicants or "（不提供）",
        "received_on_text": chinese_date(received_on(referral.case)),
        "due_text": _due(referral.case),
        "request_quote": asked.description,
        "matter": f"{referral.matter}{how}",
        "answer_by_text": chinese_date(referral.due_on),
        "referred_by": referral.sender.name,
    }


def urging_slip(session: Session, case: Case, on: date) -> Mapping[str, Any]:
    """催办（督办）单: how many times time has reminded already, and what is left of the term."""
    query = select(func.count()).where(JournalEntry.case_id == case.id, JournalEntry.deed.in_(_REMINDING))
    term = term_on(on, case.due_on, case.calendar(), ended_on=case.ended_on)
    return {
        "to_unit": _officer(case),
        "times_text": f"系统已提醒{session.scalar(query) or 0}次",
        "request_quote": case.description,
        "due_text": _due(case),
        "left_text": term.words,
        "matter": f"本件现处于「{case.state.label}」，请抓紧办理，确保在{_due(case)}前答复。",
    }


def telephone_note(session: Session, case: Case, note: Note) -> Mapping[str, Any]:
    """电话记录单 of one note."""
    said = json.loads(note.content)
    ours = note.kind == CONTACT
    at = said.get("at", "")
    return {
        "called_on_text": f"{chinese_date(note.on_)}{' ' + at if at else ''}",
        "direction": f"去电（{said['how']}）" if ours else said.get("how", BY_HAND),
        "other_name": said.get("who", "") or "见通话内容",
        "phone": contact_of(session, case.applicant).get("phone", "") if ours else "",
        "content": said.get("text", "") or said.get("outcome", ""),
        "outcome": said.get("outcome", "") if said.get("text") else "",
        "recorder_name": names_of(session, [note.actor])[note.actor],
    }


def secrecy_sheet(case: Case) -> Mapping[str, Any]:
    """保密审查表: everything that is to be given out, with what was found of it."""
    return {
        "unit": _officer(case),
        "request_quote": case.description,
        "documents": [_reviewed(one) for one in case.releases],
        "opinions": [
            {"role": "承办人"},
            {"role": "承办科室负责人"},
            _reviewers(case.releases),
            {"role": "机关负责人"},
        ],
    }


def evidence_index(bundle: Bundle) -> Mapping[str, Any]:
    """证据目录 of the papers inside the bundle."""
    dispute = bundle.dispute
    return {
        "dispute_number": dispute.number or "（案号待填）",
        "authority_name": dispute.authority,
        "applicant_name": _applicants(dispute.case),
        "documents": [
            {"title": part.title, "proves": PROVES.get(Section(part.section), ""), "pages_text": "1份"}
            for part in bundle.parts
            if not part.left_out
        ],
    }


def _reviewed(one: Release) -> Mapping[str, str]:
    if one.review is None:
        return {"title": one.title}
    return {"title": one.title, "mark": "无国家秘密标志", "result": f"{one.review.result.label}。{one.review.basis}"}


def _reviewers(given: Any) -> Mapping[str, str]:
    done = [one.review for one in given if one.review is not None]
    if not done:
        return {"role": "保密审查机构"}
    names = dict.fromkeys(one.reviewer.name for one in done)
    last = max(one.on_ for one in done)
    text = "已逐件审查，结论见上" if len(done) == len(given) else f"已审查{len(done)}件，结论见上"
    return {"role": "保密审查机构", "text": text, "name": "、".join(names), "on_text": chinese_date(last)}


def _applicants(case: Case) -> str:
    return case.applicant_names


def _officer(case: Case) -> str:
    return case.officer.name if case.officer else ""


def _due(case: Case) -> str:
    return chinese_date(case.due_on) if case.due_on else "停止计算"


def _who(session: Session, case: Case, *deeds: str) -> str:
    """Who last did one of these; empty when nobody did, or the applicant."""
    query = select(JournalEntry.actor).where(JournalEntry.case_id == case.id, JournalEntry.deed.in_(deeds))
    found = session.scalar(query.order_by(JournalEntry.id.desc()).limit(1))
    return names_of(session, [found])[found] if found and found.startswith("user:") else ""
