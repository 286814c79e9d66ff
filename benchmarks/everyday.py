"""A hundred everyday questions with the items of the demonstration's catalogue that answer them, and the items themselves.

Sixty are our own, two for each of the thirty areas, written before the search was tuned; those with odd numbers were looked at
while it was. Forty are reworded from what people asked other offices, and were tried once everything else stood.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gkapply import demo

OWN = Path(__file__).with_name("public_questions.csv")
FROM_LETTERS = Path(__file__).with_name("public_letters.csv")
CATALOGUE = Path(demo.__file__).with_name("catalogue.csv")
FIRST = 3
"""A question is answered when a right entry is among so many."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, the area that it is about, and the names of the items of which each would answer it."""

    number: int
    area: str
    words: str
    right: tuple[str, ...]

    @property
    def held_out(self) -> bool:
        """Whether it was kept apart while the search was tuned."""
        return self.number % 2 == 0


def _read(file: Path) -> tuple[Question, ...]:
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Question(int(row["number"]), row["area"], row["question"], tuple(row["right"].split("|")))
            for row in csv.DictReader(lines)
        )


QUESTIONS, LETTERS = _read(OWN), _read(FROM_LETTERS)


def right_among_first(question: Question, titles: Sequence[str]) -> bool:
    """Whether one of the first three titles is that of an item which answers the question."""
    return any(title in question.right for title in titles[:FIRST])


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the demonstration's catalogue, as far as it is searched."""

    area: str
    title: str
    words: str


def items() -> Iterator[Item]:
    """Every item of the shipped catalogue, in its order."""
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Item(row["公开领域"], row["二级事项"], f"{row['一级事项']}：{row['公开内容（要素）']}")
