"""The letter check: remedies (救济告知) by the grounds of everything answered, with their terms, authority and court."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gkapply.law import remedies as law
from gkapply.law.letters import Addressee, LetterKind, RemedyRule
from gkapply.law.refusal import Refusal
from gkapply.letters.answer_signs import REFUSED
from gkapply.letters.answers import Answer, answers_of
from gkapply.letters.checking_answers import is_reply
from gkapply.letters.finding import Finding, Findings, Point, error
from gkapply.letters.known import Known
from gkapply.letters.notation import read_chinese_date
from gkapply.letters.reading import Reading
from gkapply.letters.titles import squeezed

ARTICLE = "《行政复议法》第二十条、第二十三条，《行政诉讼法》第四十五条、第四十六条"
_AUTHORITY = re.compile(r"(?<=向)([^，。；]{2,60}?)(?=申请行政复议)")
_COURT = re.compile(r"(?<=向)([^，。；]{2,60}?)(?=提起(?:行政)?诉讼)")
_SIXTY = re.compile(r"(?:60|六十)日内[^，。；]*申请行政复议")
_SIX_MONTHS = re.compile(r"(?:6|六)个月内[^，。；]*提起(?:行政)?诉讼")
_FIFTEEN = re.compile(r"(?:15|十五)日内[^，。；]*提起(?:行政)?诉讼")
"""Each term with the act that it belongs to."""
_FIRST = re.compile(r"先向|先申请|对行政复议决定不服|第二十三条")
_ONLINE = re.compile(r"行政复议申请也可以|在线(提交|申请)|网上(提交|申请)行政复议")
Variant = law.Variant


def check_remedies(letter: Reading, kind: LetterKind, known: Known | None) -> Findings:
    """The right paragraphs, whole; with the case at hand exactly those that its grounds call for."""
    if kind.addressee in (Addressee.REVIEW_AUTHORITY, Addressee.COURT):
        return
    told = [one for one in letter.remedies if not _ONLINE.match(one) and squeezed(one) != squeezed(law.COMPLAINT)]
    found = list(_told(letter, kind, told, known))
    found += _channel(letter, known, bool(told))
    if known is not None and not found:
        found += _expected(letter, kind, known)
    yield from found


def _told(letter: Reading, kind: LetterKind, told: Sequence[str], known: Known | None) -> Iterator[Finding]:
    if kind.remedies is None:
        for one in told:
            yield error(
                Point.REMEDIES, one, "程序性文书不单独告知行政复议、行政诉讼", "请删去救济告知", "法释〔2025〕8号"
            )
    elif kind.remedies is RemedyRule.E:
        whole = squeezed("".join(told))
        if squeezed(law.FEE_REMEDY) != whole:
            where = told[0] if told else letter.title
            yield error(
                Point.REMEDIES, where, "收费通知书的救济告知不对", f"应为：{law.FEE_REMEDY}", "国办函〔2020〕109号"
            )
    else:
        allowed = _allowed(letter, kind, known)
        if told:
            yield from _variant(told, allowed)
            for one in told:
                yield from _paragraph(one)
            yield from _places(letter, told)
        elif None not in allowed:
            yield error(
                Point.REMEDIES, letter.title, "没有告知救济途径", "请写明行政复议、行政诉讼的途径和期限", ARTICLE
            )


def _allowed(letter: Reading, kind: LetterKind, known: Known | None) -> frozenset[Variant | None]:
    """The variants that the grounds allow; None: no remedy need be told. Some hang on the office's settings."""
    if kind.remedies is RemedyRule.A or not is_reply(kind):
        return frozenset({Variant.A})
    if known is not None and known.answered is not None:
        open_to = [item for item in known.answered if not item.without_remedy]
        if not open_to:
            return frozenset({None})
        return frozenset({law.variant((ground for item in open_to for ground in item.grounds), _day(letter, known))})
    answers = answers_of(letter, kind)
    silent = [one for one in answers if _may_be_silent(one)]
    counted = [one for one in answers if one not in silent]
    variants: set[Variant | None] = set()
    for with_silent in ([], silent):
        for review_first in (False, True):
            grounds = {ground for one in (*counted, *with_silent) for ground in _grounds(one, review_first)}
            variants.add(law.variant(grounds, _day(letter, known)) if grounds else None)
    return frozenset(variants)


def _day(letter: Reading, known: Known | None) -> date:
    """The day by whose law the remedies go: of the signature, else as printed, else of the law in force."""
    if known is not None:
        return known.signed_on or known.composed_on
    printed = read_chinese_date(letter.date_text or "")
    return law.REVIEW_FIRST_SINCE if printed is None else printed


def _may_be_silent(answer: Answer) -> bool:
    """An enquiry, and what sector rules govern: a setting of the office says whether a remedy is told."""
    return "reply_enquiry" in answer.codes or any(p.article == 55 for one in answer.bases for p in one.provisions)


def _grounds(answer: Answer, review_first: bool) -> set[str | None]:
    if "reply_special_rule" in answer.codes and review_first:
        return {"36"}
    if answer.withheld and "reply_partial" in answer.codes:
        return {None, "refused"} if answer.refusing else {None}
    return {"refused"} if REFUSED in answer.codes else {None}


def _variant(told: Sequence[str], allowed: frozenset[Variant | None]) -> Iterator[Finding]:
    first = [one for one in told if _FIRST.search(one)]
    either = [one for one in told if not _FIRST.search(one)]
    written = Variant.C if first and either else Variant.B if first else Variant.A
    if written in allowed:
        if written is Variant.C and ("不予公开的部分" not in "".join(first) or "其他内容" not in "".join(either)):
            yield error(Point.REMEDIES, told[0], "没有分清不予公开的部分和其他内容", _DO[Variant.C], ARTICLE)
        return
    wanted = next((one for one in (Variant.B, Variant.C, Variant.A) if one in allowed), None)
    if wanted is None:
        yield error(Point.REMEDIES, told[0], "本文书不告知行政复议、行政诉讼", "请删去救济告知", "条例第五十五条")
        return
    yield error(Point.REMEDIES, told[0], "救济告知与各项处理结论不一致", _DO[wanted], ARTICLE)


_DO = {
    Variant.A: "没有不予公开的内容：应当告知可以申请行政复议，或者提起行政诉讼",
    Variant.B: "不予公开决定：应当告知先申请行政复议，对复议决定不服的再提起行政诉讼",
    Variant.C: "不予公开的部分应当告知先申请行政复议，其他内容告知可以申请行政复议或者提起行政诉讼",
}


def _paragraph(one: str) -> Iterator[Finding]:
    """The terms and the words that must stay."""
    if _FIRST.search(one):
        demands = [
            (re.compile("应当|应先|应自"), "没有写“应当”申请行政复议"),
            (re.compile(r"先(?:向|自|申请|行|依法)"), "没有写“先”申请行政复议"),
            (_SIXTY, "申请行政复议的期限应为60日"),
            (_FIFTEEN, "对复议决定不服起诉的期限应为15日"),
            (re.compile("第二十三条第一款第[（(]?四[）)]?项"), "没有写明《行政复议法》第二十三条第一款第四项"),
        ]
    else:
        demands = [
            (re.compile("可(?:以|自|向|在|于)"), "没有写“可以”"),
            (_SIXTY, "申请行政复议的期限应为60日"),
            (_SIX_MONTHS, "提起行政诉讼的期限应为6个月"),
            (re.compile("或者|也可"), "没有写明复议和诉讼可以选择"),
        ]
    demands += [
        (re.compile("申请行政复议"), "没有告知可以申请行政复议"),
        (re.compile("提起(行政)?诉讼"), "没有告知可以提起行政诉讼"),
        (re.compile("自(收到|知道)"), "没有写明期限自何时起算"),
    ]
    for pattern, problem in demands:
        if not pattern.search(one):
            yield error(Point.REMEDIES, one, problem, "请按标准文本恢复救济告知", ARTICLE)
    for days in re.findall(r"\d+(?:日内|个月内)", one):
        if days not in ("60日内", "6个月内", "15日内"):
            yield error(Point.REMEDIES, one, f"“{days}”不是法定的复议、诉讼期限", "请改为60日、6个月或者15日", ARTICLE)


def _places(letter: Reading, told: Sequence[str]) -> Iterator[Finding]:
    """One authority and one court, by their names; nobody reviews himself."""
    authorities = {name for one in told for name in _AUTHORITY.findall(one)}
    courts = {name for one in told for name in _COURT.findall(one)}
    for one in told:
        if "申请行政复议" in one and not _AUTHORITY.search(one):
            yield error(Point.AUTHORITY, one, "没有写明行政复议机关", "请写明行政复议机关的全称", ARTICLE)
        if re.search("提起(行政)?诉讼", one) and not _COURT.search(one):
            yield error(Point.AUTHORITY, one, "没有写明有管辖权的人民法院", "请写明人民法院的全称", ARTICLE)
    for name in sorted(courts):
        if not name.endswith("法院"):
            yield error(
                Point.AUTHORITY, _with(told, name), f"“{name}”不是人民法院", "请写明有管辖权的人民法院", ARTICLE
            )
    for name in sorted(authorities):
        if name.endswith("法院"):
            yield error(Point.AUTHORITY, _with(told, name), f"“{name}”不是行政复议机关", "请写明行政复议机关", ARTICLE)
        signs = squeezed(letter.signature or "")
        if squeezed(name) == signs and not re.search(r"(省|自治区|直辖市)人民政府$|部$|委员会$", signs):
            yield error(
                Point.AUTHORITY, _with(told, name), "行政复议机关写成了落款机关自己", "请核对行政复议机关", ARTICLE
            )
    for names, what in ((authorities, "行政复议机关"), (courts, "人民法院")):
        if len(names) > 1:
            yield error(
                Point.AUTHORITY, told[-1], f"各段写明的{what}不一致：{'、'.join(sorted(names))}", "请核对", ARTICLE
            )


def _with(told: Sequence[str], name: str) -> str:
    return next(one for one in told if name in one)


def _channel(letter: Reading, known: Known | None, told: bool) -> list[Finding]:
    """A letter delivered online names the online channel for review."""
    if known is None or not known.delivered_online or not told or known.answered is None:
        return []
    if _day(letter, known) < law.REVIEW_FIRST_SINCE:
        return []
    if any(_ONLINE.search(one) and known.online_review in one for one in letter.remedies):
        return []
    return [
        error(
            Point.REMEDIES,
            letter.remedies[-1],
            "网上送达的文书没有告知提交行政复议申请书的互联网渠道",
            f"请写明：行政复议申请也可以通过{known.online_review}在线提交",
            "《行政复议法》第二十二条第二款",
        )
    ]


def _expected(letter: Reading, kind: LetterKind, known: Known) -> Iterator[Finding]:
    """The very paragraphs that the case calls for, authority and court of its signing name in them."""
    if kind.remedies is None or kind.remedies is RemedyRule.E:
        return
    told = "".join(letter.remedies)
    for name, what in ((known.review_authority, "行政复议机关"), (known.court, "人民法院")):
        if letter.remedies and name not in told:
            yield error(
                Point.AUTHORITY,
                letter.remedies[0],
                f"写明的{what}不是落款名义“{known.signing_name}”的{what}",
                f"应为“{name}”",
                ARTICLE,
            )
            return
    if known.answered is None:
        return
    try:
        wanted = law.paragraphs(
            known.answered,
            review_authority=known.review_authority,
            court=known.court,
            on=_day(letter, known),
            delivered_online=known.delivered_online,
            online_review=known.online_review or None,
            complaint=known.complaint,
        )
    except Refusal as refused:
        yield error(Point.REMEDIES, letter.title, refused.reason, refused.do or "", refused.article or "")
        return
    for place, one in enumerate(wanted):
        if place >= len(letter.remedies) or squeezed(letter.remedies[place]) != squeezed(one):
            where = letter.remedies[min(place, len(letter.remedies) - 1)] if letter.remedies else letter.title
            yield error(Point.REMEDIES, where, "救济告知与各项答复应当告知的不一致", f"应为：{one}", ARTICLE)
            return
