"""Everything wrong with a template is named at once, each with the place where it stands."""

import pytest

from gkapply.config import bundled
from gkapply.law.refusal import Refusal
from gkapply.letters import package
from gkapply.letters.fields import allowed, obligatory
from gkapply.letters.findings import Fault
from gkapply.letters.render import preview
from gkapply.letters.template import faults, load
from gkapply.letters.trial import HARD, RARE, SAMPLES, printed, sample, try_out
from scripts.make_templates import template

REPLY = allowed("reply_public")


def saying(*texts: str) -> bytes:
    """A template with these paragraphs."""
    return template([("LetterBody", text) for text in texts])


def torn(old: str, new: str) -> bytes:
    """A template whose only tag Word has torn."""
    contents = package.parts(saying("{{ organ_name }}"))
    body = contents[package.MAIN].decode()
    assert old in body
    return package.write({**contents, package.MAIN: body.replace(old, new).encode()})


def told(docx: bytes) -> list[tuple[Fault, str, str]]:
    return [(one.fault, one.what, one.place) for one in faults(docx, REPLY)]


def test_every_problem_is_named_with_its_paragraph() -> None:
    found = told(
        saying(
            "某机关",
            "{{ 申请人 }}：",
            "{%p for item in items %}",
            "{{ item.quote }}，{{ item.price }}",
            "{%p endfor %}",
            "{{ organ_name.__class__ }}",
            "{{ 申请人 }}再次出现",
        )
    )
    assert found == [
        (Fault.UNSAFE, "「organ_name.__class__」（以下划线开头的名称）", "正文第6段「{{ organ_name.__…」"),
        (Fault.UNKNOWN, "申请人", "正文第2段「{{ 申请人 }}：」"),
        (Fault.UNKNOWN, "申请人", "正文第7段「{{ 申请人 }}再次出现」"),
        (Fault.UNKNOWN, "items.price", "正文第4段「{{ item.quote }}…」"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("｛｛organ_name｝｝", "｛｛organ_name"),
        ("{ { organ_name } }", "{ { organ_name"),
        ("{{ organ_name }", "{{ organ_name"),
        ("{organ_name}", "{organ_name}"),
        ("{ organ_name }}", "{ organ_name }"),
        ("{ % if organ_name %}甲", "{ % if organ_name"),
    ],
)
def test_a_placeholder_that_is_none_is_shown(text: str, shown: str) -> None:
    found = told(saying("第一段", text))
    assert {fault for fault, _, _ in found} == {Fault.TORN}
    assert any(shown in what for _, what, _ in found)
    assert all(place.startswith("正文第2段") for _, _, place in found)


RUN = '</w:t></w:r>{}<w:r><w:t xml:space="preserve">'


@pytest.mark.parametrize(
    "between",
    [
        '<w:hyperlink w:anchor="x">',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:tab/></w:r>",
    ],
)
def test_a_tag_that_word_has_torn_for_good_is_refused(between: str) -> None:
    end = "</w:t></w:r></w:hyperlink><w:r><w:t>" if "hyperlink" in between else ""
    found = told(torn("{{ organ_name }}", f"{{{{ organ{RUN.format(between)}_name }}}}{end}"))
    assert [fault for fault, _, _ in found] == [Fault.TORN]
    assert found[0][2].startswith("正文第1段")


def test_a_tag_in_pieces_of_plain_text_is_filled_in_as_if_it_were_whole() -> None:
    spelling = '<w:proofErr w:type="spellStart"/>'
    docx = torn("{{ organ_name }}", f"{{{RUN.format(spelling)}{{ organ{RUN.format('')}_name }}}}")
    assert told(docx) == []
    assert "某机关" in printed(preview(docx, {"organ_name": "某机关"}))


@pytest.mark.parametrize(
    ("texts", "what", "place"),
    [
        (("{% if organ_name %}甲", "乙"), "「if」没有以「endif」结束", "正文第1段"),
        (("甲", "{% endfor %}"), "「endfor」之前没有与它成对的「for」", "正文第2段"),
        (("甲", "{{ organ name }}"), "写法不能识别", "正文第2段"),
    ],
)
def test_tags_that_do_not_fit_together_are_shown_where_they_stand(
    texts: tuple[str, ...], what: str, place: str
) -> None:
    [found] = told(saying(*texts))
    assert found[:2] == (Fault.SYNTAX, what)
    assert found[2].startswith(place)


def test_baggage_is_named_with_its_place_too() -> None:
    revised = torn("</w:r>", '</w:r><w:ins w:id="1" w:author="x"><w:r><w:t>改</w:t></w:r></w:ins>')
    contents = package.parts(revised)
    link = b'<Relationship Id="r" Type="image" Target="http://x/y.png" TargetMode="External"/>'
    rels = b"<Relationships>" + link + b"</Relationships>"
    both = package.write({**contents, "word/_rels/footer1.xml.rels": rels, "word/vbaProject.bin": b"x"})
    found = told(both)
    assert (Fault.MACROS, "word/vbaProject.bin", "") in found
    assert (Fault.EXTERNAL, "http://x/y.png", "页脚") in found
    assert any(fault is Fault.UNSETTLED and place.startswith("正文第1段") for fault, _, place in found)


@pytest.mark.parametrize("kind", ["receipt", "reply_refused", "reply_combined", "archive_index"])
def test_the_shipped_templates_pass_every_sample(kind: str) -> None:
    shipped = load(bundled("answer_templates"), kind)
    assert faults(shipped, allowed(kind), obligatory(kind)) == []
    assert try_out(shipped, shipped, kind, obligatory(kind)) == []


def test_a_field_that_hides_behind_a_condition_is_missed() -> None:
    shipped = load(bundled("answer_templates"), "receipt")
    contents = package.parts(shipped)
    body = contents[package.MAIN].decode()
    hidden = body.replace("{{ request_number }}", "{% if you == '某人' %}{{ request_number }}{% endif %}")
    assert hidden != body
    found = try_out(package.write({**contents, package.MAIN: hidden.encode()}), shipped, "receipt", {"request_number"})
    assert [(one.fault, one.what) for one in found] == [(Fault.UNPRINTED, "request_number")]


def test_samples_bring_rare_characters_and_signs() -> None:
    shipped = load(bundled("answer_templates"), "reply_disclosed")
    text = printed(preview(shipped, sample("reply_disclosed", HARD)))
    assert "".join(RARE.split()) in text
    with pytest.raises(Refusal, match="没有这个样例"):
        sample("reply_disclosed", "other")
    assert len(SAMPLES) == 3
