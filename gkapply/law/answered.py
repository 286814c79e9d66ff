"""An item as the remedies see it, from its reply and the office's settings."""

from collections.abc import Collection

from gkapply.law.evidence import PUBLIC_BODY
from gkapply.law.remedies import AnsweredItem
from gkapply.law.replies import ReplyKind, grounds
from gkapply.law.settings import OfficeSettings

SPECIAL_RULE_GROUND = "36"
"""条例第三十六条第七项, where an office holds that review comes first against it as well (a setting)."""


def answered_item(
    ordinal: int,
    kind: ReplyKind,
    withheld: Collection[ReplyKind],
    settings: OfficeSettings,
    *,
    content_kind: str = "",
    name: str = "",
) -> AnsweredItem:
    """The item with the grounds of its parts, and whether a remedy is told against its answer at all.

    Whether review comes first against what a partial disclosure withholds, the office's settings say (yes unless changed).
    An enquiry (咨询) asks for no information, and against the rules of 公共企事业单位 there is an appeal of its own
    (条例第五十五条第二款): neither has review or suit, unless the office's settings say so. Raises Refusal as ``grounds`` does.
    """
    found = grounds(kind, withheld)
    if kind is ReplyKind.SPECIAL_RULE and settings.special_rule_review_first:
        found = frozenset({SPECIAL_RULE_GROUND})
    if kind is ReplyKind.PARTIAL and not settings.partial_review_first:
        found = frozenset({None})
    silent = (kind is ReplyKind.ENQUIRY and not settings.enquiry_remedies) or (
        content_kind == PUBLIC_BODY and not settings.public_body_remedies
    )
    return AnsweredItem(ordinal, found, name=name, without_remedy=silent)
