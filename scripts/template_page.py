"""The page of the templates: GB/T 9704-2012, for letters in its 信函格式, for sheets plain.

A4 with 天头 37 mm, 订口 28 mm and a text area of 156 × 225 mm: 22 lines of 28 characters. A letter's first page carries the red
head and two red double lines 170 mm wide, and no number; they stand in the headers and footers of the first page, which
Word, WPS and LibreOffice hold alike.
"""

from scripts import template_styles as styles
from scripts.template_grid import paragraph, run

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

HEAD_FITS = (12, 18)
"""Characters of the organ's name that fit on one line 170 mm wide at 36 pt, and at 26 pt; beyond, it is set at 20 pt."""

SETTINGS = (
    f'<w:settings {W}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    # A line that the applicant ended is not stretched over the page.
    '<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def _page_number(style: str) -> str:
    """The page number between dashes, 「— 1 —」, and a low line that lifts it to 7 mm under the text area."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("— ")}'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" —")}</w:p>' + paragraph(styles.FOOTER_LIFT, "")
    )


def _red_head() -> str:
    """The organ's name in the largest of three sizes that fits, the red double line under it."""
    lines = [("LetterBody", f"{{%p if organ_name|length <= {HEAD_FITS[0]} %}}"), (styles.RED_HEAD, "{{ organ_name }}")]
    lines += [
        ("LetterBody", f"{{%p elif organ_name|length <= {HEAD_FITS[1]} %}}"),
        (styles.RED_HEAD_LONG, "{{ organ_name }}"),
        ("LetterBody", "{%p else %}"),
        (styles.RED_HEAD_LONGEST, "{{ organ_name }}"),
        ("LetterBody", "{%p endif %}"),
    ]
    return "".join(paragraph(style, text) for style, text in lines)


def _part(tag: str, inside: str) -> str:
    return f"<w:{tag} {W} {R}>{inside}</w:{tag}>"


NUMBERS = {
    "footer1": ("default", _part("ftr", _page_number(styles.FOOTER_ODD))),
    "footer2": ("even", _part("ftr", _page_number(styles.FOOTER_EVEN))),
}
"""The page numbers: odd pages right, even pages left."""
LETTERHEAD = {
    "header1": ("default", _part("hdr", paragraph(styles.NO_HEADER, ""))),
    "header2": ("even", _part("hdr", paragraph(styles.NO_HEADER, ""))),
    "header3": ("first", _part("hdr", _red_head())),
    "footer3": ("first", _part("ftr", paragraph(styles.RED_FOOT, ""))),
}
"""What the first page of a letter has besides; without empty headers of its own LibreOffice would shift the other pages."""


def section(margins: dict[str, tuple[str, str]]) -> str:
    """The properties of the one section, with these headers and footers."""
    names = sorted(margins)
    references = "".join(
        f'<w:{name[:-1]}Reference w:type="{margins[name][0]}" r:id="rId{place}"/>'
        for place, name in sorted(enumerate(names, start=3), key=lambda one: one[1].startswith("footer"))
    )
    first = "<w:titlePg/>" if any(kind == "first" for kind, _ in margins.values()) else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="1706" w:footer="1134" w:gutter="0"/>'
        f'{first}<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


def parts(body: str, letterhead: bool) -> dict[str, str]:
    """Every part of the package but the properties, by name."""
    margins = {**NUMBERS, **LETTERHEAD} if letterhead else dict(NUMBERS)
    return {
        "[Content_Types].xml": _content_types(margins),
        "_rels/.rels": _package_relations(),
        "word/_rels/document.xml.rels": _relations(margins),
        "word/document.xml": f"<w:document {W} {R}><w:body>{body}{section(margins)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles.STYLES}</w:styles>",
        "word/settings.xml": SETTINGS,
        **{f"word/{name}.xml": text for name, (_, text) in margins.items()},
    }


def _content_types(margins: dict[str, tuple[str, str]]) -> str:
    overrides = {
        "word/document.xml": f"{WORD}.document.main",
        "word/styles.xml": f"{WORD}.styles",
        "word/settings.xml": f"{WORD}.settings",
        **{f"word/{name}.xml": f"{WORD}.{name[:-1]}" for name in sorted(margins)},
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties",
        "docProps/app.xml": f"{OFFICE}.extended-properties",
    }
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/{part}" ContentType="{kind}+xml"/>' for part, kind in overrides.items())
        + "</Types>"
    )


def _package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relationships(
        [
            (f"{RELATIONS}/officeDocument", "word/document.xml"),
            (core, "docProps/core.xml"),
            (f"{RELATIONS}/extended-properties", "docProps/app.xml"),
        ]
    )


def _relations(margins: dict[str, tuple[str, str]]) -> str:
    fixed = [(f"{RELATIONS}/styles", "styles.xml"), (f"{RELATIONS}/settings", "settings.xml")]
    return _relationships([*fixed, *((f"{RELATIONS}/{name[:-1]}", f"{name}.xml") for name in sorted(margins))])


def _relationships(targets: list[tuple[str, str]]) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
            for place, (kind, target) in enumerate(targets, start=1)
        )
        + "</Relationships>"
    )
