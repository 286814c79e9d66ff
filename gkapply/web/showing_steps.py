"""The steps of a second person and the head: a version for the reading room is checked, shown, corrected, taken down."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session
from wtforms import BooleanField
from wtforms.validators import InputRequired

from gkapply.casework import anonymising, disclosing, showing
from gkapply.casework.access import Actor
from gkapply.casework.anonymising import Report
from gkapply.casework.disclosed import DisclosedFile, DisclosedVersion
from gkapply.casework.publications import Publication
from gkapply.web.forms import choices
from gkapply.web.marked_text import Marked, marked
from gkapply.web.step_form import ConfirmationForm, Pages, StepForm, StepPage, line_field, several_field, text_field


class LookForm(StepForm):
    """Shows the version and what was excused in it."""

    report: Report
    words: Marked
    uid = ""
    draft: DisclosedVersion | None = None
    files: Sequence[DisclosedFile] = ()

    def prepare(self, session: Session, thing: Publication, today: date) -> None:
        """Look through the version."""
        version = thing.draft
        self.uid, self.draft = thing.uid, version
        self.files = () if version is None else tuple(version.files)
        self.report = Report((), ()) if version is None else anonymising.check(session, thing, version)
        excused = {one.digest for one in self.report.findings if not one.is_open}
        search = anonymising.search_of(session, thing)
        self.words = marked(session, search, "" if version is None else version.text, excused)


class CheckForm(LookForm):
    """The second person's word."""

    read = BooleanField("我已通读正文，逐一打开了每个文件", [InputRequired("请通读正文、打开每个文件后勾选")])
    looked_at = several_field(
        "以下内容程序无法检查，须逐页看过",
        "请逐页看过程序无法检查的内容后勾选",
        "勾选表示您已经逐页看过，其中没有个人信息",
    )

    def prepare(self, session: Session, thing: Publication, today: date) -> None:
        """What no program can read is to be ticked."""
        super().prepare(session, thing, today)
        by_file: dict[str, list[str]] = {}
        for file, words in self.report.unreadable:
            by_file.setdefault(file.uid, [file.name]).append(words)
        self.looked_at.choices = choices(
            (uid, "：".join([told[0], "；".join(told[1:])])) for uid, told in by_file.items()
        )
        if not by_file:
            del self["looked_at"]


def confirm(session: Session, publication: Publication, form: CheckForm, actor: Actor, now: datetime) -> str:
    """In order."""
    looked_at = form["looked_at"].data or () if "looked_at" in form else ()
    disclosing.confirm(session, publication, looked_at, actor, now)
    return "已核对，请公开机构负责人发布"


class ReasonForm(StepForm):
    """Why so."""

    reason = text_field("理由", longest=1000)


def give_back(session: Session, publication: Publication, form: ReasonForm, actor: Actor, now: datetime) -> str:
    """Once more."""
    disclosing.give_back(session, publication, form.reason.data or "", actor, now)
    return "已退回整理，理由已记录"


class ShowForm(LookForm):
    """The head's decision to publish."""

    review = text_field(
        "发布前的保密审查意见", longest=500, description="审查过程和结论，例如：经审查不涉及国家秘密、商业秘密"
    )
    where = line_field("同时在何处发布", needed=False, longest=500, description="栏目名称或者网址，没有的不填")


def show(session: Session, publication: Publication, form: ShowForm, actor: Actor, now: datetime) -> str:
    """Everybody can read it now."""
    item = showing.show(session, publication, form.review.data or "", form.where.data or "", actor, now)
    return f"已在公开阅览发布，公开件编号{item.number}"


class PlaceForm(StepForm):
    """Where else."""

    where = line_field("发布位置", longest=500, description="栏目名称或者网址")


def note_elsewhere(session: Session, publication: Publication, form: PlaceForm, actor: Actor, now: datetime) -> str:
    """Written down."""
    showing.note_elsewhere(session, publication, form.where.data or "", actor, now)
    return "已登记"


def take_down(session: Session, publication: Publication, form: ReasonForm, actor: Actor, now: datetime) -> str:
    """Nobody can read it any more."""
    showing.take_down(session, publication, form.reason.data or "", actor, now)
    return "已撤下，公开页面和订阅源中不再有这一件"


def begin_version(session: Session, publication: Publication, form: ReasonForm, actor: Actor, now: datetime) -> str:
    """A new version begins."""
    showing.begin_version(session, publication, form.reason.data or "", actor, now)
    return "可以整理新的一版；发布之前，公开页面不变"


def keep_shown(session: Session, publication: Publication, form: StepForm, actor: Actor, now: datetime) -> str:
    """As it was."""
    showing.keep_shown(session, publication, actor, now)
    return "维持现状"


PAGES: Pages = {
    "confirm_version": StepPage(
        CheckForm,
        confirm,
        "核对人对公开件中没有个人信息负责；程序只能发现一部分。",
        template="publications/look.html",
    ),
    "return_version": StepPage(ReasonForm, give_back),
    "show": StepPage(
        ShowForm,
        show,
        "发布后任何人都可以阅读、下载。发布时对全部内容再检查一次。",
        template="publications/look.html",
    ),
    "note_elsewhere": StepPage(PlaceForm, note_elsewhere),
    "begin_version": StepPage(ReasonForm, begin_version, "用于订正，或者撤下后重新发布。新的一版同样须核对、发布。"),
    "keep_shown": StepPage(ConfirmationForm, keep_shown, "正在整理的一版保留，以后可以继续。"),
    "take_down": StepPage(
        ReasonForm,
        take_down,
        "立即从公开页面和订阅源中消失，历史保留。泄露了个人信息的，须同时采取补救措施，通知履行个人信息保护职责的部门和个人。",
        "grave",
    ),
}
