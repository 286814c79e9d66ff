"""Rendering: the same bytes every time, every value literally, nothing missing."""

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest
import time_machine
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from gkapply.config import bundled
from gkapply.law.refusal import Refusal
from gkapply.letters import package
from gkapply.letters.declared import DECLARED
from gkapply.letters.fields import complete, example
from gkapply.letters.render import preview, render, snapshot
from gkapply.letters.sandbox import compiled
from gkapply.letters.template import load
from gkapply.letters.text import paragraphs
from scripts.make_templates import template

FOLDER = bundled("answer_templates")
PLAIN = template([("LetterTitle", "{{ organ_name }}"), ("LetterBody", "甲{{ value }}乙")])

RENDER_ALL = """
import hashlib
from gkapply.config import bundled
from gkapply.letters.declared import DECLARED
from gkapply.letters.fields import example
from gkapply.letters.render import render
from gkapply.letters.template import load
for kind in DECLARED:
    print(kind, hashlib.sha256(render(load(bundled("answer_templates"), kind), example(kind))).hexdigest())
"""


def printed(value: object) -> str:
    """What the letter shows between 甲 and 乙."""
    lines = paragraphs(render(PLAIN, {"organ_name": "某机关", "value": value}))
    return lines[1].removeprefix("甲").removesuffix("乙")


def hashes() -> dict[str, str]:
    return {kind: hashlib.sha256(render(load(FOLDER, kind), example(kind))).hexdigest() for kind in DECLARED}


def test_two_processes_make_the_same_bytes() -> None:
    seen = []
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        run = subprocess.run(
            [sys.executable, "-c", RENDER_ALL], env=environ, capture_output=True, text=True, check=True, timeout=60
        )
        seen.append(dict(line.split() for line in run.stdout.splitlines()))
    assert seen[0] == seen[1] == hashes()


def test_another_day_makes_the_same_bytes() -> None:
    with time_machine.travel(datetime(2031, 5, 4, 3, 2, tzinfo=UTC)):
        later = hashes()
    with time_machine.travel(datetime(2026, 3, 30, 1, 0, tzinfo=UTC)):
        assert hashes() == later


def test_another_word_makes_other_bytes() -> None:
    fields = example("reply_public")
    shipped = load(FOLDER, "reply_public")
    assert render(shipped, fields) != render(shipped, {**fields, "addressee": "李四"})


def test_a_template_is_compiled_once_and_keeps_nothing_of_a_letter() -> None:
    fields = example("reply_public")
    shipped = load(FOLDER, "reply_public")
    first = render(shipped, fields)
    before = compiled.cache_info()
    assert render(shipped, {**fields, "addressee": "李四"}) != first == render(shipped, fields)
    after = compiled.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits


def test_the_file_says_organ_title_and_date_and_nothing_of_the_machine() -> None:
    docx = render(load(FOLDER, "reply_refused"), example("reply_refused"))
    core = Document(io.BytesIO(docx)).core_properties
    assert (core.author, core.title) == ("安岳县人民政府办公室", "政府信息不予公开告知书")
    assert core.created == core.modified == datetime(2026, 3, 30, tzinfo=UTC)
    assert (core.last_modified_by, core.comments, core.revision) == ("", "", 0)
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        assert opened.testzip() is None
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(opened.read(name) for name in opened.namelist())
    assert b"python" not in everything


def test_a_template_with_properties_of_its_maker_leaves_none_of_them() -> None:
    contents = package.parts(PLAIN)
    contents[package.CORE] = contents[package.CORE].replace(
        b"<dc:creator></dc:creator>", "<dc:creator>做模板的人</dc:creator>".encode()
    )
    assert "做模板的人".encode() in contents[package.CORE]
    docx = render(package.write(contents), {"organ_name": "某机关", "value": ""})
    assert Document(io.BytesIO(docx)).core_properties.author == "某机关"


@pytest.mark.parametrize(
    "value",
    [
        "张三<&>",
        "𠮷野家䶮",
        "阿卜杜拉·买买提",
        "{{ organ_name }}",
        "{% for x in y %}",
        "{_{ 甲 }_} {_% 乙 %_} {# 丙 #}",
        "</w:t></w:r></w:p><w:p/>",
        "&lt;&#123;&amp;",
        "第一行\n第二行\n\n第四行",
        "甲\t乙",
        "  前后空格  中间两个  ",
        "\"双引号\"'单引号'“中文引号”",
        "\\n 不是换行 %s {0}",
    ],
)
def test_a_value_survives_literally(value: str) -> None:
    assert printed(value) == value


def test_line_ends_of_other_systems_are_line_ends_and_control_characters_are_left_out() -> None:
    assert printed("一\r\n二\r三\u2028四\x0b五\x0c六") == "一\n二\n三\n四\n五\n六"
    assert printed("响\x07铃\x00\x1b") == "响铃"


@settings(max_examples=60)
@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=200)
)
def test_any_text_survives_literally(value: str) -> None:
    assert printed(value) == value


def test_a_very_long_text_survives_and_an_absurd_one_is_refused() -> None:
    text = "关于征地补偿的说明。" * 20_000
    assert printed(text) == text
    with pytest.raises(Refusal, match="过长"):
        printed("长" * 1_000_001)


@pytest.mark.parametrize("missing", ["received_on_text", "remedies", "organ_name"])
def test_a_missing_field_is_named(missing: str) -> None:
    fields = example("reply_public")
    del fields[missing]
    with pytest.raises(Refusal, match=missing) as refused:
        render(load(FOLDER, "reply_public"), fields)
    assert refused.value.field == missing


def test_a_missing_column_of_a_row_is_named() -> None:
    fields = example("reply_public")
    fields["items"] = [{"kind": "reply_public"}]
    with pytest.raises(Refusal, match="basis"):
        render(load(FOLDER, "reply_public"), fields)


def test_nothing_is_printed_for_what_is_no_text() -> None:
    for value in (None, 1.5, True, b"bytes"):
        with pytest.raises(Refusal, match="value"):
            printed(value)
    assert printed(12) == "12"


@pytest.mark.parametrize(("name", "label"), [("document_number", "文号"), ("date_text", "签发日期")])
def test_a_letter_of_record_needs_number_and_date(name: str, label: str) -> None:
    fields = {**example("reply_public"), name: ""}
    shipped = load(FOLDER, "reply_public")
    with pytest.raises(Refusal, match=label):
        render(shipped, fields)
    assert preview(shipped, fields)


def test_the_snapshot_is_canonical_and_its_hash_covers_kind_template_and_fields() -> None:
    text, digest = snapshot("reply_public", b"template", {"you": "您", "addressee": "张三<&>"})
    expected = hashlib.sha256(b"template").hexdigest()
    assert text == (
        f'{{"fields":{{"addressee":"张三<&>","you":"您"}},"kind":"reply_public","template_sha256":"{expected}"}}'
    )
    assert digest == hashlib.sha256(text.encode()).hexdigest()
    others = {
        snapshot("reply_refused", b"template", {"you": "您", "addressee": "张三<&>"})[1],
        snapshot("reply_public", b"another", {"you": "您", "addressee": "张三<&>"})[1],
        snapshot("reply_public", b"template", {"you": "您", "addressee": "张三"})[1],
    }
    assert len(others | {digest}) == 4


def test_a_snapshot_read_back_renders_the_same_letter() -> None:
    shipped, fields = load(FOLDER, "reply_partial"), example("reply_partial")
    text, _ = snapshot("reply_partial", shipped, fields)
    assert render(shipped, json.loads(text)["fields"]) == render(shipped, fields)


def test_a_snapshot_holds_text_only() -> None:
    for bad in (datetime(2026, 3, 2, tzinfo=UTC), float("nan"), "\ud800"):
        with pytest.raises(Refusal):
            snapshot("reply_public", b"template", {"you": bad})


def test_complete_blanks_the_optional_and_names_the_missing() -> None:
    given_fields = example("extension_notice")
    del given_fields["due_text"], given_fields["document_number"]
    assert complete("extension_notice", given_fields)["due_text"] == ""
    assert complete("extension_notice", given_fields)["document_number"] == ""
    for bad in ("", "  ", None):
        with pytest.raises(Refusal, match="延长答复期限的理由"):
            complete("extension_notice", {**given_fields, "extension_reason": bad})
    with pytest.raises(ValueError, match="extension_reson"):
        complete("extension_notice", {**given_fields, "extension_reson": "错字"})


def test_complete_reads_the_rows_too() -> None:
    fields = example("reply_public")
    with pytest.raises(Refusal, match="第1行的「条款原文」"):
        complete(
            "reply_public",
            {**fields, "items": [{"kind": "reply_public", "ordinal_text": "第一项", "quote": "甲", "basis": "乙"}]},
        )
    with pytest.raises(Refusal, match="各项申请内容的答复"):
        complete("reply_public", {**fields, "items": []})
    with pytest.raises(ValueError, match="quot"):
        complete("reply_public", {**fields, "items": [{"quot": "甲"}]})
