"""The words in which an item is answered, one set for each kind of reply (条例第三十六条至第四十一条)."""

from scripts.template_paragraphs import BASIS, BODY, LEAD, SUBJECT, Entry, each, numbered, optional, when

ITEM_OR_REQUEST = "{% if items|length > 1 %}该项申请{% else %}申请{% endif %}"
ITEM_OR_YOURS = "{% if items|length > 1 %}该项申请{% else %}{{ you }}的本次申请{% endif %}"

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
            "{% if item.competent_organ %}负责公开该信息的行政机关是{{ item.competent_organ|sentence }}{{ you }}可以向该机关提出申请。"
            "{% else %}本机关不能确定负责公开该信息的行政机关。{% endif %}",
        ),
    ),
    "reply_not_information": (
        (
            BODY,
            "{% if items|length > 1 %}该项内容{% else %}{{ you }}申请公开的内容{% endif %}"
            "{% if item.content_words %}属于{{ item.content_words }}，{% endif %}"
            + '{% if item.content_code != "public_body" %}不属于政府信息。{% else %}'
            + "不适用政府信息公开申请的规定。{% endif %}"
            + optional("item.reason")
            + f"{BASIS}本机关不作为政府信息提供。"
            + optional("item.governing_rule")
            + '{% if item.content_code == "public_body" %}{{ you }}认为有关公共企事业单位未依照上述规定公开信息的，可以依照'
            "《条例》第五十五条第二款的规定向有关主管部门或者机构申诉。{% endif %}",
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
    "reply_special_rule": (
        (
            BODY,
            f"{SUBJECT}属于法律、行政法规对信息的获取有特别规定的信息。{BASIS}请{{{{ you }}}}依照{{{{ item.special_law }}}}的规定办理。"
            "查询的地点和方式：{{ item.query_place|sentence }}",
        ),
    ),
    "reply_no_processing": (
        (
            BODY,
            "{% if items|length > 1 %}该项内容{% else %}{{ you }}申请公开的内容{% endif %}没有现成的信息，需要"
            "本机关对现有政府信息进行加工、分析。" + optional("item.reason") + f"{BASIS}本机关不予提供。",
        ),
    ),
    "reply_still_unclear": (
        (
            BODY,
            f"{{{{ you }}}}补正后的{ITEM_OR_REQUEST}内容仍不明确：{{{{ item.unclear_points|sentence }}}}{BASIS}本机关已经一次性告知"
            "{{ you }}作出补正；因补正后的申请内容仍不明确，本机关无法提供。",
        ),
    ),
    "reply_petition": (
        (
            BODY,
            f"{ITEM_OR_YOURS}系以政府信息公开申请的形式进行信访、投诉、举报等活动。"
            + optional("item.reason")
            + f"{BASIS}本机关不作为政府信息公开申请处理。{{{{ you }}}}可以通过下列渠道提出：{{{{ item.channel|sentence }}}}",
        ),
    ),
    "reply_publication": (
        (
            BODY,
            f"{SUBJECT}属于公开出版物。{BASIS}现告知{{{{ you }}}}获取的途径：{{{{ item.publication_place|sentence }}}}",
        ),
    ),
    "reply_excessive": (
        (
            BODY,
            "{{ item.counted_period }}期间，{{ you }}向本机关提出政府信息公开申请{{ item.counts }}，数量、频次明显超过合理范围。"
            f"本机关认为申请理由不合理：{{{{ item.head_judgment|sentence }}}}{BASIS}本机关对{ITEM_OR_YOURS}不予处理。",
        ),
    ),
    "reply_already_obtained": (
        (
            BODY,
            f"{ITEM_OR_YOURS}系要求本机关确认或者重新出具{{{{ you }}}}已经获取的信息。本机关已于{{{{ item.earlier_on_text }}}}作出答复"
            "（文号：{{ item.earlier_number }}），提供该信息的情况：{{ item.earlier_delivery|sentence }}"
            f"{BASIS}{{{{ you }}}}没有提出新的政府信息公开申请内容，本机关不予处理。",
        ),
    ),
    "reply_archives": (
        (
            BODY,
            f"{SUBJECT}已经移交国家档案馆。{BASIS}请{{{{ you }}}}按照《中华人民共和国档案法》的规定办理。保管该信息的国家档案馆："
            "{{ item.archive_name|sentence }}",
        ),
    ),
    "reply_enquiry": (
        (
            BODY,
            f"{ITEM_OR_YOURS}属于咨询，没有申请获取以一定形式记录、保存的信息。{BASIS}该内容不作为政府信息公开申请处理。"
            "现就咨询事项告知如下：{{ item.enquiry_answer|sentence }}",
        ),
    ),
}
"""How an item of each kind is answered, in its own words."""

RECORD_SUBJECT = "{% if items|length > 1 %}该记录{% else %}{{ you }}要求更正的记录{% endif %}"
RECORD_ANSWERS: dict[str, tuple[Entry, ...]] = {
    "record_corrected": (
        (
            BODY,
            f"经核实，{{{{ item.record_check|sentence }}}}{BASIS}本机关已对{RECORD_SUBJECT}予以更正："
            "{{ item.corrected_content|sentence }}",
        ),
    ),
    "record_not_corrected": (
        (
            BODY,
            "经核实，{{ item.record_check|sentence }}"
            + optional("item.reason")
            + f"{BASIS}本机关对{RECORD_SUBJECT}不予更正。",
        ),
    ),
    "record_forwarded": (
        (
            BODY,
            f"{RECORD_SUBJECT}，更正不属于本机关职能范围。"
            + optional("item.reason")
            + f"{BASIS}{{{{ item.forwarded_how|sentence }}}}有权更正的行政机关：{{{{ item.forwarded_to|sentence }}}}",
        ),
    ),
}
"""How an item of a request to correct records is answered (条例第四十一条)."""
