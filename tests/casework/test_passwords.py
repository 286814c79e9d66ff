"""What a good password is, and how one is kept."""

import pytest

from gkapply.casework import passwords
from gkapply.law.refusal import Refusal


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Ab1-Ab1-A", "口令不足10个字符"),
        ("abcdefghij1", "口令太简单"),
        ("12345-67890", "口令太简单"),
        ("Ab1" * 100, "口令超过200个字符"),
        ("LiSi-2026-xyz", "口令中含有您的账号或者姓名"),
        ("李四Aa1-xyzuv", "口令中含有您的账号或者姓名"),
        ("P@ssw0rd2026!", "这个口令太常见"),
        ("Admin@123456", "这个口令太常见"),
        ("1qaz@WSX3edc", "这个口令太常见"),
        ("Aa1Aa1Aa1Aa1", "这个口令太常见"),
    ],
)
def test_a_bad_password_is_refused_with_its_reason(password: str, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        passwords.require_good(password, "lisi", "李四")


@pytest.mark.parametrize("password", ["Shanhai-2026", "长江-Huanghe-9", "xK4!mmmmmm-q"])
def test_a_good_password_is_taken(password: str) -> None:
    passwords.require_good(password, "lisi", "李四")


def test_a_generated_password_is_good_and_never_the_same() -> None:
    made = {passwords.generate() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.require_good(password, "registrar", "登记员")


def test_a_kept_password_opens_to_itself_alone() -> None:
    kept = passwords.hash_of("Shanhai-2026")
    assert kept.startswith("$argon2id$")
    assert "Shanhai" not in kept
    assert passwords.matches(kept, "Shanhai-2026")
    assert not passwords.matches(kept, "shanhai-2026")
    assert not passwords.matches(None, "Shanhai-2026")
    assert not passwords.matches("no password opens this account", "Shanhai-2026")


def test_a_hash_of_weaker_figures_is_outdated() -> None:
    assert not passwords.outdated(passwords.hash_of("Shanhai-2026"))
    assert passwords.outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
