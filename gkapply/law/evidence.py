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
    FACTS = "facts"
    """Dated facts of the file; nothing is written in their place."""
    CHOICE = "choice"
    """One of ``Evidence.choices``, by its code."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what a form calls it, and the words that a letter uses for it.

    ``needs`` is the code of the piece of evidence that must be given with it.
    """

    code: str
    label: str
    words: str = ""
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence, with its label for the form and the article that asks for it."""

    code: str
    label: str
    article: str
    form: EvidenceForm = EvidenceForm.TEXT
    required: bool = True
    choices: tuple[Choice, ...] = ()

    def chosen(self, code: object) -> Choice | None:
        """The choice with that code; None when there is none."""
        return next((one for one in self.choices if one.code == code), None)


_RECORD, _TICK = EvidenceForm.RECORD, EvidenceForm.TICK


def reason(article: str) -> Evidence:
    """The reason that the applicant is to be told under that article."""
    return Evidence("reason", "理由", article)


WHERE_TO_FIND = Evidence("where_to_find", "获取该政府信息的方式、途径", "条例第三十六条第一项")
ENCLOSURES = Evidence("enclosures", "所提供信息的清单（名称、页数、形式）", "条例第三十六条第二项", _RECORD)
FORM_REASON = Evidence("form_reason", "未按申请人要求的形式提供的理由", "条例第四十条", required=False)
# The letter says why (第四十条), whichever other form was chosen.
GIVEN_FORM = Evidence(
    "given_form",
    "提供的形式",
    "条例第四十条",
    EvidenceForm.CHOICE,
    required=False,
    choices=(
        Choice("as_asked", "按申请人要求的形式"),
        Choice("electronic", "改以电子数据提供", needs="form_reason"),
        Choice("inspection", "改为安排查阅、抄录", needs="form_reason"),
        Choice("other", "改以其他适当形式提供", needs="form_reason"),
    ),
)
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
PUBLIC_BODY = "public_body"
"""公共企事业单位信息: the Regulation leaves it to sector rules and to an appeal of its own (第五十五条)."""
PUBLIC_BODY_ARTICLE = "条例第五十五条第一款"
PUBLIC_BODY_WORDS = (
    "与人民群众利益密切相关的公共企事业单位，公开在提供社会公共服务过程中制作、获取的信息，依照相关法律、法规和国务院有关主管部门"
    "或者机构的规定执行"
)
CONTENT_KIND = Evidence(
    "content_kind",
    "该内容属于",
    "条例第二条、第五十五条",
    EvidenceForm.CHOICE,
    choices=(
        Choice("party", "党务信息", "党务信息"),
        Choice("criminal_justice", "刑事司法信息", "刑事司法信息"),
        Choice(
            PUBLIC_BODY,
            "公共企事业单位信息",
            "公共企事业单位在提供社会公共服务过程中制作、获取的信息",
            "governing_rule",
        ),
        Choice("village", "村（居）务信息", "村（居）务信息"),
        Choice("other", "其他"),
    ),
)
PUBLIC_INTEREST = Evidence(
    "public_interest_reason", "涉及第三方合法权益，因公共利益予以公开的理由", "条例第十五条", required=False
)
EARLIER_NUMBER = Evidence("earlier_number", "此前答复的文号", "条例第三十六条第六项")
EARLIER_ON = Evidence("earlier_on", "此前答复的日期", "条例第三十六条第六项", EvidenceForm.DATE)
EARLIER_BASIS = Evidence(
    "earlier_basis", "系统中查不到该答复的，说明依据（存放何处、由谁核对）", "条例第三十六条第六项", required=False
)
SPECIAL_LAW_NAMED = Evidence(
    "special_law_named", "所依照的法律、行政法规名称和条款", "条例第三十六条第七项", required=False
)
QUERY_PLACE = Evidence("query_place", "查询的地点和方式", "条例第三十六条第七项")
CORRECTION_RECORD = Evidence("correction_record", "补正告知和收到补正的日期", "条例第三十条", EvidenceForm.FACTS)
STILL_UNCLEAR_POINTS = Evidence("unclear_points", "补正后仍不明确之处", "条例第三十条")
CHANNEL = Evidence("channel", "可以提出信访、投诉、举报的相应渠道", "条例第三十九条第一款")
PUBLICATION_PLACE = Evidence("publication_place", "获取该出版物的途径", "条例第三十九条第二款")
COUNTS = Evidence("counts", "申请的件数和频次", "条例第三十五条")
COUNTED_PERIOD = Evidence("counted_period", "统计的起止时段", "条例第三十五条")
HEAD_JUDGMENT = Evidence("head_judgment", "公开机构负责人认为申请理由不合理的判断", "条例第三十五条")
EARLIER_DELIVERY = Evidence("earlier_delivery", "此前提供该信息的情况（日期、方式）", "条例第二条")
LEGAL_REVIEW = Evidence("legal_review", "法制审核意见", "条例第二条")
ARCHIVE_NAME = Evidence("archive_name", "保管该信息的国家档案馆的名称、联系方式", "国办公开办函〔2019〕14号")
# What was handed over early stays with the organ that answers requests for it.
TRANSFER_DUE = Evidence("transfer_due", "已核对：不是移交期限届满之前提前移交的档案", "《档案法》第十五条第二款", _TICK)
ENQUIRY_ANSWER = Evidence("enquiry_answer", "答复内容或者咨询渠道", "条例第二条")
CORRECTED_CONTENT = Evidence("corrected_content", "更正前后的记录内容", "条例第四十一条")
RECORD_CHECK = Evidence("record_check", "核实的情况", "条例第四十一条")
FORWARDED_TO = Evidence("forwarded_to", "有权更正的行政机关的名称、联系方式", "条例第四十一条")
FORWARDED_HOW = Evidence(
    "forwarded_how",
    "处理方式",
    "条例第四十一条",
    EvidenceForm.CHOICE,
    choices=(
        Choice("forwarded", "转送有权更正的行政机关处理", "本机关已将该申请转送有权更正的行政机关处理"),
        Choice("referred", "告知申请人向有权更正的行政机关提出", "请向有权更正的行政机关提出更正申请"),
    ),
)
