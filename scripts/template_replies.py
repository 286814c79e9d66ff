"""The wording of the replies: each item answered in the words of its own kind (条例第三十六条、第三十七条).

A letter holds the words of every kind of item that can stand in it, as ``law.replies.letter_for`` chooses.
"""

from scripts.template_paragraphs import (
    BASIS,
    BODY,
    CORRECTED,
    ENCLOSURE,
    ENDING,
    EXTENDED,
    HANDLED,
    HEADING,
    LEAD,
    OPENING,
    REMEDY_LINES,
    SUBJECT,
    Entry,
    each,
    heading,
    numbered,
    optional,
    when,
)

ANSWERS: dict[str, tuple[Entry, ...]] = {
    "reply_public": (
        (
            BODY,
            f"{SUBJECT}已经主动公开。{BASIS}现告知{{{{ you }}}}获取该信息的方式、途径：{{{{ item.where_to_find|sentence }}}}",
        ),
    ),
    "reply_disclosed": (
        (
            BODY,
            f"{SUBJECT}可以公开。{BASIS}本机关向{{{{ you }}}}提供该信息"
            "{% if item.way %}：{{ item.way|sentence }}{% else %}。{% endif %}",
        ),
        *when(
            "item.form_reason",
            (
                BODY,
                "没有按照{{ you }}要求的形式提供，理由是：{{ item.form_reason|sentence }}"
                "依照《条例》第四十条的规定，改以上述形式提供。",
            ),
        ),
    ),
    "reply_partial": (
        (
            BODY,
            f"{SUBJECT}部分可以公开。{BASIS}本机关作区分处理，向{{{{ you }}}}提供可以公开的内容"
            "{% if item.way %}：{{ item.way|sentence }}{% else %}。{% endif %}",
        ),
        (LEAD, "不予公开的内容和理由如下："),
        *each(
            "part",
            "item.withheld",
            (
                BODY,
                numbered("item.withheld") + "{{ part.content|sentence }}理由：{{ part.reason|sentence }}"
                "依照{{ part.basis }}“{{ part.words }}”的规定，"
                '{% if part.kind == "reply_not_information" %}该内容不属于政府信息，不予提供。{% else %}不予公开。{% endif %}',
            ),
        ),
    ),
    "reply_refused": (
        (
            BODY,
            f"{SUBJECT}属于不予公开的政府信息。"
            + optional("item.reason")
            + optional("item.law_named", "禁止公开该信息的规定是")
            + optional("item.danger_named")
            + optional("item.third_party_opinion")
            + optional("item.discretion_reason")
            + f"该信息不能作区分处理。{BASIS}本机关决定对该信息不予公开。",
        ),
    ),
    "reply_not_existing": (
        (
            BODY,
            "{% for search in item.searches %}本机关于{{ search.on_text }}检索了{{ search.units }}的{{ search.systems }}，"
            "检索时段为{{ search.period }}，检索词为{{ search.words }}，检索结果为：{{ search.result|sentence }}{% endfor %}"
            + optional("item.reason")
            + f"{BASIS}现告知{{{{ you }}}}：经检索，没有{SUBJECT}，该政府信息不存在。",
        ),
    ),
    "reply_not_ours": (
        (
            BODY,
            f"{SUBJECT}不属于本机关负责公开。" + optional("item.reason") + f"{BASIS}现告知{{{{ you }}}}："
            "{% if item.competent_organ %}负责公开该信息的行政机关：{{ item.competent_organ|sentence }}{{ you }}可以向该机关提出申请。"
            "{% else %}本机关不能确定负责公开该信息的行政机关。{% endif %}",
        ),
    ),
    "reply_not_information": (
        (
            BODY,
            "{% if items|length > 1 %}该项内容{% else %}{{ you }}申请公开的内容{% endif %}不属于政府信息。"
            + optional("item.reason")
            + f"{BASIS}本机关不作为政府信息提供。"
            + optional("item.governing_rule"),
        ),
    ),
    "reply_repeated": (
        (
            BODY,
            "{{ you }}此前已就相同政府信息提出申请，本机关已于{{ item.earlier_on_text }}作出答复"
            f"（文号：{{{{ item.earlier_number }}}}）。{BASIS}本机关对"
            "{% if items|length > 1 %}该项申请{% else %}{{ you }}的本次申请{% endif %}不予重复处理。",
        ),
    ),
}


def _reply(title: str, *kinds: str) -> tuple[Entry, ...]:
    """A reply that answers each item in the words of its own kind; ``kinds`` are those that can stand in it."""
    answers: tuple[Entry, ...] = ()
    for kind in kinds:
        answers += when(f'item.kind == "{kind}"', *ANSWERS[kind]) if len(kinds) > 1 else ANSWERS[kind]
    return (
        *heading(title),
        (BODY, OPENING + CORRECTED + EXTENDED + HANDLED),
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
        *each(
            "enclosure",
            "enclosures",
            (
                ENCLOSURE,
                "{% if loop.first %}附件：{% else %}　　　{% endif %}" + numbered("enclosures") + "{{ enclosure }}",
            ),
        ),
        *ENDING[1:],
    )


ALL_KINDS = tuple(ANSWERS)
"""Every way to answer an item."""
NOTHING_GIVEN = ALL_KINDS[3:]
"""The ways that give nothing, the weightiest first: a letter of one kind can hold items of those after it."""

REPLIES: dict[str, tuple[Entry, ...]] = {
    "reply_public": _reply("政府信息公开告知书", "reply_public"),
    "reply_disclosed": _reply("政府信息公开告知书", "reply_public", "reply_disclosed"),
    "reply_partial": _reply("政府信息部分公开告知书", *ALL_KINDS),
    "reply_refused": _reply("政府信息不予公开告知书", *NOTHING_GIVEN),
    "reply_not_existing": _reply("政府信息不存在告知书", *NOTHING_GIVEN[1:]),
    "reply_not_ours": _reply("非本机关负责公开政府信息告知书", *NOTHING_GIVEN[1:]),
    "reply_not_information": _reply("非政府信息告知书", "reply_not_information"),
    "reply_repeated": _reply("政府信息公开申请不予重复处理告知书", *NOTHING_GIVEN[3:]),
}
"""The replies."""
