"""Which ladder a letter climbs: by class, by the office's choice, never below what the Regulation fixes."""

import pytest

from gkapply.law import ladders
from gkapply.law.ladders import LetterClass, Path, classes_of, longest, read_route, route, write_route
from gkapply.law.letters import Ladder, LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind
from gkapply.law.settings import OfficeSettings, settle


def codes(kind: LetterKind, path: Path) -> list[str]:
    return [rung.code for rung in route(kind, path)]


@pytest.mark.parametrize(
    ("kind", "outcomes", "weighty", "expected"),
    [
        (LetterKind.RECEIPT, (), False, ()),
        (LetterKind.CORRECTION_NOTICE, (), True, (LetterClass.NOTICE,)),
        (LetterKind.EXTENSION_NOTICE, (), True, (LetterClass.EXTENSION,)),
        (LetterKind.DELAY_NOTICE, (), False, (LetterClass.EXTENSION,)),
        (LetterKind.REPLY_DISCLOSED, (ReplyKind.DISCLOSED, ReplyKind.DISCLOSED_PUBLIC), False, (LetterClass.PLAIN,)),
        (LetterKind.REPLY_PARTIAL, (ReplyKind.DISCLOSED, ReplyKind.NOT_EXISTING), False, (LetterClass.REFUSING,)),
        (LetterKind.REPLY_PARTIAL, (ReplyKind.PARTIAL,), False, (LetterClass.REFUSING,)),
        (LetterKind.REPLY_SPECIAL_RULE, (ReplyKind.SPECIAL_RULE,), False, (LetterClass.REFUSING,)),
        (LetterKind.REPLY_DISCLOSED, (ReplyKind.DISCLOSED,), True, (LetterClass.PLAIN, LetterClass.WEIGHTY)),
        (LetterKind.RECORD_CORRECTED, (ReplyKind.RECORD_CORRECTED,), False, (LetterClass.PLAIN,)),
        (LetterKind.RECORD_NOT_CORRECTED, (ReplyKind.RECORD_NOT_CORRECTED,), False, (LetterClass.REFUSING,)),
        (LetterKind.DISCLOSURE_NOTICE, (), False, (LetterClass.WEIGHTY,)),
        (LetterKind.SUIT_DEFENCE, (ReplyKind.DISCLOSED,), True, (LetterClass.WEIGHTY,)),
    ],
)
def test_the_class_follows_from_what_the_letter_says(
    kind: LetterKind, outcomes: tuple[ReplyKind, ...], weighty: bool, expected: tuple[LetterClass, ...]
) -> None:
    assert classes_of(kind, outcomes, weighty=weighty) == expected


def test_every_refusal_and_whatever_is_not_given_is_reviewed_for_its_lawfulness_by_default() -> None:
    chosen = OfficeSettings().ladders
    for outcome in ReplyKind:
        path = longest(chosen, classes_of(outcome.letter, [outcome], weighty=False))
        given = outcome.discloses or outcome is ReplyKind.RECORD_CORRECTED
        assert codes(outcome.letter, path) == ["office" if given else "legal", "signature"], outcome


def test_by_default_a_notice_and_an_extension_need_one_other_person() -> None:
    chosen = OfficeSettings().ladders
    for kind in (LetterKind.CORRECTION_NOTICE, LetterKind.EXTENSION_NOTICE):
        (signature,) = route(kind, longest(chosen, classes_of(kind, (), weighty=False)))
        assert signature.code == ladders.SIGNATURE


def test_whatever_is_chosen_the_head_consents_to_an_extension() -> None:
    for path in ladders.CHOICES[LetterClass.EXTENSION]:
        for kind in (LetterKind.EXTENSION_NOTICE, LetterKind.DELAY_NOTICE):
            assert route(kind, path)[-1].duties == ("head",)
    with pytest.raises(Refusal, match="延期"):
        settle({"ladder_of_extensions": "chief"})


def test_whatever_is_chosen_a_reply_is_signed_by_a_signer() -> None:
    kinds = [kind for kind in LetterKind if kind.ladder is Ladder.REPLY]
    assert {route(kind, path)[-1].duties for kind in kinds for path in Path} == {("signer",)}


def test_a_weighty_letter_climbs_the_longer_of_its_ladders() -> None:
    both = (LetterClass.REFUSING, LetterClass.WEIGHTY)
    assert longest({LetterClass.REFUSING: Path.FULL, LetterClass.WEIGHTY: Path.LEGAL}, both) is Path.FULL
    assert longest({LetterClass.REFUSING: Path.LEGAL, LetterClass.WEIGHTY: Path.CHIEF}, both) is Path.CHIEF


def test_the_longest_ladder_ends_with_the_main_leader() -> None:
    rungs = route(LetterKind.REPLY_REFUSED, Path.CHIEF)
    assert [rung.label for rung in rungs] == [
        "承办科室负责人审核", "公开机构核稿", "合法性审查", "分管领导审核", "主要领导签发",
    ]  # fmt: skip
    assert read_route(write_route(rungs)) == rungs


def test_the_choices_are_told_in_words() -> None:
    assert ladders.choices_for(LetterClass.EXTENSION)[Path.SHORTEST] == "起草—公开机构负责人同意"
    assert ladders.choices_for(LetterClass.PLAIN)[Path.SHORTEST] == "起草—签发"
