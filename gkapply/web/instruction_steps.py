"""The steps about what a leader wrote on a matter (领导批示)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Optional

from gkapply.casework import instruction
from gkapply.casework.access import Actor
from gkapply.casework.instruction import Said
from gkapply.casework.records import Case
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, line_field, text_field
from gkapply.web.wording import date_zh


class InstructionForm(StepForm):
    """Who wrote what, and what is to follow."""

    leader = line_field("批示领导", longest=60, description="姓名和职务，例如“张某（副县长）”")
    text = text_field("批示内容", longest=2000, description="按原文抄录；严禁录入涉密内容")
    on = day_field("批示日期")
    follows = text_field("要办的事项", needed=False, longest=1000, description="只是圈阅的不填")
    due_on = DateField(
        "办结期限", [Optional()], description="批示有期限的填写；届满前一日提醒承办人，逾期告知公开机构负责人"
    )
    scan = UploadField("批示件", description="扫描件或者照片，有的上传；每个文件不超过20 MB")


def record_instruction(session: Session, case: Case, form: InstructionForm, actor: Actor, now: datetime) -> str:
    """Keep it."""
    assert form.on.data is not None
    said = Said(
        leader=form.leader.data or "",
        text=form.text.data or "",
        on=form.on.data,
        follows=form.follows.data or "",
        due_on=form.due_on.data,
        scan=form.scan.data,
    )
    made = instruction.enter(session, case, said, actor, now)
    return f"{made.leader}的批示已登记{'，待落实' if made.done_on is None else ''}"


class CarriedOutForm(StepForm):
    """What came of which."""

    instruction = SelectField("批示", [InputRequired("请选择批示")])
    on = day_field("落实日期")
    note = text_field("落实情况", longest=1000)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Today."""
        return {"on": today}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Those that are open."""
        waiting = instruction.open_instructions(session, thing)
        self.instruction.choices = choices(
            (one.uid, f"{one.leader}，{date_zh(one.on_)}：{one.follows[:40]}") for one in waiting
        )


def carry_out_instruction(session: Session, case: Case, form: CarriedOutForm, actor: Actor, now: datetime) -> str:
    """Note it."""
    assert form.on.data is not None
    done = instruction.carry_out(session, case, form.instruction.data, form.on.data, form.note.data or "", actor, now)
    return f"{done.leader}的批示已登记落实情况"


PAGES: Pages = {
    "record_instruction": StepPage(InstructionForm, record_instruction),
    "carry_out_instruction": StepPage(CarriedOutForm, carry_out_instruction),
}
