"""The table of reply kinds, written down a second time, and the letter that answers several items."""

import pytest

from gkapply.law.annual_report import row_of_case
from gkapply.law.annual_rows import RESULT_ROWS
from gkapply.law.evidence import EvidenceForm
from gkapply.law.letters import Addressee, Ladder, LetterKind, RemedyRule
from gkapply.law.refusal import Refusal
from gkapply.law.replies import REFUSALS, ReplyKind, grounds, letter_for, reply_kind

K = ReplyKind


@pytest.mark.parametrize(
    ("code", "article", "row", "ground", "letter", "required"),
    [
        ("disclosed_public", "第三十六条第一项", "3.1", None, "reply_public", "where_to_find"),
        ("disclosed", "第三十六条第二项", "3.1", None, "reply_disclosed", "enclosures release_review"),
        ("partial", "第三十七条", "3.2", None, "reply_partial", "withheld_parts enclosures release_review"),
        ("refused_state_secret", "第十四条", "3.3.1", "14", "reply_refused", "secret_reference reason separation_considered"),
        ("refused_law_forbids", "第十四条", "3.3.2", "14", "reply_refused", "law_named reason separation_considered"),
        ("refused_security", "第十四条", "3.3.3", "14", "reply_refused", "danger_named reason separation_considered"),
        ("refused_third_party", "第十五条", "3.3.4", "15", "reply_refused", "third_party_record reason separation_considered"),
        ("refused_internal", "第十六条第一款", "3.3.5", "16", "reply_refused", "discretion_reason reason separation_considered"),
        ("refused_process", "第十六条第二款", "3.3.6", "16", "reply_refused",
         "discretion_reason no_duty_to_disclose reason separation_considered"),
        ("refused_enforcement", "第十六条第二款", "3.3.7", "16", "reply_refused",
         "discretion_reason no_duty_to_disclose reason separation_considered"),
        ("not_existing", "第三十六条第四项", "3.4.1", None, "reply_not_existing", "search_record"),
        ("not_ours", "第三十六条第五项", "3.4.1", None, "reply_not_ours", "reason"),
        ("not_government_information", "第二条", "3.6.3", None, "reply_not_information", "reason"),
        ("repeated", "第三十六条第六项", "3.5.2", None, "reply_repeated", "earlier_number earlier_on"),
    ],
)  # fmt: skip
def test_the_table_of_reply_kinds(
    code: str, article: str, row: str, ground: str | None, letter: str, required: str
) -> None:
    kind = ReplyKind(code)
    assert kind.article.startswith("条例")
    assert kind.article.endswith(article)
    assert (kind.row, kind.ground, kind.letter.value) == (row, ground, letter)
    assert " ".join(piece.code for piece in kind.evidence if piece.required) == required


def test_the_table_above_is_whole() -> None:
    assert len(ReplyKind) == 14
    assert [kind.row for kind in REFUSALS] == ["3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.3.6", "3.3.7"]


@pytest.mark.parametrize("kind", ReplyKind)
def test_a_kind_can_be_shown_printed_and_counted(kind: ReplyKind) -> None:
    assert kind.label
    assert kind.words
    assert kind.letter.ends_case
    assert kind.letter.remedies is RemedyRule.BY_ITEMS
    assert kind.row in {row.code for row in RESULT_ROWS}
    codes = [piece.code for piece in kind.evidence]
    assert len(codes) == len(set(codes))
    assert all(piece.label and piece.article.startswith("条例") for piece in kind.evidence)


def test_what_is_ticked_and_what_is_recorded() -> None:
    forms = {piece.code: piece.form for kind in ReplyKind for piece in kind.evidence}
    assert forms["separation_considered"] is EvidenceForm.TICK
    assert forms["search_record"] is EvidenceForm.RECORD
    assert forms["earlier_on"] is EvidenceForm.DATE


@pytest.mark.parametrize(
    ("kinds", "letter"),
    [
        ([K.DISCLOSED_PUBLIC], LetterKind.REPLY_PUBLIC),
        ([K.DISCLOSED, K.DISCLOSED], LetterKind.REPLY_DISCLOSED),
        ([K.DISCLOSED_PUBLIC, K.DISCLOSED], LetterKind.REPLY_DISCLOSED),
        ([K.PARTIAL], LetterKind.REPLY_PARTIAL),
        ([K.DISCLOSED, K.PARTIAL], LetterKind.REPLY_PARTIAL),
        ([K.DISCLOSED, K.NOT_EXISTING, K.REFUSED_PROCESS], LetterKind.REPLY_PARTIAL),
        ([K.NOT_OURS, K.PARTIAL], LetterKind.REPLY_PARTIAL),
        ([K.DISCLOSED_PUBLIC, K.REPEATED], LetterKind.REPLY_PARTIAL),
        ([K.REFUSED_STATE_SECRET, K.REFUSED_THIRD_PARTY], LetterKind.REPLY_REFUSED),
        ([K.NOT_EXISTING, K.REFUSED_THIRD_PARTY], LetterKind.REPLY_REFUSED),
        ([K.REPEATED, K.NOT_OURS], LetterKind.REPLY_NOT_OURS),
        ([K.NOT_EXISTING, K.NOT_OURS], LetterKind.REPLY_NOT_EXISTING),
        ([K.NOT_OURS, K.NOT_EXISTING], LetterKind.REPLY_NOT_OURS),
        ([K.NOT_GOVERNMENT_INFORMATION, K.REPEATED], LetterKind.REPLY_REPEATED),
    ],
)
def test_one_letter_answers_all_items(kinds: list[ReplyKind], letter: LetterKind) -> None:
    assert letter_for(kinds) is letter


@pytest.mark.parametrize("first", ReplyKind)
@pytest.mark.parametrize("second", ReplyKind)
def test_the_letter_and_the_report_row_never_contradict_each_other(first: ReplyKind, second: ReplyKind) -> None:
    letter, row = letter_for([first, second]), row_of_case([first.row, second.row]).code
    assert (letter is LetterKind.REPLY_PARTIAL) == (row == "3.2")
    assert (letter in (LetterKind.REPLY_PUBLIC, LetterKind.REPLY_DISCLOSED)) == (row == "3.1")
    assert (letter is LetterKind.REPLY_REFUSED) == row.startswith("3.3")


def test_without_items_there_is_no_letter() -> None:
    with pytest.raises(Refusal, match="没有可以答复的事项"):
        letter_for([])


def test_grounds_of_whole_and_partial_answers() -> None:
    assert grounds(K.DISCLOSED) == {None}
    assert grounds(K.REFUSED_INTERNAL) == {"16"}
    assert grounds(K.PARTIAL, [K.REFUSED_THIRD_PARTY]) == {None, "15"}
    assert grounds(K.PARTIAL, [K.NOT_GOVERNMENT_INFORMATION]) == {None}


@pytest.mark.parametrize(
    ("kind", "withheld"),
    [(K.PARTIAL, []), (K.PARTIAL, [K.NOT_EXISTING]), (K.PARTIAL, [K.PARTIAL]), (K.DISCLOSED, [K.REFUSED_PROCESS])],
)
def test_a_part_is_withheld_only_for_a_reason_that_the_law_knows(kind: ReplyKind, withheld: list[ReplyKind]) -> None:
    with pytest.raises(Refusal) as refused:
        grounds(kind, withheld)
    assert refused.value.article == "条例第三十七条"


def test_an_unknown_reply_kind_is_refused() -> None:
    assert reply_kind("partial") is K.PARTIAL
    with pytest.raises(Refusal, match="没有代码为「work_secret」的答复类型"):
        reply_kind("work_secret")


@pytest.mark.parametrize(
    ("code", "label", "ladder", "remedies", "series"),
    [
        ("receipt", "收件回执", Ladder.NONE, None, None),
        ("correction_notice", "补正告知书", Ladder.NOTICE, None, "公开"),
        ("extension_notice", "延期答复告知书", Ladder.EXTENSION, None, "公开"),
        ("third_party_inquiry", "第三方意见征求书", Ladder.NOTICE, None, "公开"),
        ("inquiry_notice", "征求意见告知书", Ladder.NOTICE, None, "公开"),
        ("disclosure_notice", "决定公开告知书", Ladder.REPLY, RemedyRule.A, "公开"),
    ],
)
def test_letters_on_the_way(
    code: str, label: str, ladder: Ladder, remedies: RemedyRule | None, series: str | None
) -> None:
    kind = LetterKind(code)
    assert (kind.label, kind.ladder, kind.remedies, kind.series) == (label, ladder, remedies, series)
    assert not kind.ends_case
    assert kind.numbered is (series is not None)


def test_every_reply_letter_ends_the_case_and_climbs_the_whole_ladder() -> None:
    replies = [kind for kind in LetterKind if kind.ends_case]
    assert len(replies) == 8
    assert {kind.letter for kind in ReplyKind} == set(replies)
    assert {kind.ladder for kind in replies} == {Ladder.REPLY}
    assert {kind.addressee for kind in replies} == {Addressee.APPLICANT}


def test_letters_to_the_third_party() -> None:
    assert [kind.value for kind in LetterKind if kind.addressee is Addressee.THIRD_PARTY] == [
        "third_party_inquiry",
        "disclosure_notice",
    ]
