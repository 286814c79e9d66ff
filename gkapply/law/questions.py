"""The seven questions by which a request is worked through (补不补、是不是、谁负责、有没有、给不给、怎么给、怎么答).

Each kind of reply answers one of them: an officer who asks them in their order comes to the right kind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gkapply.law.replies import REFUSALS, ReplyKind

K = ReplyKind


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven: its short name, what it asks, and the kinds of reply that answer it."""

    name: str
    asks: str
    kinds: tuple[ReplyKind, ...]


QUESTIONS: tuple[Question, ...] = (
    Question("补不补", "补正之后，申请内容明确吗？", (K.STILL_UNCLEAR,)),
    Question(
        "是不是",
        "是政府信息公开申请、要的是政府信息吗？",
        (K.PETITION, K.ENQUIRY, K.PUBLICATION, K.SPECIAL_RULE, K.NOT_GOVERNMENT_INFORMATION),
    ),
    Question("谁负责", "由本机关负责公开吗？", (K.NOT_OURS, K.ARCHIVES)),
    Question("有没有", "检索到了吗？要不要加工、分析？", (K.NOT_EXISTING, K.NO_PROCESSING)),
    Question("给不给", "有没有不予公开的内容？", (*REFUSALS, K.PARTIAL)),
    Question("怎么给", "已经公开，还是向申请人提供？", (K.DISCLOSED_PUBLIC, K.DISCLOSED)),
    Question(
        "怎么答",
        "以前答复过、提供过，或者数量、频次明显超过合理范围吗？",
        (K.REPEATED, K.ALREADY_OBTAINED, K.EXCESSIVE),
    ),
)
RECORDS = Question("更正", "有权更正吗？记录准确吗？", tuple(kind for kind in ReplyKind if kind.for_records))


def questions_for(kinds: Iterable[ReplyKind]) -> Sequence[Question]:
    """The questions that ``kinds`` answer, in their order, each with those of its kinds that are among them."""
    wanted = set(kinds)
    found = [Question(one.name, one.asks, tuple(k for k in one.kinds if k in wanted)) for one in (*QUESTIONS, RECORDS)]
    return [one for one in found if one.kinds]
