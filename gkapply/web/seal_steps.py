"""Entering that a letter was stamped (登记用印), alone or with all those that put one question to many."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from gkapply.casework import electronic_seal, letters_together, sealing_register
from gkapply.casework.access import Actor
from gkapply.casework.papers import Letter
from gkapply.casework.sealing_register import LONGEST_NAME, MOST_COPIES, Stamping
from gkapply.config import Settings
from gkapply.law.seals import SealKind
from gkapply.law.setting_choices import SealDemand
from gkapply.web.forms import choices
from gkapply.web.sending_steps import copies, title
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, line_field
from gkapply.web.wording import date_zh

COPIES = f"份数须为1至{MOST_COPIES}的整数"


class SealForm(StepForm):
    """Who applied, who approved, who stamped, when, how many copies, and the scan."""

    seal = RadioField(
        "所用印章", [InputRequired("请选择所用印章")], choices=choices((one.value, one.label) for one in SealKind)
    )
    on = day_field("用印日期")
    copies = IntegerField("份数", [InputRequired(COPIES), NumberRange(1, MOST_COPIES, message=COPIES)])
    applied_by = line_field("用印申请人", longest=LONGEST_NAME)
    approved_by = line_field("批准人", longest=LONGEST_NAME, description="一般为签发人")
    stamped_by = line_field("用印人", longest=LONGEST_NAME, description="保管印章并盖章的人")
    scan = UploadField("盖章扫描件")
    electronic = BooleanField(
        "交电子签章系统盖章", description="不需要上传扫描件；盖好后自动登记用印人和日期，在此之前不能发出"
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Today, for the people whom the file knows, two copies: one to send, one to keep."""
        applied, approved = sealing_register.names_known(thing)
        names = {"applied_by": applied, "approved_by": approved}
        return {"on": today, "copies": 2, "seal": SealKind.DISCLOSURE.value, **names}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Say whether the scan is demanded; whoever stamped last is likely to have stamped this."""
        if self.stamped_by.raw_data is None:
            self.stamped_by.data = sealing_register.last_to_stamp(session, thing.organ_id)
        needed = sealing_register.demand_of(thing.case) is SealDemand.SCAN
        several = "；多份文书的扫描件请合并为一个文件" if len(letters_together.together(thing)) > 1 else ""
        told = "本机关规定上传后才能发出" if needed else "可以不上传"
        self.scan.description = f"打印文书文件、盖章后扫描，pdf、jpg或者png，不超过20 MB；{told}{several}"
        settings: Settings = current_app.config["GKAPPLY"]
        if settings.seal_folder is None:
            del self.electronic
            self.scan.flags.required = needed

    @property
    def by_system(self) -> bool:
        """Whether the electronic seal system is to put the seal on."""
        return bool("electronic" in self and self.electronic.data)


def seal(session: Session, letter: Letter, form: SealForm, actor: Actor, now: datetime) -> str:
    """The letter was stamped."""
    assert form.on.data is not None
    stamping = Stamping(
        seal=form.seal.data,
        applied_by=form.applied_by.data or "",
        approved_by=form.approved_by.data or "",
        stamped_by=form.stamped_by.data or "",
        on=form.on.data,
        copies=form.copies.data or 0,
    )
    letters = letters_together.together(letter)
    if form.by_system:
        for one in letters:
            electronic_seal.order(session, one, stamping, actor, now)
        return f"{title(letter)}{copies(len(letters))}已交电子签章系统，盖章后自动登记，届时可以发出"
    sealing_register.seal(session, letters, stamping, form.scan.data, actor, now)
    return f"{title(letter)}{copies(len(letters))}已登记用印（{date_zh(stamping.on)}），可以发出"


PAGES: Pages = {
    "seal": StepPage(
        SealForm,
        seal,
        "登记后不能修改；登记有误的，再登记一次，以后一次为准。网上送达的，申请人领取的就是盖章扫描件。",
        template="steps/seal.html",
    ),
}
