"""The shipped templates: one for each kind, filled whole, with the words that the law demands."""

import itertools
import re
from typing import Any

import pytest

from gkapply.config import bundled
from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from gkapply.law.replies import ReplyKind, letter_for
from gkapply.letters import examples
from gkapply.letters import examples_ungiven as ungiven
from gkapply.letters.declared import DECLARED
from gkapply.letters.fields import allowed, complete, example, letter_fields, obligatory
from gkapply.letters.render import preview, render
from gkapply.letters.template import check, load
from gkapply.letters.text import paragraphs
from scripts.make_templates import template
from scripts.template_wording import LETTERS

KINDS = [kind.value for kind in LetterKind]
FORMS = [kind.value for kind in FormKind]
TELLING_REMEDIES = [kind.value for kind in LetterKind if kind.remedies is not None]
FOLDER = bundled("answer_templates")
LEFT_OVER = re.compile(r"{{|}}|{%|%}|{#|None|undefined|。。|，。|：。|；。")
NOT_PRINTED = ("party_kind", "addressee", "mode", "cause")
"""Codes that choose the words, and the addressee whom the example of a letter to others replaces."""
ITEM_OF = {
    str(item["kind"]): item
    for item in (
        examples.PUBLIC,
        examples.DISCLOSED,
        examples.PARTIAL,
        examples.REFUSED,
        examples.NOT_EXISTING,
        examples.NOT_OURS,
        examples.NOT_INFORMATION,
        examples.REPEATED,
        ungiven.SPECIAL_RULE,
        ungiven.NO_PROCESSING,
        ungiven.STILL_UNCLEAR,
        ungiven.PETITION,
        ungiven.PUBLICATION,
        ungiven.EXCESSIVE,
        ungiven.ALREADY_OBTAINED,
        ungiven.ARCHIVES,
        ungiven.ENQUIRY,
        ungiven.RECORD_CORRECTED,
        ungiven.RECORD_NOT_CORRECTED,
        ungiven.RECORD_FORWARDED,
    )
}
ONE_OF_EACH = tuple({kind.letter: kind for kind in ReplyKind}.values())
"""One reply kind for each letter: the seven refusals share theirs."""
PAIRS = [
    pair
    for pair in itertools.combinations_with_replacement(ONE_OF_EACH, 2)
    if pair[0].for_records is pair[1].for_records
]
"""Items of a request, and items of a request to correct records, never both."""
TELLING = {
    "reply_public": "where_to_find",
    "reply_disclosed": "way",
    "reply_partial": "way",
    "reply_refused": "reason",
    "reply_not_ours": "reason",
    "reply_not_information": "reason",
    "reply_repeated": "earlier_number",
    "reply_special_rule": "query_place",
    "reply_no_processing": "reason",
    "reply_still_unclear": "unclear_points",
    "reply_petition": "channel",
    "reply_publication": "publication_place",
    "reply_excessive": "head_judgment",
    "reply_already_obtained": "earlier_delivery",
    "reply_archives": "archive_name",
    "reply_enquiry": "enquiry_answer",
    "record_corrected": "corrected_content",
    "record_not_corrected": "record_check",
    "record_forwarded": "forwarded_to",
}
"""A field by which an item of the kind is recognised in the text."""


def text_of(kind: str, **given: object) -> str:
    """The letter of that kind with its example fields, some of them replaced, as text."""
    return "\n".join(paragraphs(render(load(FOLDER, kind), {**example(kind), **given})))


def test_each_kind_of_letter_and_sheet_has_one_template_and_one_list_of_fields() -> None:
    assert not {*KINDS} & {*FORMS}
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{kind}.docx" for kind in (*KINDS, *FORMS))
    assert {*DECLARED} == {*LETTERS} == {*KINDS, *FORMS}


def test_the_catalogue_is_whole() -> None:
    rows = [kind.row for kind in (*LetterKind, *FormKind) if kind.row]
    assert sorted({*rows}, key=int) == [str(number) for number in range(1, 47)]
    assert [row for row in sorted({*rows}, key=int) if rows.count(row) > 1] == ["28", "31"]


@pytest.mark.parametrize("kind", DECLARED)
def test_a_template_prints_declared_fields_only_and_every_obligatory_one(kind: str) -> None:
    check(load(FOLDER, kind), allowed(kind), obligatory(kind))


@pytest.mark.parametrize("kind", DECLARED)
def test_the_shipped_file_is_what_its_wording_makes(kind: str) -> None:
    assert load(FOLDER, kind) == template(LETTERS[kind])


@pytest.mark.parametrize("kind", DECLARED)
def test_a_letter_is_filled_whole(kind: str) -> None:
    text = text_of(kind)
    assert not LEFT_OVER.search(text)
    assert examples.ORGAN in text
    for field in letter_fields(kind):
        if field.required and isinstance(field.example, str) and field.name not in NOT_PRINTED:
            assert field.example in text, field.name


@pytest.mark.parametrize("kind", DECLARED)
def test_a_letter_stands_without_its_optional_fields(kind: str) -> None:
    needed = {field.name: field.example for field in letter_fields(kind) if field.required}
    text = "\n".join(paragraphs(render(load(FOLDER, kind), complete(kind, needed))))
    assert not LEFT_OVER.search(text)
    assert "（）" not in text


@pytest.mark.parametrize("kind", TELLING_REMEDIES)
def test_the_remedies_stand_before_the_close_word_for_word(kind: str) -> None:
    told = ["如对甲不服，可以先向乙申请。", "如对丙不服，可以向丁起诉。"]
    lines = paragraphs(render(load(FOLDER, kind), {**example(kind), "remedies": told}))
    start = lines.index(told[0])
    assert lines[start : start + 3] == [*told, "特此告知。"]


@pytest.mark.parametrize("kind", sorted({*KINDS} - {*TELLING_REMEDIES, "review_defence", "suit_defence"}))
def test_a_letter_on_the_way_tells_of_no_remedy(kind: str) -> None:
    text = text_of(kind)
    assert "行政复议" not in text
    assert "行政诉讼" not in text


@pytest.mark.parametrize("pair", PAIRS)
def test_every_item_is_answered_in_the_letter_that_the_law_chooses(pair: tuple[ReplyKind, ReplyKind]) -> None:
    chosen = letter_for(pair).value
    rows = []
    for place, one in enumerate(pair, start=1):
        kind = one.letter.value
        row: dict[str, object] = {**ITEM_OF[kind], "ordinal_text": f"第{place}项", "quote": f"事项{place}"}
        if kind == "reply_not_existing":
            row["searches"] = ({**examples.SEARCH, "units": f"科室{place}"},)
        else:
            row[TELLING[kind]] = f"说明{place}"
        rows.append(row)
    fields = complete(chosen, {**example(chosen), "items": rows})
    text = "\n".join(paragraphs(render(load(FOLDER, chosen), fields)))
    for place in (1, 2):
        assert f"第{place}项：“事项{place}”" in text
        assert re.search(f"(说明|科室){place}", text)
    assert not LEFT_OVER.search(text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_is_marked_and_a_signed_letter_is_not(kind: str) -> None:
    numbered = LetterKind(kind).numbered
    drafted = {**example(kind), "date_text": ""}
    if numbered:
        drafted["document_number"] = ""
    seen = "\n".join(paragraphs(preview(load(FOLDER, kind), drafted)))
    assert "（日期待签发）" in seen
    assert ("（文号待编）" in seen) == numbered
    assert "待编" not in text_of(kind)
    assert "待签发" not in text_of(kind)


def test_the_applicant_is_unknown_to_those_who_are_asked() -> None:
    for kind in ("third_party_inquiry", "disclosure_notice", "co_producer_inquiry", "assistance_letter"):
        names = {field.name for field in letter_fields(kind)}
        assert not names & {"applicant_name", "received_how", "request_quote"}


@pytest.mark.parametrize(
    ("party_kind", "silence"),
    [
        ("third_party", "逾期未提出意见的，由本机关依照该条例的规定决定是否公开。"),
        ("co_producer", "逾期未提出意见的，视为同意公开。"),
        ("organ", "逾期未提出意见的，由本机关依法决定是否公开。"),
    ],
)
def test_silence_means_something_else_for_each_who_is_asked(party_kind: str, silence: str) -> None:
    text = text_of("third_party_inquiry", party_kind=party_kind)
    assert silence in text
    assert text.count("逾期未提出意见") == 1
    assert ("第三方意见征求书" in text) == (party_kind == "third_party")


def test_the_slip_of_a_third_party_asks_for_yes_or_no_and_the_reason() -> None:
    lines = paragraphs(render(load(FOLDER, "third_party_inquiry"), example("third_party_inquiry")))
    slip = "\n".join(lines[lines.index("意见回执") :])
    for asked in ("□ 同意公开", "□ 不同意公开", "理　　由", "签名或盖章", "安府办公开〔2026〕12号"):
        assert asked in slip


def test_the_index_lists_every_paper_with_its_number_and_hash() -> None:
    lines = paragraphs(render(load(FOLDER, FormKind.ARCHIVE_INDEX), example(FormKind.ARCHIVE_INDEX)))
    assert f"1\t政府信息公开申请表\t2026年3月2日\t2页\t{examples.HASH}" in lines
    assert sum(line.split("\t")[0] in ("1", "2", "3") for line in lines) == 3


@pytest.mark.parametrize("kind", FORMS)
def test_a_sheet_says_its_title_and_keeps_room_for_hands(kind: str) -> None:
    lines = paragraphs(render(load(FOLDER, kind), example(kind)))
    assert FormKind(kind).label.removesuffix("单").removesuffix("表") in lines[0]
    told = [line for line in lines if "意见\t" in line and "签名：" in line]
    opinions: Any = example(kind).get("opinions", ())
    for place, opinion in enumerate(opinions):
        assert told[place].replace("\n", "", 1).startswith(f"{opinion['role']}意见\t")
