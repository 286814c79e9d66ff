"""Telephone numbers that a phone dials at a touch."""

import pytest

from gkapply.web.telephones import dialled


@pytest.mark.parametrize(
    ("text", "dials"),
    [
        ("028-20000000", ["02820000000"]),
        ("08282000000，转办公室", ["08282000000"]),
        ("办公室 13800000000；热线12345", ["13800000000", "12345"]),
        ("400-800-0000", ["4008000000"]),
        ("以本机关指南公布的电话为准", []),
        ("512021199001011234", []),
        ("2026-11-22", []),
        ("", []),
    ],
)
def test_numbers_become_links_and_nothing_else_does(text: str, dials: list[str]) -> None:
    shown = dialled(text)
    assert [part.split('"')[0] for part in shown.split('href="tel:')[1:]] == dials
    assert shown.striptags() == text


def test_what_the_office_wrote_stays_text() -> None:
    assert "<b>" not in dialled("<b>028-20000000</b>")
