"""What the page says for each status: what happened, what became of what was typed, what to do next and where."""

from collections.abc import Mapping
from dataclasses import dataclass

HOME = ("返回首页", "/")
TRACK = ("查询进度", "/track")


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """The words of one page. ``ways`` are (label, path) of where to go on."""

    title: str
    happened: str
    kept: str
    do: str
    ways: tuple[tuple[str, str], ...] = (HOME,)


NOTHING_DONE = "没有改动任何内容，也没有提交任何内容。"
UNKNOWN = ErrorWords("无法处理您的请求", "请求的格式不正确", NOTHING_DONE, "请返回上一页后重试")
BY_STATUS: Mapping[int, ErrorWords] = {
    400: ErrorWords(
        "提交没有执行", "请求的格式不正确", NOTHING_DONE, "请返回上一页重新提交，或者从首页重新进入", (HOME, TRACK)
    ),
    403: ErrorWords(
        "没有权限打开",
        "这个页面不向您开放",
        NOTHING_DONE,
        "请从首页重新进入；工作人员请先登录",
        (HOME, ("工作人员登录", "/login")),
    ),
    404: ErrorWords(
        "没有找到这个页面",
        "网址有误，或者页面已经移走",
        "已经提交的申请不受影响。",
        "请核对网址，或者从首页、网站地图重新进入；查询申请请用登记编号和查询码",
        (HOME, TRACK, ("网站地图", "/sitemap")),
    ),
    405: ErrorWords(
        "不能这样打开这个页面",
        "这个网址只接收表单提交，不能直接打开或者刷新",
        "之前提交成功的内容不受影响。",
        "请从首页重新进入；想知道刚才是否提交成功，可以查询进度",
        (HOME, TRACK),
    ),
    413: ErrorWords(
        "提交的内容太大",
        "一次提交的内容超过65 MB，没有保存",
        "返回上一页，已经填写的文字一般都还在，附件需要重新选择。",
        "每个附件不超过20 MB：请返回上一页，减少或者压缩附件后再提交；仍然过大的，可以邮寄或者当面提交",
    ),
    429: ErrorWords(
        "操作太频繁",
        "短时间内的次数超过上限",
        "这一次没有执行；之前提交成功的内容不受影响。",
        "请稍后再试；急需办理的，可以当面或者邮寄提交",
        (HOME, TRACK),
    ),
}
REFUSED: Mapping[int, str] = {
    403: "您没有办理此事的职责",
    404: "没有找到",
    409: "情况已有变动",
    422: "提交的内容有误",
    429: "操作太频繁",
}
"""Titles of the pages for a Refusal, whose sentences say the rest."""
KEPT: Mapping[int, str] = {
    403: NOTHING_DONE,
    409: "这一次没有执行，没有改动任何内容。",
    422: "这一次没有提交；返回上一页，已经填写的文字一般都还在。",
    429: "这一次没有执行；之前提交成功的内容不受影响。",
}
FAULT = ErrorWords(
    "系统出了故障",
    "系统内部发生错误，本次操作没有完成",
    "没有留下只做了一半的记录：操作要么全部完成，要么全部没有执行。之前提交成功的内容不受影响。",
    "请返回上一页再试一次；仍然不行的，请把故障编号告诉受理机构",
    (HOME, TRACK),
)
BUSY = ErrorWords(
    "系统暂时不能使用",
    "系统正忙或者正在维护，这一次没有处理",
    "这一次的内容没有保存；返回上一页，已经填写的文字一般都还在。之前提交成功的内容不受影响。",
    "请过几分钟返回上一页再提交；急需办理的，可以当面、邮寄或者电话联系受理机构",
    (HOME, TRACK),
)
