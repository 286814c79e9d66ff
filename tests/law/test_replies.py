"""The table of reply kinds, written down a second time, and the letter that answers several items."""

import pytest

from gkapply.law.annual_rows import RESULT_ROWS
from gkapply.law.case_kinds import CaseKind
from gkapply.law.counting_rules import row_of_case
from gkapply.law.evidence import EvidenceForm
from gkapply.law.letters import Addressee, Ladder, LetterKind, RemedyRule
from gkapply.law.refusal import Refusal
from gkapply.law.replies import REFUSALS, ReplyKind, grounds, kinds_for, letter_for, reply_kind

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
        ("not_government_information", "第二条", "3.6.3", None, "reply_not_information", "content_kind reason"),
        ("repeated", "第三十六条第六项", "3.5.2", None, "reply_repeated", "earlier_number earlier_on"),
        ("special_rule", "第三十六条第七项", "3.3.8", None, "reply_special_rule", "special_law query_place"),
        ("no_processing", "第三十八条", "3.4.2", None, "reply_no_processing", "reason"),
        ("still_unclear", "第三十条", "3.4.3", None, "reply_still_unclear", "correction_record unclear_points"),
        ("petition", "第三十九条第一款", "3.5.1", None, "reply_petition", "reason channel"),
        ("publication", "第三十九条第二款", "3.5.3", None, "reply_publication", "publication_place"),
        ("excessive", "第三十五条", "3.5.4", None, "reply_excessive", "counts counted_period head_judgment"),
        ("already_obtained", "第二条", "3.5.5", None, "reply_already_obtained",
         "earlier_number earlier_on earlier_delivery legal_review"),
        ("archives", "国办公开办函〔2019〕14号", "3.6.3", None, "reply_archives", "archive_name transfer_due"),
        ("enquiry", "第二条", "3.6.3", None, "reply_enquiry", "enquiry_answer"),
        ("record_corrected", "第四十一条", None, None, "record_corrected", "record_check corrected_content"),
        ("record_not_corrected", "第四十一条", None, None, "record_not_corrected", "record_check reason"),
        ("record_forwarded", "第四十一条", None, None, "record_forwarded", "reason forwarded_to forwarded_how"),
    ],
)  # fmt: skip
def test_the_table_of_reply_kinds(
    code: str, article: str, row: str | None, ground: str | None, letter: str, required: str
) -> None:
    kind = ReplyKind(code)
    assert kind.article == article or (kind.article.startswith("条例") and kind.article.endswith(article))
    assert (kind.row, kind.ground, kind.letter.value) == (row, ground, letter)
    assert " ".join(piece.code for piece in kind.evidence if piece.required) == required


def test_the_table_above_is_whole() -> None:
    assert len(ReplyKind) == 26
    assert [kind.row for kind in REFUSALS] == ["3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.3.6", "3.3.7"]


@pytest.mark.parametrize("kind", ReplyKind)
def test_a_kind_can_be_shown_printed_and_counted(kind: ReplyKind) -> None:
    assert kind.label
    assert kind.words
    assert kind.letter.ends_case
    assert kind.letter.remedies is (RemedyRule.A if kind.for_records else RemedyRule.BY_ITEMS)
    assert (kind.row in {row.code for row in RESULT_ROWS}) is not kind.for_records
    codes = [piece.code for piece in kind.evidence]
    assert len(codes) == len(set(codes))
    assert all(piece.label and piece.article for piece in kind.evidence)
    assert all(bool(piece.choices) is (piece.form is EvidenceForm.CHOICE) for piece in kind.evidence)
    needed = {choice.needs for piece in kind.evidence for choice in piece.choices} - {None}
    assert needed <= set(codes)


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
        ([K.EXCESSIVE, K.PUBLICATION, K.PETITION], LetterKind.REPLY_PETITION),
        ([K.ALREADY_OBTAINED, K.STILL_UNCLEAR, K.NO_PROCESSING], LetterKind.REPLY_NO_PROCESSING),
        ([K.NOT_EXISTING, K.SPECIAL_RULE], LetterKind.REPLY_SPECIAL_RULE),
        ([K.ENQUIRY, K.ARCHIVES], LetterKind.REPLY_ENQUIRY),
        ([K.RECORD_FORWARDED], LetterKind.RECORD_FORWARDED),
        ([K.RECORD_FORWARDED, K.RECORD_NOT_CORRECTED, K.RECORD_CORRECTED], LetterKind.RECORD_CORRECTED),
        ([K.RECORD_FORWARDED, K.RECORD_NOT_CORRECTED], LetterKind.RECORD_NOT_CORRECTED),
    ],
)
def test_one_letter_answers_all_items(kinds: list[ReplyKind], letter: LetterKind) -> None:
    assert letter_for(kinds) is letter


def test_every_result_row_that_a_letter_can_reach_is_reached() -> None:
    """What is left comes without a reply: lapse of a correction or a payment (3.6.1, 3.6.2)."""
    assert {row.code for row in RESULT_ROWS} - {kind.row for kind in ReplyKind} == {"3.6.1", "3.6.2"}


APPLICATIONS = kinds_for(CaseKind.APPLICATION)


@pytest.mark.parametrize("first", APPLICATIONS)
@pytest.mark.parametrize("second", APPLICATIONS)
def test_the_letter_and_the_report_row_never_contradict_each_other(first: ReplyKind, second: ReplyKind) -> None:
    assert first.row is not None
    assert second.row is not None
    letter, row = letter_for([first, second]), row_of_case([first.row, second.row]).code
    assert (letter is LetterKind.REPLY_PARTIAL) == (row == "3.2")
    assert (letter in (LetterKind.REPLY_PUBLIC, LetterKind.REPLY_DISCLOSED)) == (row == "3.1")
    assert (letter is LetterKind.REPLY_REFUSED) == (row.startswith("3.3") and row != "3.3.8")
    assert (letter is LetterKind.REPLY_SPECIAL_RULE) == (row == "3.3.8")


def test_a_request_to_correct_records_is_answered_by_its_own_kinds() -> None:
    records = kinds_for(CaseKind.RECORD_CORRECTION)
    assert records == (K.RECORD_CORRECTED, K.RECORD_NOT_CORRECTED, K.RECORD_FORWARDED)
    assert set(records).isdisjoint(APPLICATIONS)
    assert kinds_for(CaseKind.REDO) == APPLICATIONS
    with pytest.raises(Refusal, match="不能在同一件申请中答复"):
        letter_for([K.RECORD_CORRECTED, K.DISCLOSED])


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
    ("code", "label", "ladder", "remedies", "numbered"),
    [
        ("receipt", "收件回执", Ladder.NONE, None, False),
        ("correction_notice", "补正告知书", Ladder.NOTICE, None, True),
        ("extension_notice", "延期答复告知书", Ladder.EXTENSION, None, True),
        ("third_party_inquiry", "第三方意见征求书", Ladder.NOTICE, None, True),
        ("inquiry_notice", "征求意见告知书", Ladder.NOTICE, None, True),
        ("disclosure_notice", "决定公开告知书", Ladder.REPLY, RemedyRule.A, True),
        ("explanation_notice", "说明理由告知书", Ladder.NOTICE, None, True),
        ("delay_notice", "延迟答复告知书", Ladder.EXTENSION, None, True),
        ("fee_notice", "收费通知书", Ladder.NOTICE, RemedyRule.E, True),
        ("lapse_notice", "不再处理告知书", Ladder.NOTICE, RemedyRule.A, True),
        ("withdrawal_notice", "终止办理告知书", Ladder.NOTICE, None, True),
        ("entrustment_notice", "委托办理告知书", Ladder.NOTICE, None, True),
        ("split_notice", "拆分办理告知书", Ladder.NOTICE, None, True),
        ("co_producer_inquiry", "征求意见书（共同制作机关）", Ladder.NOTICE, None, True),
        ("assistance_letter", "协办函", Ladder.NOTICE, None, True),
        ("transfer_notice", "移送函", Ladder.NOTICE, None, True),
        ("review_defence", "行政复议答复书", Ladder.REPLY, None, True),
        ("suit_defence", "行政诉讼答辩状", Ladder.REPLY, None, True),
    ],
)
def test_letters_on_the_way(code: str, label: str, ladder: Ladder, remedies: RemedyRule | None, numbered: bool) -> None:
    kind = LetterKind(code)
    assert (kind.label, kind.ladder, kind.remedies, kind.numbered) == (label, ladder, remedies, numbered)
    assert not kind.ends_case


def test_every_reply_letter_ends_the_case_and_climbs_the_whole_ladder() -> None:
    replies = [kind for kind in LetterKind if kind.ends_case]
    assert len(replies) == 22
    of_many = {LetterKind.REPLY_COMBINED, LetterKind.ON_THE_SPOT_RECORD}
    assert {kind.letter for kind in ReplyKind} == set(replies) - of_many
    assert {kind.ladder for kind in replies if kind is not LetterKind.ON_THE_SPOT_RECORD} == {Ladder.REPLY}
    assert LetterKind.ON_THE_SPOT_RECORD.ladder is Ladder.NONE
    assert not LetterKind.ON_THE_SPOT_RECORD.numbered
    assert {kind.addressee for kind in replies} == {Addressee.APPLICANT}


@pytest.mark.parametrize(
    ("addressee", "kinds"),
    [
        (Addressee.THIRD_PARTY, "third_party_inquiry disclosure_notice"),
        (Addressee.OTHER_ORGAN, "co_producer_inquiry assistance_letter transfer_notice"),
        (Addressee.REVIEW_AUTHORITY, "review_defence"),
        (Addressee.COURT, "suit_defence"),
    ],
)
def test_letters_to_others_than_the_applicant(addressee: Addressee, kinds: str) -> None:
    assert " ".join(kind.value for kind in LetterKind if kind.addressee is addressee) == kinds
