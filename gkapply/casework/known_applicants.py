"""Applicants whom the organ knows from earlier requests: found by name or by identity number, their contact used again unseen.

Only within one organ. A list shows numbers masked; what was kept goes from the earlier request into the new one on the server, so that
it stands in no page, address or log. Every look-up and every use is written into the access log.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.access_log import note_access
from gkapply.casework.applicant import identity_index
from gkapply.casework.application import IDENTITY_PAPERS, KINDS, Application
from gkapply.casework.people_data import contact_of, masked, masked_mail
from gkapply.casework.persons import Person
from gkapply.casework.records import Applicant, Case
from gkapply.casework.written_form import half_width
from gkapply.law.refusal import NotFound, Refusal

MOST = 8
"""People that a list names."""
MOST_ROWS = 500
"""Earlier requests that one look-up by name goes through."""
SHORTEST = 2
"""Characters of a name that are asked about; a single one fits half the town."""
SHORTEST_NUMBER = 5
LONGEST = 60
USED_AGAIN = (
    "phone",
    "email",
    "fax",
    "address",
    "postcode",
    "employer",
    "representative",
    "contact_name",
)
"""What is taken over as kept where nothing is typed, beside the identity; an agent or guardian acts for one request."""
_SHOWN_OF_ADDRESS = 6
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Known:
    """One applicant as last seen. ``uid`` is the snapshot on the latest request, by which a form refers to what is kept."""

    uid: str
    name: str
    kind: str
    kind_label: str
    identity: str
    contact: str
    reference: str
    """The latest request."""
    requests: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a known applicant: for the server alone."""

    known: Known
    case_id: int
    contact: dict[str, str]

    def complete(self, said: Application) -> Application:
        """The application with what is kept in every field in which nothing was typed."""
        typed = asdict(said)
        more: dict[str, Any] = {name: self.contact[name] for name in USED_AGAIN if not typed[name].strip()}
        if not said.id_number.strip():
            more |= {name: self.contact[name] for name in ("id_type", "id_number")}
        return replace(said, **more)

    def require_same_name(self, name: str) -> None:
        """Raises Refusal when another name was typed: one person's numbers never go to another."""
        if name.strip() != self.known.name:
            raise Refusal(
                f"选用的是“{self.known.name}”的已有资料，姓名或者名称已改为“{name.strip()[:20]}”",
                "《个人信息保护法》第八条",
                do="请取消选用，或者改回原来的姓名、名称",
                field="name",
            )


def named(session: Session, words: str, actor: Actor, now: datetime) -> Sequence[Known]:
    """Earlier applicants of the actor's organ whose name begins with ``words``, else whose name holds them; the latest first.

    Nothing for fewer than SHORTEST characters. The look-up is written into the access log.
    """
    words = half_width(words)[:LONGEST]
    if len(words) < SHORTEST:
        return []
    for condition in (_begins_with(session, words), Applicant.name.contains(words, autoescape=True)):
        found = _latest(session, _rows(actor, condition), actor)
        if found:
            break
    return _noted(session, found, "name", actor, now)


def numbered(session: Session, number: str, actor: Actor, now: datetime) -> Sequence[Known]:
    """Earlier applicants of the actor's organ with exactly that identity number, of whichever paper; written into the access log."""
    plain = half_width(number)[:LONGEST]
    if len(plain) < SHORTEST_NUMBER:
        return []
    written = {plain, plain.upper(), plain.upper().replace("-", "").replace(" ", "")}
    indexes = {identity_index(session, paper, one) for paper in IDENTITY_PAPERS for one in written}
    people = select(Person.id).where(Person.organ_id == actor.organ_id, Person.identity_index.in_(indexes))
    ids = session.scalars(people).all()
    # The persons are the organ's own: a condition on the organ would only lead the database away from their index.
    rows = select(Applicant.id, Applicant.name, Applicant.person_id).where(Applicant.person_id.in_(ids))
    found = _latest(session, rows.limit(MOST_ROWS).subquery(), actor) if ids else []
    return _noted(session, found, "identity", actor, now)


def kept_of(session: Session, uid: str, actor: Actor) -> Kept:
    """What is kept of the applicant with that snapshot. Raises NotFound for another organ's."""
    query = select(Applicant).join(Case).where(Applicant.uid == uid, visible_cases(actor))
    applicant = session.scalars(query.options(joinedload(Applicant.case))).one_or_none()
    if applicant is None:
        raise NotFound("没有这名已有申请人，或者您无权查看", do="请重新查找，或者直接填写")
    return Kept(_known(session, applicant, 1), applicant.case_id, contact_of(session, applicant))


def note_use(session: Session, kept: Kept, actor: Actor, now: datetime) -> None:
    """Write down that what is kept of an earlier request went into a new one."""
    note_access(session, actor, "applicant.used_again", now, case_id=kept.case_id)


def _begins_with(session: Session, words: str) -> ColumnElement[bool]:
    """A range of the index, whatever order of letters the database sorts by."""
    if session.get_bind().dialect.name == "sqlite":
        return and_(Applicant.name >= words, Applicant.name < words + _LAST)
    return and_(Applicant.name.op("~>=~")(words), Applicant.name.op("~<~")(words + _LAST))


def _rows(actor: Actor, condition: ColumnElement[bool]) -> Subquery:
    query = select(Applicant.id, Applicant.name, Applicant.person_id)
    query = query.where(Applicant.organ_id == actor.organ_id, condition)
    return query.order_by(Applicant.name).limit(MOST_ROWS).subquery()


def _latest(session: Session, rows: Subquery, actor: Actor) -> Sequence[Known]:
    """The latest snapshot of each person among the rows; whoever gave no number is a person of their own each time."""
    person = func.coalesce(rows.c.person_id, -rows.c.id)
    latest = (
        select(func.max(rows.c.id).label("id"), func.count().label("requests"))
        .group_by(rows.c.name, person)
        .order_by(func.max(rows.c.id).desc())
        .limit(MOST)
        .subquery()
    )
    query = (
        select(Applicant, latest.c.requests)
        .join(latest, Applicant.id == latest.c.id)
        .join(Case, Applicant.case_id == Case.id)
        .where(visible_cases(actor))
        .options(joinedload(Applicant.case))
        .order_by(Applicant.id.desc())
    )
    return [_known(session, applicant, requests) for applicant, requests in session.execute(query)]


def _known(session: Session, applicant: Applicant, requests: int) -> Known:
    contact = contact_of(session, applicant)
    paper = IDENTITY_PAPERS.get(contact["id_type"], "")
    address = contact["address"]
    hidden = f"{address[:_SHOWN_OF_ADDRESS]}****" if address else ""
    reach = (masked(contact["phone"]), masked_mail(contact["email"]), hidden)
    return Known(
        uid=applicant.uid,
        name=applicant.name,
        kind=applicant.kind,
        kind_label=KINDS[applicant.kind],
        identity=f"{paper}{masked(contact['id_number'])}" if contact["id_number"] else "未留证件号码",
        contact="，".join(one for one in reach if one) or "未留联系方式",
        reference=applicant.case.reference,
        requests=requests,
    )


def _noted(session: Session, found: Sequence[Known], by: str, actor: Actor, now: datetime) -> Sequence[Known]:
    shown = " ".join(one.reference for one in found)
    note_access(session, actor, "applicants.looked_up", now, by=by, shown=shown)
    return found
