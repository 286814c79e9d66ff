"""Looking for traces in one text: whom the case knows first, then numbers, addresses and names of anybody."""

import re
from collections.abc import Iterable, Iterator, Sequence

from gkapply.traces.folded import Folded, fold
from gkapply.traces.numbers import Hit, numbers_in
from gkapply.traces.trace import Trace, TraceKind, Wanted
from gkapply.traces.words import words_in

_SHORTEST = 2
_ADDRESSING = "(?:先生|女士|小姐|同志|老师|大爷|大妈|师傅)"


def traces(text: str, wanted: Iterable[Wanted] = (), official: Iterable[str] = ()) -> list[Trace]:
    """Every trace in ``text`` in the order of its places, none over another.

    ``wanted`` are the words of the case that must not show; ``official`` those that are the office's own (its telephone and
    address) and are no trace.
    """
    plain, with_digits = fold(text, digits=False), fold(text)
    own = frozenset(key for word in official if (key := _key(word)))
    found = [
        *(_made(text, plain, hit, one.instead) for one in wanted for hit in _known(plain.text, one)),
        *(_made(text, with_digits, hit, hit.kind.instead) for hit in numbers_in(with_digits.text)),
        *(_made(text, plain, hit, _instead(hit)) for hit in words_in(plain.text)),
    ]
    return _apart(one for one in found if not _is_own(one, own))


def _known(text: str, wanted: Wanted) -> Iterator[Hit]:
    key = _key(wanted.word)
    if len(key) < _SHORTEST:
        return
    signs = [re.escape(sign) for sign in key]
    pattern = r"[\s\-–—·.,，]{0,2}".join(signs)
    if key.isdigit():
        pattern = rf"(?<![0-9]){pattern}(?![0-9])"
    if wanted.kind is TraceKind.PARTY and len(key) <= 4:
        pattern += rf"|(?<![一-鿿]){signs[0]}{_ADDRESSING}"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield Hit(wanted.kind, match.start(), match.end(), _key(match.group()))


def _key(word: str) -> str:
    return re.sub(r"[\s\-–—·.,，()（）]", "", fold(word, digits=False).text).upper()


def _instead(hit: Hit) -> str:
    """A name keeps its first character: 张某."""
    return f"{hit.key[0]}某" if hit.kind is TraceKind.NAME else hit.kind.instead


def _made(text: str, folded: Folded, hit: Hit, instead: str) -> Trace:
    start, end = folded.span(hit.start, hit.end)
    return Trace(hit.kind, start, end, text[start:end], hit.key, instead)


def _is_own(one: Trace, own: frozenset[str]) -> bool:
    """Whether the value is the office's own: equal, or a part of its address."""
    key = _key(one.value)
    return key in own or (one.kind is TraceKind.ADDRESS and any(key in word for word in own))


def _apart(found: Iterable[Trace]) -> list[Trace]:
    """Of traces over each other the one that was looked for first, unless a later one covers it whole and more."""
    kept: list[Trace] = []
    for one in found:
        over = [other for other in kept if one.start < other.end and other.start < one.end]
        if any(other.start <= one.start and one.end <= other.end for other in over) or len(over) > 1:
            continue
        if over and not (one.start <= over[0].start and over[0].end <= one.end):
            continue
        kept = [other for other in kept if other not in over] + [one]
    return sorted(kept, key=lambda one: one.start)


def with_instead(text: str, found: Sequence[Trace], words: str) -> str:
    """The text with ``words`` in the place of each trace."""
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + words + text[one.end :]
    return text
