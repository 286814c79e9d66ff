"""Passing over an error of the letter check (放行体检错误): one person says why, another confirms it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import casefile, letter_check, letterbook
from gkapply.casework.letter_check import ASKERS, CONFIRMERS, LONGEST_REASON, Judged
from gkapply.casework.letter_lines import letter_line
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.step_form import text_field

blueprint = Blueprint("findings", __name__)


class ReasonForm(Form):
    """Why the error may stand."""

    reason = text_field(
        "放行的理由", longest=LONGEST_REASON, description="写明为什么这处错误不影响文书，另一人据此确认"
    )


class ConsentForm(Form):
    """The second person agrees."""


@blueprint.route("/desk/letters/<uid>/findings/<key>", methods=["GET", "POST"])
@requires(*dict.fromkeys((*ASKERS, *CONFIRMERS)))
def override(uid: str, key: str) -> Answer:
    """One error: its reason, then the consent of another person."""
    actor, today = current_actor(), clock.today()
    with reading() as session:
        letter = letterbook.open_letter(session, uid, actor)
        head, line = casefile.head(letter.case, today), letter_line(letter)
        text = letter_check.text_of(session, letter, today)
        overrides = letter_check.overrides_of(session, letter, text.snapshot_hash)
    found: Judged = letter_check.one_error(letter_check.judge(letter_check.examine(text), overrides), key)
    asked = found.override is not None
    form = ConsentForm() if asked else ReasonForm()

    def act() -> Response:
        with transaction() as session:
            letter = letterbook.open_letter(session, uid, actor, for_step=True)
            if isinstance(form, ReasonForm):
                letter_check.ask_override(session, letter, key, form.reason.data or "", actor, clock.now())
            else:
                letter_check.confirm_override(session, letter, key, actor, clock.now())
        flash("已确认放行" if asked else "已说明理由，待另一人确认")
        return redirect(url_for("desk.letter", uid=uid), 303)

    def show() -> str:
        return render_template(
            "desk/finding.html",
            form=form,
            head=head,
            letter=line,
            found=found,
            heading="确认放行体检错误" if asked else "说明放行体检错误的理由",
        )

    return settle(form, act, show)
