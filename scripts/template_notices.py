"""The wording of the notices that the branches of the procedure call for."""

from scripts.template_paragraphs import (
    ANY_OPENING,
    BODY,
    CORRECTED,
    ENDING,
    LEAD,
    OPENING,
    REGULATION,
    REMEDY_LINES,
    Entry,
    each,
    heading,
    numbered,
    optional,
)

NOTICES: dict[str, tuple[Entry, ...]] = {
    "explanation_notice": (
        *heading("政府信息公开申请说明理由告知书"),
        (BODY, OPENING),
        (
            BODY,
            "{{ period_text }}期间，{{ you }}向本机关提出政府信息公开申请{{ counts_text }}，数量、频次明显超过合理范围。"
            f"依照{REGULATION}第三十五条的规定，请{{{{ you }}}}自收到本告知书之日起{{{{ answer_within_text }}}}内，"
            "向本机关书面说明申请的理由。书面说明可以当面提交，也可以邮寄{% if contact_address %}至{{ contact_address }}{% endif %}。",
        ),
        (
            LEAD,
            "本机关认为申请理由不合理的，告知{{ you }}不予处理；认为申请理由合理，但是无法在该条例第三十三条规定的期限内答复的，"
            "确定延迟答复的合理期限并告知{{ you }}。",
        ),
        *ENDING,
    ),
    "delay_notice": (
        *heading("政府信息公开申请延迟答复告知书"),
        (BODY, OPENING + CORRECTED),
        (
            BODY,
            "经审查，{{ you }}申请的理由合理，但是本机关无法在法定期限内答复：{{ delay_reason|sentence }}",
        ),
        (
            LEAD,
            f"依照{REGULATION}第三十五条的规定，本机关延迟答复，答复期限至{{{{ until_text }}}}届满。",
        ),
        *ENDING,
    ),
    "fee_notice": (
        *heading("政府信息公开信息处理费收费通知书"),
        (BODY, OPENING + CORRECTED),
        (
            BODY,
            "{{ you }}申请公开政府信息的数量、频次明显超过合理范围。"
            f"依照{REGULATION}第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，"
            "本机关决定对该申请收取信息处理费。",
        ),
        (
            BODY,
            "一、收费标准：{{ standard_text|sentence }}"
            '{% if mode == "item" %}该申请为{{ you }}本自然月内向本机关提出的{{ quantity_text }}。'
            "{% else %}该申请须提供的信息共{{ quantity_text }}。{% endif %}",
        ),
        (
            BODY,
            "二、收费金额：{{ yuan_text }}（{% for step in working %}{{ step }}{% if not loop.last %}；{% endif %}{% endfor %}）。",
        ),
        (BODY, "三、缴纳方式：{{ pay_how|sentence }}"),
        (
            BODY,
            "四、缴纳期限：自收到本通知书次日起{{ pay_within_text }}内。逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。",
        ),
        *REMEDY_LINES,
        *ENDING,
    ),
    "lapse_notice": (
        *heading("{{ request_kind }}不再处理告知书"),
        (BODY, ANY_OPENING),
        (
            BODY,
            '本机关于{{ told_on_text }}发出{% if cause == "correction" %}补正告知书{% else %}收费通知书{% endif %}，'
            "{{ told_delivered_text }}送达{{ you }}（{{ told_proof }}）。"
            '{% if cause == "correction" %}补正期限于{{ term_ended_text }}届满，{{ you }}没有补正，也没有说明正当理由。'
            f"依照{REGULATION}第三十条“申请人无正当理由逾期不补正的，视为放弃申请，行政机关不再处理该政府信息公开申请”的规定，"
            "{% else %}缴费期限于{{ term_ended_text }}届满，{{ you }}没有缴清信息处理费。"
            f"依照{REGULATION}第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，{{% endif %}}"
            "视为{{ you }}放弃申请，本机关不再处理该{{ request_kind }}。",
        ),
        *REMEDY_LINES,
        *ENDING,
    ),
    "withdrawal_notice": (
        *heading("{{ request_kind }}终止办理告知书"),
        (BODY, ANY_OPENING),
        (
            LEAD,
            "{{ withdrawn_on_text }}，{{ you }}自愿撤回该申请（{{ withdrawn_how }}）。本机关自该日起终止办理。"
            "{{ you }}以后可以就相同内容再次提出申请。",
        ),
        *ENDING,
    ),
    "entrustment_notice": (
        *heading("政府信息公开申请委托办理告知书"),
        (BODY, OPENING),
        (
            LEAD,
            "本机关委托{{ entrusted_organ }}具体办理该申请。{{ entrust_reason|sentence }}"
            "答复仍由本机关在法定期限内作出，由此产生的法律后果由本机关承担。",
        ),
        *ENDING,
    ),
    "split_notice": (
        *heading("政府信息公开申请拆分办理告知书"),
        (BODY, OPENING),
        (
            LEAD,
            "该申请包含多项内容，"
            + optional("split_reason")
            + "本机关拆分为下列{{ children|length }}件分别办理、分别答复：",
        ),
        *each(
            "child", "children", (BODY, numbered("children") + "登记编号{{ child.number }}：{{ child.quote|sentence }}")
        ),
        (
            LEAD,
            "拆分后的各件申请以{{ received_on_text }}为收到申请之日，答复期限不变；{{ you }}可以凭各自的登记编号查询。",
        ),
        *ENDING,
    ),
}
"""The notices, every one to the applicant."""
