"""What waits to be posted, packed by name and address (寄件): for the carrier's form, envelopes and labels.

The carrier is told name, telephone, address, what kind of paper is inside and our reference: never an identity number, what was
applied for, or what came of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import undelivered
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.access_log import note_access
from gkapply.casework.delivery_ledger import open_standings
from gkapply.casework.papers import Letter
from gkapply.casework.people_data import contact_of, party_contact
from gkapply.casework.postal_reference import BETWEEN, reference_of
from gkapply.casework.recipients import Recipient
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind

HEADS = ("收件人", "电话", "地址", "邮编", "内件品名", "备注")
MOST = 300
"""Letters on one screen; the most urgent first."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One letter to one recipient, ready to be posted."""

    reference: str
    title: str
    number: str
    case_id: int
    ends_case: bool


@dataclass(frozen=True, slots=True)
class Parcel:
    """One item of mail: whom it goes to, and the letters in it."""

    name: str
    phone: str
    address: str
    postcode: str
    letters: Sequence[Enclosed]

    @property
    def reference(self) -> str:
        """Our references of everything inside."""
        return BETWEEN.join(one.reference for one in self.letters)

    @property
    def content(self) -> str:
        """What is inside, as the carrier's form wants it: without the outcome."""
        sort = "政府信息公开答复书" if all(one.ends_case for one in self.letters) else "政府信息公开文书"
        return f"{sort} {'、'.join(one.number for one in self.letters)}".strip()

    def row(self) -> tuple[str, ...]:
        """A row of the carrier's form."""
        return self.name, self.phone, self.address, self.postcode, self.content, self.reference


def waiting(session: Session, actor: Actor) -> list[Parcel]:
    """What of the actor's organ is ready to be posted, one parcel for everything to the same name and address.

    Left out: letters without their file, and those to applicants who chose to fetch them on the web.
    """
    query = (
        select(Letter)
        .join(Case, Letter.case_id == Case.id)
        .where(visible_cases(actor), undelivered.to_send(), Letter.file_sha != "")
        .order_by(Case.due_on.is_(None), Case.due_on, Letter.id)
        .limit(MOST)
    )
    packed: dict[tuple[str, str, str], list[tuple[Enclosed, Mapping[str, str]]]] = {}
    for letter in session.scalars(query):
        for to, contact in _to_post(session, letter):
            kind = LetterKind(letter.kind)
            one = Enclosed(
                reference_of(letter, to.key), kind.label, letter.number or "", letter.case_id, kind.ends_case
            )
            # Without an address nobody can say that two of one name are the same person.
            apart = "" if contact["address"] else one.reference
            packed.setdefault((contact["name"], contact["address"], apart), []).append((one, contact))
    return [_parcel([one for one, _ in inside], inside[0][1]) for inside in packed.values()]


def chosen(parcels: Sequence[Parcel], references: Collection[str], apart: Collection[str]) -> list[Parcel]:
    """Of the parcels what was chosen by reference; the letters of those in ``apart`` (by the parcel's reference) each alone."""
    found = []
    for parcel in parcels:
        inside = [one for one in parcel.letters if one.reference in references]
        groups = [[one] for one in inside] if parcel.reference in apart else [inside]
        found += [
            Parcel(parcel.name, parcel.phone, parcel.address, parcel.postcode, group) for group in groups if group
        ]
    return found


def note_use(session: Session, parcels: Sequence[Parcel], deed: str, actor: Actor, now: datetime) -> None:
    """Keep in the access log, for each case, that names and addresses were shown or handed out (``deed``)."""
    for case_id in sorted({one.case_id for parcel in parcels for one in parcel.letters}):
        note_access(session, actor, deed, now, case_id=case_id, reason="邮寄文书")


def _to_post(session: Session, letter: Letter) -> Iterator[tuple[Recipient, Mapping[str, str]]]:
    """The recipients who are still to be reached by post, with what the carrier needs to know."""
    for one in open_standings(letter):
        to = one.recipient
        if to.applicant is not None:
            if to.applicant.case.way != "online":
                yield to, _contact(to.name, contact_of(session, to.applicant))
        elif to.question is not None:
            yield to, _contact(to.name, party_contact(session, to.question))
        else:
            yield to, _contact(to.name, {"address": str(letter.written.get("address") or "")})


def _contact(name: str, known: Mapping[str, str]) -> Mapping[str, str]:
    person = known.get("contact_name", "")
    told = {part: known.get(part, "").strip() for part in ("phone", "address", "postcode")}
    return {**told, "name": f"{name} {person}" if person and person != name else name}


def _parcel(inside: Sequence[Enclosed], contact: Mapping[str, str]) -> Parcel:
    return Parcel(contact["name"], contact["phone"], contact["address"], contact["postcode"], inside)
