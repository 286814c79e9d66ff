"""Templates of the office (文书模板): what each kind of letter is made from, upload with its findings, preview, release by a second
person, withdrawal. Previews are made from declared samples, never from a case: the template keeper sees no cases.
"""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from gkapply import clock, pdf
from gkapply.casework import office_templates, template_lines
from gkapply.casework.access import Actor
from gkapply.casework.kept_templates import TemplateState
from gkapply.casework.letter_pdf import PDF_TYPE
from gkapply.casework.office_templates import KEEPERS, WORD, BadTemplate
from gkapply.casework.services import store
from gkapply.casework.template_lines import VersionFile
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal
from gkapply.letters.findings import Finding
from gkapply.letters.render import preview
from gkapply.letters.text import paragraphs
from gkapply.letters.trial import SAMPLES, USUAL, sample
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.uploads import uploaded_one
from workflows.duties import Duty

blueprint = Blueprint("office_templates", __name__, url_prefix="/templates")


class UploadForm(Form):
    """A new version of a template."""

    file = FileField(
        "模板文件",
        [InputRequired("请选择改好的模板文件")],
        description="Word 或者 WPS 保存的 .docx，不超过5 MB；不含宏、链接、修订和批注",
    )
    note = TextAreaField(
        "修改说明",
        [InputRequired("请写明改了什么、为什么改"), Length(max=office_templates.LONGEST_NOTE)],
        description="改了什么、为什么改",
    )
    for_subtree = BooleanField("下级机关没有自己的模板时，也使用这一版")


class ReleaseForm(Form):
    """From which day a version is used."""

    valid_from = DateField("启用日期", [InputRequired("请填写启用日期")], description="自这一天起送审的文书使用这一版")
    valid_to = DateField("停用日期", [Optional()], description="只在一段时间内使用的，填写最后一日")


class WithdrawForm(Form):
    """Why a version is taken out of use."""

    reason = StringField("撤回理由", [InputRequired("请写明为什么不再使用"), Length(max=200)])


@blueprint.get("")
@requires(*KEEPERS)
def index() -> str:
    """Every kind of letter, with what it is made from."""
    with reading() as session:
        lines = template_lines.kind_lines(session, _organ(), clock.today())
    return render_template("templates/index.html", lines=lines)


@blueprint.get("/<kind>")
@requires(*KEEPERS)
def show(kind: str) -> str:
    """One kind: its fields, its versions, the upload."""
    return _show(kind, UploadForm())


@blueprint.post("/<kind>")
@requires(Duty.TEMPLATE_KEEPER)
def upload(kind: str) -> Answer:
    """Examine a file, and keep it as the next version when nothing is wrong with it."""
    form = UploadForm()
    findings: list[Finding] = []

    def act() -> Response:
        try:
            template = office_templates.examine(_known(kind), uploaded_one("file"))
        except BadTemplate as refusal:
            findings.extend(refusal.findings)
            raise
        note, below = form.note.data or "", bool(form.for_subtree.data)
        with transaction() as session:
            kept = office_templates.add_version(
                session, kind, template, current_actor(), clock.now(), note=note, for_subtree=below
            )
        flash(f"已上传，没有发现问题。请核对预览，再由另一人发布第{kept.version}版")
        return redirect(url_for("office_templates.show_version", kind=kind, version=kept.version), 303)

    return settle(form, act, lambda: _show(kind, form, findings))


@blueprint.get("/<kind>/current.docx")
@requires(*KEEPERS)
def current(kind: str) -> Response:
    """The template that letters of the kind are made from today."""
    with reading() as session:
        kept = office_templates.in_force(session, _organ(), _known(kind), clock.today())
        content = office_templates.shipped(kind) if kept is None else store(session).get(kept.sha256)
    return attachment(content, WORD, f"{_title(kind)}-模板.docx")


@blueprint.get("/<kind>/shipped.docx")
@requires(*KEEPERS)
def shipped(kind: str) -> Response:
    """The template that comes with the program."""
    return attachment(office_templates.shipped(_known(kind)), WORD, f"{_title(kind)}-随程序提供的模板.docx")


@blueprint.get("/<kind>/<int:version>")
@requires(*KEEPERS)
def show_version(kind: str, version: int) -> str:
    """One version: its text on a sample, what changed, release and withdrawal."""
    return _show_version(kind, version)


@blueprint.get("/<kind>/<int:version>/template.docx")
@requires(*KEEPERS)
def file(kind: str, version: int) -> Response:
    """The file of one version, as it was uploaded."""
    content = _version(kind, version).template
    return attachment(content, WORD, f"{_title(kind)}-模板第{version}版.docx")


@blueprint.get("/<kind>/<int:version>/<which>.docx")
@requires(*KEEPERS)
def sample_file(kind: str, version: int, which: str) -> Response:
    """A sample letter made from one version."""
    made = preview(_version(kind, version).template, sample(kind, which))
    return attachment(made, WORD, f"{_title(kind)}-第{version}版样例-{SAMPLES[which]}.docx")


@blueprint.get("/<kind>/<int:version>/<which>.pdf")
@requires(*KEEPERS)
def sample_as_pdf(kind: str, version: int, which: str) -> Response:
    """The same as a PDF, where the machine can make one."""
    made = pdf.convert(preview(_version(kind, version).template, sample(kind, which)))
    return attachment(made, PDF_TYPE, f"{_title(kind)}-第{version}版样例-{SAMPLES[which]}.pdf")


@blueprint.post("/<kind>/<int:version>/release")
@requires(*KEEPERS)
def release(kind: str, version: int) -> Answer:
    """Put a version into use."""
    form = ReleaseForm()

    def act() -> Response:
        with transaction() as session:
            kept = office_templates.find_version(session, kind, version, current_actor(), for_change=True)
            first, last = form.valid_from.data or clock.today(), form.valid_to.data
            office_templates.release(session, kept, current_actor(), clock.now(), valid_from=first, valid_to=last)
        flash(f"已发布第{version}版")
        return redirect(url_for("office_templates.show", kind=kind), 303)

    return settle(form, act, lambda: _show_version(kind, version, release=form))


@blueprint.post("/<kind>/<int:version>/withdraw")
@requires(*KEEPERS)
def withdraw(kind: str, version: int) -> Answer:
    """Take a version out of use."""
    form = WithdrawForm()

    def act() -> Response:
        with transaction() as session:
            kept = office_templates.find_version(session, kind, version, current_actor(), for_change=True)
            office_templates.withdraw(session, kept, form.reason.data or "", current_actor(), clock.now())
        flash(f"已撤回第{version}版")
        return redirect(url_for("office_templates.show", kind=kind), 303)

    return settle(form, act, lambda: _show_version(kind, version, withdraw=form))


def _show(kind: str, form: UploadForm, findings: Sequence[Finding] = ()) -> str:
    title = _title(kind)
    with reading() as session:
        kept = office_templates.in_force(session, _organ(), kind, clock.today())
        in_use = template_lines.in_use(session, kept, _organ())
        versions = template_lines.version_lines(session, _organ(), kind)
    return render_template(
        "templates/kind.html",
        kind=kind,
        title=title,
        in_use=in_use,
        versions=versions,
        fields=template_lines.field_lines(kind),
        form=form,
        findings=findings,
        may_upload=current_actor().holds(Duty.TEMPLATE_KEEPER),
    )


def _show_version(
    kind: str, version: int, *, release: ReleaseForm | None = None, withdraw: WithdrawForm | None = None
) -> str:
    which, found = request.args.get("sample", USUAL), _version(kind, version)
    return render_template(
        "templates/version.html",
        kind=kind,
        title=_title(kind),
        line=found.line,
        states=TemplateState,
        own=found.line.uploader_id == current_actor().user_id,
        samples=SAMPLES,
        as_pdf=pdf.available(),
        which=which,
        text=paragraphs(preview(found.template, sample(kind, which))),
        compared=found.compared,
        changes=template_lines.changes(found),
        unused=office_templates.unused(found.template, kind),
        release=release or ReleaseForm(formdata=None, data={"valid_from": clock.today()}),
        withdraw=withdraw or WithdrawForm(formdata=None),
    )


def _version(kind: str, version: int) -> VersionFile:
    with reading() as session:
        kept = office_templates.find_version(session, _known(kind), version, current_actor())
        return template_lines.version_file(session, kept, clock.today())


def _organ() -> int:
    actor: Actor = current_actor()
    if actor.organ_id is None:
        raise Refusal("没有选择机关", do="请先选择所在机关")
    return actor.organ_id


def _known(kind: str) -> str:
    if kind not in office_templates.kinds():
        raise NotFound("没有这种文书", do="请从模板列表重新进入")
    return kind


def _title(kind: str) -> str:
    return office_templates.kinds()[_known(kind)]
