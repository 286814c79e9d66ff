"""Known applicants at the counter: the list under the name while somebody types, and what a form takes over from an earlier request."""

from typing import Any

from flask import Blueprint, jsonify, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField

from gkapply import clock
from gkapply.casework import known_applicants
from gkapply.casework.access import Actor
from gkapply.casework.application import Application
from gkapply.casework.known_applicants import Kept, Known
from gkapply.database import transaction
from gkapply.law.refusal import NotFound
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import ApplicationForm
from workflows.duties import Duty

blueprint = Blueprint("register_known", __name__)

LOOK, CHOOSE, NOBODY = "look", "choose", "none"
"""Names of the buttons that look for known applicants and take one over, and the value that takes the choice back."""


class KnownApplicantForm(ApplicationForm):
    """A form that may refer to an earlier request of the same applicant, instead of repeating its numbers."""

    known = HiddenField()
    kept: Kept | None = None
    hits: tuple[Known, ...] | None = None
    """Whom the look-up found; None: nobody was looked for."""

    def as_application(self) -> Application:
        """What was filled in, and what is kept where nothing was."""
        said = super().as_application()
        return said if self.kept is None else self.kept.complete(said)

    def recall(self, session: Session, actor: Actor) -> None:
        """Fetch what is kept of the chosen applicant. Raises NotFound when the organ has none such."""
        if self.known.data and self.kept is None:
            self.kept = known_applicants.kept_of(session, self.known.data, actor)

    def recall_if_any(self, session: Session, actor: Actor) -> None:
        """The same for a page that is shown again: what is not there is left out."""
        try:
            self.recall(session, actor)
        except NotFound:
            self.known.data = ""

    def answer_button(self) -> bool:
        """Whether a button of the look-up was pressed: then nothing is registered, and the form shows what it asked for."""
        if CHOOSE in request.form:
            self._choose(request.form[CHOOSE])
        elif LOOK in request.form:
            self.hits = _found(self.name.data or "", self.id_number.data or "")
        else:
            return False
        return True

    def _choose(self, uid: str) -> None:
        self.known.data = "" if uid == NOBODY else uid
        if self.known.data:
            with transaction() as unit:
                self.recall(unit, current_actor())
        if self.kept is not None:
            self.name.data, self.kind.data = self.kept.known.name, self.kept.known.kind


@blueprint.post("/desk/register/known")
@requires(Duty.REGISTRAR)
def known() -> Response:
    """Whom the organ knows by that name or identity number, as JSON. Sent by POST: neither may stand in an address or a log."""
    hits = _found(request.form.get("name", ""), request.form.get("id_number", ""))
    return jsonify(hits=[_told(one) for one in hits])


def _found(name: str, number: str) -> tuple[Known, ...]:
    """By the number where there is one, else by the name."""
    actor, now = current_actor(), clock.now()
    with transaction() as unit:
        if number.strip():
            return tuple(known_applicants.numbered(unit, number, actor, now))
        return tuple(known_applicants.named(unit, name, actor, now))


def _told(one: Known) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "name": one.name,
        "kind": one.kind,
        "about": f"{one.kind_label} · {one.identity} · {one.contact}",
        "latest": f"最近一次 {one.reference}" + (f"，共{one.requests}件" if one.requests > 1 else ""),
    }
