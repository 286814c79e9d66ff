"""The circumstances that demand a joint consultation (会商), from a plain snapshot of the case."""

from collections.abc import Mapping

import pytest

from gkapply.law.deliberation_triggers import (
    Adopted,
    Bounds,
    ItemSeen,
    Snapshot,
    Trigger,
    barring,
    occurrences,
    uncovered,
)
from gkapply.law.letters import LetterKind
from gkapply.law.settings import OfficeSettings, settle

T = Trigger
ALL = frozenset(Trigger)
SECRET = ItemSeen(1, "refused_state_secret")
PUBLIC = ItemSeen(1, "disclosed_public")


def found(seen: Snapshot, on: frozenset[Trigger] = ALL) -> list[Trigger]:
    return [one.trigger for one in occurrences(seen, on, Bounds())]


def test_what_is_on_unless_the_office_says_otherwise() -> None:
    assert OfficeSettings().deliberated == {
        T.SECRECY, T.PUBLIC_INTEREST, T.EXCESSIVE, T.DISPUTE, T.DISAGREEMENT, T.CALLED,
    }  # fmt: skip
    assert T.MEDIA in settle({"deliberate_media": True}).deliberated
    assert T.SECRECY not in settle({"deliberate_secrecy": False}).deliberated


@pytest.mark.parametrize(
    ("seen", "triggers"),
    [
        (Snapshot((PUBLIC,)), []),
        (Snapshot((ItemSeen(1, ""),)), []),
        (Snapshot((SECRET,)), [T.SECRECY]),
        (Snapshot((ItemSeen(1, "refused_law_forbids"),)), [T.SECRECY]),
        (Snapshot((ItemSeen(1, "refused_security"),)), [T.SECRECY]),
        (Snapshot((ItemSeen(1, "refused_third_party"),)), []),
        (Snapshot((ItemSeen(1, "partial", ("refused_security", "refused_third_party")),)), [T.SECRECY]),
        (Snapshot((ItemSeen(1, "disclosed", doubted=True),)), [T.SECRECY]),
        (Snapshot((ItemSeen(1, "disclosed", for_public_interest=True),)), [T.PUBLIC_INTEREST]),
        (Snapshot(overridden=("q",)), [T.PUBLIC_INTEREST]),
        (Snapshot((ItemSeen(1, "excessive"),)), [T.EXCESSIVE]),
        (Snapshot(disputes={"d": "尚未审结"}), [T.DISPUTE]),
        (Snapshot(returns=1), []),
        (Snapshot(returns=2), [T.DISAGREEMENT]),
        (Snapshot((PUBLIC,), objected="1=disclosed_public"), [T.DISAGREEMENT]),
        (Snapshot((PUBLIC,), objected="1=refused_internal"), []),
        (Snapshot(objections=("q",)), [T.OBJECTION]),
        (Snapshot(other_organs=2), [T.SEVERAL_ORGANS]),
        (Snapshot(applicants=5), [T.GROUP]),
        (Snapshot(fees=("f",)), [T.FEE]),
        (Snapshot(tuple(ItemSeen(n, "") for n in range(1, 11))), [T.MANY_ITEMS]),
        (Snapshot(by_hand={"k": ("media", "报道"), "l": ("called", "重大")}), [T.MEDIA, T.CALLED]),
    ],
)
def test_each_circumstance_meets_its_trigger(seen: Snapshot, triggers: list[Trigger]) -> None:
    assert found(seen) == triggers
    assert found(seen, frozenset()) == []


@pytest.mark.parametrize(
    ("adopted", "left"),
    [
        ({}, [T.SECRECY]),
        ({1: Adopted("refused_state_secret", frozenset({T.SECRECY}))}, []),
        ({1: Adopted("refused_state_secret", frozenset({T.MEDIA}))}, [T.SECRECY]),
        ({1: Adopted("disclosed", frozenset({T.SECRECY}))}, [T.SECRECY]),
        ({2: Adopted("refused_state_secret", frozenset({T.SECRECY}))}, [T.SECRECY]),
    ],
)
def test_what_is_decided_as_concluded_is_covered(adopted: Mapping[int, Adopted], left: list[Trigger]) -> None:
    there = occurrences(Snapshot((SECRET,)), ALL, Bounds())
    assert [one.trigger for one in uncovered(there, (), adopted)] == left


def test_a_conclusion_covers_what_it_names_and_a_new_decision_asks_again() -> None:
    before = occurrences(Snapshot((SECRET,)), ALL, Bounds())
    named = {one.code for one in before}
    assert uncovered(before, named, {}) == ()
    after = occurrences(Snapshot((ItemSeen(1, "refused_security"),)), ALL, Bounds())
    assert [one.trigger for one in uncovered(after, named, {})] == [T.SECRECY]


def test_more_returns_ask_again_after_as_many_more() -> None:
    codes = [occurrences(Snapshot(returns=n), ALL, Bounds())[0].code for n in (2, 3, 4)]
    assert codes[0] == codes[1] != codes[2]


@pytest.mark.parametrize("kind", LetterKind)
def test_which_letters_wait(kind: LetterKind) -> None:
    there = occurrences(Snapshot((SECRET,), fees=("f",)), ALL, Bounds())
    expected = {LetterKind.FEE_NOTICE: [T.FEE]}.get(kind, [])
    if kind.ends_case or kind is LetterKind.DISCLOSURE_NOTICE:
        expected = [T.SECRECY, T.FEE]
    assert [one.trigger for one in barring(kind, there)] == expected
