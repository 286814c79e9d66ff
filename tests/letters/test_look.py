"""The look of GB/T 9704-2012: the page, the red head, the styles, and what stands in every part of a file."""

import io
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length
from lxml import etree

from gkapply.config import bundled
from gkapply.law.letters import LetterKind
from gkapply.letters import package
from gkapply.letters.declared import DECLARED
from gkapply.letters.fields import example
from gkapply.letters.picture import with_code
from gkapply.letters.render import render
from gkapply.letters.template import load
from gkapply.letters.text import margins, paragraphs
from gkapply.pdf import OfficeConverter
from scripts import template_styles as styles
from scripts.template_grid import COPIES
from tests.letters.schema_order import misplaced

FOLDER = bundled("answer_templates")
LETTERS = [kind.value for kind in LetterKind if kind is not LetterKind.RECEIPT]
"""Everything that has a red head."""
PLAIN = sorted({*DECLARED} - {*LETTERS})
FONTS = {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"}
NUMBERED = {"footer": ["— 1 —"], "even_page_footer": ["— 1 —"]}
MM = 1440 / 25.4


def made(kind: str, **given: object) -> bytes:
    """The letter of that kind with its example fields, some of them replaced."""
    return render(load(FOLDER, kind), {**example(kind), **given})


@cache
def shipped(kind: str) -> bytes:
    """The letter of that kind with its example fields."""
    return made(kind)


def mm(length: Length | None) -> float:
    assert length is not None
    return length.mm


def xml(docx: bytes, part: str) -> Any:
    return etree.fromstring(package.parts(docx)[f"word/{part}.xml"])


def styles_used(docx: bytes, part: str = "document") -> list[str]:
    return [one.get(qn("w:val")) for one in xml(docx, part).iter(qn("w:pStyle"))]


def style(docx: bytes, code: str) -> Any:
    (found,) = [one for one in Document(io.BytesIO(docx)).styles if one.style_id == code]
    return found


def east_asian_font(docx: bytes, code: str) -> str:
    """The font that Chinese text of the style has, by its ancestors and the document's default."""
    one = style(docx, code)
    while one is not None:
        fonts = one.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None:
            return str(fonts.get(qn("w:eastAsia")))
        one = one.base_style
    (default,) = xml(docx, "styles").iterfind(f"{qn('w:docDefaults')}//{qn('w:rFonts')}")
    return str(default.get(qn("w:eastAsia")))


@pytest.mark.parametrize("kind", LETTERS)
def test_every_part_of_a_letter_says_what_it_should(kind: str) -> None:
    docx = shipped(kind)
    organ = str(example(kind)["organ_name"])
    assert margins(docx) == {
        **NUMBERED,
        "header": [],
        "even_page_header": [],
        "first_page_header": [organ],
        "first_page_footer": [],
    }
    lines = paragraphs(docx)
    assert lines[0] == organ
    number = str(example(kind).get("document_number", ""))
    assert lines[1] == number or not number
    title, addressee = lines[2 if number else 1 :][:2]
    assert addressee == f"{example(kind)['addressee']}："
    assert len(title) <= 20, "a title of 2号 holds 20 characters on one line: break a longer one by its meaning"
    assert lines[-1].startswith(("（联系人：", "申请人（签名）：", "请在收到", "抄送："))


@pytest.mark.parametrize("kind", PLAIN)
def test_a_sheet_has_its_pages_numbered_and_no_red_head(kind: str) -> None:
    docx = shipped(kind)
    assert margins(docx) == NUMBERED
    assert not {one for part in ("document", "footer1") for one in styles_used(docx, part)} & {
        styles.RED_HEAD,
        styles.RED_FOOT,
    }
    title = style(docx, "TableTitle" if "TableTitle" in styles_used(docx) else "PlainTitle")
    assert east_asian_font(docx, title.style_id) == "方正小标宋简体"


@pytest.mark.parametrize("kind", DECLARED)
def test_the_formatting_stands_in_styles_alone_and_in_the_order_of_the_schema(kind: str) -> None:
    contents = package.parts(load(FOLDER, kind))
    defined = {one.get(qn("w:styleId")) for one in xml(load(FOLDER, kind), "styles").iter(qn("w:style"))}
    for name, content in contents.items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        root = etree.fromstring(content)
        assert misplaced(root) == []
        if name == "word/styles.xml":
            assert {one.get(qn("w:eastAsia")) for one in root.iter(qn("w:rFonts"))} <= FONTS
            continue
        assert not list(root.iter(qn("w:rPr"))), f"{name} formats characters outside of a style"
        for properties in root.iter(qn("w:pPr")):
            framed = [qn("w:framePr")] if properties[0].get(qn("w:val")) == COPIES and len(properties) > 1 else []
            assert [one.tag for one in properties] == [qn("w:pStyle"), *framed]
        assert {one.get(qn("w:val")) for one in root.iter(qn("w:pStyle"))} <= defined


def test_the_text_area_is_156_by_225_mm_for_22_lines_of_28_characters() -> None:
    docx = shipped("reply_partial")
    (section,) = Document(io.BytesIO(docx)).sections
    page = [mm(section.page_width), mm(section.page_height)]
    margin = [mm(one) for one in (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)]
    assert [round(one) for one in page] == [210, 297]
    assert [round(one) for one in margin] == [37, 26, 35, 28]
    (default,) = xml(docx, "styles").iterfind(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    line = default.find(qn("w:spacing"))
    assert line.get(qn("w:lineRule")) == "exact"
    assert (page[1] - margin[0] - margin[2]) * MM // int(line.get(qn("w:line"))) == 22
    assert (page[0] - margin[1] - margin[3]) * MM // (320 - 5) == 28, "3号 with a spacing of -0.25 pt"
    grid = xml(docx, "document").find(f".//{qn('w:docGrid')}")
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    for switch in ("w:autoSpaceDE", "w:autoSpaceDN"):
        assert default.find(qn(switch)).get(qn("w:val")) == "0"


def test_the_fonts_are_those_that_offices_have() -> None:
    docx = shipped("reply_partial")
    said = {
        code: east_asian_font(docx, code)
        for code in ("LetterBody", "LetterTitle", "ItemHeading", "FooterOdd", "RedHead")
    }
    assert said == {
        "LetterBody": "仿宋_GB2312",
        "LetterTitle": "方正小标宋简体",
        "ItemHeading": "黑体",
        "FooterOdd": "宋体",
        "RedHead": "方正小标宋简体",
    }


def test_two_red_double_lines_170_mm_wide_are_centred_on_the_first_page() -> None:
    docx = shipped("reply_partial")
    (section,) = Document(io.BytesIO(docx)).sections
    assert round(mm(section.header_distance)) == 30
    assert round(mm(section.footer_distance)) == 20
    for code, border in ((styles.RED_HEAD, "thickThinSmallGap"), (styles.RED_FOOT, "thinThickSmallGap")):
        element = style(docx, code).element
        line = element.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
        assert (line.get(qn("w:val")), line.get(qn("w:color"))) == (border, "FF0000")
        indent = element.find(f".//{qn('w:ind')}")
        left = mm(section.left_margin) + int(indent.get(qn("w:left"))) / MM
        right = mm(section.right_margin) + int(indent.get(qn("w:right"))) / MM
        assert (round(left), round(right)) == (20, 20)


@pytest.mark.parametrize(
    ("length", "head", "signature"),
    [
        (4, styles.RED_HEAD, "Signature"),
        (12, styles.RED_HEAD, "Signature"),
        (14, styles.RED_HEAD_LONG, "Signature"),
        (18, styles.RED_HEAD_LONG, "SignatureLong"),
        (20, styles.RED_HEAD_LONGEST, "SignatureLong"),
        (24, styles.RED_HEAD_LONGEST, "SignatureLongest"),
    ],
)
def test_a_long_name_is_set_smaller_and_stays_on_one_line(length: int, head: str, signature: str) -> None:
    docx = made("reply_public", organ_name="机" * length)
    assert styles_used(docx, "header3") == [head]
    assert length * style(docx, head).font.size.mm <= 170
    used = styles_used(docx)
    assert [one for one in used if one.startswith("Signature")] == [
        signature,
        signature.replace("Signature", "SignatureDate"),
    ]
    room = 8844 - int(style(docx, signature).element.find(f".//{qn('w:ind')}").get(qn("w:left")))
    assert length * 320 <= room, "the name fits beside the date's indent"


def test_the_first_page_bears_no_number_and_the_others_are_odd_right_and_even_left() -> None:
    docx = shipped("reply_partial")
    fields: Mapping[str, str] = {
        part: "".join(one.text for one in xml(docx, part).iter(qn("w:instrText"))).strip()
        for part in ("footer1", "footer2", "footer3")
    }
    assert fields == {"footer1": "PAGE", "footer2": "PAGE", "footer3": ""}
    (section,) = Document(io.BytesIO(docx)).sections
    assert section.different_first_page_header_footer
    assert style(docx, "FooterOdd").paragraph_format.alignment == 2
    assert style(docx, "FooterEven").paragraph_format.alignment == 0
    assert styles_used(docx, "footer1")[0] == "FooterOdd"
    assert styles_used(docx, "footer2")[0] == "FooterEven"


def test_enclosures_are_listed_after_a_blank_line_without_a_closing_mark() -> None:
    one = made("reply_disclosed", enclosures=["方案（12页）"])
    assert [line for line in paragraphs(one) if "方案（12页）" in line][-1] == "附件：方案（12页）"
    several = made("reply_disclosed", enclosures=["方案（12页）", "附图", "目录"])
    lines = paragraphs(several)
    start = lines.index("附件：1. 方案（12页）")
    assert lines[start - 1 : start + 3] == ["特此告知。", "附件：1. 方案（12页）", "2. 附图", "3. 目录"]
    before = style(several, "EnclosureFirst").base_style.paragraph_format.space_before
    assert before == style(several, "Addressee").paragraph_format.space_before
    assert "附件" not in "".join(paragraphs(made("reply_disclosed", enclosures=[]))[-3:])


def test_the_signature_is_kept_with_the_text_before_it() -> None:
    for kind in LETTERS:
        docx = shipped(kind)
        used = styles_used(docx)
        place = used.index("Signature")
        for code in used[place - 1 : place + 1]:
            one = style(docx, code)
            while one is not None and one.paragraph_format.keep_with_next is None:
                one = one.base_style
            assert one is not None, f"{kind}: {code} may be left behind"
            assert one.paragraph_format.keep_with_next, f"{kind}: {code} may be left behind"


def test_dates_and_numbers_are_written_as_the_standard_says() -> None:
    for kind in LETTERS:
        lines = paragraphs(shipped(kind))
        assert not [line for line in lines if re.search(r"年0\d月|月0\d日|[(\[]20\d\d[)\]]|第\d+号", line)]


@pytest.mark.parametrize("kind", ["assistance_letter", "transfer_notice"])
def test_copies_stand_last_at_the_foot_of_the_page(kind: str) -> None:
    docx = made(kind, copies_to="安岳县司法局")
    assert paragraphs(docx)[-1] == "抄送：安岳县司法局。"
    (frame,) = xml(docx, "document").iter(qn("w:framePr"))
    assert (frame.get(qn("w:vAnchor")), frame.get(qn("w:yAlign"))) == ("margin", "bottom")
    assert "抄送" not in "".join(paragraphs(made(kind, copies_to="")))


def test_the_code_of_a_sheet_to_be_signed_floats_above_its_text() -> None:
    address = "https://ysq.example.gov.cn/desk/letters/0123456789abcdef"
    printed = made("approval_sheet", check_code=address)
    coded = with_code(printed, address)
    assert coded == with_code(printed, address)
    (anchor,) = xml(coded, "document").iter(qn("wp:anchor"))
    order = ["simplePos", "positionH", "positionV", "extent", "wrapNone", "docPr", "cNvGraphicFramePr", "graphic"]
    assert [one.tag.split("}")[1] for one in anchor] == order
    (section,) = Document(io.BytesIO(coded)).sections
    across, down = (int(one.text) / 36000 for one in anchor.iter(qn("wp:posOffset")))
    side = int(anchor.find(qn("wp:extent")).get("cx")) / 36000
    assert across + side <= 210 - mm(section.right_margin)
    assert down + side <= mm(section.top_margin)
    assert paragraphs(coded) == paragraphs(printed)
    assert with_code(printed, "https://other.example/") == printed


NAMES = ("王犇", "朱镕", "赵喆", "阿卜杜拉·买买提", "𠮷某", "甲<&>乙{{ organ_name }}{% if %}丙")
"""Rare characters, a middle dot, a character beyond the basic plane, and what a template would take for its own."""


def test_names_come_out_whole_in_every_part() -> None:
    docx = made("reply_public", addressee="、".join(NAMES), organ_name="某县𠮷<&>{{ }}镇人民政府")
    assert f"{'、'.join(NAMES)}：" in paragraphs(docx)
    assert margins(docx)["first_page_header"] == ["某县𠮷<&>{{ }}镇人民政府"]
    assert paragraphs(docx).count("某县𠮷<&>{{ }}镇人民政府") == 2


def test_libreoffice_sets_22_lines_of_28_characters_and_keeps_the_names(
    soffice: Path, pdftotext: Path, tmp_path: Path
) -> None:
    docx = made("reply_public", addressee="、".join(NAMES), facts=["测" * 28 * 50])
    pdf = OfficeConverter().to_pdf(docx, "docx")
    assert pdf is not None
    (tmp_path / "letter.pdf").write_bytes(pdf)
    read = subprocess.run(
        [pdftotext, "-layout", tmp_path / "letter.pdf", "-"], capture_output=True, text=True, check=True, timeout=60
    )
    pages = [
        [re.sub(r"\s", "", line) for line in page.splitlines() if line.strip()] for page in read.stdout.split("\f")
    ]
    assert pages[1] == [*["测" * 28] * 22, "—2—"]
    assert pages[2][-1] == "—3—"
    assert "—1—" not in pages[0]
    assert pages[0][0] == example("reply_public")["organ_name"]
    assert "、".join(NAMES).replace(" ", "") + "：" in "".join(pages[0])
