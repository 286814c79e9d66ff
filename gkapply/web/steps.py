"""Taking a step: one page for each row of the workflows, whatever the thing is that moves.

The order never changes: who and from where (403, 409), then the form (422), then the deed in one unit of work. What was typed
is never lost: a refused or stale page comes back with it.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound as NoSuchPage

from gkapply import clock
from gkapply.casework import casefile, history, letterfile
from gkapply.casework.access import Actor, require_version
from gkapply.casework.case_lines import item_lines, note_lines
from gkapply.casework.deliberation_lines import rests_on
from gkapply.casework.deliberation_minutes import view
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.disputed import Dispute
from gkapply.casework.history import Entry
from gkapply.casework.letterfile import LetterFile
from gkapply.casework.letters_together import letters_to_stamp
from gkapply.casework.papers import Letter
from gkapply.casework.publications import Publication
from gkapply.casework.question_lines import consultation_lines, holds
from gkapply.casework.records import Case
from gkapply.casework.reply import SEARCH
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, Stale, WrongState
from gkapply.web.access import current_actor, requires
from gkapply.web.errors import status_of
from gkapply.web.letter_steps import READING, about
from gkapply.web.letter_text import LetterText, read
from gkapply.web.step_form import StepForm, StepPage, day_of_the_link
from gkapply.web.subjects import CASE, CONSULTATION, DELIBERATION, DISPUTE, LETTER, PUBLICATION, Subject
from workflows.duties import CASE_DUTIES
from workflows.step import Step

blueprint = Blueprint("steps", __name__)


@blueprint.route("/desk/cases/<reference>/steps/<trigger>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def case(reference: str, trigger: str) -> Any:
    """A step of a request."""
    return _step(CASE, reference, trigger)


@blueprint.route("/desk/letters/<uid>/steps/<trigger>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def letter(uid: str, trigger: str) -> Any:
    """A step of a letter."""
    return _step(LETTER, uid, trigger)


@blueprint.route("/desk/consultations/<uid>/steps/<trigger>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def question(uid: str, trigger: str) -> Any:
    """A step of a question to a third party or organ."""
    return _step(CONSULTATION, uid, trigger)


@blueprint.route("/desk/disputes/<uid>/steps/<trigger>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def of_dispute(uid: str, trigger: str) -> Any:
    """A step of a review, a suit or a complaint."""
    return _step(DISPUTE, uid, trigger)


@blueprint.route("/desk/publications/<uid>/steps/<trigger>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def of_publication(uid: str, trigger: str) -> Any:
    """A step of a proposal to publish."""
    return _step(PUBLICATION, uid, trigger)


@blueprint.route("/desk/deliberations/<uid>/steps/<trigger>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def of_deliberation(uid: str, trigger: str) -> Any:
    """A step of a joint consultation."""
    return _step(DELIBERATION, uid, trigger)


def _step(subject: Subject, key: str, trigger: str) -> Any:
    if trigger not in subject.pages:
        raise NoSuchPage()
    visit = _Visit(subject, key, subject.pages[trigger], subject.flow.steps[trigger], current_actor())
    return visit.show() if request.method == "GET" else visit.take()


def case_of(thing: Any) -> Case:
    """The case that the thing is or belongs to."""
    found = thing if isinstance(thing, Case) else thing.case
    assert isinstance(found, Case)
    return found


@dataclass(frozen=True, slots=True)
class _Visit:
    """One actor before one step of one thing."""

    subject: Subject
    key: str
    page: StepPage
    step: Step
    actor: Actor

    def show(self) -> Any:
        """The page of the step. Raises NotFound, NotPermitted or WrongState."""
        with reading() as session:
            thing = self._thing(session)
            self.subject.flow.require(thing, self.step.trigger, self.actor)
            form = self._form(session, thing)
        return self._render(form)

    def take(self) -> Any:
        """Do the step, or give the page back with the reason and with what was typed."""
        with reading() as session:
            thing = self._thing(session)
            wrong = self._wrong_state(thing)
            form = self._form(session, thing)
            page = _page_of(thing)
        if wrong is not None:
            return self._refused(form, wrong)
        if form.grows:
            return self._render(form)
        if not form.validate():
            return self._render(form), 422
        try:
            flash(self._do(form))
        except (NotFound, NotPermitted):
            raise
        except Refusal as refusal:
            return self._refused(form, refusal)
        return redirect(form.onward or page, 303)

    def _do(self, form: StepForm) -> str:
        """The deed, in one unit of work."""
        now = clock.now()
        with transaction() as session:
            thing = self._thing(session, for_step=True)
            require_version(case_of(thing), form.version.data)
            self.subject.flow.require(thing, self.step.trigger, self.actor)
            return self.page.deed(session, thing, form, self.actor, now)

    def _thing(self, session: Session, *, for_step: bool = False) -> Any:
        return self.subject.open(session, self.key, self.actor, for_step=for_step)

    def _wrong_state(self, thing: Any) -> WrongState | None:
        """Why the step does not start from here, if so. Raises NotPermitted."""
        try:
            self.subject.flow.require(thing, self.step.trigger, self.actor)
        except WrongState as refusal:
            return refusal
        return None

    def _form(self, session: Session, thing: Any) -> StepForm:
        today = clock.today()
        form_class = self.page.form_for(thing)
        begins = {**form_class.initial(thing, today), **day_of_the_link()}
        form = form_class(data={"version": case_of(thing).version, **begins})
        form.prepare(session, thing, today)
        return form

    def _refused(self, form: StepForm, refusal: Refusal) -> Any:
        form.show(refusal)
        since = form.version.data if isinstance(refusal, (Stale, WrongState)) else None
        return self._render(form, since=since), status_of(refusal)

    def _render(self, form: StepForm, *, since: int | None = None) -> str:
        today, sheet = clock.today(), None
        changes: list[Entry] = []
        with reading() as session:
            thing = self._thing(session)
            found = case_of(thing)
            head = casefile.head(found, today)
            # Only before the form was sent: afterwards its own errors say what is wrong.
            refusal = self._refusal(thing) if request.method == "GET" else None
            if since is not None:
                changes = list(history.changes_since(session, found, since))
            if self.page.template in READING and isinstance(thing, Letter):
                sheet = letterfile.letterfile(session, thing, today)
            context = self._context(session, thing)
        return render_template(
            self.page.template,
            step=self.step,
            page=self.page,
            form=form,
            head=head,
            refusal=refusal,
            changes=changes,
            letter=sheet,
            text=_text(sheet),
            hints=form.hints(self.step.trigger),
            **context,
        )

    def _refusal(self, thing: Any) -> Refusal | None:
        """Why the law does not allow the step now, if so."""
        options = self.subject.flow.available(thing, self.actor, clock.now())
        return next((one.refusal for one in options if one.step.trigger == self.step.trigger), None)

    def _context(self, session: Session, thing: Any) -> dict[str, Any]:
        """What the page of this thing says besides."""
        if isinstance(thing, Case):
            return {
                "about": "",
                "items": item_lines(thing),
                "searches": note_lines(session, thing, SEARCH),
                "consultations": consultation_lines(thing, clock.today()),
                "holds": holds(thing, clock.today()),
            }
        if isinstance(thing, Letter):
            return {"about": about(thing), "sealed": letters_to_stamp(thing), "conclusions": rests_on(thing.cases)}
        if isinstance(thing, Publication):
            return {"about": f"：{thing.information[:40]}"}
        if isinstance(thing, Dispute):
            return {"about": f"：{thing.kind.label}（{thing.authority}）"}
        if isinstance(thing, Deliberation):
            return {
                "about": f"：第{thing.ordinal}次会商",
                "back": (f"第{thing.ordinal}次会商", _page_of(thing)),
                "topic": thing.topic,
                "standing": thing.standing_members,
                "views": [view(one) for one in thing.standing_members],
            }
        lines = consultation_lines(thing.case, clock.today())
        return {"about": f"征求{thing.name}意见", "consultations": [one for one in lines if one.uid == thing.uid]}


def _page_of(thing: Any) -> str:
    """Where a step leads back to: the page of the dispute, of everything else that of its case."""
    if isinstance(thing, Publication):
        return url_for("publications.index")
    if isinstance(thing, Dispute):
        return url_for("disputes.show", uid=thing.uid)
    if isinstance(thing, Deliberation):
        return url_for("deliberations.show", uid=thing.uid)
    return url_for("desk.case", reference=case_of(thing).reference)


def _text(sheet: LetterFile | None) -> LetterText | None:
    return None if sheet is None else read(sheet)
