"""The wording of the letters as shipped, paragraph by paragraph, with the tags that casework's fields fill.

``make_templates`` sets it in Word.
"""

from scripts.template_notices import NOTICES
from scripts.template_outside import OUTSIDE
from scripts.template_paragraphs import (
    ADDRESS_LINE,
    AFTER_TABLE,
    ANY_OPENING,
    BODY,
    CLOSING,
    CORRECTED,
    ENCLOSURE,
    ENDING,
    LEAD,
    OPENING,
    RECEIPT_NOTE,
    REGULATION,
    REMEDY_LINES,
    SIGNED,
    SLIP,
    TABLE,
    Entry,
    each,
    heading,
    numbered,
    plain_heading,
    signed,
    when,
)
from scripts.template_replies import REPLIES
from scripts.template_sheets import SHEETS

LETTERS: dict[str, tuple[Entry, ...]] = {
    "receipt": (
        *plain_heading("{{ request_kind }}收件回执"),
        (LEAD, "本机关已收到{{ you }}{{ received_how }}的{{ request_kind }}，现将收件情况告知如下："),
        (TABLE, "receipt"),
        (
            RECEIPT_NOTE,
            '{% if request_kind == "政府信息更正申请" %}'
            f"本机关依照{REGULATION}第四十一条的规定审核，并将结果告知{{{{ you }}}}"
            "{% if due_text %}（内部办理期限至{{ due_text }}）{% endif %}；需要补正证据的，另行告知{{ you }}。"
            "{% else %}"
            f"依照{REGULATION}第三十三条的规定，本机关自收到申请之日起20个工作日内予以答复"
            "{% if due_text %}（{{ due_text }}届满）{% endif %}；依法需要补正、征求意见或者延期的，另行告知{{ you }}。"
            "{% endif %}",
        ),
        *signed(close=True),
    ),
    "correction_notice": (
        *heading("{{ request_kind }}补正告知书"),
        (BODY, ANY_OPENING),
        (LEAD, f"经审查，该申请需要补正。依照{REGULATION}第三十条的规定，现一次性告知{{{{ you }}}}补正下列事项："),
        *each("point", "points", (BODY, numbered("points") + "{{ point|sentence }}")),
        *when("guidance", (BODY, "补正指引：{{ guidance|sentence }}")),
        (
            ADDRESS_LINE,
            "请自收到本告知书之日起{{ answer_within_text }}内，向本机关提交补正后的申请。补正材料可以当面提交，也可以邮寄"
            "{% if contact_address %}至{{ contact_address }}{% endif %}"
            "{% if query_address %}，还可以在网上提交，网址：{{ query_address }}{% else %}。{% endif %}",
        ),
        (
            LEAD,
            "本机关的答复期限自收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该{{ request_kind }}。",
        ),
        *ENDING,
    ),
    "extension_notice": (
        *heading("政府信息公开申请延期答复告知书"),
        (BODY, OPENING + CORRECTED),
        (
            BODY,
            "该申请不能在原答复期限{% if due_text %}（{{ due_text }}届满）{% endif %}内答复，理由是：{{ extension_reason|sentence }}",
        ),
        (
            LEAD,
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
                BODY,
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
        *when("answer_online", (ADDRESS_LINE, "{{ answer_online }}")),
        (CLOSING, "特此函告。"),
        (ENCLOSURE, "附件：意见回执"),
        *SIGNED,
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
            LEAD,
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
    **REPLIES,
    **NOTICES,
    **OUTSIDE,
    **SHEETS,
}
