"""The internal sheets as shipped: a title, a line of who and when, one table, what is signed below."""

from scripts.template_grid import CODE, LABEL, row
from scripts.template_paragraphs import SHEET_LINE, SHEET_NOTE, TABLE, TABLE_TITLE, Entry
from scripts.template_sheet_rows import (
    DATES,
    DAY_BY_HAND,
    LABEL_UNITS,
    OPINIONS,
    QUOTE,
    WIDE_UNITS,
    each_of,
    field,
    line,
    listed,
    sheet,
    spanned,
)
from scripts.template_supervision import SUPERVISION_SHEETS, SUPERVISION_TABLES


def _entries(name: str, title: str, *notes: str, number: bool = True) -> tuple[Entry, ...]:
    """Title, organ and number, the table of that name, notes below it, the day."""
    return (
        (TABLE_TITLE, title),
        (SHEET_LINE, "{{ organ_name }}" + ("\t登记编号：{{ request_number }}" if number else "\t{{ date_text }}")),
        (TABLE, name),
        *((SHEET_NOTE, note) for note in notes),
        *(((SHEET_NOTE, "制作日期：{{ date_text }}"),) if number else ()),
    )


SHEET_TABLES: dict[str, str] = {
    "delivery_record": sheet(
        line(field("受送达人", "addressee"), field("联系电话", "phone")),
        line(field("送达地点", "address"), field("送达方式", "way")),
        listed("one", "documents", (12, "送达的文书", "title"), (5, "文号", "number"), (3, "份数", "copies_text")),
        line(field("收件人\n签名", "received_by"), field("与受送达\n人的关系", "relation"), height=1000),
        line(
            (
                "收到日期",
                (f"{{% if delivered_on_text %}}{{{{ delivered_on_text }}}}{{% else %}}{DAY_BY_HAND}{{% endif %}}",),
            ),
            height=800,
        ),
        line(field("拒收、留\n置等情况", "refusal"), height=1400),
        line(field("见证人", "witness_name"), field("送达人", "server_name"), height=800),
        line(field("备注", "remark"), height=800),
    ),
    "secrecy_sheet": sheet(
        line(field("承办科室", "unit")),
        QUOTE,
        listed(
            "one",
            "documents",
            (7, "信息名称", "title"),
            (4, "制作机关", "maker"),
            (4, "密级、工作\n秘密标志", "mark"),
            (5, "审查结论", "result"),
        ),
        OPINIONS,
    ),
    "approval_sheet": sheet(
        line(field("呈批文书", "letter_title")),
        line(field("文号", "letter_number"), field("审签稿", "round_text")),
        line(field("申请人", "applicant_name"), field("承办人", "author_name")),
        DATES,
        QUOTE,
        line(field("拟办意见", "draft_text"), height=900),
        line(field("依据", "basis")),
        line(each_of("附件", "enclosure", "enclosures")),
        OPINIONS,
        row(
            spanned(LABEL_UNITS, LABEL, "校验值\n和网址")
            + spanned(WIDE_UNITS, CODE, "{{ draft_hash }}", "{{ check_code }}")
        ),
    ),
    "consultation_minutes": sheet(
        line(field("编号", "minutes_number")),
        line(field("会商事项", "topic")),
        line(field("时间", "held_on_text"), field("地点", "place")),
        line(field("主持人", "host_name"), field("记录人", "recorder_name")),
        line(each_of("参加人员", "attendee", "attendees")),
        QUOTE,
        listed("view", "views", (6, "单位", "unit"), (14, "意见", "text")),
        line(field("会商结论", "conclusion"), height=1600),
        line(field("不同意见", "dissent"), height=800),
        line(("参会人员\n签名", ("",)), height=1600),
    ),
    "evidence_index": sheet(
        line(field("案号", "dispute_number")),
        line(field("提交机关", "authority_name"), field("申请人\n（原告）", "applicant_name")),
        listed(
            "piece",
            "documents",
            (8, "证据名称", "title"),
            (9, "证明内容", "proves"),
            (3, "页码", "pages_text"),
        ),
    ),
    "referral_slip": sheet(
        line(field("承办单位", "to_unit"), field("申请人", "applicant_name")),
        DATES,
        QUOTE,
        line(field("转办事项\n和要求", "matter"), height=2000),
        line(field("办结时限", "answer_by_text"), field("转办人", "referred_by")),
        line(("承办单位\n签收", ("", f"签名：　　　　　　{DAY_BY_HAND}")), height=1200),
        line(("办理结果", ("",)), height=3000),
    ),
    "urging_slip": sheet(
        line(field("承办单位", "to_unit"), field("催办次数", "times_text")),
        line(field("应当办结\n日期", "due_text"), field("剩余、逾期", "left_text")),
        QUOTE,
        line(field("催办事项\n和要求", "matter"), height=2000),
        line(field("催办人", "urged_by")),
        line(("承办单位\n办理情况", ("",)), height=3000),
    ),
    "telephone_note": sheet(
        line(field("通话时间", "called_on_text"), field("来电、去电", "direction")),
        line(field("对方", "other_name"), field("对方电话", "phone")),
        line(field("通话内容", "content"), height=4000),
        line(field("处理情况", "outcome"), height=2000),
        line(field("记录人", "recorder_name")),
    ),
    "seal_register": sheet(
        listed(
            "use",
            "uses",
            (3, "用印日期", "on_text"),
            (6, "文书名称、文号", "title"),
            (2, "份数", "copies_text"),
            (2, "申请人", "applied_by"),
            (2, "批准人", "approved_by"),
            (2, "用印人", "sealed_by"),
            (3, "备注", "remark"),
            heading=True,
        ),
    ),
    "arrival_slip": sheet(
        line(field("收文日期", "arrived_on_text"), field("来件方式", "channel")),
        line(field("申请人", "applicant_name"), field("邮件号码", "carrier_number")),
        QUOTE,
        line(each_of("收到的材料", "material", "materials")),
        line(field("答复到期日", "due_text"), field("登记人", "registrar_name")),
        line(field("拟办意见", "proposal"), height=2000),
        OPINIONS,
        line(("办理结果", ("",)), height=1500),
    ),
    "handover_list": sheet(
        listed(
            "one",
            "requests",
            (5, "登记编号", "number"),
            (5, "申请内容", "quote"),
            (2, "办理\n情况", "state_text"),
            (5, "到期日", "due_text"),
            (3, "材料", "papers_text"),
            heading=True,
        ),
    ),
    "archive_head": sheet(
        line(field("登记编号", "request_number"), field("申请人", "applicant_name")),
        QUOTE,
        line(field("收到申请\n日期", "received_on_text"), field("答复日期", "replied_on_text")),
        line(field("保管期限", "retention")),
    ),
    "archive_list": sheet(
        listed(
            "paper",
            "documents",
            (7, "材料", "title"),
            (5, "日期", "on_text"),
            (2, "页/份", "pages_text"),
            (6, "SHA-256", "sha256"),
            heading=True,
        ),
    ),
    **SUPERVISION_TABLES,
}

SHEETS: dict[str, tuple[Entry, ...]] = {
    "delivery_record": _entries("delivery_record", "送达回证"),
    "secrecy_sheet": _entries(
        "secrecy_sheet",
        "政府信息公开保密审查表",
        "依照《中华人民共和国政府信息公开条例》第十七条，先审查、后公开，逐件审查。",
    ),
    "approval_sheet": _entries("approval_sheet", "政府信息公开答复审查呈批单"),
    "consultation_minutes": _entries("consultation_minutes", "会商纪要"),
    "evidence_index": _entries("evidence_index", "证据目录", "证据共{{ documents|length }}件。"),
    "referral_slip": _entries("referral_slip", "转办（交办）单"),
    "urging_slip": _entries("urging_slip", "催办（督办）单"),
    "telephone_note": _entries("telephone_note", "电话记录单"),
    "seal_register": (
        *_entries("seal_register", "用印审批登记", number=False)[:2],
        (SHEET_NOTE, "印章：{{ seal_name }}{% if period_text %}　　登记时段：{{ period_text }}{% endif %}"),
        (TABLE, "seal_register"),
    ),
    "arrival_slip": _entries("arrival_slip", "收文登记（拟办）单"),
    "handover_list": (
        *_entries("handover_list", "移交清册", number=False),
        (SHEET_NOTE, "移交原因：{{ reason }}。共移交申请{{ requests|length }}件。"),
        (
            SHEET_NOTE,
            "移交人：{{ from_name }}　　　　接收人：{{ to_name }}　　　　"
            "监交人：{% if witness_name %}{{ witness_name }}{% endif %}",
        ),
    ),
    "archive_index": (
        (TABLE_TITLE, "卷内目录"),
        (TABLE, "archive_head"),
        (SHEET_NOTE, ""),
        (TABLE, "archive_list"),
        (SHEET_NOTE, "卷内材料共{{ documents|length }}件。立卷机关：{{ organ_name }}"),
        (
            SHEET_NOTE,
            "立卷日期：{{ date_text }}{% if archivist_name %}　　立卷人：{{ archivist_name }}{% endif %}",
        ),
    ),
    **SUPERVISION_SHEETS,
}
"""The wording of every sheet of ``gkapply.law.forms``."""
