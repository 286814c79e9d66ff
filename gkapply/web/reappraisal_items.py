"""One thing of a work list (评估审查): what is found of it, its secrecy review; and the publication of a document that was turned public."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from gkapply import clock
from gkapply.casework import official_documents, reappraisal_effects, reappraisal_lines, reappraisals, reappraising
from gkapply.casework.flow import REAPPRAISALS
from gkapply.casework.official_documents import KEEPERS
from gkapply.casework.reappraisal_records import ReappraisalItem
from gkapply.casework.reappraising import LONGEST, Finding
from gkapply.database import reading, transaction
from gkapply.law.attributes import ground_words
from gkapply.law.reappraisal import Outcome
from gkapply.law.replies import REFUSALS
from gkapply.law.secrecy_results import SecrecyResult
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.step_form import day_field, line_field, text_field
from workflows.duties import CASE_DUTIES, Duty
from workflows.reappraisal import WORKERS

blueprint = Blueprint("reappraisal_items", __name__)
OF_ITEM = "/desk/reappraisals/<uid>/items/<item>"
SHORT = {"class": "short"}


class FindingForm(Form):
    """What is found of the thing."""

    outcome = RadioField("评估结论", [InputRequired("请选择评估结论")], validate_choice=False)
    ground = SelectField(
        "继续不予公开的依据",
        choices=choices([("", "没有"), *((one.value, ground_words(one)) for one in REFUSALS)]),
        description="继续不予公开的必填（条例第十三条）",
        validate_choice=False,
    )
    reason = text_field("理由", longest=LONGEST["reason"], description="情势有没有变化、为什么", render_kw=SHORT)
    declassified = line_field(
        "解密的依据",
        needed=False,
        longest=LONGEST["declassified"],
        description="原来以国家秘密不予公开、现在转为主动公开的必填：解密的文号和日期，或者保密期限届满的日期",
    )
    public_title = line_field(
        "对外公布的名称",
        needed=False,
        longest=LONGEST["public_title"],
        description="转为主动公开的必填，清理、归档的选填；公众会看到，不要写申请人和其他人的个人信息",
    )
    next_review_on = DateField(
        "下次评估审查日期", [Optional()], description="维持原属性的；不填的，按本机关设定的间隔计算"
    )


class SecrecyForm(Form):
    """What the secrecy review came to."""

    result = RadioField(
        "审查结论",
        [InputRequired("请选择审查结论")],
        choices=choices([(one.value, one.label) for one in SecrecyResult]),
        validate_choice=True,
    )
    basis = text_field("审查的依据和意见", longest=LONGEST["basis"], render_kw=SHORT)
    on = day_field("审查日期")


class PublishedForm(Form):
    """Where and when a document was published."""

    on = day_field("发布日期")
    where = line_field("发布位置（栏目或者网址）", longest=500)


@blueprint.get(OF_ITEM)
@requires(*CASE_DUTIES)
def show(uid: str, item: str) -> str:
    """The thing, what was found of it, what may be done."""
    return _page(uid, item)


@blueprint.post(f"{OF_ITEM}/decide")
@requires(*WORKERS)
def decide(uid: str, item: str) -> Answer:
    """Find what is to become of it."""
    form = FindingForm()

    def act() -> Response:
        finding = Finding(
            form.outcome.data or "",
            form.reason.data or "",
            form.ground.data or "",
            form.declassified.data or "",
            form.public_title.data or "",
            form.next_review_on.data,
        )
        with transaction() as session:
            found = reappraisals.open_round(session, uid, current_actor(), for_step=True)
            thing = reappraising.find_item(session, found, item)
            reappraising.decide(session, found, thing, finding, current_actor(), clock.now())
            ahead = next((one for one in found.items if not one.outcome), None)
            onward = ahead.uid if ahead is not None and thing.outcome != Outcome.TO_PUBLIC else item
        flash(f"第{thing.ordinal}项已认定")
        return redirect(url_for("reappraisal_items.show", uid=uid, item=onward), 303)

    return settle(form, act, lambda: _page(uid, item, finding_form=form))


@blueprint.post(f"{OF_ITEM}/review")
@requires(Duty.REVIEWER, Duty.HEAD, Duty.SIGNER)
def review(uid: str, item: str) -> Answer:
    """Keep the secrecy review."""
    form = SecrecyForm()

    def act() -> Response:
        given = (SecrecyResult(form.result.data), form.basis.data or "", form.on.data or clock.today())
        with transaction() as session:
            found = reappraisals.open_round(session, uid, current_actor(), for_step=True)
            thing = reappraising.find_item(session, found, item)
            reappraising.review_secrecy(session, found, thing, *given, current_actor(), clock.now())
        flash("保密审查已记录")
        return redirect(url_for("reappraisal_items.show", uid=uid, item=item), 303)

    return settle(form, act, lambda: _page(uid, item, secrecy_form=form))


@blueprint.route("/desk/official-documents/<uid>/published", methods=["GET", "POST"])
@requires(*KEEPERS)
def published(uid: str) -> Answer:
    """Note where and when a document that was turned public was published."""
    form = PublishedForm(data={"on": clock.today()})

    def act() -> Response:
        actor, now = current_actor(), clock.now()
        with transaction() as session:
            found = official_documents.open_document(session, uid, actor, for_change=True)
            given = (form.on.data or clock.day_of(now), form.where.data or "")
            reappraisal_effects.note_publication(session, found, *given, actor, now)
        flash("已登记发布")
        return redirect(url_for("official_documents.show", uid=uid), 303)

    def page() -> str:
        with reading() as session:
            found = official_documents.open_document(session, uid, current_actor())
        return render_template("official_documents/published.html", one=found, form=form)

    return settle(form, act, page)


def _page(uid: str, item: str, finding_form: FindingForm | None = None, secrecy_form: SecrecyForm | None = None) -> str:
    actor, now = current_actor(), clock.now()
    with reading() as session:
        found = reappraisals.open_round(session, uid, actor)
        thing = reappraising.find_item(session, found, item)
        proposed = reappraisal_lines.proposed_title(session, thing)
        form = finding_form or FindingForm(formdata=None, data=_initial(thing, proposed))
        form.outcome.choices = choices([(one.value, one.label) for one in thing.possible])
        offers = {option.step.trigger: option for option in REAPPRAISALS.available(found, actor, now)}
        others = [one for one in found.items if not one.outcome and one.ordinal > thing.ordinal]
        return render_template(
            "reappraisals/item.html",
            one=found,
            item=thing,
            line=reappraisal_lines.line_of(session, thing),
            form=form,
            secrecy_form=secrecy_form or SecrecyForm(formdata=None, data={"on": clock.day_of(now)}),
            refused=finding_form or secrecy_form,
            offers=offers,
            own_finding=thing.decided_by == actor.user_id,
            ahead=others[0].uid if others else "",
            review_words=reappraisal_lines.review_words,
        )


def _initial(thing: ReappraisalItem, proposed: str) -> dict[str, Any]:
    """What the form shows before anybody has typed."""
    return {
        "outcome": thing.outcome or None,
        "ground": thing.ground or (reappraising.usual_ground(thing) if not thing.outcome else ""),
        "reason": thing.reason,
        "declassified": thing.declassified,
        "public_title": thing.public_title or proposed,
        "next_review_on": thing.next_review_on,
    }
