"""Which circumstances of a request demand a joint consultation (重大疑难申请会商) before it may be approved.

条例第四十五条 demands a system of handling; what is 重大、疑难 is custom: 《杭州市政府信息公开联合会商机制（试行）》第三条至第六条
name misuse of the right (条例第三十五条), requests that are petitions, weighty and doubtful ones. Each trigger is a setting of the
office. A trigger is met by one *occurrence* or several, each with a key of its own: a conclusion covers those that it names.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gkapply.law.letters import LetterKind
from gkapply.law.replies import ReplyKind, reply_kind


class Trigger(StrEnum):
    """A circumstance: its code, what the official reads, what it rests on, whether it holds unless the office says no."""

    label: str
    basis: str
    usual: bool
    by_hand: bool
    """Ticked by a person: no record of the file shows it."""

    # The star: to a type checker, looking a trigger up by its code is this call with the code alone.
    def __new__(cls, code: str, *row: tuple[str, str, bool, bool]) -> "Trigger":
        """A member is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        ((member.label, member.basis, member.usual, member.by_hand),) = row
        return member

    SECRECY = "secrecy", ("涉及国家秘密、法律禁止公开或者“三安全一稳定”", "条例第十四条、第十七条", True, False)
    PUBLIC_INTEREST = "public_interest", ("拟因公共利益不顾第三方意见公开", "条例第十五条、第三十二条", True, False)
    EXCESSIVE = "excessive", ("拟以数量、频次明显超过合理范围不予处理", "条例第三十五条", True, False)
    DISPUTE = "dispute", ("同一事项有尚未审结的行政复议、行政诉讼", "条例第五十一条", True, False)
    DISAGREEMENT = "disagreement", ("承办人与审核人、签发人意见不一致", "条例第四十五条", True, False)
    OBJECTION = "objection", ("第三方不同意公开", "条例第三十二条", False, False)
    SEVERAL_ORGANS = "several_organs", ("涉及多个机关", "条例第十条、第三十四条", False, False)
    GROUP = "group", ("多人共同申请或者群体性申请", "条例第四十五条", False, False)
    FEE = "fee", ("拟收取信息处理费", "条例第四十二条、国办函〔2020〕109号", False, False)
    MANY_ITEMS = "many_items", ("申请事项多", "条例第四十五条", False, False)
    MEDIA = "media", ("媒体、舆论关注", "条例第四十五条", False, True)
    CALLED = "called", ("经办人员认为重大、疑难，提请会商", "条例第四十五条", True, True)

    @property
    def setting(self) -> str:
        """The setting by which an office has it on; empty for what a person may always call for."""
        return "" if self is Trigger.CALLED else f"deliberate_{self.value}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which number on something is many."""

    returns: int = 2
    applicants: int = 5
    organs: int = 2
    items: int = 10


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """One item as it is decided now: outcome, as what its parts are held back, whether the public interest is named."""

    ordinal: int
    outcome: str
    withheld: tuple[str, ...] = ()
    for_public_interest: bool = False
    doubted: bool = False
    """The secrecy review of it found that it is to be withheld."""

    @property
    def result(self) -> str:
        """The outcome with the grounds of what is held back: what two decisions are compared by."""
        return "+".join((self.outcome, *sorted(set(self.withheld))))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What of a request the triggers look at. Numbers and codes alone; empty is: nothing of the kind."""

    items: tuple[ItemSeen, ...] = ()
    overridden: tuple[str, ...] = ()
    """Keys of the opinions of third parties that the public interest is to outweigh."""
    objections: tuple[str, ...] = ()
    """Keys of the opinions by which a third party does not agree."""
    disputes: Mapping[str, str] = field(default_factory=dict)
    """Key of each pending review or suit → in words."""
    returns: int = 0
    """How often the reply was sent back to its author."""
    objected: str | None = None
    """The results to which whoever sent the reply back objected (``results``); None when nobody did."""
    other_organs: int = 0
    applicants: int = 1
    fees: tuple[str, ...] = ()
    """Keys of the fee notices that are drafted or more."""
    by_hand: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Key of each circumstance that a person ticked → its code and the reason given."""

    @property
    def results(self) -> str:
        """The results of all items in one line, as ``objected`` keeps them."""
        return ";".join(f"{one.ordinal}={one.result}" for one in self.items)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One circumstance that is there: ``key`` tells it from others of its trigger, ``why`` says what it is in plain words."""

    trigger: Trigger
    key: str
    why: str
    item: int | None = None
    outcome: str = ""
    """The item that it is about, and what was decided of it."""

    @property
    def code(self) -> str:
        """How records name it."""
        return f"{self.trigger.value}:{self.key}"


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a conclusion adopted for one item, and which triggers it was about."""

    outcome: str
    about: frozenset[Trigger]


def occurrences(seen: Snapshot, on: Collection[Trigger], bounds: Bounds) -> tuple[Occurrence, ...]:
    """Every circumstance that demands a 会商, of the triggers that are ``on``, in the order of the table."""
    found = [one for one in _all(seen, bounds) if one.trigger in on]
    order = list(Trigger)
    return tuple(sorted(found, key=lambda one: (order.index(one.trigger), one.key)))


def uncovered(
    found: Sequence[Occurrence], covered: Collection[str], adopted: Mapping[int, Adopted]
) -> tuple[Occurrence, ...]:
    """Those that no conclusion and no waiver covers.

    ``covered``: codes that conclusions and waivers name. ``adopted``: item → what the newest conclusion says of it: whoever
    decides as concluded need not confer again about what was conferred about.
    """
    return tuple(one for one in found if one.code not in covered and not _as_concluded(one, adopted))


def _as_concluded(one: Occurrence, adopted: Mapping[int, Adopted]) -> bool:
    said = None if one.item is None else adopted.get(one.item)
    return said is not None and said.outcome == one.outcome and one.trigger in said.about


def barring(kind: LetterKind, found: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Those that bar a letter of that kind from approval.

    A reply to the applicant and the notice of disclosure to a third party decide what the circumstances are about: all bar
    them. A fee notice waits for what was said of the fee. Notices on the way, and defences before others of a reply that was
    given (复议答复书、答辩状), decide nothing about the request.
    """
    if kind.ends_case or kind is LetterKind.DISCLOSURE_NOTICE:
        return tuple(found)
    return tuple(one for one in found if kind is LetterKind.FEE_NOTICE and one.trigger is Trigger.FEE)


def _all(seen: Snapshot, bounds: Bounds) -> Iterator[Occurrence]:
    for item in seen.items:
        yield from _of_item(item, weighed=bool(seen.overridden))
    for key in seen.overridden:
        yield Occurrence(Trigger.PUBLIC_INTEREST, key, "第三方不同意公开且理由成立，拟因公共利益公开")
    for key, words in seen.disputes.items():
        yield Occurrence(Trigger.DISPUTE, key, words)
    yield from _disagreements(seen, bounds)
    for key in seen.objections:
        yield Occurrence(Trigger.OBJECTION, key, "第三方不同意公开或者只同意部分公开")
    yield from _of_size(seen, bounds)
    for key in seen.fees:
        yield Occurrence(Trigger.FEE, key, "已起草收费通知书")
    for key, (code, reason) in seen.by_hand.items():
        yield Occurrence(Trigger(code), key, reason)


def _of_item(item: ItemSeen, *, weighed: bool) -> Iterator[Occurrence]:
    """``weighed``: the opinion that the public interest outweighs stands for itself; the item repeats it."""
    about = f"第{item.ordinal}项"
    key = f"item:{item.ordinal}:{item.result}"
    parts = [ReplyKind(code) for code in item.withheld]
    kind = reply_kind(item.outcome) if item.outcome else None
    named = [one for one in (kind, *parts) if one is not None and one.ground == "14"]
    if named:
        yield Occurrence(Trigger.SECRECY, key, f"{about}拟认定为「{named[0].label}」", item.ordinal, item.outcome)
    elif item.doubted:
        why = f"{about}的保密审查结论为不予公开，与拟公开的认定不一致"
        yield Occurrence(Trigger.SECRECY, f"{key}:doubt", why, item.ordinal, item.outcome)
    if kind is ReplyKind.EXCESSIVE:
        yield Occurrence(Trigger.EXCESSIVE, key, f"{about}拟认定为「{kind.label}」", item.ordinal, item.outcome)
    if item.for_public_interest and not weighed:
        yield Occurrence(Trigger.PUBLIC_INTEREST, key, f"{about}拟因公共利益予以公开", item.ordinal, item.outcome)


def _disagreements(seen: Snapshot, bounds: Bounds) -> Iterator[Occurrence]:
    rounds = seen.returns // bounds.returns
    if rounds:
        yield Occurrence(Trigger.DISAGREEMENT, f"returns:{rounds}", f"答复书已被退回{seen.returns}次")
    if seen.objected is not None and seen.objected == seen.results:
        why = "审核人、签发人退回时不同意认定结果，承办人没有改变认定"
        yield Occurrence(Trigger.DISAGREEMENT, f"result:{hashlib.sha256(seen.results.encode()).hexdigest()[:16]}", why)


def _of_size(seen: Snapshot, bounds: Bounds) -> Iterator[Occurrence]:
    if seen.other_organs >= bounds.organs:
        yield Occurrence(Trigger.SEVERAL_ORGANS, "organs", f"已征求{seen.other_organs}个其他机关的意见")
    if seen.applicants >= bounds.applicants:
        yield Occurrence(Trigger.GROUP, "applicants", f"有{seen.applicants}名申请人")
    if len(seen.items) >= bounds.items:
        yield Occurrence(Trigger.MANY_ITEMS, "items", f"共有{len(seen.items)}项申请事项")
