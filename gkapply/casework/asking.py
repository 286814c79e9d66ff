"""Proposing to ask others (拟征求意见): one party or many at once, one letter each, one notice to the applicant.

What stops the clock is asking outside. A unit inside the organ or below it is asked by 转办 or 协办, which stops nothing;
the head may let it be asked as another organ in one case, with a reason (条例第三十三条第三款).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.consultation import CO_PRODUCER, ORGAN, PARTY_KINDS, THIRD_PARTY, Question
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.periods import PeriodName, period
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

MOST_PARTIES = 200
LONGEST_TERM = 30
"""Working days that a letter may give another organ."""
INNER_NOTE = "inner_question"
"""Kind of the note with which the head lets a unit of the organ be asked as another organ."""
INQUIRY_OF = {
    THIRD_PARTY: LetterKind.THIRD_PARTY_INQUIRY,
    CO_PRODUCER: LetterKind.CO_PRODUCER_INQUIRY,
    ORGAN: LetterKind.THIRD_PARTY_INQUIRY,
}
"""The letter in which each kind of party is asked."""


@dataclass(frozen=True, slots=True)
class Party:
    """Whom to ask. Telephone or credit code let the party identify itself on the web; mail carries the link."""

    name: str
    address: str = ""
    phone: str = ""
    credit_code: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked and why, the same for every party. ``answer_within`` is the term that the letter gives another organ."""

    party_kind: str
    information: str
    reason: str
    answer_within: int | None = None


def propose(session: Session, case: Case, question: Question, actor: Actor, now: datetime) -> tuple[Letter, Letter]:
    """Ask one party: the letter to it and the one that tells the applicant. Raises Refusal like ``propose_all``."""
    asking = Asking(question.party_kind, question.information, question.reason)
    party = Party(question.name, question.address, question.phone)
    letters = propose_all(session, case, asking, [party], actor, now)
    return letters[0], letters[-1]


def propose_all(
    session: Session, case: Case, asking: Asking, parties: Sequence[Party], actor: Actor, now: datetime
) -> list[Letter]:
    """Draft one question and letter for each party, and last the one 征求意见告知书 to the applicant.

    The applicant's name is in neither the question nor the letter to the party. Raises Refusal for an empty field, an
    unknown kind of party, too many or repeated parties, and for a unit of the organ's own asked as another organ.
    """
    fire(session, case, "propose_opinion", actor, now, detail={"parties": len(parties)})
    _check(asking, parties)
    if asking.party_kind == ORGAN:
        for party in parties:
            _refuse_own_unit(session, case, party.name)
    group = uuid4().hex
    questions = [_question(session, case, asking, party, group, day_of(now)) for party in parties]
    session.flush()
    letters = []
    for one in questions:
        fire(session, one, "propose", actor, now, detail={"party": one.party, "party_kind": one.party_kind})
        letters.append(letterbook.draft(session, case, INQUIRY_OF[asking.party_kind], {}, actor, now, consultation=one))
    letters.append(
        letterbook.draft(session, case, LetterKind.INQUIRY_NOTICE, {}, actor, now, consultation=questions[0])
    )
    return letters


def allow_inner_question(session: Session, case: Case, unit: str, reason: str, actor: Actor, now: datetime) -> None:
    """The head lets a unit of the organ be asked as another organ in this case. Raises Refusal without name or reason."""
    for field, label, text in (("unit", "单位名称", unit), ("reason", "理由", reason)):
        if not text.strip():
            raise Refusal(f"请填写{label}", "条例第三十三条第三款", field=field)
    fire(session, case, "allow_inner_question", actor, now)
    content = {"unit": unit.strip(), "text": reason.strip()}
    add_note(session, case, INNER_NOTE, content, day_of(now), actor, now)


def _check(asking: Asking, parties: Sequence[Party]) -> None:
    if asking.party_kind not in PARTY_KINDS:
        raise Refusal("请选择征求意见的对象是第三方、共同制作机关还是其他机关", field="party_kind")
    for name, label in (("information", "所涉信息"), ("reason", "征求意见的理由")):
        if not getattr(asking, name).strip():
            raise Refusal(f"请填写{label}", "条例第三十二条", field=name)
        refuse_secret_marks(getattr(asking, name), field=name)
    if asking.answer_within is not None and not 1 <= asking.answer_within <= LONGEST_TERM:
        raise Refusal(f"其他机关提出意见的期限须为1至{LONGEST_TERM}个工作日", field="answer_within")
    if not parties or not all(party.name.strip() for party in parties):
        raise Refusal("请填写对方名称", "条例第三十二条", field="name")
    if len(parties) > MOST_PARTIES:
        raise Refusal(f"一次最多征求{MOST_PARTIES}个对象的意见", field="others", do="请分次征求")
    names = [party.name.strip() for party in parties]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refusal(f"「{twice[0]}」写了不止一次", field="others", do="请每个对象只写一次")


def _question(session: Session, case: Case, asking: Asking, party: Party, group: str, today: date) -> Consultation:
    ordinal, uid = len(case.consultations) + 1, uuid4().hex
    contact = {
        "address": party.address.strip(),
        "phone": party.phone.strip(),
        "credit_code": party.credit_code.strip().upper(),
        "email": party.email.strip(),
    }
    one = Consultation(
        uid=uid,
        organ_id=case.organ_id,
        case=case,
        ordinal=ordinal,
        group_uid=group,
        version=0,
        party_kind=asking.party_kind,
        party=f"P{ordinal}",
        name=party.name.strip(),
        sealed=ring(session).seal(canonical(contact).encode(), f"consultation.sealed.{uid}"),
        information=asking.information.strip(),
        reason=asking.reason.strip(),
        answer_within=_term(case, asking, today),
    )
    session.add(one)
    return one


def _term(case: Case, asking: Asking, on: date) -> int:
    """Working days for the opinion: statutory for third parties and co-producers, the letter's own for other organs."""
    if asking.party_kind == ORGAN:
        return asking.answer_within or case.clock_settings().organ_answer
    third = asking.party_kind == THIRD_PARTY
    return period(PeriodName.THIRD_PARTY_OPINION if third else PeriodName.CO_PRODUCER_OPINION, on).amount


def _refuse_own_unit(session: Session, case: Case, name: str) -> None:
    """Raises Refusal for a unit inside the organ or below it, unless the head lets it be asked in this case."""
    wanted = _normal(name)
    inner = [_normal(case.organ.name), *(_normal(one.full_name) for one in case.organ.signing_names)]
    # 「某局法规股」 is a unit of 「某局」; 「某县人民政府」 does not make every organ of the county a unit of its own.
    inside = any(wanted == one or (wanted.startswith(one) and wanted[len(one) :].endswith(_UNITS)) for one in inner)
    if not inside and wanted not in {_normal(one) for one in _below(session, case.organ_id)}:
        return
    allowed = [_normal(json.loads(note.content)["unit"]) for note in case.notes if note.kind == INNER_NOTE]
    if wanted not in allowed:
        raise Refusal(
            f"「{name.strip()}」是本机关的内设机构或者下级单位，请其协助属于转办、协办，不停止计算答复期限",
            "条例第三十三条第三款",
            field="name",
            do="请用工作记录或者协办函办理；确需作为其他机关征求意见的，须由公开机构负责人准许并说明理由",
        )


_UNITS = ("股", "科", "室", "处", "办公室", "中心", "队", "所")


def _normal(name: str) -> str:
    return "".join(name.split())


def _below(session: Session, organ_id: int) -> list[str]:
    """The names of every organ below this one in the tree."""
    tree = select(Organ.id).where(Organ.parent_id == organ_id).cte("tree", recursive=True)
    tree = tree.union(select(Organ.id).where(Organ.parent_id == tree.c.id))
    return list(session.scalars(select(Organ.name).where(Organ.id.in_(select(tree.c.id)))))
