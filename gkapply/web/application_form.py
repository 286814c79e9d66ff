"""The fields of the application form, as the citizen and the counter fill them in. What is wrong with them, casework says."""

from dataclasses import fields
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm

from gkapply.casework.application import (
    CARRIERS,
    KINDS,
    ORGANISATION_PAPERS,
    PERSONAL_PAPERS,
    WAYS,
    Application,
)
from gkapply.casework.joint_applicants import OtherApplicant
from gkapply.casework.several_items import Wanted
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.web.forms import Form

PAPER_CHOICES = {"公民": dict(PERSONAL_PAPERS), "法人或者其他组织": dict(ORGANISATION_PAPERS)}
KIND_CHOICES = {
    code: f"公民（{label}）" if code == NATURAL_PERSON else f"法人或者其他组织：{label}"
    for code, label in KINDS.items()
}


class Obligatory:
    """Marks a field as not optional; that it is filled in is asked by casework, with its article."""

    field_flags = {"required": True}  # noqa: RUF012 (read by wtforms from the class)

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing is asked here."""


class OneOfSeveral:
    """Marks a field as one of several of which at least one is needed; that one is there is asked by casework."""

    field_flags = {"one_of_several": True}  # noqa: RUF012 (read by wtforms from the class)

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing is asked here."""


MUST = [Obligatory()]
ONE_OF_THEM = [OneOfSeveral()]
NO_POPUP = {"required": False}
"""The browser's own pop-ups name one fault at a time and not always in Chinese: the page names all."""


class PartOfApplication(Form):
    """A part of 政府信息公开申请表, or the whole of it."""

    ON_TOP: ClassVar[tuple[str, ...]] = ("",)
    """Fields that the page shows before the others, in their order; "" is what concerns the form as a whole."""

    def as_application(self) -> Application:
        """What was filled in, as it was typed; what this part does not ask is empty."""
        said: dict[str, Any] = {
            one.name: self._fields[one.name].data for one in fields(Application) if one.name in self._fields
        }
        for name, record in (("others", OtherApplicant), ("further", Wanted)):
            said[name] = tuple(record(**{key: text or "" for key, text in one.items()}) for one in said.get(name) or ())
        return Application(**{name: value for name, value in said.items() if value is not None})

    def summary(self) -> list[tuple[str, str, str]]:
        """Every error in the order in which the page shows the fields."""
        places = {name: place for place, name in enumerate(self.ON_TOP)}
        return sorted(super().summary(), key=lambda error: places.get(error[0].split("-")[0], len(places)))


class WantedEntry(PlainForm):
    """One more thing applied for."""

    name = StringField("信息名称")
    number = StringField("文号")
    description = TextAreaField("内容描述", MUST, render_kw=NO_POPUP)


class ApplicantEntry(PlainForm):
    """One more applicant."""

    name = StringField("姓名或者名称", MUST, render_kw=NO_POPUP)
    id_number = StringField("证件号码")
    phone = StringField("联系电话")


class ApplicantFields(PartOfApplication):
    """Who applies."""

    kind = RadioField("申请人类型", MUST, choices=KIND_CHOICES, validate_choice=False)
    name = StringField("姓名或者名称", MUST, render_kw=NO_POPUP)
    id_type = SelectField("证件名称", MUST, choices=PAPER_CHOICES, validate_choice=False, render_kw=NO_POPUP)
    id_number = StringField("证件号码", MUST, render_kw=NO_POPUP)
    employer = StringField("工作单位")
    representative = StringField("法定代表人或者负责人")
    contact_name = StringField("联系人")
    phone = StringField("联系电话", ONE_OF_THEM)
    email = StringField("电子邮箱", ONE_OF_THEM)
    fax = StringField("传真")
    address = StringField("通信地址", ONE_OF_THEM)
    postcode = StringField("邮政编码")
    agent_name = StringField("代理人姓名")
    agent_id_number = StringField("代理人证件号码")
    agent_phone = StringField("代理人电话")
    agent_relation = StringField("与申请人的关系")
    guardian_name = StringField("监护人姓名")
    guardian_id_number = StringField("监护人证件号码")
    guardian_phone = StringField("监护人电话")
    guardian_relation = StringField("与申请人的关系")
    joint = TextAreaField("共同申请人")
    others = FieldList(FormField(ApplicantEntry), "共同申请人")


class WantedFields(PartOfApplication):
    """What is applied for, in which form and how it is to be got."""

    information_name = StringField("信息名称")
    information_number = StringField("文号")
    description = TextAreaField("所需政府信息的内容描述", MUST, render_kw=NO_POPUP)
    further = FieldList(FormField(WantedEntry), "更多申请事项")
    carrier = RadioField("提供信息的载体形式", MUST, choices=dict(CARRIERS), validate_choice=False)
    way = RadioField("获取信息的方式", MUST, choices=dict(WAYS), validate_choice=False)
    accepts_other_form = BooleanField("不能按上述形式或者方式提供的，同意以其他形式或者方式提供")
    assistance = StringField("有阅读困难或者视听障碍，需要的帮助")
    suggests_disclosure = TextAreaField("建议主动公开该信息的理由")


class PaperFields(PartOfApplication):
    """Files that prove or help, each field named by the role that its files get in the file of the case."""

    identity = MultipleFileField("身份证明")
    authorisation = MultipleFileField("授权委托书")
    guardianship = MultipleFileField("监护关系证明")
    other = MultipleFileField("其他材料")


class ApplicationForm(PaperFields, WantedFields, ApplicantFields):
    """政府信息公开申请表, whole."""
