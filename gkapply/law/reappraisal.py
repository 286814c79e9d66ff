"""What a periodic reappraisal (定期评估审查) looks at and what it may come to: 条例第十八条, 第四十四条第二款."""

from enum import StrEnum

from gkapply.law.attributes import Attribute
from gkapply.law.refusal import Refusal

ARTICLE = "条例第十八条"


class Source(StrEnum):
    """Why something is on the work list; the value is its code."""

    label: str
    article: str

    # The star: to a type checker, looking a source up by its code is this call with the code alone.
    def __new__(cls, code: str, *words: str) -> "Source":
        """A member is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.article = words
        return member

    REFUSED = "refused", "答复不予公开、部分公开的", "条例第十八条"
    DOCUMENT = "document", "登记为不予公开、依申请公开的公文", "条例第十八条"
    OFTEN = "often", "依申请公开较为集中的", "条例第四十四条"
    OUTDATED = "outdated", "主动公开已久、有效期届满的", "条例第六条、第二十三条"


class Outcome(StrEnum):
    """What is found of one thing; the value is its code. ``of`` are the attributes it may have before, ``after`` the one it gets."""

    label: str
    of: tuple[Attribute, ...]
    after: Attribute | None

    # The star: as above.
    def __new__(
        cls, code: str, label: str = "", of: tuple[Attribute, ...] = (), after: Attribute | None = None
    ) -> "Outcome":
        """A member is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.of, member.after = label, of, after
        return member

    TO_PUBLIC = "to_public", "转为主动公开", (Attribute.WITHHELD, Attribute.ON_REQUEST), Attribute.PROACTIVE
    TO_ON_REQUEST = "to_on_request", "转为依申请公开", (Attribute.WITHHELD,), Attribute.ON_REQUEST
    KEPT = "kept", "继续不予公开", (Attribute.WITHHELD,), Attribute.WITHHELD
    KEPT_ON_REQUEST = "kept_on_request", "继续依申请公开", (Attribute.ON_REQUEST,), Attribute.ON_REQUEST
    KEPT_PUBLIC = "kept_public", "继续主动公开", (Attribute.PROACTIVE,), Attribute.PROACTIVE
    CLEANED = "cleaned", "失效清理", tuple(Attribute), None
    ARCHIVED = "archived", "归档", tuple(Attribute), None

    @property
    def keeps(self) -> bool:
        """Whether everything stays as it is until the next review."""
        return self.after is not None and self.of == (self.after,)


KEPT: dict[Attribute, Outcome] = {one.of[0]: one for one in Outcome if one.keeps}
"""Attribute → the finding that it stays."""
OF_DOCUMENTS = (Outcome.CLEANED, Outcome.ARCHIVED)
"""What is found of documents alone; of what is shown to the public, CLEANED too."""


def outcomes_for(source: Source, before: Attribute, *, archivable: bool) -> tuple[Outcome, ...]:
    """What may be found of something; ``archivable``: it is a document of the organ, not the answer to a request."""
    found = [one for one in Outcome if before in one.of]
    if not archivable:
        found = [one for one in found if one is not Outcome.ARCHIVED]
    if source in (Source.REFUSED, Source.OFTEN):
        found = [one for one in found if one not in OF_DOCUMENTS]
    return tuple(found)


def outcome_called(code: str, possible: tuple[Outcome, ...]) -> Outcome:
    """The finding of that code. Raises Refusal for one that is not possible here."""
    if code not in possible:
        raise Refusal("请选择评估结论", ARTICLE, field="outcome")
    return Outcome(code)
