"""The steps of turning public (依申请转主动公开): two requests linked, the head's decision, the publication noted."""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import turning_public
from gkapply.casework.access import Actor
from gkapply.casework.publications import Publication
from gkapply.casework.records import Case
from gkapply.web import disclosing_steps, showing_steps
from gkapply.web.step_form import Pages, StepForm, StepPage, day_field, line_field, text_field
from gkapply.web.wording import date_zh


class LinkForm(StepForm):
    """The other request."""

    number = line_field("申请相同信息的另一件登记编号", longest=42, description="例如 2026-0012")


def link(session: Session, case: Case, form: LinkForm, actor: Actor, now: datetime) -> str:
    """Two requests are for the same information."""
    found = turning_public.link(session, case, form.number.data or "", actor, now)
    return f"已提请公开机构负责人决定是否主动公开（涉及{len(found.requests)}件申请）"


class DecisionForm(StepForm):
    """Why so."""

    reason = text_field("理由", longest=1000)


def accept(session: Session, publication: Publication, form: DecisionForm, actor: Actor, now: datetime) -> str:
    """Publish."""
    turning_public.accept(session, publication, form.reason.data or "", actor, now)
    return f"已决定主动公开，应于{date_zh(publication.publish_by)}前发布"


def decline(session: Session, publication: Publication, form: DecisionForm, actor: Actor, now: datetime) -> str:
    """Do not publish."""
    turning_public.decline(session, publication, form.reason.data or "", actor, now)
    return "已决定不主动公开，理由已记录"


def give_up(session: Session, publication: Publication, form: DecisionForm, actor: Actor, now: datetime) -> str:
    """After all, do not."""
    turning_public.give_up(session, publication, form.reason.data or "", actor, now)
    return "已改为不主动公开，理由已记录"


class PublishedForm(StepForm):
    """When and where it was published."""

    on = day_field("发布日期")
    where = line_field("发布位置", longest=500, description="栏目名称或者网址")


def note_publication(
    session: Session, publication: Publication, form: PublishedForm, actor: Actor, now: datetime
) -> str:
    """It was published."""
    assert form.on.data is not None
    turning_public.note_publication(session, publication, form.on.data, form.where.data or "", actor, now)
    return "已登记发布"


CASE_PAGES: Pages = {
    "link_same": StepPage(
        LinkForm, link, "两个以上申请人申请相同政府信息的，可以纳入主动公开的范围，由公开机构负责人决定。"
    ),
}
PAGES: Pages = {
    "accept": StepPage(
        DecisionForm, accept, "决定后20个工作日内发布（内部期限）；发布前须去除申请人和第三人的个人信息。"
    ),
    "decline": StepPage(DecisionForm, decline, "决定后不能更改；以后再有人申请相同信息的，会再次提请。"),
    "note_publication": StepPage(
        PublishedForm, note_publication, "只在别处（例如门户网站）发布时登记；要在本平台公开阅览的，请「整理公开件」。"
    ),
    "give_up": StepPage(DecisionForm, give_up, "例如去除个人信息后没有可以公开的内容，或者撤下后不再公开。"),
    **disclosing_steps.PAGES,
    **showing_steps.PAGES,
}
