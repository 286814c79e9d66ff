"""A field of a letter, and the fields that many letters share."""

from dataclasses import dataclass

from gkapply.letters import examples


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


def needed(name: str, label: str, example: object, *columns: Field) -> Field:
    """A field that must have a value and be printed."""
    return Field(name, label, example, True, columns)


OFFICE = (
    needed("organ_name", "落款名义（机关全称）", examples.ORGAN),
    needed("date_text", "落款日期（签发之日）", "2026年3月30日"),
    Field("contact_name", "联系人或者联系科室", "政务公开股"),
    Field("contact_phone", "联系电话", "028-12345678"),
    Field("contact_address", "通讯地址", "四川省资阳市安岳县岳城街道政府街1号"),
)
NUMBER = needed("document_number", "文号", "安府办公开〔2026〕12号")
TO = (
    needed("addressee", "主送（收文人的姓名或者名称）", "张三"),
    needed("you", "对收文人的称谓（您、贵单位）", "您"),
)
TO_PARTY = (
    needed("addressee", "主送（收文人的姓名或者名称）", "四川某建设工程有限公司"),
    needed("you", "对收文人的称谓（您、贵单位）", "贵单位"),
)
REQUEST_NUMBER = needed("request_number", "登记编号", "511921-2026-0008")
REQUEST = (
    REQUEST_NUMBER,
    needed("received_on_text", "收到申请的日期", "2026年3月2日"),
    needed("received_how", "提交方式（接在称谓之后）", "通过互联网提交"),
    needed("request_quote", "申请内容（按申请原文）", examples.REQUEST),
)
REQUEST_KIND = needed("request_kind", "申请的种类（政府信息公开申请、政府信息更正申请）", "政府信息公开申请")
ANY_REQUEST = (
    *REQUEST,
    REQUEST_KIND,
    needed("request_wish", "申请的要求（申请公开、要求更正）", "申请公开"),
)
CORRECTION_ASKED = Field("correction_asked_text", "告知补正的日期", "2026年3月5日")
CORRECTION_RECEIVED = Field("correction_received_text", "收到补正的日期", "2026年3月12日")
CORRECTION_QUOTE = Field("correction_quote", "补正后的申请内容（按原文）", "")
CORRECTED = (CORRECTION_ASKED, CORRECTION_RECEIVED, CORRECTION_QUOTE)
QUERY = Field("query_address", "查询网址（不含查询码）", "https://ysq.example.gov.cn/track")
COPIES = Field("copies_to", "抄送机关", "安岳县司法局")
PARTY_KIND = needed("party_kind", "征求意见的对象（third_party、co_producer、organ）", "third_party")
OPINION_TERM = needed("answer_within_text", "提出意见的期限（自收到之日起）", "15个工作日")
ANSWER_ONLINE = Field(
    "answer_online",
    "网上提交意见的说明（完整的句子）",
    "也可以登录https://ysq.example.gov.cn/answer/3k9m，凭核验码7QWE2RTY和登记的联系电话的后四位在线提交意见，该链接只能使用一次。",
)
