"""Steps that take back what was entered by mistake: each asks for nothing but the reason."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import undoing
from gkapply.casework.access import Actor
from gkapply.web.step_form import Pages, StepForm, StepPage, text_field
from workflows.undoing import OF_APPLICATION, OF_LETTER


class TakeBackForm(StepForm):
    """Why it was a mistake."""

    reason = text_field(
        "为什么办错", longest=undoing.LONGEST, description="原来的记载不会删除，与更正一并保留在办理经过中"
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Nothing is known beforehand."""
        return {}


def _page(deed: Callable[..., None], consequence: str) -> StepPage:
    def take(session: Session, thing: Any, form: TakeBackForm, actor: Actor, now: datetime) -> str:
        deed(session, thing, form.reason.data or "", actor, now)
        return "已更正，原来的记载保留在办理经过中"

    return StepPage(TakeBackForm, take, consequence)


CASE_PAGES: Pages = {
    "take_back_acceptance": _page(undoing.take_back_acceptance, OF_APPLICATION["accept"].why),
    "take_back_correction": _page(undoing.take_back_correction, OF_APPLICATION["receive_correction"].why),
}
LETTER_PAGES: Pages = {"take_back_delivery": _page(undoing.take_back_delivery, OF_LETTER["note_delivery"].why)}
