"""Example rows of the internal sheets."""

from gkapply.letters import examples
from gkapply.letters.examples import Row

DELIVERED: tuple[Row, ...] = (
    {"title": "政府信息公开申请部分公开告知书", "number": "安府办公开〔2026〕12号", "copies_text": "1份3页"},
    {"title": "附件1　2025年龙台镇征地补偿款发放明细", "number": "", "copies_text": "1份26页"},
)
REVIEWED: tuple[Row, ...] = (
    {
        "title": "2025年龙台镇征地补偿安置方案",
        "maker": "安岳县人民政府",
        "mark": "无",
        "result": "不涉及国家秘密，可以公开",
    },
    {
        "title": "2025年龙台镇征地补偿款发放明细",
        "maker": "龙台镇人民政府",
        "mark": "无",
        "result": "不涉及国家秘密；隐去个人信息后可以公开",
    },
)
VIEWS: tuple[Row, ...] = (
    {"unit": "政务公开股", "text": "发放明细中的身份证件号码、银行账号属于个人隐私，其余内容可以公开"},
    {"unit": "自然资源和规划局", "text": "同意作区分处理"},
)
EVIDENCE: tuple[Row, ...] = (
    {"title": "政府信息公开申请表", "proves": "申请的内容和提出的日期", "pages_text": "1—2"},
    {"title": "安府办公开〔2026〕12号告知书及送达凭证", "proves": "本机关在法定期限内答复并送达", "pages_text": "3—6"},
)
USES: tuple[Row, ...] = (
    {
        "on_text": "3月30日",
        "title": "部分公开告知书（安府办公开〔2026〕12号）",
        "copies_text": "2",
        "applied_by": "李四",
        "approved_by": "赵六",
        "sealed_by": "王五",
        "remark": "",
    },
)
HANDED: tuple[Row, ...] = (
    {
        "number": "511921-2026-0008",
        "quote": examples.REQUEST,
        "state_text": "办理中",
        "due_text": "2026年3月30日",
        "papers_text": "申请表、检索记录共5页",
    },
)
PAPERS: tuple[Row, ...] = (
    {"title": "政府信息公开申请表", "on_text": "2026年3月2日", "pages_text": "2页", "sha256": examples.HASH},
    {"title": "收件回执", "on_text": "2026年3月2日", "pages_text": "1页", "sha256": examples.HASH[::-1]},
    {
        "title": "第三方意见征求书（安府办公开〔2026〕9号）",
        "on_text": "2026年3月10日",
        "pages_text": "3页",
        "sha256": examples.HASH[8:] + examples.HASH[:8],
    },
)
ASSESSED: tuple[Row, ...] = (
    {
        "name": "安岳县自然资源和规划局",
        "score": "92.5",
        "timeliness": "38",
        "letters": "10",
        "proof": "13.5",
        "catalogue": "10",
        "disputes": "16",
        "satisfaction": "—",
    },
    {
        "name": "安岳县教育和体育局",
        "score": "100",
        "timeliness": "40",
        "letters": "10",
        "proof": "15",
        "catalogue": "10",
        "disputes": "—",
        "satisfaction": "—",
    },
)
