"""The wording of the letters to other organs, to the review authority and to the court."""

from scripts.template_paragraphs import (
    ADDRESS_LINE,
    AFTER_TABLE,
    BODY,
    CLOSING,
    COPIES,
    ENCLOSURE,
    HEADING,
    LEAD,
    REGULATION,
    SIGNED,
    SLIP,
    TABLE,
    Entry,
    each,
    heading,
    numbered,
    when,
)

LETTER_CLOSE = (CLOSING, "特此函告。")


def _defence(title: str, opening: str, request: str) -> tuple[Entry, ...]:
    return (
        *heading(title),
        (BODY, opening),
        (HEADING, "一、案件事实和办理经过"),
        *each("fact", "defence_facts", (BODY, numbered("defence_facts") + "{{ fact|sentence }}")),
        (HEADING, "二、答复的依据和理由"),
        *each("reason", "defence_reasons", (BODY, numbered("defence_reasons") + "{{ reason|sentence }}")),
        (HEADING, "三、证据"),
        *each("piece", "defence_evidence", (BODY, "证据{{ loop.index }}：{{ piece|sentence }}")),
        (HEADING, "四、" + request),
        (LEAD, "{{ defence_request|sentence }}"),
        *SIGNED,
    )


OUTSIDE: dict[str, tuple[Entry, ...]] = {
    "co_producer_inquiry": (
        *heading("征求意见书"),
        (
            BODY,
            "本机关收到政府信息公开申请（登记编号：{{ request_number }}），所申请公开的下列信息由本机关与{{ you }}共同制作："
            "{{ information|sentence }}",
        ),
        (BODY, "征求意见的理由：{{ inquiry_reason|sentence }}"),
        (
            BODY,
            f"依照{REGULATION}第三十四条的规定，现征求{{{{ you }}}}的意见。请自收到本征求意见书之日起"
            "{{ answer_within_text }}内填写所附回执，提出是否同意公开的意见；不同意公开的，请说明理由。"
            "逾期未提出意见的，视为同意公开。",
        ),
        *when("answer_online", (ADDRESS_LINE, "{{ answer_online }}")),
        LETTER_CLOSE,
        (ENCLOSURE, "附件：意见回执"),
        *SIGNED,
        (SLIP, "意见回执"),
        (TABLE, "opinion"),
        (
            AFTER_TABLE,
            "请在收到征求意见书之日起{{ answer_within_text }}内将本回执送交或者寄送{{ organ_name }}"
            "{% if contact_address %}（地址：{{ contact_address }}）{% endif %}。",
        ),
    ),
    "assistance_letter": (
        *heading("政府信息公开申请协办函"),
        (
            BODY,
            "本机关正在办理政府信息公开申请（登记编号：{{ request_number }}）。"
            f"依照{REGULATION}第十一条的规定，请{{{{ you }}}}协助下列事项：{{{{ assistance|sentence }}}}",
        ),
        (LEAD, "请于{{ deadline_text }}前书面回复本机关。协办期间，本机关的答复期限照常计算。"),
        LETTER_CLOSE,
        *SIGNED,
        *COPIES,
    ),
    "transfer_notice": (
        *heading("政府信息公开申请移送函"),
        (
            BODY,
            "本机关于{{ received_on_text }}收到{{ received_how }}的政府信息公开申请（登记编号：{{ request_number }}），"
            "申请公开“{{ request_quote }}”。{{ transfer_reason|sentence }}",
        ),
        (
            BODY,
            "为方便申请人，现将该申请移送{{ you }}{% if to_address %}（{{ to_address }}）{% endif %}，请{{ you }}依法处理。"
            "本机关已另行答复申请人。",
        ),
        *when("applicant_text", (LEAD, "经申请人同意，其姓名或者名称、联系方式如下：{{ applicant_text }}。")),
        LETTER_CLOSE,
        *when("applicant_text", (ENCLOSURE, "附件：政府信息公开申请材料")),
        *SIGNED,
        *COPIES,
    ),
    "review_defence": _defence(
        "行政复议答复书",
        "申请人{{ applicant_name }}{% if reply_number %}不服本机关对其政府信息公开申请（登记编号：{{ request_number }}）作出的答复"
        "（文号：{{ reply_number }}）{% else %}认为本机关未在法定期限内对其政府信息公开申请（登记编号：{{ request_number }}）作出答复"
        "{% endif %}，申请行政复议（{{ dispute_number }}）。"
        f"本机关依照《中华人民共和国行政复议法》的规定答复如下。文中《条例》指{REGULATION}。",
        "答复请求",
    ),
    "suit_defence": _defence(
        "行政诉讼答辩状",
        "原告{{ applicant_name }}诉本机关{% if reply_number %}政府信息公开一案（{{ dispute_number }}），本机关就其政府信息公开申请"
        "（登记编号：{{ request_number }}）作出答复（文号：{{ reply_number }}）{% else %}未依法答复其政府信息公开申请（登记编号："
        "{{ request_number }}）一案（{{ dispute_number }}）{% endif %}。"
        f"本机关依照《中华人民共和国行政诉讼法》的规定答辩如下。文中《条例》指{REGULATION}。",
        "答辩请求",
    ),
}
"""Letters for others than the applicant and third parties."""
