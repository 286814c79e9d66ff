"""The fields of every kind of letter, declared once: read through ``gkapply.letters.fields``."""

from collections.abc import Mapping
from dataclasses import dataclass

from gkapply.letters import examples
from gkapply.letters.examples import Row


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``label`` is what clerks call it, ``example`` shows what stands in it.

    A ``required`` field must have a value and its template must print it. ``columns`` describe the rows of a list of rows.
    """

    name: str
    label: str
    example: object
    required: bool = False
    columns: tuple["Field", ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the field holds a list, of texts or of rows."""
        return isinstance(self.example, tuple)


def _needed(name: str, label: str, example: object, *columns: Field) -> Field:
    return Field(name, label, example, True, columns)


_OFFICE = (
    _needed("organ_name", "落款名义（机关全称）", examples.ORGAN),
    _needed("date_text", "落款日期（签发之日）", "2026年3月30日"),
    Field("contact_name", "联系人或者联系科室", "政务公开股"),
    Field("contact_phone", "联系电话", "028-12345678"),
    Field("contact_address", "通讯地址", "四川省资阳市安岳县岳城街道政府街1号"),
)
_NUMBER = _needed("document_number", "文号", "安府办公开〔2026〕12号")
_TO = (
    _needed("addressee", "主送（收文人的姓名或者名称）", "张三"),
    _needed("you", "对收文人的称谓（您、贵单位）", "您"),
)
_TO_PARTY = (
    _needed("addressee", "主送（收文人的姓名或者名称）", "四川某建设工程有限公司"),
    _needed("you", "对收文人的称谓（您、贵单位）", "贵单位"),
)
_REQUEST_NUMBER = _needed("request_number", "登记编号", "511921-2026-0008")
_REQUEST = (
    _REQUEST_NUMBER,
    _needed("received_on_text", "收到申请的日期", "2026年3月2日"),
    _needed("received_how", "提交方式（接在称谓之后）", "通过互联网提交"),
    _needed("request_quote", "申请内容（按申请原文）", examples.REQUEST),
)
_CORRECTION_ASKED = Field("correction_asked_text", "告知补正的日期", "2026年3月5日")
_CORRECTION_RECEIVED = Field("correction_received_text", "收到补正的日期", "2026年3月12日")
_CORRECTION_QUOTE = Field("correction_quote", "补正后的申请内容（按原文）", "")
_CORRECTED = (_CORRECTION_ASKED, _CORRECTION_RECEIVED, _CORRECTION_QUOTE)
_QUERY = Field("query_address", "查询网址（不含查询码）", "https://ysq.example.gov.cn/track")
_PARTY_KIND = _needed("party_kind", "征求意见的对象（third_party、co_producer、organ）", "third_party")
_OPINION_TERM = _needed("answer_within_text", "提出意见的期限（自收到之日起）", "15个工作日")

_WITHHELD = (
    _needed("kind", "该部分不提供的文书代码（reply_refused、reply_not_information）", ""),
    _needed("content", "不予公开的内容", ""),
    _needed("reason", "理由", ""),
    _needed("basis", "依据的条款", ""),
    _needed("words", "条款原文", ""),
)
_SEARCHES = (
    _needed("on_text", "检索日期", ""),
    _needed("units", "检索的科室或者单位", ""),
    _needed("systems", "检索的系统或者档案", ""),
    _needed("period", "检索的起止时段", ""),
    _needed("words", "检索用词", ""),
    _needed("result", "检索结果", ""),
)
_ITEM = (
    _needed("kind", "该项答复的文书代码", ""),
    _needed("ordinal_text", "项次", ""),
    _needed("quote", "该项申请内容（按原文）", ""),
    _needed("basis", "依据的条款", ""),
    _needed("words", "条款原文", ""),
    Field("reason", "理由", ""),
    Field("where_to_find", "获取已公开信息的方式、途径", ""),
    Field("way", "所提供的信息（名称、形式、页数）", ""),
    Field("form_reason", "未按申请人要求的形式提供的理由", ""),
    Field("withheld", "不予公开的各部分内容", (), columns=_WITHHELD),
    Field("law_named", "禁止公开的法律、行政法规及条款", ""),
    Field("danger_named", "可能危及的安全或者稳定及判断依据", ""),
    Field("discretion_reason", "决定不予公开的裁量理由", ""),
    Field("third_party_opinion", "征求第三方意见的情况", ""),
    Field("searches", "检索情况", (), columns=_SEARCHES),
    Field("competent_organ", "负责公开的行政机关的名称、联系方式", ""),
    Field("governing_rule", "另有规定的，所适用的规定和获取途径", ""),
    Field("earlier_number", "此前答复的文号", ""),
    Field("earlier_on_text", "此前答复的日期", ""),
)


def _reply(
    *items: Row, enclosures: tuple[str, ...] = (), remedies: tuple[str, ...] = (examples.REMEDY,)
) -> tuple[Field, ...]:
    """The fields of a reply, the same for each kind: what is answered differs from item to item."""
    return (
        *_OFFICE,
        _NUMBER,
        *_TO,
        *_REQUEST[:-1],
        _needed("request_quote", "申请内容（按申请原文）", "；".join(str(item["quote"]) for item in items)),
        *_CORRECTED,
        Field("extended_text", "告知延期答复的日期", ""),
        Field("facts", "办理经过（每段一条，完整的句子）", ()),
        _needed("items", "各项申请内容的答复", items, *_ITEM),
        Field("enclosures", "附件名称", enclosures),
        _needed("remedies", "救济告知", remedies),
    )


DECLARED: Mapping[str, tuple[Field, ...]] = {
    "receipt": (
        *_OFFICE,
        *_TO,
        *_REQUEST,
        _needed("materials", "收到的材料", ("政府信息公开申请表（2页）", "身份证明（1份）")),
        _needed("content_hash", "申请内容的校验值（SHA-256）", examples.HASH),
        Field("due_text", "答复期限届满之日", "2026年3月30日"),
        _QUERY,
        Field("query_hint", "查询说明（不含查询码）", "凭登记编号和查询码查询办理进度"),
    ),
    "correction_notice": (
        *_OFFICE,
        _NUMBER,
        *_TO,
        *_REQUEST,
        _needed(
            "points",
            "需要补正的事项",
            ("所申请的“补偿款发放明细”没有写明涉及哪一批次征地，请写明征地批次或者批准文号", "请提供身份证明"),
        ),
        Field(
            "guidance",
            "指导和释明",
            "批准文号可以在镇、村张贴的征收土地公告中查到；也可以写明所在村组，由本机关据此查找",
        ),
        _needed("answer_within_text", "补正期限（自收到之日起）", "10个工作日"),
        _QUERY,
    ),
    "extension_notice": (
        *_OFFICE,
        _NUMBER,
        *_TO,
        *_REQUEST,
        *_CORRECTED,
        _needed("extension_reason", "延长答复期限的理由", "所申请信息分散在多个科室保存的纸质档案中，需要逐件核对"),
        _needed("extension_days", "延长的工作日数", "10"),
        Field("due_text", "原答复期限届满之日", "2026年4月15日"),
        _needed("new_due_text", "延长后的答复期限届满之日", "2026年4月29日"),
    ),
    "third_party_inquiry": (
        *_OFFICE,
        _NUMBER,
        *_TO_PARTY,
        _REQUEST_NUMBER,
        _PARTY_KIND,
        _needed("party_name", "征求意见对象的名称", "四川某建设工程有限公司"),
        _needed("information", "所涉政府信息", "龙台镇场镇道路改造工程施工合同"),
        _needed("inquiry_reason", "征求意见的理由", "该信息载有报价明细，公开可能损害贵单位的合法权益"),
        _OPINION_TERM,
    ),
    "inquiry_notice": (
        *_OFFICE,
        _NUMBER,
        *_TO,
        *_REQUEST,
        _PARTY_KIND,
        _OPINION_TERM,
    ),
    "disclosure_notice": (
        *_OFFICE,
        _NUMBER,
        *_TO_PARTY,
        _needed("asked_on_text", "发出征求意见书的日期", "2026年3月10日"),
        _needed("opinion_text", "对方的意见（一句话）", "贵单位于2026年3月25日提出意见，不同意公开"),
        _needed("decided_text", "决定公开的政府信息", "龙台镇场镇道路改造工程施工合同（隐去银行账号）"),
        _needed(
            "disclose_reason",
            "决定公开的理由",
            "该工程使用财政资金，合同价款和工期关系沿线群众的切身利益，不公开可能对公共利益造成重大影响",
        ),
        Field("disclose_on_text", "拟提供该信息的日期", "2026年4月8日"),
        _needed("remedies", "救济告知", (examples.REMEDY_DECISION,)),
    ),
    "reply_public": _reply(examples.PUBLIC),
    "reply_disclosed": _reply(examples.DISCLOSED, enclosures=("2025年龙台镇征地补偿安置方案（12页）",)),
    "reply_partial": _reply(
        examples.PARTIAL,
        examples.DISCLOSED_SECOND,
        examples.NOT_EXISTING,
        enclosures=("2025年龙台镇征地补偿款发放明细（隐去部分内容，26页）", "2025年龙台镇征地补偿安置方案（12页）"),
        remedies=examples.REMEDIES_PARTIAL,
    ),
    "reply_refused": _reply(examples.REFUSED, remedies=(examples.REMEDY_REFUSED,)),
    "reply_not_existing": _reply(examples.NOT_EXISTING),
    "reply_not_ours": _reply(examples.NOT_OURS),
    "reply_not_information": _reply(examples.NOT_INFORMATION),
    "reply_repeated": _reply(examples.REPEATED),
    "archive_index": (
        _needed("organ_name", "立卷机关", examples.ORGAN),
        _needed("request_number", "登记编号", "511921-2026-0008"),
        _needed("applicant_name", "申请人", "张三"),
        _needed("request_quote", "申请内容（按申请原文）", examples.REQUEST),
        _needed("received_on_text", "收到申请的日期", "2026年3月2日"),
        Field("replied_on_text", "答复日期", "2026年4月28日"),
        _needed("date_text", "立卷日期", "2026年5月6日"),
        Field("retention", "保管期限", "30年"),
        Field("archivist_name", "立卷人", "王五"),
        _needed(
            "documents",
            "卷内材料",
            examples.PAPERS,
            _needed("title", "材料", ""),
            Field("on_text", "日期", ""),
            Field("pages_text", "页数或者份数", ""),
            _needed("sha256", "SHA-256 校验值", ""),
        ),
    ),
}
