"""Numbers and addresses of applicants: read forgivingly, checked by their own check digits.

Each function returns the value in its one written form (half-width, no blanks) or raises Refusal naming the field.
"""

import re
import unicodedata
from datetime import date

from gkapply.law.refusal import Refusal

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_MODULUS = 31
_OLDEST_BIRTH = date(1900, 1, 1)
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_CREDIT = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")
_PHONE = re.compile(r"\(?\+?[0-9][0-9() -]*(?:(?:转|ext\.?|x|#) *[0-9]+)?", re.IGNORECASE)
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_EMAIL = re.compile(r"[^\s@\"(),:;<>\[\\\]]+@(?:[\w-]+\.)+[\w-]*[^\W\d_][\w-]*")
_LEAST_PHONE_DIGITS, _MOST_PHONE_DIGITS = 7, 20
_LONGEST_EMAIL = 254


def identity_number(text: str, today: date, field: str = "identity_number") -> str:
    """A citizen's identity number (公民身份号码, GB 11643: 18 digits, ISO 7064 MOD 11-2, a birth date not after ``today``).

    The residence permits of Hong Kong, Macao and Taiwan residents (81, 82, 83) follow the same rules. A region code that
    is not known is no reason to refuse: regions are renamed and abolished, the numbers stay.
    """
    number = _tidy(text)
    if not _IDENTITY.fullmatch(number):
        raise Refusal(
            "身份证号码应为18位（前17位为数字，末位为数字或X）",
            do="请核对后重填；使用其他证件的，请另选证件名称",
            field=field,
        )
    born = number[6:14]
    try:
        birth = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        raise Refusal(f"身份证号码中的出生日期 {born} 不存在", do="请核对后重填", field=field) from None
    if not _OLDEST_BIRTH <= birth <= today:
        raise Refusal(f"身份证号码中的出生日期 {born} 不合常理", do="请核对后重填", field=field)
    total = sum(int(digit) * weight for digit, weight in zip(number, _IDENTITY_WEIGHTS, strict=False))
    if _IDENTITY_CHECKS[total % 11] != number[-1]:
        raise Refusal("身份证号码的校验位不符，号码有误", do="请逐位核对后重填", field=field)
    return number


def credit_code(text: str, field: str = "credit_code") -> str:
    """An organisation's code (统一社会信用代码, GB 32100: 18 characters without I O Z S V, check digit modulo 31)."""
    code = _tidy(text)
    if not _CREDIT.fullmatch(code) or code.startswith("0"):
        raise Refusal(
            "统一社会信用代码应为18位数字和大写字母（不用I、O、Z、S、V），第3至8位为数字",
            do="请核对营业执照或者登记证书",
            field=field,
        )
    total = sum(_CREDIT_ALPHABET.index(sign) * pow(3, place, _CREDIT_MODULUS) for place, sign in enumerate(code[:-1]))
    if _CREDIT_ALPHABET[-total % _CREDIT_MODULUS] != code[-1]:
        raise Refusal("统一社会信用代码的校验位不符，代码有误", do="请逐位核对后重填", field=field)
    return code


def phone(text: str, field: str = "phone") -> str:
    """A telephone number of any country, with or without area code, brackets and extension (7 to 20 digits)."""
    number = _half_width(text).replace("—", "-").strip()
    digits = sum(sign.isdigit() for sign in number)
    if not _PHONE.fullmatch(number) or not _LEAST_PHONE_DIGITS <= digits <= _MOST_PHONE_DIGITS:
        raise Refusal(
            "联系电话应为7至20位数字，可以带区号、连字符和分机号", do="例如 028-12345678 转 8001", field=field
        )
    return number


def mobile(text: str, field: str = "phone") -> str:
    """A mobile number that takes text messages: eleven digits, with or without the country's code 86, blanks and hyphens."""
    found = _MOBILE.fullmatch(_tidy(text))
    if found is None:
        raise Refusal("手机号码应为11位数字，以1开头", do="请核对号码；固定电话不能接收短信", field=field)
    return found.group(1)


def email(text: str, field: str = "email") -> str:
    """An address that mail can be sent to: one @, a dotted domain, no blanks or line breaks."""
    address = _half_width(text).strip()
    if len(address) > _LONGEST_EMAIL or ".." in address or not _EMAIL.fullmatch(address):
        raise Refusal("电子邮箱地址的格式不对", do="例如 name@example.cn", field=field)
    return address


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _tidy(text: str) -> str:
    """Half-width capitals without blanks and hyphens, as people copy numbers from cards."""
    return re.sub(r"[\s-]", "", _half_width(text)).upper()


def age_on(number: str, day: date) -> int:
    """The age in full years on ``day`` of whoever has that identity number, which has been checked."""
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
