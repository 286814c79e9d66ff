"""The letter check (答复体检): every point of a letter, from its .docx alone or with what the case knows of it."""

from collections.abc import Iterator

from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from gkapply.letters.answer_signs import SIGNS
from gkapply.letters.checking_answers import check_answers
from gkapply.letters.checking_articles import check_articles
from gkapply.letters.checking_content import check_content
from gkapply.letters.checking_enclosures import check_enclosures
from gkapply.letters.checking_head import (
    check_addressee,
    check_date,
    check_kind,
    check_number,
    check_signature,
    check_term,
)
from gkapply.letters.checking_leftovers import check_file, check_leftovers
from gkapply.letters.checking_opening import check_receipt, check_request
from gkapply.letters.checking_remedies import check_remedies
from gkapply.letters.finding import Finding, Point, Report, Unchecked
from gkapply.letters.known import Known
from gkapply.letters.quotation import spoken
from gkapply.letters.reading import Reading, read
from gkapply.letters.titles import squeezed

_NEED_THE_CASE = {
    **{point: "须与案卷核对" for point in Point if point.needs_case},
    Point.ITEMS: "申请的各项是否都已答复，须与案卷核对",
    Point.AUTHORITY: "是否为落款名义的复议机关和管辖法院，须与设置核对",
    Point.ENCLOSURES: "附件是否齐备，须与案卷核对",
}
_SHEET = "内部表单，不对外答复"
_BEFORE_SIGNATURE = (Point.NUMBER, Point.SERIES, Point.DATE, Point.TERM)


def check(docx: bytes, known: Known | None = None) -> Report:
    """What is wrong with the letter; ``ok`` when nothing keeps it back.

    Without ``known`` the points that need the case are listed as unchecked (未核). Raises Refusal when the file is no .docx.
    """
    letter = read(docx)
    form = _form(letter)
    if form is not None and known is None:
        return Report(form.value, tuple(check_file(letter)), tuple(Unchecked(point, _SHEET) for point in Point))
    kind = _kind(letter, known)
    findings = dict.fromkeys(_findings(letter, kind, known))
    return Report(kind.value if kind else "", tuple(findings), _unchecked(known))


def _findings(letter: Reading, kind: LetterKind | None, known: Known | None) -> Iterator[Finding]:
    yield from check_kind(letter, known)
    yield from check_addressee(letter, known)
    yield from check_number(letter, kind, known)
    if kind is not None:
        yield from check_receipt(letter, kind)
        if known is not None:
            yield from check_request(letter, kind, known)
        yield from check_articles(letter, kind, known)
        yield from check_answers(letter, kind, known)
        yield from check_content(letter, kind, known)
        yield from check_remedies(letter, kind, known)
        yield from check_enclosures(letter, kind, known)
    yield from check_signature(letter, known)
    yield from check_date(letter, kind, known)
    yield from check_term(letter, kind, known)
    yield from check_leftovers(letter, kind, known)


def _form(letter: Reading) -> FormKind | None:
    """The internal sheet that the file is; None for a letter."""
    if letter.kinds or not letter.body:
        return None
    title = squeezed(letter.body[0].text)
    return next((form for form in FormKind if title.endswith(form.label)), None)


def _kind(letter: Reading, known: Known | None) -> LetterKind | None:
    """The kind that the case says, else the one of the title; of several the one whose words the text carries."""
    if known is not None:
        return LetterKind(known.kind)
    if len(letter.kinds) < 2:
        return letter.kinds[0] if letter.kinds else None
    text = "\n".join(spoken(line.text) for line in letter.said)
    if LetterKind.CO_PRODUCER_INQUIRY in letter.kinds:
        return LetterKind.CO_PRODUCER_INQUIRY if "共同制作" in text else LetterKind.THIRD_PARTY_INQUIRY
    for kind in letter.kinds:
        sign = SIGNS.get(kind.value)
        if sign is not None and sign.decision.search(text):
            return kind
    return letter.kinds[0]


def _unchecked(known: Known | None) -> tuple[Unchecked, ...]:
    if known is None:
        return tuple(Unchecked(point, because) for point, because in _NEED_THE_CASE.items())
    if not known.is_signed:
        return tuple(Unchecked(point, "签发时编号、落日期后核对") for point in _BEFORE_SIGNATURE)
    return ()
