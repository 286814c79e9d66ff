"""What a template may say and carry: unknown fields, escapes from the sandbox, macros, links to outside."""

import zipfile
from pathlib import Path

import pytest

from gkapply.config import bundled
from gkapply.law.refusal import NotFound, Refusal
from gkapply.letters import package
from gkapply.letters.fields import allowed, obligatory
from gkapply.letters.render import render
from gkapply.letters.template import check, load
from scripts.make_templates import template

REPLY = allowed("reply_public")
GOOD = template([("LetterBody", "{{ organ_name }}")])


def saying(*texts: str) -> bytes:
    """A template with these paragraphs."""
    return template([("LetterBody", text) for text in texts])


def carrying(name: str, content: bytes) -> bytes:
    """A good template with one more part, or another one in its place."""
    return package.write({**package.parts(GOOD), name: content})


def changed(name: str, old: bytes, new: bytes) -> bytes:
    """A good template with something replaced inside a part."""
    contents = package.parts(GOOD)
    assert old in contents[name]
    return package.write({**contents, name: contents[name].replace(old, new)})


def test_a_good_template_passes() -> None:
    check(GOOD, REPLY, {"organ_name"})
    check(
        saying(
            "{%p for item in items %}",
            "{{ loop.index }}{% if not loop.last and item.reason %}{{ item.reason|sentence }}{% endif %}",
            "{% for part in item.withheld %}{{ part.content }}{% endfor %}{{ items|length }}",
            "{%p endfor %}",
        ),
        REPLY,
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{{ applicant }}", "applicant"),
        ("{% if applicant %}甲{% endif %}", "applicant"),
        ("{% for item in items %}{{ item.applicant }}{% endfor %}", "items.applicant"),
        ("{% for item in items %}{{ items.quote }}{{ item }}{{ item.withheld.nothing }}{% endfor %}", "nothing"),
        ("{{ item.quote }}", "item.quote"),
        ("{{ organ_name.other }}", "organ_name.other"),
        ("{% for item in items %}甲{% endfor %}{{ item.quote }}", "item.quote"),
    ],
)
def test_an_unknown_field_is_named(text: str, named: str) -> None:
    with pytest.raises(Refusal, match="未知字段.*" + named):
        check(saying(text), REPLY)


def test_all_unknown_fields_are_named_at_once() -> None:
    with pytest.raises(Refusal, match="乙、甲"):
        check(saying("{{ 甲 }}", "{{ 乙 }}"), REPLY)


def test_a_template_must_print_what_the_law_demands() -> None:
    with pytest.raises(Refusal, match=r"缺少必备字段.*remedies"):
        check(saying("{{ organ_name }}"), REPLY, obligatory("reply_public"))


ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__()|length }}",
    "{{ organ_name.__class__ }}",
    "{{ organ_name.upper() }}",
    "{{ organ_name|attr('__class__') }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{{ range(9) }}",
    "{% include 'other' %}",
    "{% import 'os' as os %}{{ os }}",
    "{% for item in items %}{{ loop.cycle('a') }}{% endfor %}",
    "{% for item in items recursive %}{{ loop(item.withheld) }}{% endfor %}",
    "{{ organ_name|map('upper') }}",
    "{{ '%s'|format(organ_name) }}",
]
HARMLESS_BUT_NOT_ALLOWED = [
    "{% set x = organ_name %}",
    "{{ items[0] }}",
    "{% for item in items recursive %}{{ item.quote }}{% endfor %}",
    "{{ '长' * 9 }}",
    "{{ 1 + 1 }}",
    "{% macro m() %}甲{% endmacro %}",
    "{{ organ_name is string }}",
    "{% for part in 'abc' %}{{ part }}{% endfor %}",
    "{{ loop.index }}",
    "{% for item in items %}{{ loop.previtem }}{% endfor %}",
    "{% for item in items %}{{ item._hidden }}{% endfor %}",
    "{{ [organ_name] }}",
]


@pytest.mark.parametrize("text", ESCAPES + HARMLESS_BUT_NOT_ALLOWED)
def test_an_unsafe_expression_is_refused_at_the_check(text: str) -> None:
    with pytest.raises(Refusal, match=r"不允许的写法|标记写错"):
        check(saying(text), REPLY)


@pytest.mark.parametrize("text", ESCAPES)
def test_an_escape_is_refused_at_rendering_even_when_nobody_checked(text: str) -> None:
    fields = {"organ_name": "某机关", "items": [{"withheld": []}]}
    with pytest.raises(Refusal):
        render(saying(text), fields)


def test_the_names_that_jinja_brings_along_are_none_of_ours() -> None:
    for name in ("range", "dict", "lipsum", "cycler", "joiner", "namespace"):
        with pytest.raises(Refusal, match=name):
            render(saying("{{ " + name + " }}"), {})


def test_a_tag_split_over_runs_by_word_is_read_whole() -> None:
    split = changed(
        "word/document.xml",
        b"{{ organ_name }}",
        b'{{ appli</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">cant }}',
    )
    with pytest.raises(Refusal, match="applicant"):
        check(split, REPLY)


@pytest.mark.parametrize("name", ["word/footer1.xml", "word/footer2.xml", "docProps/core.xml"])
def test_footers_and_properties_are_read_too(name: str) -> None:
    old = b"</dc:title>" if name.startswith("docProps") else "— ".encode()
    with pytest.raises(Refusal, match=r"未知字段.*hidden"):
        check(changed(name, old, b"{{ hidden }}" + old), REPLY)


def test_a_tag_where_nothing_is_filled_in_is_refused() -> None:
    notes = b'<w:endnotes xmlns:w="x"><w:t>{{ organ_name }}</w:t></w:endnotes>'
    with pytest.raises(Refusal, match="不会被填写的位置"):
        check(carrying("word/endnotes.xml", notes), REPLY)


@pytest.mark.parametrize("text", ["{{ organ_name", "{% if organ_name %}", "{% endif %}", "{{ organ name }}"])
def test_a_broken_tag_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refusal, match="标记写错"):
        check(saying(text, "}}" if text == "{{ organ_name" else ""), REPLY)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0", "宏"),
        ("word/activeX/activeX1.xml", b"<x/>", "宏"),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0", "嵌有其他文件"),
        ("word/afchunk.dat", b"<html/>", "嵌有其他文件"),
        (
            "word/_rels/footer1.xml.rels",
            b'<Relationships><Relationship Id="r" Type="image" Target="http://x/" TargetMode="External"/></Relationships>',
            "指向外部",
        ),
        (
            "word/_rels/settings.xml.rels",
            b"<Relationships><Relationship Id='r' Type='attachedTemplate' Target='file:///x' TargetMode = 'External'/></Relationships>",
            "指向外部",
        ),
        (
            "word/_rels/footer1.xml.rels",
            b'<Relationships><Relationship Id="r" Type="image" Target="http://x/" TargetMode="Exter&#110;al"/></Relationships>',
            "指向外部",
        ),
        (
            "word/_rels/footer1.xml.rels",
            '<Relationships><Relationship Id="r" Target="http://x/" TargetMode="External"/></Relationships>'.encode(
                "utf-16"
            ),
            "内容已损坏",
        ),
        ("word/header9.xml", b'<z:hdr xmlns:z="x"><z:instrText>INCLUDEPICTURE x</z:instrText></z:hdr>', "外部内容的域"),
        ("word/comments.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "XML 声明"),
        ("word/header9.xml", b'<w:hdr xmlns:w="x"><w:instrText>DDEAUTO cmd</w:instrText></w:hdr>', "外部内容的域"),
        (
            "word/header9.xml",
            b'<w:hdr xmlns:w="x"><w:fldSimple w:instr=" INCLUDETEXT c:\\x "/></w:hdr>',
            "外部内容的域",
        ),
        ("word/header9.xml", b'<w:hdr xmlns:w="x"><w:ins w:author="x"><w:r/></w:ins></w:hdr>', "修订"),
    ],
)
def test_baggage_is_refused(name: str, content: bytes, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        check(carrying(name, content), REPLY)


def test_a_docm_under_another_name_is_refused() -> None:
    macro = changed(
        "[Content_Types].xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    with pytest.raises(Refusal, match="宏"):
        check(macro, REPLY)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_what_is_no_docx_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"\.docx"):
        check(content, REPLY)
    with pytest.raises(Refusal, match=r"\.docx"):
        render(content, {})


def test_another_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("readme.txt", "甲")
    with pytest.raises(Refusal, match=r"\.docx"):
        check(path.read_bytes(), REPLY)


def test_a_file_too_large_or_swelling_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="5 MB"):
        check(GOOD + b"\0" * package.LARGEST, REPLY)
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(5):
            bomb.writestr(f"word/media/{number}", b"\0" * (package.LARGEST_UNPACKED // 4))
    assert path.stat().st_size < package.LARGEST
    with pytest.raises(Refusal, match="过大"):
        check(path.read_bytes(), REPLY)


def test_a_kind_without_template_is_told_by_its_file_name() -> None:
    with pytest.raises(NotFound, match=r"poem\.docx"):
        load(bundled("answer_templates"), "poem")
    with pytest.raises(Refusal, match="poem"):
        allowed("poem")
