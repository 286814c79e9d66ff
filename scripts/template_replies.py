"""The wording of the replies: each item answered in the words of its own kind (条例第三十六条至第四十一条).

A letter holds the words of every kind of item that can stand in it, as ``law.replies.letter_for`` chooses.
"""

import re
from collections.abc import Mapping

from gkapply.law.annual_rows import weight
from gkapply.law.replies import ReplyKind
from scripts.template_answers import ANSWERS, RECORD_ANSWERS
from scripts.template_paragraphs import (
    BODY,
    CORRECTED,
    ENCLOSURE,
    ENCLOSURE_FIRST,
    ENCLOSURE_NEXT,
    ENDING,
    EXTENDED,
    HANDLED,
    HEADING,
    LEAD,
    OPENING,
    RECORD_OPENING,
    REGULATION,
    REMEDY_LINES,
    SIGN_HERE,
    SIGNED,
    Entry,
    each,
    heading,
    when,
)

ENCLOSURES = (
    *when("enclosures|length == 1", *each("enclosure", "enclosures", (ENCLOSURE, "附件：{{ enclosure }}"))),
    *when(
        "enclosures|length > 1",
        *each(
            "enclosure",
            "enclosures",
            (BODY, "{%p if loop.first %}"),
            (ENCLOSURE_FIRST, "附件：1. {{ enclosure }}"),
            (BODY, "{%p else %}"),
            (ENCLOSURE_NEXT, "{{ loop.index }}. {{ enclosure }}"),
            (BODY, "{%p endif %}"),
        ),
    ),
)
"""附件说明: a blank line above, each name under the first's, no closing mark."""
ON_THE_SPOT = "该申请能够当场答复，本机关依照《条例》第三十三条第一款的规定当场予以答复。"


def _answered(kinds: tuple[str, ...], words: Mapping[str, tuple[Entry, ...]]) -> tuple[Entry, ...]:
    """The words of an item of any of the kinds."""
    if len(kinds) == 1:
        return words[kinds[0]]
    answers: tuple[Entry, ...] = ()
    for kind in kinds:
        answers += when(f'item.kind == "{kind}"', *words[kind])
    return answers


def _letter(title: str, opening: str, answers: tuple[Entry, ...], *, number: bool = True) -> tuple[Entry, ...]:
    return (
        *heading(title, number=number),
        (BODY, opening),
        *each("fact", "facts", (BODY, "{{ fact }}")),
        (LEAD, "经审查，现答复如下："),
        *each(
            "item",
            "items",
            *when("items|length > 1", (HEADING, "{{ item.ordinal_text }}：“{{ item.quote }}”")),
            *answers,
        ),
        *REMEDY_LINES,
        ENDING[0],
        *ENCLOSURES,
        *SIGNED,
    )


def _reply(title: str, *kinds: str) -> tuple[Entry, ...]:
    """A reply that answers each item in the words of its own kind; ``kinds`` are those that can stand in it."""
    return _letter(title, OPENING + CORRECTED + EXTENDED + HANDLED, _answered(kinds, ANSWERS))


def _record(title: str, *kinds: str) -> tuple[Entry, ...]:
    return _letter(title, RECORD_OPENING + CORRECTED + HANDLED, _answered(kinds, RECORD_ANSWERS))


def _weights(letter: str) -> list[int]:
    return [weight(kind.row) for kind in ReplyKind if kind.letter.value == letter and kind.row is not None]


def _after(letter: str) -> tuple[str, ...]:
    """The kinds of items that a letter led by that kind can hold: those that come with it or after it in table 三."""
    return tuple(kind for kind in NOTHING_GIVEN if max(_weights(kind)) >= min(_weights(letter)))


ALL_KINDS = tuple(sorted(ANSWERS, key=lambda kind: min(_weights(kind))))
"""Every way to answer an item, the weightiest first."""
NOTHING_GIVEN = tuple(kind for kind in ALL_KINDS if kind not in ("reply_public", "reply_disclosed", "reply_partial"))
"""The ways that give nothing: a letter of one kind can hold items of those after it."""


def _inside(entry: Entry) -> Entry:
    """An entry as it stands inside one request of several, under its number: its items are rows, and always 该项."""
    style, text = entry
    text = text.replace("（登记编号：{{ request_number }}）", "")
    text = re.sub(r"{% if items\|length > 1 %}(.*?){% else %}.*?{% endif %}", r"\1", text)
    names = "received_on_text|received_how|request_number|request_quote|correction_asked_text|correction_received_text"
    return style, re.sub(rf"\b({names}|correction_quote|extended_text)\b", r"request.\1", text)


COMBINED = (
    *heading("政府信息公开申请一并答复书"),
    (
        BODY,
        f"{{{{ you }}}}向本机关提出的{{{{ requests|length }}}}件政府信息公开申请，本机关依照{REGULATION}（以下简称《条例》）的规定办理，"
        "现一并答复如下：",
    ),
    *each(
        "request",
        "requests",
        (HEADING, "{{ loop.index }}. 登记编号{{ request.request_number }}"),
        _inside((BODY, OPENING + CORRECTED + EXTENDED)),
        *each("fact", "request.facts", (BODY, "{{ fact }}")),
        *each(
            "item",
            "request.answers",
            *when("request.answers|length > 1", (HEADING, "{{ item.ordinal_text }}：“{{ item.quote }}”")),
            *(_inside(entry) for entry in _answered(ALL_KINDS, ANSWERS)),
        ),
    ),
    *REMEDY_LINES,
    ENDING[0],
    *ENCLOSURES,
    *SIGNED,
)

REPLIES: dict[str, tuple[Entry, ...]] = {
    "reply_public": _reply("政府信息公开告知书", "reply_public"),
    "reply_disclosed": _reply("政府信息公开告知书", "reply_public", "reply_disclosed"),
    "reply_partial": _reply("政府信息部分公开告知书", *ALL_KINDS),
    **{
        kind: _reply(title, *_after(kind))
        for kind, title in (
            ("reply_refused", "政府信息不予公开告知书"),
            ("reply_special_rule", "政府信息依照特别规定办理告知书"),
            ("reply_not_existing", "政府信息不存在告知书"),
            ("reply_not_ours", "非本机关负责公开政府信息告知书"),
            ("reply_no_processing", "政府信息需加工、分析不予提供告知书"),
            ("reply_still_unclear", "政府信息公开申请补正后仍不明确告知书"),
            ("reply_petition", "不作为政府信息公开申请处理告知书"),
            ("reply_repeated", "政府信息公开申请不予重复处理告知书"),
            ("reply_publication", "公开出版物获取途径告知书"),
            ("reply_excessive", "政府信息公开申请不予处理告知书"),
            ("reply_already_obtained", "政府信息公开申请不予处理告知书"),
            ("reply_not_information", "非政府信息告知书"),
            ("reply_archives", "档案信息告知书"),
            ("reply_enquiry", "咨询答复"),
        )
    },
    "reply_combined": COMBINED,
    "on_the_spot_record": (
        *_letter(
            "政府信息公开申请当场答复记录",
            OPENING + HANDLED + ON_THE_SPOT,
            _answered(ALL_KINDS, ANSWERS),
            number=False,
        ),
        *SIGN_HERE,
    ),
    "record_corrected": _record("政府信息更正告知书", *RECORD_ANSWERS),
    "record_not_corrected": _record("政府信息不予更正告知书", *tuple(RECORD_ANSWERS)[1:]),
    "record_forwarded": _record("政府信息更正申请转送告知书", *tuple(RECORD_ANSWERS)[2:]),
}
"""The replies."""
