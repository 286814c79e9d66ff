"""Finding public entries: which wordings share the rarest grams with a question, which of them answer it best, whose they are.

Two rounds: the database adds up the weights of the grams, Python reckons exactly for the best of those (``public_ranking``).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, String, case, column, func, select, values
from sqlalchemy.orm import Session

from gkapply.casework.grams import grams_of, plain
from gkapply.casework.people import Organ
from gkapply.casework.public_ranking import (
    Matter,
    Text,
    Worth,
    answerable,
    gram_weights,
    matters_of,
    rarity,
    scorer,
    spread,
)
from gkapply.casework.public_text import PublicGram, PublicText, subject_of

LONGEST_QUESTION = 200
"""Characters of a question that are looked at."""
MOST_ROWS = 8000
"""Rows of grams that one search adds up: beyond it the commonest grams of a question are left out, for they tell least."""
NAMED_ORGAN = 1.5
"""By how much an entry is worth more when the question names its township."""
MOST_CANDIDATES = 1000
"""Wordings that the first round leaves."""
OF_ONE_SUBJECT, MOST_FOUND = 6, 150
"""How many of them are reckoned exactly: of each subject to begin with, and in all. A search finds no more."""
_FINE = 1000
_LOCAL = re.compile(r".*?[省市县区旗]?(?P<name>[^省市县区旗]{2,})(?P<sort>镇|乡|街道)(人民政府|办事处)?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search is confined to; None: not by this."""

    area: str | None = None
    organ_id: int | None = None
    kind: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as conditions on ``PublicText``."""
        asked = ((PublicText.area, self.area), (PublicText.organ_id, self.organ_id), (PublicText.kind, self.kind))
        return [of == value for of, value in asked if value is not None]


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that answers: what it is, whose, how often it was taken, and how many entries say the same in these words."""

    kind: str
    uid: str
    organ_id: int
    organ_name: str
    area: str
    title: str
    summary: str
    shown_from: datetime
    taken: int
    entries: int
    key: str
    """Where the next page goes on: ``search(…, after=key)``."""


def find(session: Session, words: str, wanted: Wanted, after: str | None, limit: int) -> list[Hit]:
    """See ``public_search.search``."""
    question = plain(words[:LONGEST_QUESTION])
    named = _named_organs(session, question)
    for name in named.values():
        question = question.replace(name, " ")
    matters = matters_of(question)
    if any(len(gram) > 1 for matter in matters for _, grams, _ in matter.ways for gram in grams):
        found = _found(session, matters, wanted, named)
    else:
        found = _plainly(session, question, wanted, named)
    order = sorted((-round(_FINE * worth), wording) for wording, worth in spread(found))
    begin = _place(after)
    page = [one for one in order if begin is None or one > begin][:limit]
    return _hits(session, page, wanted, named)


def places_named(session: Session, words: str) -> Collection[int]:
    """The ids of the townships and subdistricts that a text names."""
    return _named_organs(session, plain(words))


def _place(after: str | None) -> tuple[int, int] | None:
    """The (worth below zero, wording) that a key stands for; None for no key, or one that is not ours."""
    found = re.fullmatch(r"([0-9]{1,15})\.(-?[0-9]{1,19})", after or "")
    return (-int(found[1]), int(found[2])) if found else None


def _named_organs(session: Session, question: str) -> dict[int, str]:
    """The townships that the question names, each with the name it uses."""
    query = select(Organ.id, Organ.name).where(Organ.kind.in_(("township", "subdistrict"))).order_by(Organ.id)
    found: dict[int, str] = {}
    for organ_id, name in session.execute(query):
        place = _LOCAL.fullmatch(plain(name))
        if place and place["name"] in question:
            full = place["name"] + place["sort"]
            found[organ_id] = full if full in question else place["name"]
    return found


def _found(session: Session, matters: Sequence[Matter], wanted: Wanted, organs: Collection[int]) -> list[Worth]:
    """The wordings that answer, each with what it is worth; more where one of ``organs`` has an entry in it."""
    holding = _holding(session, {gram for matter in matters for _, grams, _ in matter.ways for gram in grams})
    entries = max(session.scalar(select(func.max(PublicText.id))) or 0, *holding.values(), 0)
    rarities = {gram: rarity(entries, number) for gram, number in holding.items()}
    if not answerable(matters, rarities):
        return []
    rough = _rough(session, _rarest(gram_weights(matters, rarities), holding), wanted)
    favoured = set(_of_organs(session, rough, organs))
    score = scorer(matters, rarities)
    return [
        Worth(wording, subject_of(wording), score(text) * (NAMED_ORGAN if wording in favoured else 1))
        for wording, text in _texts(session, _some(rough, favoured))
    ]


def _some(rough: Sequence[int], favoured: Collection[int]) -> list[int]:
    """The first few of each subject, and of those ``favoured``, then the others: twenty years of one item leave room."""
    taken: Counter[tuple[int, bool]] = Counter()
    chosen: list[int] = []
    others: list[int] = []
    for wording in rough:
        kept_as = subject_of(wording), wording in favoured
        taken[kept_as] += 1
        (chosen if taken[kept_as] <= OF_ONE_SUBJECT else others).append(wording)
    return [*chosen, *others][:MOST_FOUND]


def _holding(session: Session, grams: Collection[str]) -> dict[str, int]:
    """How many wordings hold each gram."""
    query = select(PublicGram.gram, func.count()).where(PublicGram.gram.in_(sorted(grams))).group_by(PublicGram.gram)
    return dict(session.execute(query).all())


def _rarest(weights: Mapping[str, float], holding: Mapping[str, int]) -> list[tuple[str, int]]:
    """The grams with their weights, the rarest first, as far as a search may read; one is always among them."""
    chosen: list[tuple[str, int]] = []
    rows = 0
    for gram in sorted(weights, key=lambda gram: (holding[gram], gram)):
        rows += holding[gram]
        if chosen and rows > MOST_ROWS:
            break
        chosen.append((gram, round(_FINE * weights[gram])))
    return chosen


def _rough(session: Session, grams: Sequence[tuple[str, int]], wanted: Wanted) -> Sequence[int]:
    """The wordings in which the weights of these grams come to most."""
    if not grams:
        return []
    asked = values(column("gram", String), column("weight", Integer), name="asked").data(grams).cte()
    worth = func.sum(asked.c.weight * PublicGram.weight)
    query = select(PublicGram.wording).join(asked, asked.c.gram == PublicGram.gram)
    if conditions := wanted.conditions():
        query = query.where(PublicGram.wording.in_(select(PublicText.wording).where(*conditions)))
    query = query.group_by(PublicGram.wording).order_by(worth.desc(), PublicGram.wording).limit(MOST_CANDIDATES)
    return session.scalars(query).all()


def _texts(session: Session, wordings: Sequence[int]) -> Iterator[tuple[int, Text]]:
    """The words of each wording."""
    first = select(func.min(PublicText.id)).where(PublicText.wording.in_(wordings)).group_by(PublicText.wording)
    query = select(PublicText.wording, PublicText.title, PublicText.area, PublicText.summary)
    for wording, title, area, summary in session.execute(query.where(PublicText.id.in_(first))):
        yield wording, Text(plain(title), plain(area), plain(summary))


def _plainly(session: Session, question: str, wanted: Wanted, organs: Mapping[int, str]) -> list[Worth]:
    """The newest wordings that hold every single character of the question, or whatever a named township has."""
    characters = list(dict.fromkeys(gram for gram in grams_of(question)))
    if not characters and not organs:
        return []
    query = select(PublicText.wording).where(*wanted.conditions())
    for character in characters:
        query = query.where(PublicText.title.contains(character) | PublicText.summary.contains(character))
    if organs and not characters:
        query = query.where(PublicText.organ_id.in_(organs))
    newest = func.max(PublicText.shown_from).desc()
    query = query.group_by(PublicText.wording).order_by(newest, PublicText.wording).limit(MOST_FOUND)
    return [Worth(wording, wording, 2 * MOST_FOUND - place) for place, wording in enumerate(session.scalars(query))]


def _of_organs(session: Session, wordings: Collection[int], organs: Collection[int]) -> Sequence[int]:
    """Those of the wordings in which one of the organs has an entry."""
    if not organs:
        return []
    query = select(PublicText.wording).where(PublicText.wording.in_(wordings), PublicText.organ_id.in_(organs))
    return session.scalars(query.distinct()).all()


def _hits(session: Session, page: Sequence[tuple[int, int]], wanted: Wanted, organs: Collection[int]) -> list[Hit]:
    """The entry to show of each wording: of a named organ if there is one, else the one that was entered first."""
    mine = case((PublicText.organ_id.in_(organs), 0), else_=1)
    ranked = (
        select(
            PublicText.id,
            func.row_number().over(partition_by=PublicText.wording, order_by=(mine, PublicText.id)).label("place"),
            func.count().over(partition_by=PublicText.wording).label("entries"),
        )
        .where(PublicText.wording.in_([wording for _, wording in page]), *wanted.conditions())
        .subquery()
    )
    query = (
        select(PublicText, Organ.name, ranked.c.entries)
        .join(ranked, ranked.c.id == PublicText.id)
        .join(Organ, Organ.id == PublicText.organ_id)
        .where(ranked.c.place == 1)
    )
    shown = {entry.wording: (entry, name, entries) for entry, name, entries in session.execute(query)}
    return [_hit(*shown[wording], f"{-below}.{wording}") for below, wording in page if wording in shown]


def _hit(entry: PublicText, organ_name: str, entries: int, key: str) -> Hit:
    return Hit(
        entry.kind,
        entry.uid,
        entry.organ_id,
        organ_name,
        entry.area,
        entry.title,
        entry.summary,
        entry.shown_from,
        entry.taken,
        entries,
        key,
    )
