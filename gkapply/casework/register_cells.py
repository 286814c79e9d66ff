"""What the register (登记台账) says in one cell of one request: the words for its facts, letters, reviews, deliveries …"""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime

from gkapply.casework import ledger
from gkapply.casework.application import CARRIERS, WAYS
from gkapply.casework.consultation import OPINIONS, PARTY_KINDS
from gkapply.casework.people_data import masked, masked_mail
from gkapply.casework.register_entries import Entry
from gkapply.casework.register_related import (
    CONFIRMED,
    DELIBERATION,
    DELIVERY,
    DISPUTE,
    EXTENDED,
    FACT,
    FEE,
    ITEM,
    LEGAL_REVIEW,
    LETTER,
    PROPOSAL,
    QUESTION,
    SECRECY,
    Related,
)
from gkapply.clock import OFFICE_ZONE
from gkapply.law.annual_rows import RESULT_GROUP, RESULT_ROWS
from gkapply.law.delivery_ways import DeliveryWay
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.facts import FactKind
from gkapply.law.fees import FeeMode
from gkapply.law.replies import ReplyKind
from gkapply.law.secrecy_results import SecrecyResult
from workflows.deliberation import DeliberationState
from workflows.publication import PublicationState

Cell = Callable[[Entry, date], str]
"""The cell of a request on a day."""

OUTCOMES = {row.code: row.label for row in RESULT_ROWS}
_WHOLE_OUTCOMES = {
    row.code: row.label if row.group == RESULT_GROUP else f"{row.group}{row.label}" for row in RESULT_ROWS
}
_PROPOSALS = {state.value: state.label for state in PublicationState}
_DELIBERATIONS = {state.value: state.label for state in DeliberationState}
_ARTICLES = {kind.value: kind.article for kind in ReplyKind}


def day(on: date | None) -> str:
    """The day as YYYY-MM-DD; empty for none."""
    return "" if on is None else on.isoformat()


def moment(at: datetime) -> str:
    """The moment at the office, to the minute."""
    return f"{at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"


def joined(parts: Iterable[str]) -> str:
    """What there is of several parts, in one cell."""
    return "；".join([part for part in parts if part])


def submitted(entry: Entry, today: date) -> str:
    """When it was handed in, or else entered."""
    return moment(entry.row.submitted_at or entry.row.entered_at)


def arrived(entry: Entry, today: date) -> str:
    """When it came, where its receipt had to be confirmed with the applicant."""
    return joined(day(one.on) for one in entry.of(FACT) if one.first == ledger.ARRIVED)


def confirmed(entry: Entry, today: date) -> str:
    """When, how and with whom its receipt was confirmed."""
    told = []
    for one in entry.of(CONFIRMED):
        said = json.loads(one.first)
        told.append("，".join(part for part in (day(one.on), said.get("how", ""), said.get("who", "")) if part))
    return joined(told)


def information(entry: Entry, today: date) -> str:
    """Name and number of the information, as the applicant gave them."""
    return joined((entry.row.information_name, entry.row.information_number))


def form(entry: Entry, today: date) -> str:
    """On what and how the applicant wants it."""
    return f"{CARRIERS.get(entry.row.carrier, '')}，{WAYS.get(entry.row.way, '')}"


def _between(one: Related) -> str:
    """From when till when."""
    return day(one.on) + (f"—{day(one.then)}" if one.then else "")


def facts(*kinds: str) -> Cell:
    """The facts of these kinds with their days and terms."""
    words = {kind: FactKind(kind).label if kind in set(FactKind) else ledger.label_of(kind) for kind in kinds}

    def told(entry: Entry, today: date) -> str:
        found = [one for one in entry.of(FACT) if one.first in words]
        return joined(
            f"{words[one.first]}{day(one.on)}" + (f"（{one.second}个工作日）" if one.second else "") for one in found
        )

    return told


def questions(entry: Entry, today: date) -> str:
    """Whom others were asked, when, and what they said."""
    return joined(
        f"{PARTY_KINDS.get(one.first, one.first)}{_between(one)}{OPINIONS.get(one.second, '')}"
        for one in entry.of(QUESTION)
    )


def consented(entry: Entry, today: date) -> str:
    """Who consented to the extension, and when the applicant was told."""
    return joined(
        f"{one.first}{day(one.on)}" + (f"，{day(one.then)}告知" if one.then else "") for one in entry.of(EXTENDED)
    )


def fee(entry: Entry, today: date) -> str:
    """By which tariff, how much, noticed and paid when."""
    return joined(
        f"{FeeMode(one.first).label}{one.second}元，通知{day(one.on)}" + (f"，缴纳{day(one.then)}" if one.then else "")
        for one in entry.of(FEE)
    )


def deliberated(entry: Entry, today: date) -> str:
    """Each 会商: number of its minutes, day, where it stands."""
    return joined(f"{one.first}{day(one.on)}{_DELIBERATIONS[one.second]}" for one in entry.of(DELIBERATION))


def secrecy(entry: Entry, today: date) -> str:
    """The results of the secrecy reviews."""
    return joined(dict.fromkeys(SecrecyResult(one.first).label for one in entry.of(SECRECY)))


def legal_review(entry: Entry, today: date) -> str:
    """Who reviewed the reply's lawfulness, and when."""
    return joined(
        f"{one.first}{day(one.on) if one.on else one.at and moment(one.at)}" for one in entry.of(LEGAL_REVIEW)
    )


def signed(entry: Entry, today: date) -> str:
    """Who signed the reply, and when."""
    return joined(f"{one.second or ''}{day(one.on)}" for one in entry.of(LETTER))


def letter_numbers(entry: Entry, today: date) -> str:
    """文号 of the reply."""
    return joined(one.first for one in entry.of(LETTER))


def outcome(entry: Entry, today: date) -> str:
    """The row of table 三 in which it counts, as the table calls it."""
    return OUTCOMES.get(entry.row.report_row or "", "")


def whole_outcome(entry: Entry, today: date) -> str:
    """The same with the head under which the row stands."""
    return _WHOLE_OUTCOMES.get(entry.row.report_row or "", "")


def basis(entry: Entry, today: date) -> str:
    """The provisions on which the answers to its items rest."""
    return joined(dict.fromkeys(_ARTICLES.get(one.first, "") for one in entry.of(ITEM)))


def ways(entry: Entry, today: date) -> str:
    """How the reply was delivered."""
    known = set(DeliveryWay)
    return joined(
        dict.fromkeys(DeliveryWay(one.first).label if one.first in known else one.first for one in entry.of(DELIVERY))
    )


def tracking(entry: Entry, today: date) -> str:
    """The number under which the post carried the reply."""
    return joined(one.second for one in entry.of(DELIVERY))


def is_late(entry: Entry, today: date) -> str:
    """Whether the reply came, or is, after its due day."""
    row = entry.row
    if row.due_on is None:
        return ""
    return "逾期" if row.due_on < (row.replied_on or row.ended_on or today) else "否"


def disputes(entry: Entry, today: date) -> str:
    """Reviews, suits and complaints with their days."""
    return joined(f"{DisputeKind(one.first).label}{_between(one)}" for one in entry.of(DISPUTE))


def archived(entry: Entry, today: date) -> str:
    """When its file was closed, and for how long it is kept."""
    return joined((day(entry.row.archived_on), entry.row.retention if entry.row.archived_on else ""))


def archive_number(entry: Entry, today: date) -> str:
    """The number under which the closed file lies: that of its 卷内目录."""
    return str(entry.row.reference) if entry.row.archived_on else ""


def proposals(entry: Entry, today: date) -> str:
    """Where a proposal to publish it stands."""
    return joined(_PROPOSALS[one.first] for one in entry.of(PROPOSAL))


def identity(entry: Entry, today: date) -> str:
    """The identity number, masked."""
    return masked(entry.contact.get("id_number", ""))


def ways_to_reach(entry: Entry, today: date) -> str:
    """Telephone and mail, masked; of an address only that there is one."""
    held = entry.contact
    address = "有通信地址" if held.get("address") else ""
    return joined((masked(held.get("phone", "")), masked_mail(held.get("email", "")), address))


def agent(entry: Entry, today: date) -> str:
    """Who acts for the applicant."""
    return entry.contact.get("agent_name", "")
