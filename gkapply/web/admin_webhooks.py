"""单位消息接口: the address to which an organ's messages for its staff are posted."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import organs, webhooks
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, settle
from workflows.duties import Duty

blueprint = Blueprint("admin_webhooks", __name__, url_prefix="/admin/organs")


class WebhookForm(Form):
    """The address."""

    url = StringField("接口地址", [InputRequired("请填写接口地址"), Length(max=webhooks.LONGEST_URL)])


@blueprint.route("/<code>/webhook", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def show(code: str) -> Answer:
    """Set the address; the new secret is shown on the page that answers, and never again."""
    form = WebhookForm()
    with reading() as session:
        organ = organs.find_organ(session, code)
        host = webhooks.host_of(session, organ)

    def act() -> str:
        with transaction() as session:
            found = organs.find_organ(session, code, for_change=True)
            secret = webhooks.set_up(session, found, form.url.data or "", current_actor(), clock.now())
            now_at = webhooks.host_of(session, found)
        return render_template(
            "admin/webhook.html", form=WebhookForm(formdata=None), organ=organ, host=now_at, secret=secret
        )

    return settle(
        form, act, lambda: render_template("admin/webhook.html", form=form, organ=organ, host=host, secret="")
    )


@blueprint.post("/<code>/webhook/remove")
@requires(Duty.SYSADMIN)
def remove(code: str) -> Response:
    """Post nothing any more."""
    with transaction() as session:
        webhooks.remove(session, organs.find_organ(session, code, for_change=True), current_actor(), clock.now())
    flash("已停用单位消息接口")
    return redirect(url_for("admin_webhooks.show", code=code), 303)
