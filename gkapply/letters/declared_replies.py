"""The fields of the replies: what is answered stands in rows, a row for each item."""

from collections.abc import Mapping

from gkapply.letters import examples
from gkapply.letters import examples_ungiven as ungiven
from gkapply.letters.examples import Row
from gkapply.letters.field import CORRECTED, NUMBER, OFFICE, REQUEST, TO, Field, needed

WITHHELD = (
    needed("kind", "该部分不提供的文书代码（reply_refused、reply_not_information）", ""),
    needed("content", "不予公开的内容", ""),
    needed("reason", "理由", ""),
    needed("basis", "依据的条款", ""),
    needed("words", "条款原文", ""),
)
SEARCHES = (
    needed("on_text", "检索日期", ""),
    needed("units", "检索的科室或者单位", ""),
    needed("systems", "检索的系统或者档案", ""),
    needed("period", "检索的起止时段", ""),
    needed("words", "检索用词", ""),
    needed("result", "检索结果", ""),
)
ITEM = (
    needed("kind", "该项答复的文书代码", ""),
    needed("ordinal_text", "项次", ""),
    needed("quote", "该项申请内容（按原文）", ""),
    needed("basis", "依据的条款", ""),
    needed("words", "条款原文", ""),
    Field("reason", "理由", ""),
    Field("where_to_find", "获取已公开信息的方式、途径", ""),
    Field("way", "所提供的信息（名称、形式、页数）", ""),
    Field("form_reason", "未按申请人要求的形式提供的理由", ""),
    Field("withheld", "不予公开的各部分内容", (), columns=WITHHELD),
    Field("law_named", "禁止公开的法律、行政法规及条款", ""),
    Field("danger_named", "可能危及的安全或者稳定及判断依据", ""),
    Field("discretion_reason", "决定不予公开的裁量理由", ""),
    Field("third_party_opinion", "征求第三方意见的情况", ""),
    Field("searches", "检索情况", (), columns=SEARCHES),
    Field("competent_organ", "负责公开的行政机关的名称、联系方式", ""),
    Field("governing_rule", "另有规定的，所适用的规定和获取途径", ""),
    Field("earlier_number", "此前答复的文号", ""),
    Field("earlier_on_text", "此前答复的日期", ""),
    Field("earlier_delivery", "此前提供该信息的情况", ""),
    Field("content_code", "不属于政府信息的内容种类（代码）", ""),
    Field("content_words", "不属于政府信息的内容种类", ""),
    Field("special_law", "有特别规定的法律、行政法规及条款", ""),
    Field("query_place", "查询的地点和方式", ""),
    Field("unclear_points", "补正后仍不明确之处", ""),
    Field("channel", "信访、投诉、举报的相应渠道", ""),
    Field("publication_place", "获取公开出版物的途径", ""),
    Field("counts", "申请的件数和频次", ""),
    Field("counted_period", "统计的起止时段", ""),
    Field("head_judgment", "认为申请理由不合理的判断", ""),
    Field("archive_name", "国家档案馆的名称、联系方式", ""),
    Field("enquiry_answer", "咨询的答复内容或者渠道", ""),
    Field("record_check", "更正申请的核实情况", ""),
    Field("corrected_content", "更正前后的记录内容", ""),
    Field("forwarded_to", "有权更正的行政机关的名称、联系方式", ""),
    Field("forwarded_how", "转送或者告知（完整的句子）", ""),
)
REMEDIES = "remedies", "救济告知"


def _reply(
    *items: Row,
    enclosures: tuple[str, ...] = (),
    remedies: tuple[str, ...] = (examples.REMEDY,),
    remedies_needed: bool = True,
    numbered: bool = True,
) -> tuple[Field, ...]:
    """The fields of a reply, the same for each kind: what is answered differs from item to item.

    A letter that may hold nothing but what has no remedy (an enquiry, sector rules) may come without 救济告知.
    """
    return (
        *OFFICE,
        *((NUMBER,) if numbered else ()),
        *TO,
        *REQUEST[:-1],
        needed("request_quote", "申请内容（按申请原文）", "；".join(str(item["quote"]) for item in items)),
        *CORRECTED,
        Field("extended_text", "告知延期答复的日期", ""),
        Field("facts", "办理经过（每段一条，完整的句子）", ()),
        needed("items", "各项申请内容的答复", items, *ITEM),
        Field("enclosures", "附件名称", enclosures),
        Field(*REMEDIES, remedies, required=remedies_needed),
    )


REPLIES: Mapping[str, tuple[Field, ...]] = {
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
    "reply_not_information": _reply(examples.NOT_INFORMATION, remedies_needed=False),
    "reply_repeated": _reply(examples.REPEATED),
    "reply_special_rule": _reply(ungiven.SPECIAL_RULE),
    "reply_no_processing": _reply(ungiven.NO_PROCESSING),
    "reply_still_unclear": _reply(ungiven.STILL_UNCLEAR),
    "reply_petition": _reply(ungiven.PETITION),
    "reply_publication": _reply(ungiven.PUBLICATION),
    "reply_excessive": _reply(ungiven.EXCESSIVE),
    "reply_already_obtained": _reply(ungiven.ALREADY_OBTAINED),
    "reply_archives": _reply(ungiven.ARCHIVES),
    "reply_enquiry": _reply(ungiven.ENQUIRY, remedies=(), remedies_needed=False),
    "on_the_spot_record": _reply(examples.PUBLIC, numbered=False),
    "record_corrected": _reply(ungiven.RECORD_CORRECTED),
    "record_not_corrected": _reply(ungiven.RECORD_NOT_CORRECTED),
    "record_forwarded": _reply(ungiven.RECORD_FORWARDED),
    "reply_combined": (
        *OFFICE,
        NUMBER,
        *TO,
        needed(
            "requests",
            "一并答复的各件申请",
            ungiven.COMBINED,
            *REQUEST,
            *CORRECTED,
            Field("extended_text", "告知延期答复的日期", ""),
            Field("facts", "办理经过（每段一条，完整的句子）", ()),
            needed("answers", "该件各项申请内容的答复", (), *ITEM),
        ),
        Field("enclosures", "附件名称", ("2025年龙台镇征地补偿安置方案（12页）",)),
        Field(*REMEDIES, (examples.REMEDY,)),
    ),
}
"""The fields of every kind of reply."""
