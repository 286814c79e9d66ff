"""Approval ladders (审批层级): which persons a letter passes before it is signed, by its class and by what the office has chosen.

条例 fixes two things only: the head of the disclosure office consents to an extension (第三十三条第二款), and the organ has a
review with procedure and responsibility (第十七条). The rest is custom: 经办人、承办科室负责人、公开机构核稿、法制机构合法性审查、
分管领导、主要领导. Everybody on a ladder is another person than all before, its author included.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from gkapply.law.letters import Ladder, LetterKind
from gkapply.law.replies import ReplyKind

SIGNATURE = "signature"
"""Code of the last rung of every ladder."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One place of a ladder: its code, what it is called, the duties (codes) whose holder may take it."""

    code: str
    label: str
    duties: tuple[str, ...]


OFFICE = Rung("office", "承办科室负责人审核", ("reviewer",))
DISCLOSURE = Rung("disclosure", "公开机构核稿", ("reviewer", "head"))
LEGAL = Rung("legal", "合法性审查", ("reviewer",))
DEPUTY = Rung("deputy", "分管领导审核", ("signer",))
REVIEWS = (OFFICE, DISCLOSURE, LEGAL, DEPUTY)
"""Every rung before the signature."""
SIGNERS: Mapping[Ladder, tuple[str, ...]] = {
    Ladder.REPLY: ("signer",),
    Ladder.EXTENSION: ("head",),
    Ladder.NOTICE: ("reviewer", "head", "signer"),
}
"""Who may sign; no choice of an office takes the extension from the head (条例第三十三条第二款)."""


class Path(StrEnum):
    """How long a ladder is, the shortest first; the value is what a setting keeps."""

    SHORTEST = "shortest"
    REVIEWED = "reviewed"
    LEGAL = "legal"
    OFFICE_LEGAL = "office_legal"
    FULL = "full"
    CHIEF = "chief"


RUNGS: Mapping[Path, tuple[Rung, ...]] = {
    Path.SHORTEST: (),
    Path.REVIEWED: (OFFICE,),
    Path.LEGAL: (LEGAL,),
    Path.OFFICE_LEGAL: (OFFICE, LEGAL),
    Path.FULL: (OFFICE, DISCLOSURE, LEGAL),
    Path.CHIEF: (OFFICE, DISCLOSURE, LEGAL, DEPUTY),
}
"""The rungs between the author and the signature."""


class LetterClass(StrEnum):
    """The classes of letters for which an office chooses a ladder."""

    NOTICE = "notice"
    EXTENSION = "extension"
    PLAIN = "plain"
    """A reply that gives the whole of what was asked for, or corrects the record as asked."""
    REFUSING = "refusing"
    """Every other reply: something is refused, held back, not there, not processed."""
    WEIGHTY = "weighty"
    """重大: 会商, a dispute about the same matter, disclosure against a third party's word."""


CHOICES: Mapping[LetterClass, tuple[Path, ...]] = {
    LetterClass.NOTICE: (Path.SHORTEST, Path.REVIEWED, Path.LEGAL, Path.OFFICE_LEGAL),
    LetterClass.EXTENSION: (Path.SHORTEST, Path.REVIEWED, Path.LEGAL, Path.OFFICE_LEGAL),
    LetterClass.PLAIN: tuple(Path),
    LetterClass.REFUSING: tuple(Path),
    LetterClass.WEIGHTY: tuple(Path),
}
ALWAYS_WEIGHTY = (LetterKind.DISCLOSURE_NOTICE, LetterKind.REVIEW_DEFENCE, LetterKind.SUIT_DEFENCE)


def choices_for(letters: LetterClass) -> Mapping[Path, str]:
    """The ladders that an office may choose for a class, each in words from the author to the signature."""
    last = "公开机构负责人同意" if letters is LetterClass.EXTENSION else "签发"
    return {path: _in_words(path, last) for path in CHOICES[letters]}


def _in_words(path: Path, last: str) -> str:
    last = "主要领导签发" if path is Path.CHIEF else last
    return "—".join(("起草", *(rung.label for rung in RUNGS[path]), last))


def classes_of(kind: LetterKind, outcomes: Iterable[ReplyKind], *, weighty: bool) -> tuple[LetterClass, ...]:
    """The classes that a letter belongs to; ``outcomes`` are the kinds of reply that it tells of.

    ``weighty`` says that its case is 重大. A letter that is issued at once (回执) belongs to none.
    """
    if kind.ladder is Ladder.NONE:
        return ()
    if kind.ladder is not Ladder.REPLY:
        return (LetterClass.EXTENSION if kind.ladder is Ladder.EXTENSION else LetterClass.NOTICE,)
    if kind in ALWAYS_WEIGHTY:
        return (LetterClass.WEIGHTY,)
    plain = all(outcome.discloses or outcome is ReplyKind.RECORD_CORRECTED for outcome in outcomes)
    found = LetterClass.PLAIN if plain else LetterClass.REFUSING
    return (found, LetterClass.WEIGHTY) if weighty else (found,)


def route(kind: LetterKind, path: Path) -> tuple[Rung, ...]:
    """The rungs of a letter of that kind on that path; the last is its signature."""
    if kind.ladder is Ladder.EXTENSION:
        label = "公开机构负责人同意"
    else:
        label = "主要领导签发" if path is Path.CHIEF else "签发"
    return (*RUNGS[path], Rung(SIGNATURE, label, SIGNERS.get(kind.ladder, ())))


def longest(chosen: Mapping[LetterClass, Path], classes: Iterable[LetterClass]) -> Path:
    """The longest of the ladders that the office has chosen for these classes: what is weighty is never waved through."""
    order = list(Path)
    return max((chosen[one] for one in classes), key=order.index, default=Path.SHORTEST)


def earlier_route(kind: LetterKind) -> tuple[Rung, ...]:
    """The ladder of letters that were submitted before routes were kept with them."""
    return route(kind, Path.REVIEWED if kind.ladder is Ladder.REPLY else Path.SHORTEST)


def write_route(rungs: Iterable[Rung]) -> str:
    """The rungs as a letter keeps them from its submission on."""
    return json.dumps([asdict(rung) for rung in rungs], ensure_ascii=False, separators=(",", ":"))


def read_route(text: str) -> tuple[Rung, ...]:
    """The rungs that ``write_route`` wrote."""
    return tuple(Rung(one["code"], one["label"], tuple(one["duties"])) for one in json.loads(text))
