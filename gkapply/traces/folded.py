"""A text as it is searched: half-width, without invisible signs, Chinese digits as digits; with the way back to the original."""

import unicodedata
from dataclasses import dataclass

_DIGITS = {
    sign: digit
    for digit, signs in {
        "0": "零〇○",
        "1": "一壹幺",
        "2": "二贰两",
        "3": "三叁",
        "4": "四肆",
        "5": "五伍",
        "6": "六陆",
        "7": "七柒",
        "8": "八捌",
        "9": "九玖",
        "X": "×Ххχ",  # what stands for the last place of an identity number and is no Latin letter
    }.items()
    for sign in signs
}


@dataclass(frozen=True, slots=True)
class Folded:
    """The searched text and, for each of its characters, the place in the original."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original for the characters from ``start`` to ``end`` (at least one)."""
        return self.origin[start], self.origin[end - 1] + 1


def _as_digit(sign: str) -> str:
    """The digit that the sign is in any script, or the sign itself, half-width."""
    if sign in _DIGITS:
        return _DIGITS[sign]
    value = unicodedata.decimal(sign, None)
    return unicodedata.normalize("NFKC", sign) if value is None else str(value)


def fold(text: str, *, digits: bool = True) -> Folded:
    """The text to search; ``digits`` turns 一三八 into 138, which would spoil names and addresses."""
    signs: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(text):
        if sign < "\x80":
            signs.append(sign)
            origin.append(place)
            continue
        if unicodedata.category(sign) in ("Cf", "Mn"):
            continue
        for part in _as_digit(sign) if digits else unicodedata.normalize("NFKC", sign):
            signs.append(part)
            origin.append(place)
    return Folded("".join(signs), tuple(origin))
