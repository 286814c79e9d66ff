"""The sketch of a text by which like ones are found in a large file: a few of its three-character grams, as numbers.

Which grams are taken depends on the text alone: those with the fewest everyday characters first, among these the ones whose number
is smallest. So an edited text keeps most of them, no process has to remember anything, and no figure over the file is needed.
"""

import zlib
from operator import add

from gkapply.casework.likeness_words import one_width, without_marks

GRAMS = 20
"""How many grams of a text are kept at most."""
_LENGTH = 3
_WIDTH = 4
_SPAN = _WIDTH * _LENGTH
_SIGN = 1 << 31
_FREQUENT = frozenset(
    "政公务开府县工信和息作法日社全化会标级条的准动办理安局基事服例人地主网市层站保行规成房项内补发收管生"
    "个要业区民岳进实范门建目起乡部时结形更设老定资户制体之方单果村处领变或各费位大关年对等者有点件道查责"
    "口出重农征指税策应文学决合域助推水贴一共国机示度不众面中新提请监报申证本养施程及交名金通预执车与自完"
    "能镇强划录罚改上品解可加式展用情路力权险审产算源卫在电导依群土督计了环案间救治经家明任子分多广育限专"
    "依据华共第规定现向贵机关出请书面复邮寄纸质电子版盖章如属予以说明由获取描述权益维护途申联系方式"
    "0123456789"
)
"""The two hundred characters most frequent in catalogues and notices of open government, the words of forms, and digits: they tell little."""


def sketch(text: str) -> list[int]:
    """The grams of a text as 32-bit numbers with sign, the most telling first; a very short text is one gram.

    Forms and courtesy stay in: they are written in frequent characters, and their grams are taken last.
    """
    words = without_marks(one_width(text))
    code = words.encode("utf-32-le")
    if len(words) < _LENGTH:
        return [zlib.crc32(code) - _SIGN] if words else []
    frequent = [one in _FREQUENT for one in words]
    places: tuple[list[int], ...] = tuple([] for _ in range(_LENGTH + 1))
    for place, found in enumerate(map(add, map(add, frequent, frequent[1:]), frequent[2:])):
        places[found].append(place * _WIDTH)
    taken: list[int] = []
    for alike in places:
        taken += sorted({zlib.crc32(code[at : at + _SPAN]) for at in alike})
        if len(taken) >= GRAMS:
            break
    return [number - _SIGN for number in taken[:GRAMS]]
