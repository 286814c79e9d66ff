"""The figures that the text of an annual report may state: from its tables, from the year before, and from what no table holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gkapply.law.annual_claims import Values, change, share
from gkapply.law.annual_rows import CARRIED_IN, CARRIED_OUT, DISCLOSED, NEW, PARTIAL, RESULT_ROWS, TOTAL

_GROUPS = {"refused": "3.3", "unable": "3.4", "untreated": "3.5", "other": "3.6"}
_RESULTS = ("upheld", "corrected", "other", "pending")


@dataclass(frozen=True, slots=True)
class Besides:
    """What the sentences state that no table holds; None where it is not known.

    ``fees``: requests for which the fee was paid, and yuan. ``assessed``: organs assessed, and bulletins. ``ratings``: how many
    applicants rated the service, and the mean. ``late``: corrected cases of the year before and, in words, what they change.
    ``carried``: what last year's report published as 结转下年度, and why it differs. ``government``: 各级人民政府.
    """

    government: bool = False
    fees: tuple[int, str] | None = None
    assessed: tuple[int, int] | None = None
    ratings: tuple[int, str] | None = None
    late: tuple[int, str] | None = None
    carried: tuple[int, str] | None = None


def values_of(
    report: Mapping[str, Any], last: Mapping[str, Any] | None = None, besides: Besides | None = None
) -> Values:
    """Every figure that a claim may give, by name; what report and the year before do not hold is missing."""
    now, before = _figures(report), _figures(last) if last else {}
    values = {name: str(value) for name, value in now.items()}
    for name in ("new", "done", "review", "suit"):
        if name in now and name in before:
            values[f"{name}_change"] = change(now[name], before[name])
    if now.get("new"):
        values["natural_share"] = share(now["natural"], now["new"])
    if now.get("done"):
        values["given_share"] = share(now["disclosed"] + now["partial"], now["done"])
    if besides and besides.fees:
        values["fee_requests"], values["fee_yuan"] = str(besides.fees[0]), besides.fees[1]
    return values


def _figures(report: Mapping[str, Any]) -> dict[str, int]:
    """The numbers of the tables by the name of the claim's figure."""
    rows = {row["code"]: row["values"] for row in report["table3"]["rows"]}
    found = {
        name: rows[code][-1]
        for name, code in (
            ("new", NEW), ("carried_in", CARRIED_IN), ("done", TOTAL), ("open", CARRIED_OUT),
            ("disclosed", DISCLOSED), ("partial", PARTIAL),
        )
        if code in rows
    }  # fmt: skip
    if NEW in rows:
        found["natural"], found["legal"] = rows[NEW][0], sum(rows[NEW][1:-1])
    if "disclosed" in found and "partial" in found:
        found["given"] = found["disclosed"] + found["partial"]
    for name, group in _GROUPS.items():
        inside = [rows[row.code][-1] for row in RESULT_ROWS if row.code.startswith(group) and row.code in rows]
        if inside:
            found[name] = sum(inside)
    return found | _disputes(report.get("table4") or {}) | _own(report.get("table2") or {})


def _disputes(table: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, paths in (("review", ("review",)), ("suit", ("suit_direct", "suit_after_review"))):
        if all(path in table for path in paths):
            sums = [sum(column) for column in zip(*(table[path] for path in paths), strict=True)]
            found |= {f"{name}_{result}": number for result, number in zip(_RESULTS, sums, strict=False)}
            found[name] = sums[-1]
    return found


def _own(table: Mapping[str, Any]) -> dict[str, int]:
    found = {name: table[name] for name in ("licences", "penalties", "coercion") if table.get(name) is not None}
    for name, key in (("rules", "normative"), ("regulations", "regulations")):
        for what, value in zip(("made", "repealed", "valid"), table.get(key) or (), strict=False):
            if value is not None:
                found[f"{name}_{what}"] = value
    return found
