"""What an annual report says, taken apart: its rows, table 二, the content of a version, the key of a check."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from gkapply.casework.annual_report_records import AnnualReport, AnnualReportEdition
from gkapply.casework.journal import canonical
from gkapply.law import annual_table2
from gkapply.law.annual_rows import CARRIED_OUT, COLUMNS

MADE, TAKEN = "made", "taken"


def carried_out(report: Mapping[str, Any] | None) -> dict[str, int] | None:
    """Row 四 of a report by column code; None where there is no report, or it does not hold the row."""
    values = row_of(report, CARRIED_OUT)
    return None if values is None else {column.code: value for column, value in zip(COLUMNS, values, strict=False)}


def row_of(report: Mapping[str, Any] | None, code: str) -> list[int] | None:
    """The figures of one row of table 三, if the report holds it."""
    rows = report["table3"]["rows"] if report else []
    return next((row["values"] for row in rows if row["code"] == code), None)


def table2_of(kept: AnnualReport | None) -> dict[str, Any]:
    """Table 二 as it was filled in so far."""
    if kept is None or not kept.table2:
        return annual_table2.empty()
    return {**annual_table2.empty(), **json.loads(kept.table2)}


def content_of(edition: AnnualReportEdition) -> dict[str, Any]:
    """Everything that a version keeps: ``report``, ``rules``, ``explained``."""
    kept = json.loads(edition.content)
    assert isinstance(kept, dict)
    return kept


def report_of(edition: AnnualReportEdition) -> dict[str, Any]:
    """The report as the version says it."""
    said = content_of(edition)["report"]
    assert isinstance(said, dict)
    return said


def hash_of(content: str) -> str:
    """The digest by which a version is known."""
    return hashlib.sha256(content.encode()).hexdigest()


def key_of(check: Mapping[str, Any]) -> str:
    """The name of a check with what it found: once the figures change it is another, and wants its own explanation."""
    return hashlib.sha256(canonical([check["name"], check["detail"]]).encode()).hexdigest()[:20]
