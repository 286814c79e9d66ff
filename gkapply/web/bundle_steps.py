"""The steps of a dispute that make its bundle (卷宗): cleaned copies for the applicant's reading, and the order."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from gkapply.casework import bundle
from gkapply.casework import dispute as deeds
from gkapply.casework.access import Actor
from gkapply.casework.bundle_choice import AUTHORITY, READERS, papers_to_clean
from gkapply.casework.disputed import Dispute
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField


class CleanedForm(StepForm):
    """A cleaned copy, and of what."""

    original = SelectField("被遮盖的原件", [InputRequired("请选择原件")])
    file = UploadField("遮盖件", [InputRequired("请选择文件")], description="遮盖须不能还原：请导出为新的文件再上传")

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """What the applicant may read only as a cleaned copy."""
        self.original.choices = choices(papers_to_clean(thing.case))


def add_cleaned_copy(session: Session, dispute: Dispute, form: CleanedForm, actor: Actor, now: datetime) -> str:
    """Keep the copy."""
    assert form.file.data is not None
    deeds.add_cleaned_copy(session, dispute, form.original.data, form.file.data, actor, now)
    return "遮盖件已存入，此后生成的供申请人查阅的卷宗以它代替原件"


class BundleForm(StepForm):
    """For whom the bundle is."""

    reader = RadioField("用途", [InputRequired("请选择卷宗供谁使用")], choices=choices(READERS.items()))

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """For the authority."""
        return {"reader": AUTHORITY}


def order_bundle(session: Session, dispute: Dispute, form: BundleForm, actor: Actor, now: datetime) -> str:
    """Have the bundle made."""
    made = bundle.order(session, dispute, form.reader.data, actor, now)
    return f"卷宗正在生成（{len(made.parts)}份材料），完成后在本页下载"


PAGES: Pages = {
    "add_cleaned_copy": StepPage(
        CleanedForm,
        add_cleaned_copy,
        "申请人查阅案卷时，涉及第三人的材料以遮盖件代替；没有遮盖件的不编入，并说明理由。",
    ),
    "order_bundle": StepPage(
        BundleForm,
        order_bundle,
        "提出之日及以前的全部材料编成一册：统一编页的卷宗.pdf、证据目录、原件和校验值。此后的材料不编入。",
    ),
}
