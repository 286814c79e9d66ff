"""Sentences for the text of an annual report, computed from its tables, and whether a text still says what the tables say.

The person who writes the report takes a sentence over and edits it; nothing is written for them. 条例第五十条, 国办公开办函〔2021〕30号;
what was collected as 信息处理费 is reported under 国办函〔2020〕109号.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gkapply.law import annual_claims as said
from gkapply.law.annual_claims import Claim, Values, found_in, plain, say
from gkapply.law.annual_rows import DISCLOSED, OTHER, PARTIAL, RESULT_ROWS
from gkapply.law.annual_stated import Besides, values_of

PARTS: Mapping[str, str] = {"1": "一、总体情况", "5": "五、存在的主要问题及改进情况", "6": "六、其他需要报告的事项"}
"""The parts of the report that are text, by number."""
_MOST_REASONS = 3
_NO_REASONS = (DISCLOSED, PARTIAL, OTHER)
"""Rows that say nothing of why somebody got no information."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence offered beside a part of the text."""

    code: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A claim of the text that does not agree: where it stands, its words, what the table says, in one sentence."""

    part: str
    code: str
    words: str
    table: str
    sentence: str
    cells: tuple[tuple[str, str], ...] = ()
    """Table and row of the figures that it should have stated."""


def offered(report: Mapping[str, Any], last: Mapping[str, Any] | None, besides: Besides) -> list[Sentence]:
    """The sentences for each part, in the order in which they are offered."""
    values, year = values_of(report, last, besides), report["year"]
    made = [
        ("received", "1", f"{year}年，" + _joined([said.NEW, said.CARRIED_IN], values)),
        ("applicants", "1", _joined([said.NATURAL, said.LEGAL], values) if values.get("new", "0") != "0" else ""),
        ("done", "1", "本年度" + _joined([said.DONE, said.OPEN], values)),
        ("results", "1", _results(values)),
        ("disputes", "1", _disputes(values)),
        ("own_initiative", "1", "主动公开方面，" + _joined(_OWN, values)),
        ("supervision", "1", _supervision(besides)),
        ("reasons", "5", _reasons(report)),
        ("corrected", "5", _corrected(values)),
        ("fees", "6", _fees(year, values)),
        ("late", "6", _late(year, besides)),
        ("carried", "6", _carried(values, besides)),
    ]
    return [Sentence(code, part, text) for code, part, text in made if text.endswith("。")]


def text_findings(
    parts: Mapping[str, str],
    figures: Mapping[str, Any],
    last: Mapping[str, Any] | None = None,
    besides: Besides | None = None,
) -> list[TextFinding]:
    """Every claim of the text whose number is not the one of the tables; what the tables do not know is passed over.

    ``figures`` is a report's dict, ``last`` that of the year before, ``parts`` the text by number.
    """
    values = values_of(figures, last, besides)
    findings = []
    for part in PARTS:
        text = plain(parts.get(part) or "")
        for one in found_in(text, figures.get("year")):
            wrong = {name for name, given in one.figures.items() if name in values and not _same(given, values[name])}
            if wrong:
                right = say(one.claim, {name: values[name] for name in one.figures if name in values})
                findings.append(_finding(part, one.claim, one.words, right or "另一个数字"))
        if besides and besides.fees and besides.fees[0] and any(words in text for words in _NO_FEES):
            right = say(said.FEES, values)
            findings.append(_finding(part, said.FEES, "没有收取信息处理费", right))
    return findings


def gaps(parts: Mapping[str, str], *, government: bool) -> list[str]:
    """What the text must report and does not name, each in words; a part with nothing in it is one gap."""
    missing = [f"「{head}」还没有写" for part, head in PARTS.items() if not (parts.get(part) or "").strip()]
    text = "\n".join(parts.get(part) or "" for part in PARTS)
    if (parts.get("6") or "").strip() and "信息处理费" not in text:
        missing.append("第六部分没有报告收取信息处理费的情况（国办函〔2020〕109号）")
    if "……" in text:
        missing.append("文字中还有没有填写完的地方（……）")
    if government and (parts.get("1") or "").strip():
        unnamed = [word for word in ("考核", "评议", "追究") if word not in text]
        if unnamed:
            missing.append(
                "各级人民政府的年度报告还应当包括工作考核、社会评议和责任追究结果情况，"
                f"没有写到：{'、'.join(unnamed)}（条例第五十条第四项）"
            )
    return missing


_OWN = (said.REGULATIONS, said.RULES, said.LICENCES, said.PENALTIES, said.COERCION)
_NO_FEES = ("没有收取信息处理费", "未收取信息处理费", "未收取任何信息处理费", "没有收取任何信息处理费")


def _joined(claims: Iterable[Claim], values: Values) -> str:
    known = [words for words in (say(one, values) for one in claims) if words]
    return f"{'；'.join(known)}。" if known else ""


def _disputes(values: Values) -> str:
    """Without the results of what nobody brought."""
    idle = tuple(f"{name}_" for name in ("review", "suit") if values.get(name) == "0")
    known = {name: one for name, one in values.items() if name.endswith("_change") or not name.startswith(idle)}
    told = _joined([said.REVIEW, said.SUIT], known)
    return f"因政府信息公开工作被申请、提起的{told}" if told else ""


def _results(values: Values) -> str:
    kinds = (said.DISCLOSED, said.PARTIAL, said.REFUSED, said.UNABLE, said.UNTREATED, said.OTHER)
    if not int(values.get("done", 0)):
        return ""
    each = "、".join(words for words in (say(one, values) for one in kinds) if words)
    return f"办理结果为{each}；{say(said.GIVEN, values)}。"


def _supervision(besides: Besides) -> str:
    """条例第五十条第四项; whoever was held responsible stands in no register of the program."""
    if not besides.government:
        return ""
    organs, bulletins = besides.assessed or (0, 0)
    text = "工作考核方面，开展情况为……"
    if bulletins:
        text = f"工作考核方面，对{organs}个下级机关的政府信息公开工作进行考核，发布考核通报{bulletins}期"
    if besides.ratings:
        text += f"；社会评议方面，收到申请人评价{besides.ratings[0]}份，平均{besides.ratings[1]}分（满分5分）"
    else:
        text += "；社会评议方面，开展情况为……"
    return f"{text}；责任追究方面，结果为……。"


def _reasons(report: Mapping[str, Any]) -> str:
    """The rows by which most requests were not disclosed."""
    rows = {row["code"]: row["values"][-1] for row in report["table3"]["rows"]}
    most = sorted(
        ((rows[row.code], row) for row in RESULT_ROWS if row.code not in _NO_REASONS and rows.get(row.code)),
        key=lambda one: -one[0],
    )[:_MOST_REASONS]
    if not most:
        return ""
    told = "、".join(f"{row.label.split('.', 1)[-1]}{number}件" for number, row in most)
    return f"未提供信息的申请中，较多的情形是{told}。"


def _corrected(values: Values) -> str:
    number = int(values.get("review_corrected", 0)) + int(values.get("suit_corrected", 0))
    return f"行政复议、行政诉讼中有{number}件结果纠正，答复的合法性、规范性有待提高。" if number else ""


def _fees(year: int, values: Values) -> str:
    if "fee_requests" not in values:
        return ""
    under = "依照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
    if values["fee_requests"] == "0":
        return f"{year}年，本机关没有收取信息处理费。"
    return f"{year}年，本机关{under}{say(said.FEES, values)}。"


def _late(year: int, besides: Besides) -> str:
    if besides.late is None or not besides.late[0]:
        return ""
    number, cells = besides.late
    return (
        f"{year - 1}年度报告定稿后，有{number}件申请的登记内容作了更正，涉及{cells}；本年度数据按更正后的登记内容统计。"
    )


def _carried(values: Values, besides: Besides) -> str:
    if besides.carried is None or str(besides.carried[0]) == values.get("carried_in"):
        return ""
    published, reasons = besides.carried
    return (
        f"本年度{say(said.CARRIED_IN, values)}，上一年度报告公布的结转下年度继续办理为{published}件，"
        f"原因是{reasons or '……'}。"
    )


def _finding(part: str, claim: Claim, words: str, right: str) -> TextFinding:
    told = f"「{PARTS[part]}」写的是“{words}”，{claim.where}为“{right}”"
    return TextFinding(part, claim.code, words, right, told, claim.cells)


def _same(given: str, right: str) -> bool:
    return given == right or (
        given.replace(".", "").isdigit() and right.replace(".", "").isdigit() and float(given) == float(right)
    )
