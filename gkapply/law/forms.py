"""The internal sheets (内部表单): filled from the case like a letter, printed and kept, decided by hand or beside it.

No remedy is told against one, none gets a 文号, none moves a case.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    label: str
    basis: str


class FormKind(StrEnum):
    """One kind of sheet; the value is its code, and the name of its template.

    ``label`` is the title as printed, ``basis`` what it rests on. ``row`` is its number in the catalogue of letters
    (文书目录), empty for a sheet that the catalogue does not list.
    """

    row: str
    label: str
    basis: str

    # The star: to a type checker, looking a kind up by its code is this call with the code alone.
    def __new__(cls, code: str, *rows: _Row) -> "FormKind":
        (its,) = rows
        kind = str.__new__(cls, code)
        kind._value_ = code
        kind.row = its.number
        kind.label = its.label
        kind.basis = its.basis
        return kind

    DELIVERY_RECORD = "delivery_record", _Row("30", "送达回证", "国办公开办函〔2016〕235号")
    SECRECY_SHEET = "secrecy_sheet", _Row("31", "保密审查表", "条例第十七条、《保守国家秘密法》第三十五条")
    APPROVAL_SHEET = "approval_sheet", _Row("31", "审查呈批单", "条例第十七条、第四十五条")
    CONSULTATION_MINUTES = "consultation_minutes", _Row("32", "会商纪要", "条例第四十五条")
    EVIDENCE_INDEX = (
        "evidence_index",
        _Row("38", "证据目录", "《行政复议法》第四十八条、《行政诉讼法》第六十七条"),
    )
    REFERRAL_SLIP = "referral_slip", _Row("39", "转办（交办）单", "条例第四十五条")
    URGING_SLIP = "urging_slip", _Row("40", "催办（督办）单", "条例第四十五条")
    TELEPHONE_NOTE = "telephone_note", _Row("43", "电话记录单", "条例第四十五条")
    SEAL_REGISTER = "seal_register", _Row("44", "用印审批登记", "条例第四十五条")
    ARRIVAL_SLIP = "arrival_slip", _Row("45", "收文登记（拟办）单", "条例第三十一条、第四十五条")
    HANDOVER_LIST = "handover_list", _Row("46", "移交清册", "条例第四十五条")
    ARCHIVE_INDEX = "archive_index", _Row("", "卷内目录", "条例第四十五条")
    URGE_ORDER = "urge_order", _Row("", "督办通知单", "条例第四十七条")
    ASSESSMENT_BULLETIN = "assessment_bulletin", _Row("", "考核通报", "条例第四十六条")
