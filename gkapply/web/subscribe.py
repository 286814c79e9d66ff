"""Subscriptions (订阅): asked for on a page, confirmed and ended behind the link of a mail."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, SelectField, StringField

from gkapply import clock
from gkapply.casework import limits, subscription_mail, subscriptions
from gkapply.casework.people import Organ
from gkapply.casework.public_kinds import PUBLIC_KINDS
from gkapply.casework.public_text import PublicText
from gkapply.casework.reception import receiving_organs
from gkapply.casework.services import public_address
from gkapply.casework.subscriptions import LONGEST_WORDS, Interest
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import public
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.atom import Entry, Feed, atom
from gkapply.web.errors import status_of
from gkapply.web.forms import Answer, Form, choices
from gkapply.web.headers import impersonal

blueprint = Blueprint("subscribe", __name__, url_prefix="/subscribe")
DOOR = "subscribe"
EXCERPT = 200


class SubscribeForm(Form):
    """What somebody wants to be told of, and where."""

    words = StringField("关键词", description=f"用空格隔开的词都出现才通知，例如“低保 标准”；最多{LONGEST_WORDS}个字")
    area = SelectField("领域", validate_choice=False)
    organ = SelectField("机关", validate_choice=False)
    email = EmailField("电子邮箱", MUST, render_kw=NO_POPUP)
    leave_empty = StringField("请勿填写此栏")

    def offer(self) -> None:
        """Fill the lists."""
        with reading() as session:
            areas = subscriptions.areas_to_choose(session)
            self.organs = {one.code: one for one in receiving_organs(session, clock.today())}
        self.area.choices = choices([("", "全部领域"), *((one, one) for one in areas)])
        self.organ.choices = choices([("", "全部机关"), *((code, one.name) for code, one in self.organs.items())])

    def interest(self) -> Interest:
        """What was filled in. Raises Refusal for an organ that is not in the list."""
        code = self.organ.data or ""
        if code and code not in self.organs:
            raise Refusal("没有这个机关", field="organ", do="请从列表选择")
        return Interest(self.words.data or "", self.area.data or "", self.organs[code].id if code else None)


@blueprint.get("")
@public
@impersonal
def ask() -> str:
    """The form; ``?q=``, ``?area=`` and ``?organ=`` fill it in."""
    return _page(SubscribeForm(formdata=None, data=_asked()))


@blueprint.post("")
@public
def send() -> Answer:
    """Have the link sent. Whether the address had this subscription already, only its reader comes to know."""
    form = SubscribeForm()
    form.offer()
    try:
        if form.leave_empty.data:
            raise Refusal("此栏用于识别自动程序，请清空后再提交", field="leave_empty")
        _ask(form)
    except Refusal as refusal:
        form.show(refusal)
        return render_template("subscribe/ask.html", form=form), status_of(refusal)
    flash("确认邮件已发往您填写的邮箱。打开邮件中的链接确认以后，订阅才开始；没有收到的，请看看垃圾邮件")
    return redirect(url_for("subscribe.ask"), 303)


@blueprint.get("/feed.xml")
@public
@impersonal
def feed() -> Response:
    """What is newly public as an Atom feed, of ``?organ=``, ``?area=`` and ``?q=`` where asked: without leaving an address."""
    form = SubscribeForm(formdata=None, data=_asked())
    form.offer()
    interest = form.interest()
    with reading() as session:
        found = subscriptions.newest(session, interest)
        root = public_address(session) or request.url_root.rstrip("/")
        names = {key: session.get_one(Organ, key).name for key in {one.organ_id for one in found}}
    parts = [interest.words, interest.area, form.organs[form.organ.data].name if form.organ.data else ""]
    asked: dict[str, Any] = {
        name: value for name, value in request.args.items() if name in ("q", "area", "organ") and value
    }
    about = Feed(
        title=" · ".join(["新公开的政府信息", *(part for part in parts if part)]),
        address=root + url_for("subscribe.feed", **asked),
        page=root + url_for("subscribe.ask", **asked),
        root=root,
    )
    return atom(about, [_entry(one, names[one.organ_id]) for one in found])


def _entry(one: PublicText, organ: str) -> Entry:
    href, moment = PUBLIC_KINDS[one.kind].page_of(one.uid), one.shown_from
    uid = uuid5(NAMESPACE_URL, f"{one.kind}:{one.uid}")
    return Entry(uid, one.title, organ, one.area, href, moment, moment, one.summary[:EXCERPT])


@blueprint.get("/<token>")
@public
def show(token: str) -> str:
    """What the link is for, with a button: programs that open the links of mails confirm and end nothing."""
    with reading() as session:
        found = subscriptions.find(session, token)
        what = subscription_mail.what_of(found)
        return render_template("subscribe/show.html", what=what, confirmed=found.confirmed_at, token=token)


@blueprint.post("/<token>/confirm")
@public
def confirm(token: str) -> Response:
    """Begin the subscription."""
    with transaction() as session:
        subscriptions.confirm(session, token, clock.now())
    flash("订阅已经确认：有新公开的，次日发邮件告诉您，每天最多一封")
    return redirect(url_for("subscribe.show", token=token), 303)


@blueprint.post("/<token>/end")
@public
def end(token: str) -> Response:
    """Forget the subscription."""
    with transaction() as session:
        subscriptions.end(session, token)
    flash("订阅已经取消，邮箱地址已经删除")
    return redirect(url_for("subscribe.ask"), 303)


def _asked() -> dict[str, str]:
    """What the address fills the form in with."""
    said = {name: request.args.get(name, "") for name in ("area", "organ")}
    return said | {"words": request.args.get("q", "")[:LONGEST_WORDS]}


def _ask(form: SubscribeForm) -> None:
    settings: Settings = current_app.config["GKAPPLY"]
    limit = limits.Limit(DOOR, settings.submissions_per_hour)
    now, network = clock.now(), request.remote_addr or ""
    interest = form.interest()
    with transaction() as session:
        limits.require_within(session, limit, network, now)
        subscriptions.ask(session, form.email.data or "", interest, now)
        limits.count(session, limit, "", network, now, succeeded=True)


def _page(form: SubscribeForm) -> Any:
    form.offer()
    return render_template("subscribe/ask.html", form=form)
