"""One mapping from what went wrong to a status and a page in plain Chinese."""

import secrets
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from gkapply.casework.attempts import Blocked
from gkapply.law.refusal import NotFound, NotPermitted, NotYetProvided, Refusal, Stale, WrongState
from gkapply.web.kept import kept_from_request

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (NotPermitted, 403),
    (NotFound, 404),
    (WrongState, 409),
    (Stale, 409),
    (Blocked, 429),
    (Refusal, 422),
)
TITLES = {
    403: "您没有办理此事的职责",
    404: "没有找到",
    409: "情况已有变动",
    422: "提交的内容有误",
    429: "操作太频繁",
    501: "尚未提供",
}
Page = tuple[str, int]


def status_of(refusal: Refusal) -> int:
    """The HTTP status for a Refusal of whatever family."""
    return next(status for family, status in STATUS if isinstance(refusal, family))


def set_up(app: Flask) -> None:
    """Register the mapping: refusals, the statuses of HTTP, a failed form check, and faults of the program."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(NotYetProvided, _not_yet)
    app.register_error_handler(CSRFError, _form_check_failed)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _fault)


def _page(status: int, title: str, reason: str, *, do: str = "", article: str = "", **more: Any) -> Page:
    html = render_template("error.html", status=status, page_title=title, reason=reason, do=do, article=article, **more)
    return html, status


def _refused(refusal: Refusal) -> Page:
    status = status_of(refusal)
    return _page(status, TITLES[status], refusal.reason, do=refusal.do or "", article=refusal.article or "")


def _not_yet(missing: NotYetProvided) -> Page:
    return _page(501, TITLES[501], str(missing), do="请先按现有方式办理，并在台账中记明")


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    title, reason, do = HTTP_WORDS.get(error.code, ("无法处理您的请求", "请求的格式不正确", "请返回上一页后重试"))
    return _page(error.code, title, reason, do=do)


HTTP_WORDS = {
    404: ("没有找到这个页面", "网址有误，或者页面已经移走", "请核对网址，或者从首页重新进入"),
    405: ("不能这样打开这个页面", "这个网址只接收表单提交，不能直接打开或者刷新", "请从首页重新进入并填写表单"),
    413: (
        "提交的内容太大",
        "一次提交的内容超过65 MB，没有保存",
        "每个附件不超过20 MB：请返回上一页，减少或者压缩附件后再提交；仍然过大的，可以邮寄或者当面提交",
    ),
    429: ("操作太频繁", "短时间内的次数超过上限", "请稍后再试"),
    503: ("系统正忙", "系统暂时无法处理", "您填写的内容没有保存，请稍候返回上一页再提交"),
}


def _fault(error: HTTPException) -> Page:
    """A fault of the program: the page gives a mark under which the log has it, and touches no database."""
    mark = secrets.token_hex(4).upper()
    current_app.logger.error("fault %s at %s %s", mark, request.method, request.path)
    return _page(
        500,
        "系统出了故障",
        f"本次操作没有完成，也没有留下只做了一半的记录。故障编号：{mark}",
        do="请返回上一页再试一次；仍然不行的，请把故障编号告诉受理机构",
        plain=True,
    )


def _form_check_failed(_: CSRFError) -> Page:
    """The token of a form is missing or belongs to another session of the browser: nothing typed is lost."""
    kept = kept_from_request()
    if kept is None:
        return _page(
            400, "提交没有执行", "这次提交不是从本系统的页面发出的，没有执行", do="请从首页进入，重新填写并提交"
        )
    return _page(
        400,
        "请再确认一次",
        "浏览器的会话已经更新，为防止他人冒用您的名义提交，这次提交没有执行",
        do="您填写的内容已经保留：点击「确认提交」即可，不必重新填写",
        kept=kept,
    )
