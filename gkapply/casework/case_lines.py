"""The lines of a case page: contact, items, dated facts, notes and papers, each put into words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.answers import evidence_of
from gkapply.casework.application import IDENTITY_PAPERS
from gkapply.casework.entries import Document, Fact
from gkapply.casework.history import names_of
from gkapply.casework.ledger import label_of, standing
from gkapply.casework.paper_roles import ROLES
from gkapply.casework.people_data import masked
from gkapply.casework.records import Case, Item
from gkapply.casework.reply import SEARCH_FIELDS
from gkapply.clock import day_of
from gkapply.law.evidence import Evidence, EvidenceForm
from gkapply.law.replies import ReplyKind
from gkapply.letters.notation import chinese_date

Pairs = Sequence[tuple[str, str]]
"""Labels and what stands under them, as a page lists them."""

CONTACT_LABELS = {
    "id_type": "证件名称",
    "id_number": "证件号码",
    "employer": "工作单位",
    "representative": "法定代表人或者负责人",
    "contact_name": "联系人",
    "phone": "联系电话",
    "email": "电子邮箱",
    "fax": "传真",
    "address": "通信地址",
    "postcode": "邮政编码",
    "agent_name": "代理人",
    "agent_id_number": "代理人证件号码",
    "agent_phone": "代理人电话",
    "agent_relation": "代理关系",
    "guardian_name": "监护人",
    "guardian_id_number": "监护人证件号码",
    "guardian_phone": "监护人电话",
    "guardian_relation": "监护关系",
}
OPEN_CONTACT = frozenset(
    {
        "id_type",
        "employer",
        "representative",
        "contact_name",
        "agent_name",
        "agent_relation",
        "guardian_name",
        "guardian_relation",
    }
)
"""What is shown as it is; everything else of the contact is masked."""
NOTE_KINDS = {
    "new_facts": "新的事实和理由（重新答复）",
    "search": "检索记录",
    "phone": "电话记录",
    "work": "工作记录",
    "confirmation": "与申请人确认的记录",
    "receipt": "收件记录",
    "contact": "联系申请人的记录",
    "advice": "引导通过公开渠道的记录",
    "code": "重发查询码的记录",
    "contact_change": "变更联系方式的记录",
    "way_change": "变更获取方式的记录",
    "void_proposed": "提请认定未成立的记录",
    "explanation_judged": "认定申请理由的记录",
    "lapse": "认定视为放弃的记录",
    "lapse_rejected": "不认定视为放弃的记录",
    "late_accepted": "接受逾期补正的理由",
    "reopened": "恢复办理的记录",
    "applicant_gone": "终止办理的核实记录",
    "void_rejected": "不同意认定未成立的记录",
    "divided": "拆分为多件申请的记录",
    "entrusted": "委托办理的记录",
    "assistance": "协办答复",
    "arrival": "从其他来源转来、直接受理的记录",
    "pickup": "当面领取的核验记录",
    "enquiry_consent": "同意由咨询转为申请的记录",
    "transferred": "移送其他机关的记录",
    "mistake": "更正办错的步骤的记录",
    "inner_question": "准许征求下级单位意见的记录",
}
NOTE_LABELS = {
    **SEARCH_FIELDS,
    "step": "办错的步骤",
    "why": "理由",
    "text": "内容",
    "unit": "单位",
    "at": "时刻",
    "how": "方式或者结论",
    "checks": "核对事项",
    "call": "电话联系",
    "who": "对象",
    "outcome": "联系结果",
    "difficulty": "书面形式确有困难的情形",
    "tracking": "邮件号码",
    "signed_by": "签收人",
    "point": "收件窗口",
    "reached_on": "该单位收到的日期",
    "passed_on": "转到公开机构的日期",
    "source": "从何处转来",
    "ticket": "工单号或者来信编号",
    "consent": "申请人同意的情况",
}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing applied for; ``outcome`` is None until it is decided."""

    ordinal: int
    quote: str
    outcome: str | None
    article: str
    evidence: Pairs


@dataclass(frozen=True, slots=True)
class FactLine:
    """One dated fact of the ledger with its reason; a revoked one stays readable."""

    on: date
    label: str
    detail: str
    article: str
    who: str
    recorded_at: datetime
    stands: bool
    late: bool = False
    """Entered or dated after the evidence was fixed (事后)."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One working record."""

    label: str
    on: date
    who: str
    pairs: Pairs
    late: bool = False


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the file."""

    uid: str
    name: str
    role: str
    on: date
    size: int
    sha256: str
    who: str
    late: bool = False


def contact_pairs(contact: Mapping[str, str], *, in_clear: bool = False, email_came_back: bool = False) -> Pairs:
    """An applicant's contact in words, numbers and addresses masked unless ``in_clear``; empty fields are left out.

    ``email_came_back``: whether mail to that address is known to come back.
    """
    found = []
    for name, label in CONTACT_LABELS.items():
        value = contact.get(name, "")
        if name == "id_type":
            value = IDENTITY_PAPERS.get(value, value)
        elif name not in OPEN_CONTACT and not in_clear:
            value = masked(value)
        if value:
            marked = f"{value}（此邮箱退信）" if name == "email" and email_came_back else value
            found.append((label, marked))
    return found


def item_lines(case: Case) -> list[ItemLine]:
    """The items in their order, each with the evidence that its outcome rests on."""
    return [_item_line(item) for item in case.items]


def _item_line(item: Item) -> ItemLine:
    if item.outcome is None:
        return ItemLine(item.ordinal, item.quote, None, "", ())
    kind = ReplyKind(item.outcome)
    shown = evidence_pairs(kind.evidence, evidence_of(item))
    return ItemLine(item.ordinal, item.quote, kind.label, kind.article, shown)


def evidence_pairs(demands: Iterable[Evidence], given: Mapping[str, Any]) -> Pairs:
    """What was given for these demands, in words."""
    return [(one.label, _shown(given[one.code], one)) for one in demands if one.code in given]


def _shown(value: Any, demand: Evidence) -> str:
    """A piece of evidence in words: a tick, a choice, a list of withheld parts, or the text itself."""
    if demand.form is EvidenceForm.TICK:
        return "已核对"
    chosen = demand.chosen(value) if demand.form is EvidenceForm.CHOICE else None
    if chosen is not None:
        return chosen.label
    if isinstance(value, list):
        return "\n".join(f"{part['what']}：{ReplyKind(part['as']).label}，{part['reason']}" for part in value)
    if demand.form is EvidenceForm.DATE:
        return chinese_date(date.fromisoformat(value))
    return str(value)


def is_late(on: date, kept_at: datetime, until: date | None) -> bool:
    """Whether something of that day, kept at that moment, came after the evidence was fixed (``until``; None: never)."""
    return until is not None and (on > until or day_of(kept_at) > until)


def fact_lines(session: Session, case: Case, until: date | None = None) -> list[FactLine]:
    """The ledger in the order of entry, revoked facts included; what came after ``until`` is marked."""
    names = names_of(session, (fact.actor for fact in case.facts))
    holding = {fact.id for fact in standing(case.facts)}
    parties = {question.party: question.name for question in case.consultations}
    return [
        FactLine(
            on=fact.on_,
            label=label_of(fact.kind) if fact.revokes_id is None else f"撤销：{label_of(fact.kind)}",
            detail=_particulars(fact, parties),
            article=fact.article,
            who=names[fact.actor],
            recorded_at=fact.recorded_at,
            stands=fact.id in holding or fact.revokes_id is not None,
            late=is_late(fact.on_, fact.recorded_at, until),
        )
        for fact in case.facts
    ]


def _particulars(fact: Fact, parties: Mapping[str, str]) -> str:
    said = (
        parties.get(fact.party or "", ""),
        f"延长{fact.working_days}个工作日" if fact.working_days else "",
        f"{chinese_date(fact.told_on)}告知申请人" if fact.told_on else "",
        f"期限{fact.answer_within}个工作日" if fact.answer_within else "",
        f"至{chinese_date(fact.until)}" if fact.until else "",
        "共同制作机关" if fact.co_producer else "",
        "负责人同意逾期告知" if fact.override else "",
    )
    return "，".join(part for part in said if part)


def note_lines(session: Session, case: Case, *kinds: str, until: date | None = None) -> list[NoteLine]:
    """The working records of these kinds (none named: all) in the order of entry; what came after ``until`` is marked."""
    notes = [note for note in case.notes if not kinds or note.kind in kinds]
    names = names_of(session, (note.actor for note in notes))
    return [
        NoteLine(
            NOTE_KINDS[note.kind],
            note.on_,
            names[note.actor],
            _note_pairs(json.loads(note.content)),
            is_late(note.on_, note.recorded_at, until),
        )
        for note in notes
    ]


def _note_pairs(content: Mapping[str, str]) -> Pairs:
    """The note's fields in the order in which they are asked for; empty ones are left out."""
    return [(label, _note_text(name, content[name])) for name, label in NOTE_LABELS.items() if content.get(name)]


def _note_text(name: str, text: str) -> str:
    return chinese_date(date.fromisoformat(text)) if name.endswith("_on") else text


def paper_lines(session: Session, papers: Sequence[Document], until: date | None = None) -> list[PaperLine]:
    """The papers in the order in which they came; what came after ``until`` is marked."""
    names = names_of(session, (paper.added_by for paper in papers))
    return [
        PaperLine(
            paper.uid,
            paper.name,
            ROLES[paper.role].label,
            paper.on_,
            paper.size,
            paper.sha256,
            names[paper.added_by],
            is_late(paper.on_, paper.added_at, until),
        )
        for paper in papers
    ]
