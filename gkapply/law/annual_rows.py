"""Rows and columns of table 三 of the annual report (国办公开办函〔2021〕30号), labels literal."""

from dataclasses import dataclass

FORMAT = "30号-2021"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of table 三: a kind of applicant (申请人类型)."""

    code: str
    label: str


NATURAL_PERSON = "natural_person"
COLUMNS: tuple[Column, ...] = (
    Column(NATURAL_PERSON, "自然人"),
    Column("enterprise", "商业企业"),
    Column("research", "科研机构"),
    Column("welfare", "社会公益组织"),
    Column("legal_service", "法律服务机构"),
    Column("other", "其他"),
)
"""The kinds of applicant, asked at entry; all but the first are 「法人或其他组织」. The seventh column is their sum."""
TOTAL_LABEL = "总计"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table 三; ``group`` is the head it stands under."""

    code: str
    label: str
    group: str | None = None


NEW, CARRIED_IN, TOTAL, CARRIED_OUT = "1", "2", "3.7", "4"
DISCLOSED, PARTIAL = "3.1", "3.2"
NOT_CORRECTED, NOT_PAID, OTHER = "3.6.1", "3.6.2", "3.6.3"
"""How a request ends without a reply."""

RESULT_GROUP = "三、本年度办理结果"
_REFUSED = "（三）不予公开"
_UNABLE = "（四）无法提供"
_UNTREATED = "（五）不予处理"
_OTHER = "（六）其他处理"

RESULT_ROWS: tuple[Row, ...] = (
    Row(DISCLOSED, "（一）予以公开", RESULT_GROUP),
    Row(PARTIAL, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", RESULT_GROUP),
    Row("3.3.1", "1.属于国家秘密", _REFUSED),
    Row("3.3.2", "2.其他法律行政法规禁止公开", _REFUSED),
    Row("3.3.3", "3.危及“三安全一稳定”", _REFUSED),
    Row("3.3.4", "4.保护第三方合法权益", _REFUSED),
    Row("3.3.5", "5.属于三类内部事务信息", _REFUSED),
    Row("3.3.6", "6.属于四类过程性信息", _REFUSED),
    Row("3.3.7", "7.属于行政执法案卷", _REFUSED),
    Row("3.3.8", "8.属于行政查询事项", _REFUSED),
    Row("3.4.1", "1.本机关不掌握相关政府信息", _UNABLE),
    Row("3.4.2", "2.没有现成信息需要另行制作", _UNABLE),
    Row("3.4.3", "3.补正后申请内容仍不明确", _UNABLE),
    Row("3.5.1", "1.信访举报投诉类申请", _UNTREATED),
    Row("3.5.2", "2.重复申请", _UNTREATED),
    Row("3.5.3", "3.要求提供公开出版物", _UNTREATED),
    Row("3.5.4", "4.无正当理由大量反复申请", _UNTREATED),
    Row("3.5.5", "5.要求行政机关确认或重新出具已获取信息", _UNTREATED),
    Row(NOT_CORRECTED, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", _OTHER),
    Row(NOT_PAID, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", _OTHER),
    Row(OTHER, "3.其他", _OTHER),
)
"""What a request may come to; every answered or otherwise closed case stands in exactly one of these rows."""

ROWS: tuple[Row, ...] = (
    Row(NEW, "一、本年新收政府信息公开申请数量"),
    Row(CARRIED_IN, "二、上年结转政府信息公开申请数量"),
    *RESULT_ROWS,
    Row(TOTAL, "（七）总计", RESULT_GROUP),
    Row(CARRIED_OUT, "四、结转下年度继续办理"),
)
_RESULTS = {row.code: row for row in RESULT_ROWS}
_WEIGHT = {row.code: weight for weight, row in enumerate(RESULT_ROWS)}


def result_row(code: str) -> Row:
    """The result row by its code. Raises ValueError for a code that no case may count in."""
    try:
        return _RESULTS[code]
    except KeyError:
        raise ValueError(f"no result row {code!r} in table 3") from None


def weight(code: str) -> int:
    """The place of a result row in the table: of several results the one with the least weight number leads."""
    return _WEIGHT[result_row(code).code]
