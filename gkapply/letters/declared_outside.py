"""The fields of the letters to other organs, to the review authority and to the court."""

from collections.abc import Mapping

from gkapply.letters.field import (
    ANSWER_ONLINE,
    COPIES,
    NUMBER,
    OFFICE,
    OPINION_TERM,
    REQUEST,
    REQUEST_NUMBER,
    Field,
    needed,
)

_TO_ORGAN = (
    needed("addressee", "主送（收文机关的名称）", "安岳县自然资源和规划局"),
    needed("you", "对收文机关的称谓", "贵机关"),
)


def _defence(authority: str, number: str, applicant: str, request: str) -> tuple[Field, ...]:
    return (
        *OFFICE,
        NUMBER,
        needed("addressee", "主送（复议机关或者法院的名称）", authority),
        needed("dispute_number", "案号", number),
        needed("applicant_name", "申请人或者原告", applicant),
        Field("reply_number", "被申请复议或者被诉的答复文号（没有作出答复的留空）", "安府办公开〔2026〕12号"),
        REQUEST_NUMBER,
        needed(
            "defence_facts",
            "案件事实和办理经过（每段一条）",
            (
                "2026年3月2日，本机关收到申请人通过互联网提交的政府信息公开申请，申请公开“2025年龙台镇征地补偿安置方案”。",
                "2026年3月30日，本机关作出被申请复议的答复，并于同日交邮。",
            ),
        ),
        needed(
            "defence_reasons",
            "答复的依据和理由（每段一条）",
            (
                "本机关在法定期限内作出答复，依照《条例》第三十六条第二项的规定提供了所申请的信息，认定事实清楚，适用依据正确。",
            ),
        ),
        needed("defence_evidence", "证据目录（每件一条）", ("政府信息公开申请表（2页）", "答复书及送达凭证（3页）")),
        needed("defence_request", "请求", request),
    )


OUTSIDE: Mapping[str, tuple[Field, ...]] = {
    "co_producer_inquiry": (
        *OFFICE,
        NUMBER,
        *_TO_ORGAN,
        REQUEST_NUMBER,
        needed("party_name", "征求意见对象的名称", "安岳县自然资源和规划局"),
        needed("information", "所涉政府信息", "2025年龙台镇征地补偿安置方案"),
        needed("inquiry_reason", "征求意见的理由", "该方案由本机关牵头、贵机关共同制作"),
        OPINION_TERM,
        ANSWER_ONLINE,
    ),
    "assistance_letter": (
        *OFFICE,
        NUMBER,
        *_TO_ORGAN,
        REQUEST_NUMBER,
        needed(
            "assistance",
            "请求协助的事项",
            "核对所附征地补偿安置方案与贵机关存档文本是否一致，并提供第三页所引批复的文号",
        ),
        needed("deadline_text", "请求回复的日期", "2026年3月16日"),
        COPIES,
    ),
    "transfer_notice": (
        *OFFICE,
        NUMBER,
        *_TO_ORGAN,
        *REQUEST,
        Field("to_address", "收文机关的地址", "安岳县岳城街道"),
        Field("applicant_text", "申请人及联系方式（经申请人同意）", "张三，联系电话13800000000"),
        needed("transfer_reason", "移送的理由", "所申请信息由贵机关制作并负责公开"),
        COPIES,
    ),
    "review_defence": _defence(
        "安岳县人民政府", "安府复〔2026〕8号", "张三", "请求维持本机关作出的安府办公开〔2026〕12号答复。"
    ),
    "suit_defence": _defence("安岳县人民法院", "（2026）川2021行初8号", "张三", "请求依法驳回原告的诉讼请求。"),
}
"""The fields of every letter that leaves for another organ, the review authority or the court."""
