"""Passwords (口令): what a good one is, how it is kept, and one that the system makes.

Kept as argon2id with 19 MiB, two passes, one lane (OWASP's figures for a small server). Policy after GB/T 22239-2019
8.1.4.1 (身份鉴别信息具有复杂度要求).
"""

import re
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gkapply.law.refusal import Refusal

SHORTEST = 10
LONGEST = 200
CLASSES = 3
ARTICLE = "《信息安全技术 网络安全等级保护基本要求》GB/T 22239-2019"
WEAK = frozenset(
    (
        "a", "aa", "abc", "abcd", "abcdef", "abcdefg", "admin", "administrator", "asd", "asdf", "asdfgh", "asdfghjkl",
        "changeme", "gongkai", "guest", "huawei", "iloveyou", "letmein", "login", "manager", "pass", "passwd", "password",
        "qaz", "qaz2wsx", "qaz2wsx3edc", "qaz@wsx", "qaz@wsx3edc", "qazwsx", "qazwsxedc", "qwe", "qwer", "qwert", "qwerty", "qwertyuiop",
        "root", "sysadmin", "system", "test", "user", "welcome", "woaini", "xinxi", "zhengfu", "zxcvb", "zxcvbnm",
    )
)  # fmt: skip
"""What the passwords that everybody tries first are made of, once figures and signs around them are taken away."""
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LOOK_ALIKE = str.maketrans("@04$", "aoas")
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def require_good(password: str, *known: str) -> None:
    """Raises Refusal unless the password is long, mixed, not commonplace, and contains none of ``known`` (login, name)."""
    if len(password) < SHORTEST:
        raise Refusal(f"口令不足{SHORTEST}个字符", ARTICLE, do="请设置更长的口令", field="new_password")
    if len(password) > LONGEST:
        raise Refusal(f"口令超过{LONGEST}个字符", do="请设置短一些的口令", field="new_password")
    if _classes(password) < CLASSES:
        raise Refusal("口令太简单", ARTICLE, do="大写字母、小写字母、数字、符号四类中至少含三类", field="new_password")
    small = password.casefold()
    for word in known:
        if len(word) >= 2 and word.casefold() in small:
            raise Refusal("口令中含有您的账号或者姓名", ARTICLE, do="请换一个口令", field="new_password")
    if {_stem(small), _stem(small).translate(_LOOK_ALIKE)} & WEAK or len(set(small)) < 5:
        raise Refusal("这个口令太常见，容易被猜中", ARTICLE, do="请换一个口令", field="new_password")


def _stem(password: str) -> str:
    """The password without the figures and signs at its ends."""
    return _ENDS.sub("", password)


def _classes(password: str) -> int:
    """How many of 大写、小写、数字、其他 the password mixes."""
    small = any(letter.islower() for letter in password)
    large = any(letter.isupper() for letter in password)
    digit = any(letter.isdecimal() for letter in password)
    other = any(not (letter.islower() or letter.isupper() or letter.isdecimal()) for letter in password)
    return small + large + digit + other


def generate() -> str:
    """A password that meets the policy and is easy to read aloud: four groups of four, without look-alikes."""
    groups = [
        secrets.choice(_LETTERS).upper() + secrets.choice(_LETTERS) + secrets.choice(_DIGITS) + secrets.choice(_LETTERS)
        for _ in range(4)
    ]
    return "-".join(groups)


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether ``password`` is the one that ``kept`` was made from.

    For an account that does not exist (None) the same work is done, so that the time of the answer tells nothing.
    """
    try:
        right = _hasher.verify(kept or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def outdated(kept: str) -> bool:
    """Whether ``kept`` was made with weaker figures than today's."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))
