"""The steps in which a version for the reading room is written, cleaned finding by finding, and handed over for the check."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import request, url_for
from flask_wtf.file import MultipleFileField
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from gkapply.casework import anonymising, disclosing
from gkapply.casework.access import Actor
from gkapply.casework.anonymising import Finding, Report
from gkapply.casework.disclosed import DisclosedFile
from gkapply.casework.disclosing import EXCUSE, LONGEST, REPLACE, Answer, Draft
from gkapply.casework.publications import Publication
from gkapply.law.areas import areas
from gkapply.web.forms import choices
from gkapply.web.marked_text import Marked, marked
from gkapply.web.step_form import ConfirmationForm, Pages, StepForm, StepPage, line_field, refuse_in_field, text_field
from gkapply.web.uploads import uploaded

OTHER_AREA = "其他"
SHORT = 12
"""Characters of a finding's digest that name its fields."""
ASKED = (REPLACE, "替换为下面填写的文字"), (EXCUSE, "不是个人信息，理由如下")


class UploadsField(MultipleFileField):
    """Any number of files; ``data`` is what was handed in, as ``Upload``."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the files that were sent."""
        self.data = uploaded(self.name)
        for one in self.data:
            refuse_in_field(one)


def boxes(label: str, description: str = "") -> SelectMultipleField:
    """Any number of choices, also none, each with a box to tick."""
    return SelectMultipleField(
        label,
        [Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=description,
    )


class VersionForm(StepForm):
    """Title, words and files of the version."""

    original = ""
    """The reply as it was sent, to be read beside."""
    title = line_field("标题", longest=LONGEST["title"], description="写明是什么信息；不写申请人、登记编号和答复文号")
    area = SelectField("公开领域", [InputRequired("请选择公开领域")])
    text = text_field("去除个人信息后的正文", longest=LONGEST["text"])
    change = text_field("订正说明", needed=False, longest=LONGEST["change"], description="公开显示：这一版订正了什么")
    kept = boxes("本版的文件", "不再公开的请取消勾选")
    chosen = boxes("已经提供给申请人的材料", "内容没有个人信息的，可以直接公开；有的，请遮盖后另行上传")
    uploads = UploadsField(
        "上传遮盖后的文件", description="docx、xlsx、pdf、ofd、txt、csv、jpg、png；遮盖须不能还原，请导出为新的文件"
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The version as it was left, else a beginning."""
        draft = thing.draft
        if draft is None:
            return {"title": thing.information[: LONGEST["title"]], "area": ""}
        files = [file.uid for file in draft.files]
        return {"title": draft.title, "area": draft.area, "text": draft.text, "change": draft.change, "kept": files}

    def prepare(self, session: Session, thing: Publication, today: date) -> None:
        """What can be chosen; a first version begins with the words of the reply."""
        draft = thing.draft
        own = thing.case.organ.areas.splitlines()
        names = dict.fromkeys([*own, *(one.name for one in areas()), OTHER_AREA])
        self.area.choices = choices([("", "请选择"), *((name, name) for name in names)])
        self.original = disclosing.original_text(session, thing)
        files = [] if draft is None else [(file.uid, file.name) for file in draft.files]
        papers = [(paper.uid, paper.name) for paper in disclosing.papers_given(thing)]
        for name, pairs in (("kept", files), ("chosen", papers)):
            self[name].choices = choices(pairs)
            if not pairs:
                del self[name]
        if draft is None or draft.ordinal == 1:
            del self["change"]
        if draft is None and not self.is_submitted():
            self.text.data = self.original

    @property
    def onward(self) -> str:
        """To what the check has found."""
        assert request.view_args is not None
        return url_for("steps.of_publication", uid=request.view_args["uid"], trigger="settle_traces")

    def ticked(self, name: str) -> Sequence[str]:
        """What is chosen in a field that may not be there."""
        return self[name].data or () if name in self else ()


def prepare(session: Session, publication: Publication, form: VersionForm, actor: Actor, now: datetime) -> str:
    """Write the version down."""
    draft = Draft(
        title=form.title.data or "",
        area=form.area.data or "",
        text=form.text.data or "",
        change=(form["change"].data or "") if "change" in form else "",
        kept=form.ticked("kept"),
        chosen=form.ticked("chosen"),
        uploads=form.uploads.data or (),
    )
    version = disclosing.prepare(session, publication, draft, actor, now)
    found = anonymising.check(session, publication, version)
    if found.open:
        return f"已保存。检查发现{len(found.open)}项可能是个人信息，请逐项处理"
    return "已保存。检查没有发现未处理的个人信息；请通读后提交核对"


class TracesForm(StepForm):
    """For each finding: replace it, or say why it is no personal data; fields are made of what was found."""

    report: Report
    words: Marked
    original: Marked
    uid = ""
    files: Sequence[DisclosedFile] = ()

    def prepare(self, session: Session, thing: Publication, today: date) -> None:
        """Look through the version, and make the fields."""
        version = thing.draft
        if version is None:
            self.report = Report((), ())
            self.words = self.original = Marked(())
            return
        self.uid, self.files = thing.uid, tuple(version.files)
        self.report = anonymising.check(session, thing, version)
        search = anonymising.search_of(session, thing)
        excused = {one.digest for one in self.report.findings if not one.is_open}
        self.words = marked(session, search, version.text, excused)
        self.original = marked(session, search, disclosing.original_text(session, thing), set())
        for finding in self.report.findings:
            self._ask(finding)

    def _ask(self, finding: Finding) -> None:
        short, excuse = finding.digest[:SHORT], finding.excuse
        sent = request.form if self.is_submitted() else None
        asked = ASKED if finding.in_words else ASKED[1:]
        fields: dict[str, tuple[Any, Any]] = {
            f"do_{short}": (
                RadioField(f"怎样处理“{finding.value}”", [Optional()], choices=choices(asked)),
                EXCUSE if excuse else None,
            ),
            f"reason_{short}": (
                StringField(f"“{finding.value}”不是个人信息的理由", [Optional()]),
                excuse.reason if excuse else "",
            ),
        }
        if finding.in_words:
            fields[f"instead_{short}"] = (
                StringField(f"“{finding.value}”替换为", [Optional()]),
                finding.instead,
            )
        for name, (field, data) in fields.items():
            # Form refuses fields of one instance alone, since they do not become attributes; they are asked for by name here.
            BaseForm.__setitem__(self, name, field)
            self[name].process(sent, data)

    def answers(self) -> dict[str, Answer]:
        """What is to be done, by digest; what nobody has touched is left out."""
        found = {}
        for finding in self.report.findings:
            short = finding.digest[:SHORT]
            deed = self[f"do_{short}"].data
            if deed == REPLACE:
                found[finding.digest] = Answer(REPLACE, self[f"instead_{short}"].data or "")
            elif deed == EXCUSE:
                reason = self[f"reason_{short}"].data or ""
                if finding.excuse is None or reason != finding.excuse.reason:
                    found[finding.digest] = Answer(EXCUSE, reason)
        return found

    @property
    def onward(self) -> str:
        """To what is left."""
        return request.path


def settle(session: Session, publication: Publication, form: TracesForm, actor: Actor, now: datetime) -> str:
    """Replace and excuse."""
    answers = form.answers()
    disclosing.settle(session, publication, answers, actor, now)
    assert publication.draft is not None
    left = len(anonymising.check(session, publication, publication.draft).open)
    return f"已处理{len(answers)}项，" + (f"还有{left}项" if left else "没有未处理的发现；请通读后提交核对")


def hand(session: Session, publication: Publication, form: StepForm, actor: Actor, now: datetime) -> str:
    """To the second person."""
    disclosing.hand_for_check(session, publication, actor, now)
    return "已提交核对，请由另一人核对"


PAGES: Pages = {
    "prepare": StepPage(
        VersionForm,
        prepare,
        "任何人都能看到公开件：去除申请人、第三人的姓名、号码、地址和其他可以识别个人的内容。",
        template="publications/prepare.html",
    ),
    "settle_traces": StepPage(TracesForm, settle, template="publications/traces.html"),
    "hand_for_check": StepPage(ConfirmationForm, hand, "由整理人以外的人核对；核对前仍可以退回修改。"),
}
