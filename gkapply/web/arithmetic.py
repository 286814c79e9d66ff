"""A small sum (算术题) in place of a picture to read: asked of an address that has sent several requests within the hour.

A person who is blind, old or on a small screen can answer it; a program that was not written for this form cannot. It hangs on
the token of the form, so that each answer is good for one request and nothing is kept. In a service hall nobody is asked.
"""

import hashlib
import hmac
import unicodedata
from typing import Protocol

from flask import current_app, request
from wtforms import Field

from gkapply import clock
from gkapply.casework import limits
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.law.numerals import chinese_number
from gkapply.law.refusal import Refusal
from gkapply.web.hall_mode import is_terminal

LEAST, MOST = 2, 9


class Summed(Protocol):
    """A form that can ask."""

    sum: Field


def question(token: str) -> str | None:
    """The question for the form with that token, when its sender has to answer one."""
    if not _wanted():
        return None
    first, second = _numbers(token)
    return f"{chinese_number(first)}加{chinese_number(second)}等于几？请填写数字"


def require_answer(form: Summed, token: str) -> None:
    """Raises Refusal where a sum was to be answered and was not, or wrongly."""
    if not _wanted():
        return
    answer = unicodedata.normalize("NFKC", form.sum.data or "").strip()
    total = sum(_numbers(token))
    if answer not in (str(total), chinese_number(total)):
        told = "请回答算术题，用来识别自动程序" if not answer else "算术题的答案不对"
        raise Refusal(told, do=question(token), field="sum")


def _wanted() -> bool:
    settings: Settings = current_app.config["GKAPPLY"]
    if is_terminal():
        return False
    limit = limits.Limit(limits.SUBMISSION, settings.submissions_per_hour)
    with reading() as unit:
        return limits.used(unit, limit, request.remote_addr or "", clock.now()) >= settings.sums_after


def _numbers(token: str) -> tuple[int, int]:
    settings: Settings = current_app.config["GKAPPLY"]
    digest = hmac.new(settings.secret_key, f"sum:{token}".encode(), hashlib.sha256).digest()
    span = MOST - LEAST + 1
    return LEAST + digest[0] % span, LEAST + digest[1] % span
