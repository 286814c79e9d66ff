"""The fields of every kind of letter and sheet, declared once: read through ``gkapply.letters.fields``."""

from collections.abc import Mapping

from gkapply.letters import examples
from gkapply.letters.declared_forms import FORMS
from gkapply.letters.declared_notices import NOTICES
from gkapply.letters.declared_outside import OUTSIDE
from gkapply.letters.declared_replies import REPLIES
from gkapply.letters.field import (
    ANSWER_ONLINE,
    ANY_REQUEST,
    CORRECTED,
    NUMBER,
    OFFICE,
    OPINION_TERM,
    PARTY_KIND,
    QUERY,
    REQUEST,
    REQUEST_KIND,
    REQUEST_NUMBER,
    TO,
    TO_PARTY,
    Field,
    needed,
)

DECLARED: Mapping[str, tuple[Field, ...]] = {
    "receipt": (
        *OFFICE,
        *TO,
        *REQUEST,
        REQUEST_KIND,
        needed("materials", "收到的材料", ("政府信息公开申请表（2页）", "身份证明（1份）")),
        needed("content_hash", "申请内容的校验值（SHA-256）", examples.HASH),
        Field("due_text", "答复期限届满之日", "2026年3月30日"),
        QUERY,
        Field("query_hint", "查询说明（不含查询码）", "凭登记编号和查询码查询办理进度"),
    ),
    "correction_notice": (
        *OFFICE,
        NUMBER,
        *TO,
        *ANY_REQUEST,
        needed(
            "points",
            "需要补正的事项",
            ("所申请的“补偿款发放明细”没有写明涉及哪一批次征地，请写明征地批次或者批准文号", "请提供身份证明"),
        ),
        Field(
            "guidance",
            "指导和释明",
            "批准文号可以在镇、村张贴的征收土地公告中查到；也可以写明所在村组，由本机关据此查找",
        ),
        needed("answer_within_text", "补正期限（自收到之日起）", "10个工作日"),
        QUERY,
    ),
    "extension_notice": (
        *OFFICE,
        NUMBER,
        *TO,
        *REQUEST,
        *CORRECTED,
        needed("extension_reason", "延长答复期限的理由", "所申请信息分散在多个科室保存的纸质档案中，需要逐件核对"),
        needed("extension_days", "延长的工作日数", "10"),
        Field("due_text", "原答复期限届满之日", "2026年4月15日"),
        needed("new_due_text", "延长后的答复期限届满之日", "2026年4月29日"),
    ),
    "third_party_inquiry": (
        *OFFICE,
        NUMBER,
        *TO_PARTY,
        REQUEST_NUMBER,
        PARTY_KIND,
        needed("party_name", "征求意见对象的名称", "四川某建设工程有限公司"),
        needed("information", "所涉政府信息", "龙台镇场镇道路改造工程施工合同"),
        needed("inquiry_reason", "征求意见的理由", "该信息载有报价明细，公开可能损害贵单位的合法权益"),
        OPINION_TERM,
        ANSWER_ONLINE,
    ),
    "inquiry_notice": (
        *OFFICE,
        NUMBER,
        *TO,
        *REQUEST,
        PARTY_KIND,
        OPINION_TERM,
    ),
    "disclosure_notice": (
        *OFFICE,
        NUMBER,
        *TO_PARTY,
        needed("asked_on_text", "发出征求意见书的日期", "2026年3月10日"),
        needed("opinion_text", "对方的意见（一句话）", "贵单位于2026年3月25日提出意见，不同意公开"),
        needed("decided_text", "决定公开的政府信息", "龙台镇场镇道路改造工程施工合同（隐去银行账号）"),
        needed(
            "disclose_reason",
            "决定公开的理由",
            "该工程使用财政资金，合同价款和工期关系沿线群众的切身利益，不公开可能对公共利益造成重大影响",
        ),
        Field("disclose_on_text", "拟提供该信息的日期", "2026年4月8日"),
        needed("remedies", "救济告知", (examples.REMEDY_DECISION,)),
    ),
    **REPLIES,
    **NOTICES,
    **OUTSIDE,
    **FORMS,
}
