"""What the letter check (答复体检) looks at, and what it finds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding keeps a letter back."""

    ERROR = "error"
    WARNING = "warning"


class Point(StrEnum):
    """One point of the check. The value is its code, which programs and kept findings go by.

    ``needs_case`` marks what can be judged only with the case at hand; on a bare file it is listed as 未核.
    """

    label: str
    needs_case: bool

    def __new__(cls, code: str, label: str = "", needs_case: bool = False) -> "Point":
        point = str.__new__(cls, code)
        point._value_ = code
        point.label = label
        point.needs_case = needs_case
        return point

    KIND = "kind", "文书种类"
    ADDRESSEE = "addressee", "主送"
    RECEIPT = "receipt", "收到申请的情况"
    QUOTE = "quote", "申请内容按原文引用", True
    ARTICLE = "article", "依据的条款"
    FACTS = "facts", "事实和理由"
    ITEMS = "items", "逐项答复"
    OUTCOME = "outcome", "结论与条款一致"
    GROUND = "ground", "不予公开的理由"
    CONTENT = "content", "应当写明的内容"
    REMEDIES = "remedies", "救济告知"
    AUTHORITY = "authority", "复议机关和法院"
    ENCLOSURES = "enclosures", "附件"
    NUMBER = "number", "文号"
    SERIES = "series", "文号与落款名义一致", True
    SIGNATURE = "signature", "落款"
    DATE = "date", "成文日期"
    TERM = "term", "在答复期限之内", True
    LEDGER = "ledger", "日期与台账一致", True
    PLACEHOLDER = "placeholder", "未填写的内容"
    PERSONAL = "personal", "第三人的个人号码"
    SECRECY = "secrecy", "国家秘密标志"
    REVISION = "revision", "修订和批注"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: at which point, how grave, the sentence where it stands, what is wrong, what to do, under which article."""

    point: Point
    severity: Severity
    sentence: str
    problem: str
    do: str
    article: str = ""

    def as_json(self) -> dict[str, str]:
        """The finding for a program."""
        return {
            "point": self.point.value,
            "label": self.point.label,
            "severity": self.severity.value,
            "sentence": self.sentence,
            "problem": self.problem,
            "do": self.do,
            "article": self.article,
        }


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A point that could not be judged (未核), and why."""

    point: Point
    because: str

    def as_json(self) -> dict[str, str]:
        """The point for a program."""
        return {"point": self.point.value, "label": self.point.label, "because": self.because}


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found in one letter; ``kind`` is the code of the letter, empty when it was not recognised."""

    kind: str
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = field(default=())

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the letter back."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        """Whether nothing keeps the letter back; warnings do not."""
        return not self.errors

    def as_json(self) -> dict[str, object]:
        """The report for a program."""
        return {
            "ok": self.ok,
            "kind": self.kind,
            "findings": [one.as_json() for one in self.findings],
            "unchecked": [one.as_json() for one in self.unchecked],
        }


Findings = Iterator[Finding]


def error(point: Point, sentence: str, problem: str, do: str, article: str = "") -> Finding:
    """A fault that keeps the letter back."""
    return Finding(point, Severity.ERROR, sentence, problem, do, article)


def warning(point: Point, sentence: str, problem: str, do: str, article: str = "") -> Finding:
    """Something to look at again."""
    return Finding(point, Severity.WARNING, sentence, problem, do, article)
