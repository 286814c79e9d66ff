"""Addresses that go wrong on purpose, so that the page for each way of going wrong can be looked at as it is served."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge

from gkapply import clock
from gkapply.casework.attempts import Blocked
from gkapply.law.refusal import NotPermitted, Stale
from gkapply.web.access import public

ERRORS: Mapping[int, Callable[[], Exception]] = {
    403: lambda: NotPermitted("本页面供登记员使用，您没有这一职责", do="确需使用的，请联系系统管理员授予职责"),
    409: lambda: Stale("本件已由他人办理", do="请查看变动后再提交"),
    413: RequestEntityTooLarge,
    429: lambda: Blocked(
        "短时间内从您所在的网络提交的次数过多", do="请在10:30以后再试", until=clock.now() + timedelta(minutes=30)
    ),
    500: lambda: RuntimeError("the inside of the program"),
    503: lambda: OperationalError("SELECT 1", {}, Exception("database is locked")),
}


def go_wrong(app: Flask) -> None:
    """Give ``app`` the address /goes-wrong/STATUS for each of ERRORS."""
    for status, make in ERRORS.items():
        app.add_url_rule(f"/goes-wrong/{status}", f"goes_wrong_{status}", _raising(make))


def _raising(make: Callable[[], Exception]) -> Callable[[], str]:
    @public
    def view() -> str:
        raise make()

    return view
