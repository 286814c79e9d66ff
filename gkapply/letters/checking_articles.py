"""The letter check: provisions that exist, that are in force on the day of the letter, quoted in their own words."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gkapply.law.letters import LetterKind
from gkapply.law.periods import REGULATION_SINCE
from gkapply.law.provisions import LAWS, REPEALED, WORDS, Provision, number, provisions
from gkapply.letters.answer_signs import WORDS_OF
from gkapply.letters.answers import Basis, bases
from gkapply.letters.checking_head import first_day
from gkapply.letters.finding import Finding, Findings, Point, error
from gkapply.letters.known import Known
from gkapply.letters.quotation import spoken, without_requests
from gkapply.letters.reading import Reading
from gkapply.letters.titles import squeezed

_CITED = re.compile(
    r"(《[^》]+》|该条例)(?:（[^）]*）)?((?:[、和]?第[零一二三四五六七八九十百]+条(?:之[一二三四五六七八九十])?"
    r"(?:第[一二三四五六七八九十]+款)?(?:第[（(]?[一二三四五六七八九十]+[）)]?项)?)+)"
)
_ARABIC = re.compile(r"第\s*\d+\s*条")
_BASED_ON = re.compile(r"(?:依照|依据|根据|按照)《(?:中华人民共和国)?([^》]+)》")
_REGULATION = ("条例", "中华人民共和国政府信息公开条例", "政府信息公开条例")
_NOTICES: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.RECEIPT: ("第三十三条", "第四十一条"),
    LetterKind.CORRECTION_NOTICE: ("第三十条",),
    LetterKind.EXTENSION_NOTICE: ("第三十三条第二款",),
    LetterKind.THIRD_PARTY_INQUIRY: ("第三十二条", "第三十四条", "第三十三条第三款"),
    LetterKind.CO_PRODUCER_INQUIRY: ("第三十四条",),
    LetterKind.INQUIRY_NOTICE: ("第三十三条第三款",),
    LetterKind.DISCLOSURE_NOTICE: ("第三十二条",),
    LetterKind.EXPLANATION_NOTICE: ("第三十五条",),
    LetterKind.DELAY_NOTICE: ("第三十五条",),
    LetterKind.FEE_NOTICE: ("第四十二条",),
    LetterKind.LAPSE_NOTICE: ("第三十条", "第四十二条"),
    LetterKind.ASSISTANCE_LETTER: ("第十一条",),
}
"""The provisions of the Regulation of which a notice has to name one."""


def check_articles(letter: Reading, kind: LetterKind, known: Known | None) -> Findings:
    """Every provision cited is one, in force, and in its own words; a notice names the one it rests on."""
    on = _day_of(letter, known)
    for line in letter.said:
        text = without_requests(line.text)
        if _ARABIC.search(spoken(text)):
            yield error(Point.ARTICLE, line.text, "条号用了阿拉伯数字", "请用汉字写条号，例如“第三十六条”")
        yield from _existing(line.text, text, on)
        yield from _in_force(line.text, text, on)
        for basis in bases(text):
            yield from _in_words(basis)
    for remedy in letter.remedies:
        yield from _existing(remedy, remedy, on)
    yield from _named(letter, kind)


def _day_of(letter: Reading, known: Known | None) -> date | None:
    if known is not None:
        return known.signed_on or known.composed_on
    return first_day(letter.date_text or "")


def _existing(sentence: str, text: str, on: date | None) -> Iterator[Finding]:
    last = ""
    for cited in _CITED.finditer(text):
        name = cited.group(1).strip("《》")
        last = name = last if name == "该条例" and last else name
        if name in (*_REGULATION, "该条例"):
            wrong = [one for one in provisions(cited.group(2)) if not one.exists()]
            if wrong and (on is None or on >= REGULATION_SINCE):
                yield error(
                    Point.ARTICLE,
                    sentence,
                    f"《政府信息公开条例》没有“{_written(cited.group(2), wrong[0])}”",
                    "请按现行条例核对条、款、项",
                )
            continue
        law = LAWS.get(name.removeprefix("中华人民共和国"))
        if law is None or (on is not None and on < law.since):
            continue
        for one in provisions(cited.group(2)):
            if not 1 <= one.article <= law.articles:
                yield error(Point.ARTICLE, sentence, f"{law.name}只有{law.articles}条", "请按现行法律核对条号")


def _written(cited: str, wrong: Provision) -> str:
    for one in re.findall(r"第[零一二三四五六七八九十百]+条[^、和]*", cited):
        if number(one[1 : one.index("条")]) == wrong.article:
            return str(one)
    return cited


def _in_force(sentence: str, text: str, on: date | None) -> Iterator[Finding]:
    for cited in _BASED_ON.finditer(text):
        repealed = REPEALED.get(cited.group(1))
        if repealed is not None and (on is None or on >= repealed[0]):
            yield error(
                Point.ARTICLE,
                sentence,
                f"《{cited.group(1)}》已经废止",
                f"请改引{repealed[1]}的相应条款",
            )


def _in_words(basis: Basis) -> Iterator[Finding]:
    """What is quoted of a provision are its words, as the table of reply kinds or the whole article has them."""
    if not basis.words:
        return
    known = WORDS_OF.get(basis.article, ())
    whole = [text for place, text in WORDS.items() if basis.article.startswith("条例") and place in basis.article]
    whole += [
        words for article, texts in WORDS_OF.items() if _last(article) in _parts(basis.article) for words in texts
    ]
    sources = [squeezed(one) for one in (*known, *whole)]
    if not sources:
        return
    pieces = [squeezed(one).rstrip("。；，") for one in re.split(r"…+", basis.words)]
    if any(all(piece in source for piece in pieces if piece) and any(pieces) for source in _unbroken(sources)):
        return
    yield error(
        Point.ARTICLE,
        basis.sentence,
        f"引用的“{basis.cited}”与条款原文不符",
        f"原文为：“{(*known, *whole)[0]}”",
    )


def _unbroken(sources: list[str]) -> Iterator[str]:
    """Each source; one that leaves something out is compared piece by piece as well."""
    yield from sources
    yield from ("".join(re.split(r"…+", one)) for one in sources if "…" in one)


def _last(article: str) -> str:
    return article.split("、")[-1].removeprefix("条例")


def _parts(article: str) -> list[str]:
    return [one.removeprefix("条例") for one in article.split("、")]


def _named(letter: Reading, kind: LetterKind) -> Iterator[Finding]:
    wanted = _NOTICES.get(kind)
    if wanted is None:
        return
    told = "\n".join(spoken(without_requests(line.text)) for line in letter.said)
    if not any(place in told for place in wanted):
        yield error(
            Point.ARTICLE,
            letter.said[-1].text if letter.said else letter.title,
            "没有写明所依据的条款",
            f"请写明《条例》{'或者'.join(wanted)}",
            kind.basis,
        )
