"""Make ``answer_templates/*.docx`` from their wording, page and styles (GB/T 9704-2012).

    python -m scripts.make_templates [FOLDER]

The same wording makes the same bytes. Offices change the .docx in Word; this is how the shipped ones were set.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from gkapply.letters import package
from scripts import template_styles as styles
from scripts.template_grid import paragraph, run
from scripts.template_paragraphs import TABLE, TITLES, Entry
from scripts.template_sheets import SHEET_TABLES
from scripts.template_tables import TABLES
from scripts.template_wording import LETTERS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1440" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)
"""A4 with 天头 37 mm, 订口 28 mm and a text area of 156 × 225 mm."""

PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{WORD}.settings+xml"/>'
        f'<Override PartName="/word/footer1.xml" ContentType="{WORD}.footer+xml"/>'
        f'<Override PartName="/word/footer2.xml" ContentType="{WORD}.footer+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{OFFICE}.extended-properties+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONS}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/settings" Target="settings.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONS}/footer" Target="footer1.xml"/>'
        f'<Relationship Id="rId4" Type="{RELATIONS}/footer" Target="footer2.xml"/></Relationships>'
    ),
    "word/settings.xml": (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        # A line that the applicant ended is not stretched over the page.
        '<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    ),
}


def body(entries: Iterable[Entry]) -> str:
    """The paragraphs and tables of one letter."""
    made = []
    for style, text in entries:
        if style == TABLE:
            made.append(SHEET_TABLES[text] if text in SHEET_TABLES else TABLES[text])
        else:
            made.append(paragraph(style, text))
    return "".join(made)


def footer(style: str) -> str:
    """The page number between dashes: 「— 1 —」."""
    return (
        f'<w:ftr {W} {R}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("— ")}'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" —")}</w:p></w:ftr>'
    )


def template(entries: Iterable[Entry]) -> bytes:
    """The .docx of one letter's template."""
    entries = tuple(entries)
    title = [text for style, text in entries if style in TITLES and "{" not in text]
    texts = {
        **PARTS,
        "word/document.xml": f"<w:document {W} {R}><w:body>{body(entries)}{PAGE}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles.STYLES}</w:styles>",
        "word/footer1.xml": footer(styles.FOOTER_ODD),
        "word/footer2.xml": footer(styles.FOOTER_EVEN),
    }
    contents = {name: (DECLARATION + text).encode() for name, text in texts.items()}
    contents[package.CORE] = package.core_properties(title="".join(title[:1]), creator="", on=None)
    contents[package.APP] = package.app_properties()
    return package.write(contents)


def main(folder: Path) -> None:
    """Write every template into the folder."""
    for kind, entries in LETTERS.items():
        (folder / f"{kind}.docx").write_bytes(template(entries))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "answer_templates")
