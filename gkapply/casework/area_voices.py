"""Which area of disclosure a request speaks of: its words first; where these do not decide, everyday words and the public catalogue.

This is the one rule for every suggestion of an area. What a person has confirmed on the case (``Case.area``) goes before it.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from gkapply.casework import everyday_words, public_search
from gkapply.casework.grams import plain
from gkapply.law.area_suggestion import AreaSuggestion, Voice, decided, suggest_areas
from gkapply.law.areas import area_called

EVERYDAY, CATALOGUE = 0.6, 2.0
"""What an everyday word speaks for its area, and the entries of the catalogue that are nearest to the request."""
HITS = 3
LONGEST_TITLE = 30


def suggest(session: Session, text: str) -> Sequence[AreaSuggestion]:
    """The areas that the request with this text may lie in, the likeliest first, each with its reason; a person decides."""
    by_words = suggest_areas(text)
    if decided(by_words):
        return by_words
    return suggest_areas(text, [*everyday(text), *_catalogue(session, text)])


def everyday(text: str) -> Iterator[Voice]:
    """What everyday words say: each for the areas under which the list of ``everyday_words`` has it."""
    for word in dict.fromkeys(one.word for one in everyday_words.said_in(plain(text))):
        areas = everyday_words.word_list()[word].areas
        for area in areas:
            share = EVERYDAY if len(word) > 1 else EVERYDAY / 3
            yield Voice(area, share / len(areas), f"申请内容提到“{word}”")


def _catalogue(session: Session, text: str) -> Iterator[Voice]:
    """The area of the nearest entry, where another of the nearest lies in it, too: one alone may share only a word like 收费标准."""
    hits = public_search.search(session, text, limit=HITS)
    areas = [area_called(hit.area) or hit.area for hit in hits]
    if areas and areas[0] and areas.count(areas[0]) > 1:
        yield Voice(areas[0], CATALOGUE, f"公开目录中最接近的“{hits[0].title[:LONGEST_TITLE]}”属于“{areas[0]}”")
