"""The internal sheets as shipped: a title, a line of who and when, one table, what is signed below."""

from collections.abc import Sequence

from scripts.template_grid import CODE, LABEL, LIST_LABEL, LIST_NUMBER, LIST_TEXT, SIGN, TEXT, cell, row, table
from scripts.template_paragraphs import SHEET_LINE, SHEET_NOTE, TABLE, TABLE_TITLE, Entry

UNIT, UNITS = 402, 22
"""The text area in columns of 402 twentieths of a point: every cell spans some of them."""
LABEL_UNITS, HALF_UNITS = 4, 7
WIDE_UNITS = UNITS - LABEL_UNITS
DAY_BY_HAND = "　　　年　　月　　日"

Line = tuple[str, Sequence[str]]
"""Label and paragraphs of one value."""
Column = tuple[int, str, str]
"""Units, heading and text of one column of a list."""


def _cell(units: int, style: str, *texts: str) -> str:
    return cell(units * UNIT, [(style, texts)], units)


def _tag(tag: str) -> str:
    """A row that only carries a tag, and is gone in the sheet."""
    return row(_cell(UNITS, TEXT, tag))


def _line(*values: Line, height: int = 0) -> str:
    """One labelled value over the whole width, or two side by side."""
    wide = WIDE_UNITS if len(values) == 1 else HALF_UNITS
    return row(
        "".join(_cell(LABEL_UNITS, LABEL, label) + _cell(wide, TEXT, *texts) for label, texts in values), height=height
    )


def _field(label: str, name: str) -> Line:
    return label, (f"{{{{ {name} }}}}",)


def _each(label: str, one: str, source: str) -> Line:
    """A labelled list of texts, numbered where there are several."""
    number = f"{{% if {source}|length > 1 %}}{{{{ loop.index }}}}. {{% endif %}}"
    return label, (f"{{%p for {one} in {source} %}}", f"{number}{{{{ {one} }}}}", "{%p endfor %}")


def _list(one: str, source: str, *columns: Column, heading: bool = False) -> tuple[str, ...]:
    """A row for each of ``source`` under a row of headings, which recurs on every page when it is the table's first."""
    number = (2, "序号", "")
    heads = "".join(_cell(units, LIST_LABEL, label) for units, label, _ in (number, *columns))
    cells = "".join(
        _cell(units, CODE if name == "sha256" else LIST_TEXT, f"{{{{ {one}.{name} }}}}") for units, _, name in columns
    )
    return (
        row(heads, heading=heading),
        _tag(f"{{%tr for {one} in {source} %}}"),
        row(_cell(number[0], LIST_NUMBER, "{{ loop.index }}") + cells),
        _tag("{%tr endfor %}"),
    )


OPINIONS = (
    _tag("{%tr for opinion in opinions %}"),
    row(
        _cell(LABEL_UNITS, LABEL, "{{ opinion.role }}意见")
        + cell(
            WIDE_UNITS * UNIT,
            [
                (TEXT, ("{{ opinion.text }}",)),
                (
                    SIGN,
                    (
                        "签名：{{ opinion.name }}　　　　"
                        f"{{% if opinion.on_text %}}{{{{ opinion.on_text }}}}{{% else %}}{DAY_BY_HAND}{{% endif %}}",
                    ),
                ),
            ],
            WIDE_UNITS,
        ),
        height=1200,
    ),
    _tag("{%tr endfor %}"),
)
"""The signatures in their order; what is blank is written by hand."""
QUOTE = _line(_field("申请内容", "request_quote"))
DATES = _line(_field("收到日期", "received_on_text"), _field("答复到期日", "due_text"))


def _sheet(*rows: str | Sequence[str]) -> str:
    """The table of one sheet."""
    whole: list[str] = []
    for one in rows:
        whole.extend([one] if isinstance(one, str) else one)
    return table((UNIT,) * UNITS, whole)


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
    "delivery_record": _sheet(
        _line(_field("受送达人", "addressee"), _field("联系电话", "phone")),
        _line(_field("送达地点", "address"), _field("送达方式", "way")),
        _list("one", "documents", (12, "送达的文书", "title"), (5, "文号", "number"), (3, "份数", "copies_text")),
        _line(_field("收件人\n签名", "received_by"), _field("与受送达\n人的关系", "relation"), height=1000),
        _line(
            (
                "收到日期",
                (f"{{% if delivered_on_text %}}{{{{ delivered_on_text }}}}{{% else %}}{DAY_BY_HAND}{{% endif %}}",),
            ),
            height=800,
        ),
        _line(_field("拒收、留\n置等情况", "refusal"), height=1400),
        _line(_field("见证人", "witness_name"), _field("送达人", "server_name"), height=800),
        _line(_field("备注", "remark"), height=800),
    ),
    "secrecy_sheet": _sheet(
        _line(_field("承办科室", "unit")),
        QUOTE,
        _list(
            "one",
            "documents",
            (7, "信息名称", "title"),
            (4, "制作机关", "maker"),
            (4, "密级、工作\n秘密标志", "mark"),
            (5, "审查结论", "result"),
        ),
        OPINIONS,
    ),
    "approval_sheet": _sheet(
        _line(_field("呈批文书", "letter_title")),
        _line(_field("文号", "letter_number"), _field("审签稿", "round_text")),
        _line(_field("申请人", "applicant_name"), _field("承办人", "author_name")),
        DATES,
        QUOTE,
        _line(_field("拟办意见", "draft_text"), height=1200),
        _line(_field("依据", "basis")),
        _line(_each("附件", "enclosure", "enclosures")),
        OPINIONS,
        row(_cell(LABEL_UNITS, LABEL, "审签稿\n校验值") + _cell(WIDE_UNITS, CODE, "{{ draft_hash }}")),
    ),
    "consultation_minutes": _sheet(
        _line(_field("会商事项", "topic")),
        _line(_field("时间", "held_on_text"), _field("地点", "place")),
        _line(_field("主持人", "host_name"), _field("记录人", "recorder_name")),
        _line(_each("参加人员", "attendee", "attendees")),
        QUOTE,
        _list("view", "views", (6, "单位", "unit"), (14, "意见", "text")),
        _line(_field("会商结论", "conclusion"), height=1600),
        _line(("参会人员\n签名", ("",)), height=1600),
    ),
    "evidence_index": _sheet(
        _line(_field("案号", "dispute_number")),
        _line(_field("提交机关", "authority_name"), _field("申请人\n（原告）", "applicant_name")),
        _list(
            "piece",
            "documents",
            (8, "证据名称", "title"),
            (9, "证明内容", "proves"),
            (3, "页码", "pages_text"),
        ),
    ),
    "referral_slip": _sheet(
        _line(_field("承办单位", "to_unit"), _field("申请人", "applicant_name")),
        DATES,
        QUOTE,
        _line(_field("转办事项\n和要求", "matter"), height=2000),
        _line(_field("办结时限", "answer_by_text"), _field("转办人", "referred_by")),
        _line(("承办单位\n签收", ("", f"签名：　　　　　　{DAY_BY_HAND}")), height=1200),
        _line(("办理结果", ("",)), height=3000),
    ),
    "urging_slip": _sheet(
        _line(_field("承办单位", "to_unit"), _field("催办次数", "times_text")),
        _line(_field("应当办结\n日期", "due_text"), _field("剩余、逾期", "left_text")),
        QUOTE,
        _line(_field("催办事项\n和要求", "matter"), height=2000),
        _line(_field("催办人", "urged_by")),
        _line(("承办单位\n办理情况", ("",)), height=3000),
    ),
    "telephone_note": _sheet(
        _line(_field("通话时间", "called_on_text"), _field("来电、去电", "direction")),
        _line(_field("对方", "other_name"), _field("对方电话", "phone")),
        _line(_field("通话内容", "content"), height=4000),
        _line(_field("处理情况", "outcome"), height=2000),
        _line(_field("记录人", "recorder_name")),
    ),
    "seal_register": _sheet(
        _list(
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
    "arrival_slip": _sheet(
        _line(_field("收文日期", "arrived_on_text"), _field("来件方式", "channel")),
        _line(_field("申请人", "applicant_name"), _field("邮件号码", "carrier_number")),
        QUOTE,
        _line(_each("收到的材料", "material", "materials")),
        _line(_field("答复到期日", "due_text"), _field("登记人", "registrar_name")),
        _line(_field("拟办意见", "proposal"), height=2000),
        OPINIONS,
        _line(("办理结果", ("",)), height=1500),
    ),
    "handover_list": _sheet(
        _list(
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
    "archive_head": _sheet(
        _line(_field("登记编号", "request_number"), _field("申请人", "applicant_name")),
        QUOTE,
        _line(_field("收到申请\n日期", "received_on_text"), _field("答复日期", "replied_on_text")),
        _line(_field("保管期限", "retention")),
    ),
    "archive_list": _sheet(
        _list(
            "paper",
            "documents",
            (7, "材料", "title"),
            (5, "日期", "on_text"),
            (2, "页/份", "pages_text"),
            (6, "SHA-256", "sha256"),
            heading=True,
        ),
    ),
}

SHEETS: dict[str, tuple[Entry, ...]] = {
    "delivery_record": _entries("delivery_record", "送达回证"),
    "secrecy_sheet": _entries(
        "secrecy_sheet",
        "政府信息公开保密审查表",
        "依照《中华人民共和国政府信息公开条例》第十七条，先审查、后公开，逐件审查。",
    ),
    "approval_sheet": (
        *_entries("approval_sheet", "政府信息公开答复审查呈批单"),
        (SHEET_NOTE, "{% if check_code %}二维码：{{ check_code }}{% endif %}"),
    ),
    "consultation_minutes": _entries("consultation_minutes", "会商纪要"),
    "evidence_index": _entries("evidence_index", "证据目录", "证据共{{ documents|length }}件。"),
    "referral_slip": _entries("referral_slip", "转办（交办）单"),
    "urging_slip": _entries("urging_slip", "催办（督办）单"),
    "telephone_note": _entries("telephone_note", "电话记录单"),
    "seal_register": (
        *_entries("seal_register", "用印审批登记", number=False),
        (SHEET_NOTE, "印章：{{ seal_name }}{% if period_text %}　　登记时段：{{ period_text }}{% endif %}"),
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
}
"""The wording of every sheet of ``gkapply.law.forms``."""
