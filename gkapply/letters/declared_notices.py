"""The fields of the notices on the way and at the end of a request without a reply."""

from collections.abc import Mapping

from gkapply.letters import examples
from gkapply.letters.field import ANY_REQUEST, CORRECTED, NUMBER, OFFICE, REQUEST, TO, Field, needed

_HEAD = (*OFFICE, NUMBER, *TO, *REQUEST)
_ANY_HEAD = (*OFFICE, NUMBER, *TO, *ANY_REQUEST)

NOTICES: Mapping[str, tuple[Field, ...]] = {
    "explanation_notice": (
        *_HEAD,
        needed("period_text", "统计的起止时段", "2026年1月1日至3月2日"),
        needed("counts_text", "申请的件数和频次", "46件，其中3月2日一日11件"),
        needed("answer_within_text", "说明理由的期限（自收到之日起）", "10个工作日"),
    ),
    "delay_notice": (
        *_HEAD,
        *CORRECTED,
        needed(
            "delay_reason", "无法在法定期限内答复的理由", "所申请信息共46件，须逐件检索、审查并征求多个第三方的意见"
        ),
        needed("until_text", "延迟答复的期限届满之日", "2026年6月30日"),
    ),
    "fee_notice": (
        *_HEAD,
        *CORRECTED,
        needed("mode", "计收方式（item 按件、page 按量）", "page"),
        needed("quantity_text", "计收的件次或者页数", "130页"),
        needed("standard_text", "收费标准", examples.TARIFF_BY_PAGE),
        needed("working", "计算过程（每步一行）", ("第31至100页：70页×10元=700元", "第101至130页：30页×20元=600元")),
        needed("yuan_text", "收费金额", "1300元"),
        needed("pay_how", "缴纳方式", "持本通知书到安岳县政务服务中心非税收入窗口缴纳，或者扫描所附缴款码缴纳"),
        needed("pay_within_text", "缴费期限（自收到次日起）", "20个工作日"),
        needed("remedies", "救济告知", (examples.REMEDY_FEE,)),
    ),
    "lapse_notice": (
        *_ANY_HEAD,
        needed("cause", "不再处理的原因（correction 逾期不补正、payment 逾期不缴费）", "correction"),
        needed("told_on_text", "发出补正告知书或者收费通知书的日期", "2026年3月5日"),
        needed("told_delivered_text", "该文书送达申请人的日期", "2026年3月9日"),
        needed("told_proof", "送达的凭证", "给据邮件号码1234567890123，投递签收记录"),
        needed("term_ended_text", "期限届满之日", "2026年3月30日"),
        needed("remedies", "救济告知", (examples.REMEDY_LAPSE,)),
    ),
    "withdrawal_notice": (
        *_ANY_HEAD,
        needed("withdrawn_on_text", "申请人撤回申请的日期", "2026年3月12日"),
        needed("withdrawn_how", "撤回的方式", "提交本人签名的书面撤回声明"),
    ),
    "entrustment_notice": (
        *_HEAD,
        needed("entrusted_organ", "受委托办理的部门", "安岳县自然资源和规划局"),
        needed("entrust_reason", "委托办理的理由", "所申请信息由该部门具体承办并保存"),
    ),
    "split_notice": (
        *_HEAD,
        Field("split_reason", "拆分办理的理由", "各项内容互不关联，由不同机构保存，分别办理便于按期答复"),
        needed(
            "children",
            "拆分后的各件申请",
            (
                {"number": "511921-2026-0009", "quote": "2025年龙台镇征地补偿安置方案"},
                {"number": "511921-2026-0010", "quote": "2025年龙台镇征地补偿款发放明细"},
            ),
            needed("number", "登记编号", ""),
            needed("quote", "该件申请内容（按原文）", ""),
        ),
    ),
}
"""The fields of every notice that a branch of the procedure calls for."""
