"""What must stand in the file before an item may be answered in a certain way; which kind demands what: ``replies``."""

from dataclasses import dataclass
from enum import StrEnum


class EvidenceForm(StrEnum):
    """How a piece of evidence is given."""

    TEXT = "text"
    TICK = "tick"
    DATE = "date"
    RECORD = "record"
    """A record of its own in the file (a search, a consultation, a list), or a text in its place."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence, with its label for the form and the article that asks for it."""

    code: str
    label: str
    article: str
    form: EvidenceForm = EvidenceForm.TEXT
    required: bool = True


_RECORD, _TICK = EvidenceForm.RECORD, EvidenceForm.TICK


def reason(article: str) -> Evidence:
    """The reason that the applicant is to be told under that article."""
    return Evidence("reason", "理由", article)


WHERE_TO_FIND = Evidence("where_to_find", "获取该政府信息的方式、途径", "条例第三十六条第一项")
ENCLOSURES = Evidence("enclosures", "所提供信息的清单（名称、页数、形式）", "条例第三十六条第二项", _RECORD)
FORM_REASON = Evidence("form_reason", "未按申请人要求的形式提供的理由", "条例第四十条", required=False)
RELEASE_REVIEW = Evidence("release_review", "公开前的审查意见", "条例第十七条")
WITHHELD_PARTS = Evidence("withheld_parts", "不予公开的内容及其理由", "条例第三十七条", _RECORD)
SEPARATION = Evidence("separation_considered", "已考虑区分处理，不能区分", "条例第三十七条", _TICK)
# The system is not for secrets: only the pointer to the paper file is entered.
SECRET_REFERENCE = Evidence(
    "secret_reference", "定密核对记录（登记号、核对人、核对日期，不得录入涉密内容）", "条例第十四条"
)
LAW_NAMED = Evidence("law_named", "禁止公开的法律、行政法规名称和条款", "条例第十四条")
DANGER_NAMED = Evidence("danger_named", "可能危及的安全或者稳定及其判断依据", "条例第十四条")
THIRD_PARTY_RECORD = Evidence(
    "third_party_record", "征求第三方意见的记录或者无需征求的说明", "条例第十五条、第三十二条", _RECORD
)
DISCRETION = Evidence("discretion_reason", "决定不予公开的裁量理由", "条例第十六条")
NO_DUTY = Evidence("no_duty_to_disclose", "已核对：没有法律、法规、规章规定应当公开", "条例第十六条第二款", _TICK)
SEARCH_RECORD = Evidence("search_record", "检索记录（部门、系统、时段、关键词）", "条例第三十六条第四项", _RECORD)
COMPETENT_ORGAN = Evidence(
    "competent_organ", "负责公开的行政机关的名称、联系方式", "条例第三十六条第五项", required=False
)
GOVERNING_RULE = Evidence("governing_rule", "另有规定的，所适用的规定和获取途径", "条例第二条", required=False)
EARLIER_NUMBER = Evidence("earlier_number", "此前答复的文号", "条例第三十六条第六项")
EARLIER_ON = Evidence("earlier_on", "此前答复的日期", "条例第三十六条第六项", EvidenceForm.DATE)
