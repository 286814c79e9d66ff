"""The registrar's, the head's and the archivist's steps with a request: void, assign, papers, code, archive."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from gkapply.casework import archive, assignment, correction, documents, query_code, voiding
from gkapply.casework.access import Actor
from gkapply.casework.application import CHANNELS
from gkapply.casework.correction import Arrival
from gkapply.casework.paper_roles import ROLES
from gkapply.casework.people import SigningName, User
from gkapply.casework.receipt import CONFIRMED_BY
from gkapply.casework.records import Case
from gkapply.casework.term_of_applicant import term_of_applicant
from gkapply.law.channels import COUNTER, ONLINE, OTHER
from gkapply.law.refusal import Refusal
from gkapply.web import code_slip
from gkapply.web.forms import choices
from gkapply.web.step_form import (
    ConfirmationForm,
    Pages,
    StepForm,
    StepPage,
    UploadField,
    day_field,
    text_field,
)
from gkapply.web.wording import date_zh

BY_HAND = choices((code, role.label) for code, role in ROLES.items() if role.by_hand)


class ReasonForm(StepForm):
    """A reason in words."""

    reason = text_field("理由", longest=1000)


def propose_void(session: Session, case: Case, form: ReasonForm, actor: Actor, now: datetime) -> str:
    """Propose that the submission is 未成立."""
    voiding.propose_void(session, case, form.reason.data or "", actor, now)
    return "已提请公开机构负责人决定"


def approve_void(session: Session, case: Case, form: StepForm, actor: Actor, now: datetime) -> str:
    """The head agrees."""
    voiding.approve_void(session, case, actor, now)
    return "已认定未成立。登记编号保留，不计入年度报告"


def reject_void(session: Session, case: Case, form: ReasonForm, actor: Actor, now: datetime) -> str:
    """The head does not agree."""
    voiding.reject_void(session, case, form.reason.data or "", actor, now)
    return "不同意认定未成立，申请继续办理"


class OfficerForm(StepForm):
    """Who is to handle the request."""

    officer = SelectField("承办人", [InputRequired("请选择承办人")], coerce=int)

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The officers of the organ on that day."""
        found = assignment.officers_of(session, thing.organ_id, today)
        self.officer.choices = choices((user.id, user.name) for user in found)


class AssignForm(OfficerForm):
    """Who is to handle the request, and in whose name it is answered."""

    signing_name = SelectField("以何名义答复", [InputRequired("请选择落款名称")], coerce=int)

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The officers and the signing names that are valid on that day, the usual one first."""
        super().prepare(session, thing, today)
        valid = [one for one in thing.organ.signing_names if one.valid_from <= today <= (one.valid_to or today)]
        valid.sort(key=lambda one: (one.id != thing.signing_name_id, not one.is_default))
        self.signing_name.choices = choices((one.id, one.full_name) for one in valid)


def assign(session: Session, case: Case, form: AssignForm, actor: Actor, now: datetime) -> str:
    """Give the request to an officer."""
    officer, name = session.get_one(User, form.officer.data), session.get_one(SigningName, form.signing_name.data)
    assignment.assign(session, case, officer, actor, now, signing_name=name)
    return f"已分给{officer.name}承办"


def reassign(session: Session, case: Case, form: OfficerForm, actor: Actor, now: datetime) -> str:
    """Give the request to another officer."""
    officer = session.get_one(User, form.officer.data)
    assignment.reassign(session, case, officer, actor, now)
    return f"已改由{officer.name}承办"


class CorrectionForm(StepForm):
    """The corrected request as it came in."""

    on = day_field("收到补正之日", description="答复期限从次日起重新计算")
    channel = SelectField(
        "到达的渠道",
        [InputRequired("请选择到达的渠道")],
        choices=choices((code, label) for code, label in CHANNELS.items() if code != OTHER),
        description="当面、签收邮件以到达之日为收到之日；平信、传真、电子邮件、网上以双方确认之日为收到之日（条例第三十一条）",
    )
    confirmed = SelectField("确认方式", [Optional()], choices=choices([("", "不需要确认"), *CONFIRMED_BY.items()]))
    text = text_field("补正后的申请内容", needed=False, description="按申请人原文填写；上传补正材料的可以不填")
    file = UploadField("补正材料", description="每个文件不超过20 MB")
    late_reason = text_field("逾期补正的，接受的理由", needed=False, longest=500)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Today, with the words that wait from the web."""
        waiting = thing.correction_waiting
        how = {"channel": ONLINE, "confirmed": "online"} if waiting else {"channel": COUNTER, "confirmed": ""}
        return {"on": today, "text": waiting.text if waiting else "", **how}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The last day of the applicant's term."""
        term = term_of_applicant(thing)
        if term is not None:
            self.late_reason.description = f"补正期限至{date_zh(term)}；晚于该日收到的须写明"


def receive_correction(session: Session, case: Case, form: CorrectionForm, actor: Actor, now: datetime) -> str:
    """The corrected request is received."""
    assert form.on.data is not None
    arrival = Arrival(form.channel.data, form.confirmed.data or "", form.late_reason.data or "")
    correction.receive(session, case, form.on.data, form.text.data or "", form.file.data, actor, now, arrival=arrival)
    return f"已收到补正，答复期限重新计算至{date_zh(case.due_on)}"


class PaperForm(StepForm):
    """A further paper for the file."""

    role = SelectField("材料种类", [InputRequired("请选择材料种类")], choices=BY_HAND)
    on = day_field("材料日期")
    file = UploadField("文件", [InputRequired("请选择文件")], description="每个文件不超过20 MB，不得含有涉密信息")


def add_paper(session: Session, case: Case, form: PaperForm, actor: Actor, now: datetime) -> str:
    """Put a paper into the file."""
    if form.file.data is None or form.on.data is None:
        raise Refusal("请选择文件", field="file")
    documents.add_paper(session, case, form.role.data, form.file.data, form.on.data, actor, now)
    return "材料已存入案卷"


class CodeForm(StepForm):
    """How the applicant's identity was checked."""

    reason = RadioField(
        "重发的原因", [InputRequired("请选择重发的原因")], choices=choices(query_code.REASONS.items()), default="lost"
    )
    how = text_field("如何核验申请人身份", longest=500, description="例如：当面核对居民身份证原件")
    reference = ""

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Whose slip is printed afterwards."""
        self.reference = thing.reference

    @property
    def onward(self) -> str:
        """On to the slip with the new code."""
        return url_for("code_slip.show", reference=self.reference)


def reissue_code(session: Session, case: Case, form: CodeForm, actor: Actor, now: datetime) -> str:
    """Give a new query code; the slip is the only place where it is shown."""
    query_code.reissue_code(session, case, form.how.data or "", actor, now, reason=form.reason.data)
    code_slip.may_show(case.reference, now)
    return "查询码已重发，原查询码已失效。请打印凭条，当面交给申请人"


class ArchiveForm(StepForm):
    """How long the file is kept."""

    retention = RadioField(
        "保管期限",
        [InputRequired("请选择保管期限")],
        choices=choices((one, one) for one in archive.RETENTIONS),
        description="按本机关经批准的归档范围和保管期限表确定；有复议、诉讼的应当从长",
    )


def close_file(session: Session, case: Case, form: ArchiveForm, actor: Actor, now: datetime) -> str:
    """Close the file."""
    archive.archive(session, case, form.retention.data, actor, now)
    return "已归档，卷内目录已列明每份材料的校验值"


PAGES: Pages = {
    "propose_void": StepPage(
        ReasonForm, propose_void, "误提交、重复发送或者空白的来件，经公开机构负责人同意后认定未成立。"
    ),
    "approve_void": StepPage(
        ConfirmationForm, approve_void, "认定后不再办理，登记编号保留，不计入年度报告，不能恢复。", "grave"
    ),
    "reject_void": StepPage(ReasonForm, reject_void, "申请按原来的状态继续办理。"),
    "assign": StepPage(AssignForm, assign, "承办人即可开始审核。复议机关和法院随落款名称确定。"),
    "reassign": StepPage(OfficerForm, reassign),
    "receive_correction": StepPage(CorrectionForm, receive_correction),
    "add_paper": StepPage(PaperForm, add_paper),
    "reissue_code": StepPage(CodeForm, reissue_code, "重发后原查询码立即失效。"),
    "archive": StepPage(ArchiveForm, close_file, "归档后不能再修改，请先核对材料是否齐全。", "grave"),
}
