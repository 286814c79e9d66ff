"""Bundles on pages: fetching the file of one, and checking a file that somebody brings."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import bundle
from gkapply.casework.access_log import note_access
from gkapply.casework.services import store
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.errors import status_of
from gkapply.web.forms import Form
from gkapply.web.uploads import uploaded_table
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("bundles", __name__)


@blueprint.get("/desk/bundles/<uid>/file")
@requires(*CASE_DUTIES)
def fetch(uid: str) -> Response:
    """The file of a bundle. Raises Refusal while it is being made."""
    actor = current_actor()
    with reading() as session:
        found = bundle.open_bundle(session, uid, actor)
        if not found.file_sha:
            raise Refusal("卷宗正在生成", do="请稍候片刻再试")
        content = store(session).get(found.file_sha)
        case = found.dispute.case
        name = f"卷宗-{case.reference}-{found.dispute.kind.label}-{found.reader}.zip"
    with transaction() as session:
        note_access(session, actor, "file.fetched", clock.now(), case_id=case.id, bundle=uid)
    return attachment(content, "application/zip", name)


class CheckForm(Form):
    """The file to be checked."""

    file = FileField("卷宗文件", [InputRequired("请选择卷宗文件")])


@blueprint.route("/desk/bundles/check", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def check() -> Any:
    """Check a bundle that somebody brings: which paper was changed, if any."""
    form, found = CheckForm(), None
    if request.method == "POST":
        if not form.validate():
            return render_template("disputes/check.html", form=form, found=None), 422
        try:
            packed = uploaded_table("file")
            assert packed is not None, "validate() asks for the file"
            with reading() as session:
                found = bundle.check(session, packed.content)
        except Refusal as refusal:
            form.show(refusal)
            return render_template("disputes/check.html", form=form, found=None), status_of(refusal)
    return render_template("disputes/check.html", form=form, found=found)
