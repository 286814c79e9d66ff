"""The letter check: what must not be in any letter: gaps, personal numbers of others, secrecy marks, unsettled revisions."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gkapply.law.identifiers import identity_number
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import secret_mark
from gkapply.letters.finding import Finding, Findings, Point, error
from gkapply.letters.known import Known
from gkapply.letters.quotation import without_requests
from gkapply.letters.reading import Line, Reading
from gkapply.letters.titles import squeezed

_GAPS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|「[^」]*[×Xx某…_＿][^」]*」|[_＿]{2,}|[×╳Ｘ]{2,}|(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])"
    r"|某某|某(?:年|月|日|号|机关|单位|部门|同志|先生|女士)|(?<![A-Za-z])(?:TODO|FIXME|TBD)(?![A-Za-z])|[（(【\[](?:此处|这里|请填|待)[^）)】\]]*[）)】\]]"
    r"|待(?:填|补充填写|编号|签发后填|核实后填)|(?<![A-Za-z])(?:None|undefined|NaN|null)(?![A-Za-z])"
    r"|[（(](?:请写明|案号待补)[^）)]*[）)]"
    r"|[（(]\s*[）)]|《\s*》|“\s*”|〔\s*〕|[：:]\s*[。；]|[?？]{3,}"
)
_EMPTY_DATE = re.compile(r"年[\s　]*月[\s　]*日")
_SIGN_HERE = re.compile(r"签名|盖章|签收|签字")
_DRAFT_MARKS = re.compile(r"（文号待编）|（日期待签发）")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_NAMED_IDENTITY = re.compile(r"(?:身份证(?:件)?|公民身份)(?:号码?)?[：:为是]?\s*(\d{6,17}[\dXx*]{1,})")
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
_CARD = re.compile(r"(?<![0-9A-Za-z])(?:\d{16,19}|\d{4}(?: \d{4}){3}(?: \d{1,3})?)(?![0-9A-Za-z])")
_ACCOUNT = re.compile(r"(?:银行)?(?:账号|帐号|卡号|银行账户)[：:为是]?\s*(\d[\d ]{7,})")
_WITH_CONSENT = re.compile(r"经申请人同意")
_LAST_DAY = date(9999, 12, 31)
_FEE = LetterKind.FEE_NOTICE


def check_leftovers(letter: Reading, kind: LetterKind | None, known: Known | None) -> Findings:
    """Nothing stands in the letter that was to be filled in, or that is nobody's business."""
    yield from check_file(letter)
    foreign = _applicants_words(letter, known)
    for line in letter.everything:
        if line.text.strip():
            yield from _gaps(line, foreign, known)
    yield from _personal(letter, kind, known)


def check_file(letter: Reading) -> Findings:
    """What no file may carry, whatever it is: revisions and comments, marks of secrecy."""
    if letter.unsettled:
        yield error(Point.REVISION, letter.title, "文件中还有修订或者批注", "请接受或者拒绝全部修订、删除批注后再送审")
    for line in letter.everything:
        mark = secret_mark(line.text)
        if mark is not None:
            yield error(
                Point.SECRECY,
                line.text,
                f"带有国家秘密标志“{mark}”",
                "本系统是非涉密系统，请按保密规定处理",
                "《保守国家秘密法》第三十一条第三项",
            )


def _gaps(line: Line, foreign: Sequence[str], known: Known | None) -> Iterator[Finding]:
    text = _own(line, foreign)
    if known is not None and not known.is_signed:
        text = _DRAFT_MARKS.sub("", text)
    found = _GAPS.search(text) or _DRAFT_MARKS.search(text)
    if found is None and not line.in_table and not _SIGN_HERE.search(text):
        found = _EMPTY_DATE.search(text)
    if found is not None:
        yield error(Point.PLACEHOLDER, line.text, f"还有没有填写的内容“{found.group().strip()}”", "请补全或者删去")


def _own(line: Line, foreign: Sequence[str]) -> str:
    """What the office itself wrote in the paragraph: the applicant's words and name may look like anything."""
    text = line.text
    for words in foreign:
        text = text.replace(words, "略")
    return without_requests(text)


def _applicants_words(letter: Reading, known: Known | None) -> list[str]:
    words = [(letter.addressee or "").rstrip("：: ")]
    told = {squeezed(row[0]): row[1] for row in letter.rows if len(row) > 1}
    words += [part for name in ("申请人", "申请内容", "意见人", "所涉信息") for part in told.get(name, "").split("\n")]
    if known is not None:
        for request in known.requests:
            whole = (request.quote, request.correction_quote, *(item.quote for item in request.items))
            words += [part for one in whole for part in re.split(r"[\r\n]+", one)]
    return sorted((one for one in words if len(one) > 1), key=len, reverse=True)


def _personal(letter: Reading, kind: LetterKind | None, known: Known | None) -> Iterator[Finding]:
    allowed = {re.sub(r"\D", "", one) for one in known.own_numbers} if known else set()
    for line in letter.everything:
        if line.text in letter.notes or _WITH_CONSENT.search(line.text):
            continue
        text = without_requests(line.text)
        for found, what in _numbers(text, kind):
            if re.sub(r"\D", "", found) not in allowed:
                yield error(
                    Point.PERSONAL,
                    line.text,
                    f"写有{what}“{found[:3]}…{found[-2:]}”",
                    "请删去第三人的个人号码，或者以“某人的联系方式”等代称",
                    "《个人信息保护法》第二十五条",
                )
        for name in known.private_names if known else ():
            if name and name in line.text:
                yield error(
                    Point.PERSONAL,
                    line.text,
                    "向申请人以外的收文人透露了申请人的姓名或者名称",
                    "请删去",
                    "条例第三十二条",
                )


def _numbers(text: str, kind: LetterKind | None) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for found in _IDENTITY.findall(text):
        if _is_identity(found):
            seen.add(found)
            yield found, "身份证号码"
    for found in _NAMED_IDENTITY.findall(text):
        if found not in seen:
            seen.add(found)
            yield found, "身份证号码"
    for found in _MOBILE.findall(text):
        yield found, "手机号码"
    if kind is _FEE:  # where the fee is paid in
        return
    for found in _CARD.findall(text):
        if found not in seen and _luhn(re.sub(r"\D", "", found)):
            seen.add(found)
            yield found, "银行卡号"
    for found in _ACCOUNT.findall(text):
        if found.strip() not in seen:
            yield found.strip(), "银行账号"


def _is_identity(text: str) -> bool:
    try:
        identity_number(text, _LAST_DAY)
    except Refusal:
        return False
    return True


def _luhn(digits: str) -> bool:
    """The check digit of bank cards (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
