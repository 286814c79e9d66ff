"""Which area of disclosure (公开领域) a request speaks of, by its words (领域建议): a suggestion with its reason; a person decides.

Every word of the list that the text holds speaks for its areas, by how surely it tells of them; further words of a theme already
named add a little. The same rule serves the analysis of demand, the page of a case, and the suggestion of a unit.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gkapply.law.themes import one_width, said_in

AGAIN = 0.5
"""What a further word of a theme counts that the text has named already."""
MOST, MOST_WORDS = 3, 4
"""Areas that are suggested, and words that a reason names."""
LEAST_SHARE = 0.4
"""An area that gets less than this share of what the first one gets is not suggested."""
SURE, CLEAR = 3.0, 0.6
"""From which weight on words alone decide, where no other area gets more than this share of it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What else speaks for an area, how much, and why, as a sentence without its end."""

    area: str
    weight: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class AreaSuggestion:
    """An area, how much speaks for it, and why in one sentence without its end."""

    area: str
    field: str
    """The pilot area (试点领域) within it; empty where it is none or nothing tells."""
    weight: float
    reason: str


def suggest_areas(text: str, voices: Iterable[Voice] = ()) -> Sequence[AreaSuggestion]:
    """The areas that the text speaks of, the likeliest first, at most MOST; empty when nothing tells of any.

    ``voices`` are added to what the words say.
    """
    named: defaultdict[str, dict[str, float]] = defaultdict(dict)
    fields: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    themes: set[tuple[str, str]] = set()
    for word in dict.fromkeys(one.word for one in said_in(one_width(text))):
        for tells in word.areas:
            theme = tells.area, word.theme or word.word
            named[tells.area][word.word] = tells.weight * (AGAIN if theme in themes else 1.0)
            themes.add(theme)
            fields[tells.area][tells.field] += named[tells.area][word.word]
    weights = defaultdict(float, {area: sum(words.values()) for area, words in named.items()})
    whys: defaultdict[str, list[str]] = defaultdict(list)
    for area, words in named.items():
        whys[area].append(_words(words))
    for voice in voices:
        weights[voice.area] += voice.weight
        whys[voice.area] += [voice.why] if voice.why else []
    ranked = sorted(weights, key=lambda area: -weights[area])[:MOST]
    return [
        AreaSuggestion(area, _field(fields[area]), weights[area], "；".join(dict.fromkeys(whys[area])))
        for area in ranked
        if weights[area] >= LEAST_SHARE * weights[ranked[0]]
    ]


def decided(found: Sequence[AreaSuggestion]) -> bool:
    """Whether the first of the suggestions is sure enough not to ask anything else."""
    if not found or found[0].weight < SURE:
        return False
    return len(found) == 1 or found[1].weight <= CLEAR * found[0].weight


def _words(words: Mapping[str, float]) -> str:
    most = sorted(words, key=lambda word: -words[word])[:MOST_WORDS]
    return "申请内容提到" + "、".join(f"“{word}”" for word in most)


def _field(fields: Mapping[str, float]) -> str:
    return max(fields, key=lambda one: fields[one], default="")
