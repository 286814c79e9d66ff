"""The choice among several recipients of one letter, on every form about its delivery."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import delivery_ledger
from gkapply.casework.papers import Letter
from gkapply.casework.recipients import recipients
from gkapply.web.forms import choices
from gkapply.web.step_form import StepForm, several_field


def has_several(letter: Letter) -> bool:
    """Whether the letter has to reach more than one recipient."""
    return len(recipients(letter)) > 1


class RecipientChoice(StepForm):
    """The recipients who have not got the letter, to be chosen from, all at first."""

    to = several_field(
        "受送达人",
        "请选择受送达人",
        "还没有送达的各人，可以分次登记；由推选的代表人代全体签收的，全部选择，并写明签收人",
    )

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Those who have not got it."""
        super().prepare(session, thing, today)
        offered = delivery_ledger.open_standings(thing)
        self.to.choices = choices((one.recipient.key, f"{one.recipient.name}（{one.words}）") for one in offered)
        if not self.is_submitted():
            self.to.data = [one.recipient.key for one in offered]

    @property
    def chosen(self) -> list[str]:
        """The recipients that it is about."""
        return list(self.to.data or ())
