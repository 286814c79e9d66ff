"""The 用印审批登记 of a month: every use of one seal, as a sheet to be printed and bound."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import sealing_register
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.casework.seal_use import SealUse
from gkapply.law.refusal import Refusal
from gkapply.law.seals import SealKind
from gkapply.letters.notation import chinese_date


def month_of(text: str) -> tuple[date, date]:
    """First and last day of a month written 2026-03. Raises Refusal for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    except (ValueError, OverflowError):
        raise Refusal("月份应写作四位年份和两位月份", do="例如 2026-03", field="month") from None
    return first, after - timedelta(days=1)


def fields(session: Session, actor: Actor, seal: SealKind, month: str, on: date) -> dict[str, Any]:
    """What the sheet of that seal and month prints, made on the day ``on``. Raises Refusal when the seal was not used."""
    begins, ends = month_of(month)
    uses = [one for one in sealing_register.uses_of(session, actor, begins, ends) if one.seal == seal]
    if not uses:
        raise Refusal(f"{begins.year}年{begins.month}月没有使用{seal.label}的登记", do="请核对月份和印章")
    organ = session.get_one(Organ, actor.organ_id)
    return {
        "organ_name": organ.name,
        "date_text": chinese_date(on),
        "seal_name": seal.label,
        "period_text": f"{begins.year}年{begins.month}月",
        "uses": _rows(uses),
    }


def _rows(uses: Sequence[SealUse]) -> list[dict[str, str]]:
    return [
        {
            "on_text": f"{one.stamped_on.month}月{one.stamped_on.day}日",
            "title": sealing_register.title_of(one.letter),
            "copies_text": str(one.copies),
            "applied_by": one.applied_by,
            "approved_by": one.approved_by,
            "sealed_by": one.stamped_by,
            "remark": one.letter.case.number,
        }
        for one in uses
    ]
