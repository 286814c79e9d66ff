"""The guide (政府信息公开指南) for everybody, the blank form for those who write by hand, and the page on which an organ keeps its guide."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import EmailField, StringField, TextAreaField

from gkapply import clock
from gkapply.casework import organ_guides, public_figures, public_guide
from gkapply.casework.application import CARRIERS, WAYS
from gkapply.casework.organ_guides import GuideDetails
from gkapply.casework.people import Organ
from gkapply.casework.reception import receiving_organs
from gkapply.database import reading, transaction
from gkapply.law.annual_rows import COLUMNS
from gkapply.law.fees import TARIFFS, Tariff
from gkapply.law.periods import PeriodName, period
from gkapply.web.access import current_actor, public, requires
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.headers import impersonal
from workflows.duties import Duty

blueprint = Blueprint("guide", __name__)
FOR_APPLICANTS = (
    PeriodName.CORRECTION_NOTICE,
    PeriodName.REPLY,
    PeriodName.EXTENSION,
    PeriodName.THIRD_PARTY_OPINION,
    PeriodName.PAYMENT,
    PeriodName.REVIEW,
    PeriodName.SUIT,
)
"""The terms that a reader of the guide wants to know, in the order in which they meet them."""


class GuideForm(Form):
    """What the head enters; the names are those of GuideDetails."""

    hours = StringField("办公时间", description="例如：工作日9:00—12:00、13:00—17:00")
    postal_address = StringField("邮寄地址", description="与联系地址相同的可以不填")
    postcode = StringField("邮政编码")
    fax = StringField("传真号码", description="填写后，传真即为公布的申请渠道（条例第二十八条）")
    email = EmailField("接收申请的电子邮箱", description="填写后，电子邮件即为公布的申请渠道（条例第二十八条）")
    scope = TextAreaField("公开的范围和形式", description="本机关主动公开哪些信息、在哪里公开、保存到何时")
    supervised_by = StringField(
        "监督机关", description="对依申请公开工作有意见的，向哪个机关反映（条例第四十七条、第五十一条）"
    )
    supervisor_phone = StringField("监督电话")
    supervisor_address = StringField("监督机关地址")
    notes = TextAreaField("其他说明")


@blueprint.get("/guide")
@public
@impersonal
def index() -> str:
    """What may be applied for, how, what it costs, how long it takes; and the guide of each organ."""
    today = clock.today()
    with reading() as session:
        organs = receiving_organs(session, today)
        years = public_figures.lines(session)
    return render_template("guide/index.html", organs=organs, terms=terms(today), tariffs=tariffs(today), years=years)


@blueprint.get("/guide/<code>")
@public
@impersonal
def show(code: str) -> str:
    """The guide of one organ."""
    today = clock.today()
    with reading() as session:
        guide = public_guide.guide_of(session, code, today)
        years = public_figures.lines(session, guide.organ)
    return render_template("guide/organ.html", guide=guide, terms=terms(today), tariffs=tariffs(today), years=years)


@blueprint.get("/guide/form")
@public
@impersonal
def blank_form() -> str:
    """政府信息公开申请表, to be printed and filled in by hand."""
    return render_template("guide/form.html", kinds=COLUMNS, carriers=CARRIERS, ways=WAYS)


@blueprint.route("/desk/guide", methods=["GET", "POST"])
@requires(Duty.HEAD)
def keep() -> Answer:
    """What the organ's guide says, to be changed by the head of its disclosure office."""
    actor = current_actor()
    with reading() as session:
        organ = session.get_one(Organ, actor.organ_id)
        form = GuideForm(data=asdict(organ_guides.details_of(session, organ)))

    def act() -> Any:
        said = {name: form[name].data or "" for name in GuideDetails.__dataclass_fields__}
        with transaction() as session:
            organ_guides.keep(session, session.get_one(Organ, actor.organ_id), GuideDetails(**said), actor, clock.now())
        flash("公开指南已更新，即时向社会公布")
        return redirect(url_for("guide.keep"), 303)

    return settle(form, act, lambda: render_template("guide/keep.html", form=form, organ=organ))


def terms(today: date) -> list[Any]:
    """The terms of an applicant, as the law fixes them on that day."""
    return [period(name, today) for name in FOR_APPLICANTS]


def tariffs(today: date) -> list[Tariff]:
    """The tariffs of the information processing fee in force on that day."""
    return [
        max((one for one in TARIFFS if one.mode is mode and one.since <= today), key=_since) for mode in _modes(today)
    ]


def _modes(today: date) -> list[Any]:
    return list(dict.fromkeys(one.mode for one in TARIFFS if one.since <= today))


def _since(one: Tariff) -> date:
    return one.since
