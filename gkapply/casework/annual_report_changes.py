"""What changed after a report was frozen: cases of that year that count otherwise now, and cases whose carry-over differs.

A published figure is not rewritten: what changed is listed by case, stated in the next report, and a carry-over that differs from
what was published is explained case by case (国办公开办函〔2021〕30号: 上年结转等于上一年度的结转下年度).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.annual_report_cases import Change, Counted, changes, counted, read
from gkapply.casework.annual_report_content import MADE, carried_out, report_of
from gkapply.casework.annual_report_notes import explanations
from gkapply.casework.annual_report_records import AnnualReport, AnnualReportEdition
from gkapply.casework.records import Case
from gkapply.law.annual_differences import label_of
from gkapply.law.annual_rows import COLUMNS

_AT_ONCE = 500
"""Cases that one statement asks for."""
_HEADS = {column.code: column.label for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class LateCorrection:
    """A case of a frozen year that counts otherwise now: its reference, and in words how it counted and how it counts."""

    reference: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class CarriedDifference:
    """A case, or a column where no cases are known, by which 上年结转 differs from what was published.

    ``key`` is what an explanation of it is kept under, ``reason`` that explanation, empty while there is none.
    """

    key: str
    reference: str
    words: str
    reason: str


def last_made(kept: AnnualReport | None) -> AnnualReportEdition | None:
    """The last version that was made here, with its cases."""
    made = [one for one in (kept.editions if kept else ()) if one.source == MADE]
    return made[-1] if made else None


def late(session: Session, kept: AnnualReport | None) -> list[Change]:
    """Every case that counts otherwise than when the last version was frozen; none where no version was made here."""
    made = last_made(kept)
    if kept is None or made is None:
        return []
    return changes(read(made.cases), counted(session, kept.organ_id, kept.year))


def in_words(session: Session, found: Sequence[Change]) -> list[LateCorrection]:
    """The changes with the references of their cases, for those who may see the organ's figures."""
    cases = _cases(session, [one.case_id for one in found])
    return [LateCorrection(_reference(cases.get(one.case_id)), _place(one.was), _place(one.now)) for one in found]


def cells_in_words(found: Sequence[Change]) -> str:
    """By how much the rows differ together: 「新收…减少1件、（一）予以公开增加1件」."""
    rows: dict[str, int] = {}
    for one in found:
        for (row, _), by in one.cells.items():
            rows[row] = rows.get(row, 0) + by
    told = [f"“{label_of(row)}”{'增加' if by > 0 else '减少'}{abs(by)}件" for row, by in sorted(rows.items()) if by]
    return "、".join(told) or "申请人的类型"


def carried(session: Session, kept: AnnualReport | None, before: AnnualReport | None) -> list[CarriedDifference]:
    """Why 上年结转 of the report differs from the 结转下年度 that was published the year ``before``, piece by piece.

    Case by case where that version was made here; by column where it was taken from elsewhere. Empty while nothing differs.
    """
    if before is None or not before.editions:
        return []
    now = {key: one.column for key, one in counted(session, before.organ_id, before.year + 1).items() if not one.new}
    said = {code: note.text for code, note in explanations(kept).items()}
    if before.editions[-1].source == MADE:
        return _by_case(session, before.editions[-1], now, said)
    return _by_column(before.editions[-1], now, said)


def _by_case(
    session: Session, edition: AnnualReportEdition, now: Mapping[int, str], said: Mapping[str, str]
) -> list[CarriedDifference]:
    was = {key: one.column for key, one in read(edition.cases).items() if one.carried_out}
    different = [key for key in sorted(was.keys() | now.keys()) if was.get(key) != now.get(key)]
    cases = _cases(session, different)
    found = []
    for key in different:
        code = f"case:{key}:{was.get(key, '')}:{now.get(key, '')}"
        words = _carried_words(was.get(key), now.get(key), cases.get(key))
        found.append(CarriedDifference(code, _reference(cases.get(key)), words, said.get(code, "")))
    return found


def _by_column(
    edition: AnnualReportEdition, now: Mapping[int, str], said: Mapping[str, str]
) -> list[CarriedDifference]:
    published = carried_out(report_of(edition)) or {}
    found = []
    for column in COLUMNS:
        computed, told = sum(one == column.code for one in now.values()), published.get(column.code, 0)
        if computed != told:
            code = f"column:{column.code}:{told}:{computed}"
            words = f"{column.label}：上一年度公布结转{told}件，登记的上年结转{computed}件"
            found.append(CarriedDifference(code, "", words, said.get(code, "")))
    return found


def _carried_words(was: str | None, now: str | None, case: Case | None) -> str:
    ended = f"，现登记为{case.ended_on:%Y年%-m月%-d日}办结" if case and case.ended_on else ""
    if was is None:
        return f"上一年度公布时没有结转，现计入上年结转（{_HEADS[now or '']}）"
    if now is None:
        return f"上一年度公布时已结转（{_HEADS[was]}），现不计入上年结转{ended}"
    return f"上一年度按{_HEADS[was]}结转，现按{_HEADS[now]}计入"


def _place(one: Counted | None) -> str:
    if one is None:
        return "不计入"
    (came, column), (went, _) = one.cells
    return f"{_HEADS[column]}：{label_of(came)}；{label_of(went)}"


def _cases(session: Session, keys: Sequence[int]) -> dict[int, Case]:
    found: dict[int, Case] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = select(Case).where(Case.id.in_(keys[start : start + _AT_ONCE]))
        found.update({case.id: case for case in session.scalars(query)})
    return found


def _reference(case: Case | None) -> str:
    return case.reference if case else "已不存在的申请"
