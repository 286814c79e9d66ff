"""The wording of the letters as shipped, paragraph by paragraph, with the tags that casework's fields fill.

``make_templates`` sets it in Word. Each entry is (style, text); ``TABLE`` stands for a table of ``template_tables``.
"""

TITLE, NUMBER, TO, BODY, HEADING = "LetterTitle", "LetterNumber", "Addressee", "LetterBody", "ItemHeading"
LEAD, REMEDIES, CLOSING, ENCLOSURE = "LeadIn", "Remedies", "Closing", "Enclosure"
TABLE_TITLE, SLIP, AFTER_TABLE = "TableTitle", "SlipTitle", "AfterTable"
CLOSE_SIGNATURE = "SignatureClose"
SIGNATURE, DATE, NOTE = "Signature", "SignatureDate", "ContactNote"
TABLE = "<table>"
TITLES = (TITLE, TABLE_TITLE)

Entry = tuple[str, str]

REGULATION = "《中华人民共和国政府信息公开条例》"
OPENING = (
    "本机关于{{ received_on_text }}收到{{ you }}{{ received_how }}的政府信息公开申请（登记编号：{{ request_number }}），"
    "申请公开“{{ request_quote }}”。"
)
CORRECTED = (
    "{% if correction_received_text %}因申请内容需要补正，本机关于{{ correction_asked_text }}告知{{ you }}补正，"
    "并于{{ correction_received_text }}收到补正后的申请{% if correction_quote %}，补正后的申请内容为"
    "“{{ correction_quote }}”{% endif %}。{% endif %}"
)
EXTENDED = "{% if extended_text %}经政府信息公开工作机构负责人同意，本机关于{{ extended_text }}告知{{ you }}延期答复。{% endif %}"
HANDLED = f"本机关依照{REGULATION}（以下简称《条例》）的规定办理。"
SUBJECT = "{% if items|length > 1 %}该信息{% else %}{{ you }}申请公开的信息{% endif %}"
BASIS = "依照{{ item.basis }}“{{ item.words }}”的规定，"


def when(condition: str, *entries: Entry) -> tuple[Entry, ...]:
    """The paragraphs, shown on a condition."""
    return ((BODY, f"{{%p if {condition} %}}"), *entries, (BODY, "{%p endif %}"))


def each(name: str, source: str, *entries: Entry) -> tuple[Entry, ...]:
    """The paragraphs, once for each row."""
    return ((BODY, f"{{%p for {name} in {source} %}}"), *entries, (BODY, "{%p endfor %}"))


def optional(name: str, before: str = "") -> str:
    """A sentence that stands only when its field has something to say."""
    return f"{{% if {name} %}}{before}{{{{ {name}|sentence }}}}{{% endif %}}"


def numbered(source: str) -> str:
    """The number of a row, where there are several."""
    return "{% if " + source + "|length > 1 %}{{ loop.index }}. {% endif %}"


ENDING: tuple[Entry, ...] = (
    (CLOSING, "特此告知。"),
    (SIGNATURE, "{{ organ_name }}"),
    (DATE, "{{ date_text }}"),
    *when(
        "contact_name or contact_phone",
        (
            NOTE,
            "（{% if contact_name %}联系人：{{ contact_name }}{% endif %}"
            "{% if contact_phone %}{% if contact_name %}，{% endif %}联系电话：{{ contact_phone }}{% endif %}）",
        ),
    ),
)
REMEDY_LINES = each("remedy", "remedies", (REMEDIES, "{{ remedy }}"))

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


def heading(title: str, *, number: bool = True) -> tuple[Entry, ...]:
    """Organ, title, 文号 and addressee."""
    number_line = ((NUMBER, "{{ document_number }}"),) if number else ()
    return ((TITLE, "{{ organ_name }}"), (TITLE, title), *number_line, (TO, "{{ addressee }}："))


ALL_KINDS = tuple(ANSWERS)
"""Every way to answer an item."""
NOTHING_GIVEN = ALL_KINDS[3:]
"""The ways that give nothing, the weightiest first: a letter of one kind can hold items of those after it."""

LETTERS: dict[str, tuple[Entry, ...]] = {
    "receipt": (
        *heading("政府信息公开申请收件回执", number=False),
        (LEAD, "本机关已收到{{ you }}{{ received_how }}的政府信息公开申请，现将收件情况告知如下："),
        (TABLE, "receipt"),
        (
            AFTER_TABLE,
            f"依照{REGULATION}第三十三条的规定，本机关自收到申请之日起20个工作日内予以答复"
            "{% if due_text %}（{{ due_text }}届满）{% endif %}；依法需要补正、征求意见或者延期的，另行告知{{ you }}。",
        ),
        (CLOSE_SIGNATURE, "{{ organ_name }}"),
        *ENDING[2:],
    ),
    "correction_notice": (
        *heading("政府信息公开申请补正告知书"),
        (BODY, OPENING),
        (LEAD, f"经审查，该申请需要补正。依照{REGULATION}第三十条的规定，现一次性告知{{{{ you }}}}补正下列事项："),
        *each("point", "points", (BODY, numbered("points") + "{{ point|sentence }}")),
        *when("guidance", (BODY, "补正指引：{{ guidance|sentence }}")),
        (
            BODY,
            "请自收到本告知书之日起{{ answer_within_text }}内，向本机关提交补正后的申请。补正材料可以当面提交，也可以邮寄"
            "{% if contact_address %}至{{ contact_address }}{% endif %}"
            "{% if query_address %}，还可以在网上提交，网址：{{ query_address }}{% else %}。{% endif %}",
        ),
        (
            LEAD,
            "本机关的答复期限自收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
        ),
        *ENDING,
    ),
    "extension_notice": (
        *heading("政府信息公开申请延期答复告知书"),
        (BODY, OPENING + CORRECTED),
        (
            BODY,
            "该申请不能在原答复期限{% if due_text %}（{{ due_text }}届满）{% endif %}内答复，理由是：{{ extension_reason|sentence }}"
            f"依照{REGULATION}第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，答复期限延长"
            "{{ extension_days }}个工作日，至{{ new_due_text }}届满。",
        ),
        *ENDING,
    ),
    "third_party_inquiry": (
        *heading('{% if party_kind == "third_party" %}第三方意见征求书{% else %}征求意见书{% endif %}'),
        (
            BODY,
            "本机关收到政府信息公开申请（登记编号：{{ request_number }}），所申请公开的下列信息"
            '{% if party_kind == "third_party" %}涉及{{ you }}{% elif party_kind == "co_producer" %}由{{ you }}参与制作'
            "{% else %}需要征求{{ you }}的意见{% endif %}：{{ information|sentence }}",
        ),
        (BODY, "征求意见的理由：{{ inquiry_reason|sentence }}"),
        *when(
            'party_kind == "third_party"',
            (
                BODY,
                f"依照{REGULATION}第三十二条的规定，现书面征求{{{{ you }}}}的意见。请自收到本征求书之日起"
                "{{ answer_within_text }}内填写所附回执，提出是否同意公开的意见；不同意公开或者只同意部分公开的，"
                "请指明相关内容、说明理由，可以附证明材料。",
            ),
            (
                LEAD,
                "{{ you }}不同意公开且有合理理由的，本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，"
                "并将决定公开的政府信息内容和理由书面告知{{ you }}。逾期未提出意见的，由本机关依照该条例的规定决定是否公开。",
            ),
        ),
        *when(
            'party_kind == "co_producer"',
            (
                BODY,
                f"依照{REGULATION}第三十四条的规定，现征求{{{{ you }}}}的意见。请自收到本征求意见书之日起"
                "{{ answer_within_text }}内填写所附回执，提出是否同意公开的意见；不同意公开的，请说明理由。"
                "逾期未提出意见的，视为同意公开。",
            ),
        ),
        *when(
            'party_kind == "organ"',
            (
                BODY,
                f"依照{REGULATION}第三十三条第三款的规定，现征求{{{{ you }}}}的意见。请自收到本征求意见书之日起"
                "{{ answer_within_text }}内填写所附回执，提出是否同意公开的意见；不同意公开的，请说明理由。"
                "逾期未提出意见的，由本机关依法决定是否公开。",
            ),
        ),
        (CLOSING, "特此函告。"),
        (ENCLOSURE, "附件：意见回执"),
        *ENDING[1:],
        (SLIP, "意见回执"),
        (TABLE, "opinion"),
        (
            AFTER_TABLE,
            "请在收到征求书之日起{{ answer_within_text }}内将本回执送交或者寄送{{ organ_name }}"
            "{% if contact_address %}（地址：{{ contact_address }}）{% endif %}。",
        ),
    ),
    "inquiry_notice": (
        *heading("政府信息公开申请征求意见告知书"),
        (BODY, OPENING),
        *when(
            'party_kind == "third_party"',
            (
                BODY,
                f"因公开该信息可能损害第三方合法权益，依照{REGULATION}第三十二条的规定，本机关书面征求第三方的意见。"
                "第三方应当自收到征求意见书之日起{{ answer_within_text }}内提出意见。",
            ),
        ),
        *when(
            'party_kind == "co_producer"',
            (
                BODY,
                f"因该信息由本机关与其他行政机关共同制作，依照{REGULATION}第三十四条的规定，本机关征求相关行政机关的意见。"
                "相关行政机关应当自收到征求意见书之日起{{ answer_within_text }}内提出意见。",
            ),
        ),
        *when(
            'party_kind == "organ"',
            (
                BODY,
                "因办理该申请需要征求其他机关的意见，本机关书面征求其意见，请其自收到征求意见书之日起"
                "{{ answer_within_text }}内提出。",
            ),
        ),
        (
            BODY,
            '依照{% if party_kind == "organ" %}' + REGULATION + "{% else %}该条例{% endif %}第三十三条第三款的规定，"
            "征求第三方和其他机关意见所需时间不计算在答复期限内。",
        ),
        *ENDING,
    ),
    "disclosure_notice": (
        *heading("政府信息决定公开告知书"),
        (
            BODY,
            "本机关于{{ asked_on_text }}就政府信息是否公开书面征求{{ you }}的意见，{{ opinion_text|sentence }}",
        ),
        (
            BODY,
            f"经审查，依照{REGULATION}第三十二条的规定，本机关决定公开下列政府信息：{{{{ decided_text|sentence }}}}",
        ),
        (BODY, "决定公开的理由：{{ disclose_reason|sentence }}"),
        *when("disclose_on_text", (BODY, "本机关拟于{{ disclose_on_text }}向申请人提供上述信息。")),
        *REMEDY_LINES,
        *ENDING,
    ),
    "reply_public": _reply("政府信息公开告知书", "reply_public"),
    "reply_disclosed": _reply("政府信息公开告知书", "reply_public", "reply_disclosed"),
    "reply_partial": _reply("政府信息部分公开告知书", *ALL_KINDS),
    "reply_refused": _reply("政府信息不予公开告知书", *NOTHING_GIVEN),
    "reply_not_existing": _reply("政府信息不存在告知书", *NOTHING_GIVEN[1:]),
    "reply_not_ours": _reply("非本机关负责公开政府信息告知书", *NOTHING_GIVEN[1:]),
    "reply_not_information": _reply("非政府信息告知书", "reply_not_information"),
    "reply_repeated": _reply("政府信息公开申请不予重复处理告知书", *NOTHING_GIVEN[3:]),
    "archive_index": (
        (TABLE_TITLE, "卷内目录"),
        (TABLE, "archive_head"),
        (NOTE, ""),
        (TABLE, "archive_list"),
        (NOTE, "卷内材料共{{ documents|length }}件。立卷机关：{{ organ_name }}"),
        (
            NOTE,
            "立卷日期：{{ date_text }}{% if archivist_name %}　　立卷人：{{ archivist_name }}{% endif %}",
        ),
    ),
}
