"""The declared fields of every kind of letter: the one list that templates are checked against and casework fills.

A field holds text as it is to be printed, a list of such texts, or a list of rows whose columns are declared with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gkapply.law.refusal import Refusal
from gkapply.letters import examples

AT_SIGNATURE = ("document_number", "date_text")
"""文号 and date: empty until the letter is signed, never empty in a letter of record."""


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
    Field("contact_name", "联系人或联系科室", "政务公开股"),
    Field("contact_phone", "联系电话", "028-24530000"),
    Field("contact_address", "通讯地址", "四川省资阳市安岳县岳城街道政府街1号"),
)
_NUMBER = _needed("document_number", "文号", "安府办公开〔2026〕12号")
_TO = (
    _needed("addressee", "主送（申请人姓名或者名称）", "张三"),
    _needed("you", "对收文人的称谓（您、贵单位）", "您"),
)
_REQUEST_NUMBER = _needed("request_number", "登记编号", "511921-2026-0008")
_REQUEST = (
    _REQUEST_NUMBER,
    _needed("received_on_text", "收到申请的日期", "2026年3月2日"),
    _needed("received_how", "提交方式（接在称谓之后）", "通过互联网提交"),
    _needed("request_quote", "申请内容（按申请原文）", examples.REQUEST),
)
_COURSE = (
    Field("correction_asked_text", "告知补正的日期", "2026年3月5日"),
    Field("correction_received_text", "收到补正的日期", "2026年3月12日"),
    Field("correction_quote", "补正后的申请内容（按原文）", "2025年龙台镇征地补偿安置方案及附表、补偿款发放明细"),
    Field("extended_text", "告知延期答复的日期", "2026年3月27日"),
)
_QUERY = Field("query_address", "查询网址（不含查询码）", "https://ysq.anyue.example/track")

_WITHHELD = (
    _needed("content", "不予公开的内容", "补偿款发放明细中的身份证件号码、银行账号和联系电话"),
    _needed("reason", "理由", "上述内容属于个人隐私，公开会损害被征收人的合法权益"),
    _needed("basis", "依据的条款", "《条例》第十五条"),
    _needed("words", "条款原文", examples.WORDS_15),
)
_SEARCHES = (
    _needed("on_text", "检索日期", "2026年3月16日"),
    _needed("units", "检索的科室或单位", "办公室、自然资源和规划局利用股"),
    _needed("systems", "检索的系统或档案", "公文处理系统和2019年以来的纸质文书档案"),
    _needed("period", "检索的起止时段", "2019年1月1日至2026年3月16日"),
    _needed("words", "检索用词", "“龙台镇”“听证”“征地”"),
    _needed("result", "检索结果", "没有制作或者获取该信息的记录"),
)
ITEM_COLUMNS = (
    _needed("kind", "答复所用文书的代码", "reply_disclosed"),
    _needed("ordinal_text", "项次", "第一项"),
    _needed("quote", "该项申请内容（按原文）", "2025年龙台镇征地补偿安置方案"),
    _needed("basis", "依据的条款", "《条例》第三十六条第二项"),
    _needed("words", "条款原文", examples.WORDS_36_2),
    Field("reason", "理由", "该信息不是本机关制作，也不是本机关获取并保存的"),
    Field("where_to_find", "获取已公开信息的方式、途径", "安岳县人民政府网站“政府信息公开”专栏“规划信息”栏目"),
    Field("way", "提供的方式（名称、形式、页数）", "征地补偿安置方案纸质复印件一份，共12页（附件1）"),
    Field("form_reason", "未按申请人要求的形式提供的理由", "原件为大幅面图件，不便制作电子文档"),
    Field("withheld", "不予公开的各部分内容", ({},), columns=_WITHHELD),
    Field("law_named", "禁止公开的法律、行政法规及条款", "《中华人民共和国统计法》第二十八条"),
    Field("danger_named", "可能危及的安全或者稳定及判断依据", "该信息载明供水管网的控制节点，公开后可能危及公共安全"),
    Field("discretion_reason", "决定不予公开的裁量理由", "该信息公开后将影响后续决策的讨论"),
    Field("third_party_opinion", "征求第三方意见的情况", "本机关已书面征求第三方的意见，第三方不同意公开"),
    Field("searches", "检索情况", ({},), columns=_SEARCHES),
    Field("competent_organ", "负责公开的行政机关的名称、联系方式", "安岳县自然资源和规划局（电话：028-24531111）"),
    Field("governing_rule", "另有规定的，所适用的规定和获取途径", "村务信息可以依照《中华人民共和国村民委员会组织法》向村民委员会查询"),
    Field("earlier_number", "此前答复的文号", "安府办公开〔2025〕31号"),
    Field("earlier_on_text", "此前答复的日期", "2025年11月18日"),
)
_REPLY = (
    *_OFFICE,
    _NUMBER,
    *_TO,
    *_REQUEST,
    *_COURSE,
    Field("facts", "办理经过（每段一条）", ("期间，本机关书面征求了第三方的意见。",)),
    _needed("items", "各项申请内容的答复", ({},), *ITEM_COLUMNS),
    Field("enclosures", "附件名称", ("2025年龙台镇征地补偿安置方案（12页）",)),
    _needed("remedies", "救济告知", (examples.REMEDY_A,)),
)
_OPINION_TERM = _needed("answer_within_text", "提出意见的期限", "15个工作日")

_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "receipt": (
        *_OFFICE,
        *_TO,
        *_REQUEST,
        _needed("materials", "收到的材料", ("政府信息公开申请表", "身份证明")),
        _needed("content_hash", "申请内容的校验值（SHA-256）", examples.HASH),
        Field("due_text", "答复期限届满之日", "2026年3月30日"),
        _QUERY,
        Field("query_hint", "查询说明（不含查询码）", "请凭登记编号和提交申请时取得的查询码查询办理进度"),
    ),
    "correction_notice": (
        *_OFFICE,
        _NUMBER,
        *_TO,
        *_REQUEST,
        _needed("points", "需要补正的事项", ("请写明所需征地补偿安置方案对应的村组。",)),
        Field("guidance", "指导和释明", "写明征地批次、批准文号或者所在村组，可以帮助本机关准确检索"),
        _needed("answer_within_text", "补正期限（自收到之日起）", "10个工作日"),
        Field("answer_by_text", "补正期限届满之日（已确定收到日期的）", ""),
        _QUERY,
    ),
    "extension_notice": (
        *_OFFICE,
        _NUMBER,
        *_TO,
        *_REQUEST,
        *_COURSE[:3],
        _needed("extension_reason", "延长答复期限的理由", "所申请信息涉及多个科室保存的纸质档案，需要逐件核对"),
        _needed("extension_days", "延长的工作日数", "10"),
        Field("due_text", "原答复期限届满之日", "2026年4月15日"),
        _needed("new_due_text", "延长后的答复期限届满之日", "2026年4月29日"),
    ),
    "third_party_inquiry": (
        *_OFFICE,
        _NUMBER,
        *_TO,
        _REQUEST_NUMBER,
        _needed("party_kind", "征求意见的对象（third_party、co_producer、organ）", "third_party"),
        _needed("party_name", "征求意见对象的名称", "四川某建设工程有限公司"),
        _needed("information", "涉及的政府信息", "龙台镇场镇道路改造工程施工合同"),
        _needed("inquiry_reason", "征求意见的理由", "该信息载有贵单位的报价明细，公开可能涉及商业秘密"),
        _OPINION_TERM,
    ),
    "inquiry_notice": (
        *_OFFICE,
        _NUMBER,
        *_TO,
        *_REQUEST,
        _needed("party_kind", "征求意见的对象（third_party、co_producer、organ）", "third_party"),
        Field("asked_on_text", "发出征求意见书的日期", "2026年3月10日"),
        _OPINION_TERM,
    ),
    "disclosure_notice": (
        *_OFFICE,
        _NUMBER,
        *_TO,
        Field("asked_on_text", "发出征求意见书的日期", "2026年3月10日"),
        Field("opinion_text", "对方意见（一句话）", "您于2026年3月25日提出意见，不同意公开"),
        _needed("decided_text", "决定公开的政府信息内容", "龙台镇场镇道路改造工程施工合同（隐去银行账号）"),
        _needed("disclose_reason", "决定公开的理由", "工程使用财政资金，合同价款和工期涉及公共利益"),
        Field("disclose_on_text", "拟提供该信息的日期", "2026年4月8日"),
        _needed("remedies", "救济告知", (examples.REMEDY_DECISION,)),
    ),
    **dict.fromkeys(
        (
            "reply_public",
            "reply_disclosed",
            "reply_partial",
            "reply_refused",
            "reply_not_existing",
            "reply_not_ours",
            "reply_not_information",
            "reply_repeated",
        ),
        _REPLY,
    ),
    "archive_index": (
        _needed("organ_name", "立卷机关", examples.ORGAN),
        _needed("request_number", "登记编号", "511921-2026-0008"),
        _needed("applicant_name", "申请人", "张三"),
        _needed("request_quote", "申请内容（按申请原文）", examples.REQUEST),
        _needed("received_on_text", "收到申请的日期", "2026年3月2日"),
        _needed("date_text", "立卷日期", "2026年5月6日"),
        Field("replied_on_text", "答复日期", "2026年4月28日"),
        Field("retention", "保管期限", "30年"),
        Field("archivist_name", "立卷人", "王五"),
        _needed(
            "documents",
            "卷内材料",
            ({},),
            _needed("title", "材料", "政府信息公开申请表"),
            Field("on_text", "日期", "2026年3月2日"),
            Field("pages_text", "页数或者份数", "2页"),
            _needed("sha256", "SHA-256 校验值", examples.HASH),
        ),
    ),
}
