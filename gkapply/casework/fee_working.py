"""What the fee of a request comes to under each of the two tariffs (国办函〔2020〕109号), with the working."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.entries import Fact
from gkapply.casework.records import Applicant, Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.facts import FactKind
from gkapply.law.fees import FEE_ARTICLE, Fee, FeeMode, fee_of_kth, fee_of_pages
from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Charge:
    """One tariff applied to one request; ``quantity`` is the ordinal of the month, or the pages."""

    mode: FeeMode
    quantity: int
    fee: Fee


def counts_as_request() -> ColumnElement[bool]:
    """Whether a case is a request of its own: neither 未成立 nor the cover of requests split off it."""
    return or_(Case.ended_on.is_(None), Case.report_row.is_not(None))


def charge(session: Session, case: Case, mode: str, pages: int | None, on: date) -> Charge:
    """The fee of the case by one tariff as it stands on ``on``.

    Raises Refusal for an unknown mode, without pages where they are counted, without an identity to count by where requests
    are counted, and where the tariff asks for nothing.
    """
    if mode == FeeMode.ITEM:
        quantity = ordinal(session, case)
        found = Charge(FeeMode.ITEM, quantity, fee_of_kth(quantity, on))
    elif mode == FeeMode.PAGE:
        if pages is None:
            raise Refusal("按量计收须填写页数", FEE_ARTICLE, field="pages")
        found = Charge(FeeMode.PAGE, pages, fee_of_pages(pages, on))
    else:
        raise Refusal("计收方式只能是按件或者按量", FEE_ARTICLE, field="mode")
    if found.fee.yuan == 0:
        raise Refusal(
            f"{found.mode.label}不收费：{'；'.join(found.fee.working)}", FEE_ARTICLE, do="请照常办理", field="mode"
        )
    return found


def ordinal(session: Session, case: Case) -> int:
    """The place of the case among this applicant's requests to the organ in the calendar month of its receipt.

    Ordered by day of receipt, then number. Raises Refusal where the applicant gave no identity number to count by.
    """
    received, person = case.received_on, case.applicant.person_id
    if received is None:
        raise Refusal("申请尚未确认收到", FEE_ARTICLE)
    if person is None:
        raise Refusal("申请人没有登记证件号码，不能累计当月件数", FEE_ARTICLE, field="mode", do="请按量计收或者不收费")
    first = received.replace(day=1)
    earlier = or_(Case.received_on < received, and_(Case.received_on == received, Case.number < case.number))
    query = (
        select(func.count())
        .select_from(Case)
        .join(Applicant, and_(Applicant.case_id == Case.id, Applicant.ordinal == 1))
        .where(
            Applicant.person_id == person,
            Case.organ_id == case.organ_id,
            Case.kind == CaseKind.APPLICATION,
            Case.received_on >= first,
            counts_as_request(),
            earlier,
        )
    )
    if not case.organ.office_settings().fee_counts_withdrawn:
        withdrawn = exists().where(Fact.case_id == Case.id, Fact.kind == FactKind.WITHDRAWN)
        query = query.where(~withdrawn)
    return 1 + (session.scalar(query) or 0)


def require_current(session: Session, case: Case, written: Mapping[str, Any], on: date) -> None:
    """What the notice says is what the tariff comes to on ``on``; by its signature it is decided. Raises Refusal."""
    pages = written["quantity"] if written["mode"] == FeeMode.PAGE else None
    found = charge(session, case, written["mode"], pages, on)
    if (found.quantity, found.fee.yuan) != (written["quantity"], written["yuan"]):
        raise Refusal(
            f"当月件次已有变化：现为第{found.quantity}件，应收{found.fee.yuan}元",
            FEE_ARTICLE,
            do="请作废本稿，重新拟收费通知书",
        )
