"""An annual report as register, text and table 二 say now, with every check on it and whether what fails is explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import annual_report_changes
from gkapply.casework import report as register
from gkapply.casework.annual_report_besides import besides_of
from gkapply.casework.annual_report_changes import CarriedDifference
from gkapply.casework.annual_report_content import key_of, report_of, table2_of
from gkapply.casework.annual_report_notes import explanations
from gkapply.casework.annual_report_records import AnnualReport
from gkapply.casework.people import Organ
from gkapply.law import annual_checks, annual_table2
from gkapply.law.annual_checks import Check, Weight
from gkapply.law.annual_sentences import gaps
from gkapply.law.annual_stated import Besides

CARRIED, GAPS = "carried", "gaps"
"""Codes of checks: 上年结转 against what was published, and what the report must hold."""
OF_THE_DOCUMENT = ("valid", "text")
"""Codes of the checks that ask table 二 and the text."""


@dataclass(frozen=True, slots=True)
class Computed:
    """The report of a year as it would be frozen now, with what its text may state besides, and last year's report."""

    report: dict[str, Any]
    last: dict[str, Any] | None
    besides: Besides


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check: what it found, the key under which its explanation is kept, and that explanation, if there is one."""

    code: str
    name: str
    ok: bool
    detail: str
    do: str
    """What to do where it fails."""
    key: str
    reason: str
    differences: Sequence[CarriedDifference] = ()
    """The cases by which a carry-over differs; each is explained by itself."""

    @property
    def in_figures(self) -> bool:
        """Whether the page of the figures names the cases behind it."""
        return self.code not in (CARRIED, GAPS, *OF_THE_DOCUMENT)

    @property
    def settled(self) -> bool:
        """Whether it stands in nobody's way: it holds, or why not is recorded."""
        return self.ok or bool(self.reason)


def compute(
    session: Session, organ: Organ, year: int, kept: AnnualReport | None, before: AnnualReport | None
) -> Computed:
    """The report of the organ and year; ``kept`` and ``before`` are what was begun for this year and the year before."""
    last = report_of(before.editions[-1]) if before and before.editions else None
    besides = besides_of(session, organ, year, kept, before)
    report = register.annual(session, organ, year, last)
    report["parts"] = kept.parts if kept else {"1": "", "5": "", "6": ""}
    report["table2"] = table2_of(kept)
    report["checks"] += _checks(report, last, besides)
    return Computed(report, last, besides)


def check_lines(
    session: Session, report: Mapping[str, Any], kept: AnnualReport | None, before: AnnualReport | None
) -> list[CheckLine]:
    """Every check of the report with its explanation. A carry-over counts as explained once each of its cases is."""
    said = {code: note.text for code, note in explanations(kept).items()}
    lines = []
    for one in report["checks"]:
        key, differences = key_of(one), list[CarriedDifference]()
        reason = said.get(key, "") if not one["ok"] else ""
        if one["code"] == CARRIED and not one["ok"]:
            differences = annual_report_changes.carried(session, kept, before)
            if differences:
                reasons = [difference.reason for difference in differences]
                reason = "；".join(dict.fromkeys(reasons)) if all(reasons) else ""
        lines.append(
            CheckLine(one["code"], one["name"], one["ok"], one["detail"], one.get("do", ""), key, reason, differences)
        )
    return lines


def _checks(report: Mapping[str, Any], last: Mapping[str, Any] | None, besides: Besides) -> list[dict[str, Any]]:
    """The checks that the document has beside those of its figures."""
    found = [one for one in annual_checks.check(report, last, besides) if one.code in OF_THE_DOCUMENT]
    missing = _gaps(report, besides)
    do = "请补充文字和表二；确实没有的内容，请写明没有"
    found.append(Check(GAPS, "应当报告的内容齐全", not missing, "；".join(missing), (), do, Weight.WARNING))
    return [one.written() for one in found]


def _gaps(report: Mapping[str, Any], besides: Besides) -> list[str]:
    missing = gaps(report["parts"], government=besides.government)
    if not annual_table2.is_filled(report["table2"]):
        missing.append("表二没有填写完整（没有的填0）")
    return missing
