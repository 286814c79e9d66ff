"""The internal sheets (内部表单) that a case has something to say on, each filled in as far as the file knows, to print and sign.

送达回证 and 审查呈批单 belong to a letter (``delivery_record``, ``approval_sheet``). What nobody wrote down stays blank for a pen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import sheet_fields as fields
from gkapply.casework.bundle_choice import AUTHORITY
from gkapply.casework.bundled_papers import Bundle
from gkapply.casework.entries import Note
from gkapply.casework.letterbook import signing_name_of
from gkapply.casework.office_templates import template_for
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.law.forms import FormKind
from gkapply.law.refusal import NotFound
from gkapply.letters.fields import complete
from gkapply.letters.notation import chinese_date
from gkapply.letters.render import render
from workflows.case_states import CaseState


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to print. ``code`` names it in an address: its kind, or kind and number among several."""

    code: str
    kind: FormKind
    about: str
    """What tells it from others of its kind, or what it is drawn from."""
    fill: Callable[[Session, date], Mapping[str, Any]]


def sheets(case: Case) -> Sequence[Sheet]:
    """Every sheet that the case has something to say on, in the order of the work."""
    return (*_of_the_way(case), *_referrals(case), *_calls(case), *_review(case), *_evidence(case))


def render_sheet(session: Session, case: Case, code: str, on: date) -> tuple[str, bytes]:
    """Title and .docx of the sheet with that code, made on that day by the office's template. Raises NotFound, Refusal."""
    for one in sheets(case):
        if one.code == code:
            head = {
                "organ_name": signing_name_of(case, on).full_name,
                "date_text": chinese_date(on),
                "request_number": case.reference,
            }
            filled = complete(one.kind, {**head, **one.fill(session, on)})
            return one.kind.label, render(template_for(session, case.organ_id, one.kind, on), filled)
    raise NotFound("这件案件没有这张表单")


def _of_the_way(case: Case) -> Iterator[Sheet]:
    if case.received_on is not None:
        yield Sheet(
            "arrival_slip", FormKind.ARRIVAL_SLIP, "收文登记", lambda session, on: fields.arrival_slip(session, case)
        )
    if case.officer is not None and case.state is not CaseState.REGISTERED:
        yield Sheet(
            "referral_slip",
            FormKind.REFERRAL_SLIP,
            f"交{case.officer.name}承办",
            lambda session, on: fields.referral_slip(session, case),
        )
        if case.due_on is not None and case.ended_on is None:
            yield Sheet(
                "urging_slip",
                FormKind.URGING_SLIP,
                f"应于{chinese_date(case.due_on)}前答复",
                lambda session, on: fields.urging_slip(session, case, on),
            )


def _referrals(case: Case) -> Iterator[Sheet]:
    for one in case.referrals:
        yield Sheet(f"referral_slip-{one.ordinal}", FormKind.REFERRAL_SLIP, f"转{one.unit.name}办理", _order(one))


def _order(referral: Referral) -> Callable[[Session, date], Mapping[str, Any]]:
    return lambda session, on: fields.referral_order(session, referral)


def _calls(case: Case) -> Iterator[Sheet]:
    calls = [note for note in case.notes if note.kind in fields.CALLS]
    for place, note in enumerate(calls, start=1):
        yield Sheet(f"telephone_note-{place}", FormKind.TELEPHONE_NOTE, chinese_date(note.on_), _call(case, note))


def _call(case: Case, note: Note) -> Callable[[Session, date], Mapping[str, Any]]:
    return lambda session, on: fields.telephone_note(session, case, note)


def _review(case: Case) -> Iterator[Sheet]:
    given = case.releases
    if given:
        done = sum(one.review is not None for one in given)
        yield Sheet(
            "secrecy_sheet",
            FormKind.SECRECY_SHEET,
            f"拟公开{len(given)}件，已审查{done}件",
            lambda session, on: fields.secrecy_sheet(case),
        )


def _evidence(case: Case) -> Iterator[Sheet]:
    for dispute in case.disputes:
        whole = [one for one in dispute.bundles if one.reader == AUTHORITY]
        if whole:
            yield Sheet(
                f"evidence_index-{dispute.id}",
                FormKind.EVIDENCE_INDEX,
                f"{dispute.kind.label}，{dispute.authority}",
                _index(whole[-1]),
            )


def _index(bundle: Bundle) -> Callable[[Session, date], Mapping[str, Any]]:
    return lambda session, on: fields.evidence_index(bundle)
