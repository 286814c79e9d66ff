"""The styles of the shipped templates. Sizes: 2号 22 pt, 3号 16 pt, 4号 14 pt; the line is exactly 28.95 pt (22 a page).

Elements inside a style stand in the order of the schema: Word is stricter about it than other programs.
"""

FANG, HEI, KAI, SONG, TITLE_FONT = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
LINE = 579
"""28.95 pt in twentieths of a point."""
TEXT_WIDTH = 8844
"""The text area, 156 mm, in twentieths of a point."""
FOOTER_ODD, FOOTER_EVEN = "FooterOdd", "FooterEven"


def fonts(east_asia: str, latin: str = "Times New Roman") -> str:
    """The East-Asian and the Latin font of a run."""
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{east_asia}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def size(half_points: int) -> str:
    """The size in half points."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def exactly(line: int, before: int = 0, after: int = 0) -> str:
    """Exact line spacing and the space around, in twentieths of a point."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def paragraph_style(code: str, name: str, paragraph: str = "", characters: str = "", based_on: str = "Normal") -> str:
    """One paragraph style."""
    run = f"<w:rPr>{characters}</w:rPr>" if characters else ""
    set_as = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{code}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:qFormat/>{set_as}{run}</w:style>'
    )


_INDENT = '<w:ind w:firstLine="640" w:firstLineChars="200"/>'
_NO_INDENT = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
_RIGHT_HALF = '<w:ind w:left="4200" w:firstLine="0" w:firstLineChars="0"/>'
"""The date then ends about four characters before the right edge, the organ's name centred over it."""

STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'{fonts(FANG)}<w:spacing w:val="-5"/>{size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
    f"{exactly(LINE)}"
    "</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + paragraph_style(
        "LetterTitle",
        "文书标题",
        "<w:keepNext/>" + exactly(660) + _NO_INDENT + '<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        fonts(TITLE_FONT) + '<w:spacing w:val="0"/>' + size(44),
    )
    + paragraph_style(
        "LetterNumber", "文号", "<w:keepNext/>" + exactly(LINE, before=290) + _NO_INDENT + '<w:jc w:val="center"/>'
    )
    + paragraph_style("Addressee", "主送", "<w:keepNext/>" + exactly(LINE, before=290) + _NO_INDENT)
    + paragraph_style("LetterBody", "文书正文", _INDENT + '<w:jc w:val="both"/>')
    + paragraph_style("ItemHeading", "事项", "<w:keepNext/>", fonts(HEI), based_on="LetterBody")
    + paragraph_style("LeadIn", "文书引语", "<w:keepNext/>", based_on="LetterBody")
    + paragraph_style("AfterTable", "表后正文", "<w:keepNext/>" + exactly(LINE, before=200), based_on="LetterBody")
    + paragraph_style("Remedies", "救济告知", "<w:keepNext/>", based_on="LetterBody")
    + paragraph_style("Closing", "结语", "<w:keepNext/>", based_on="LetterBody")
    + paragraph_style(
        "Enclosure",
        "附件说明",
        "<w:keepNext/>" + '<w:ind w:left="1600" w:leftChars="500" w:hanging="960" w:hangingChars="300"/>',
    )
    + paragraph_style(
        "Signature",
        "落款",
        "<w:keepNext/><w:keepLines/>" + exactly(LINE, before=2 * LINE) + _RIGHT_HALF + '<w:jc w:val="center"/>',
    )
    + paragraph_style("SignatureClose", "落款（紧凑）", exactly(LINE, before=LINE), based_on="Signature")
    + paragraph_style(
        "SignatureDate", "落款日期", "<w:keepNext/><w:keepLines/>" + _RIGHT_HALF + '<w:jc w:val="center"/>'
    )
    + paragraph_style("ContactNote", "附注", "<w:keepLines/>" + _INDENT)
    + paragraph_style("TableTitle", "表格标题", exactly(660, after=200), based_on="LetterTitle")
    + paragraph_style("SlipTitle", "回执标题", "<w:pageBreakBefore/>", based_on="TableTitle")
    + paragraph_style(
        "TableLabel",
        "表格栏目",
        exactly(420, 40, 40) + _NO_INDENT + '<w:jc w:val="center"/>',
        fonts(HEI) + '<w:spacing w:val="0"/>' + size(28),
    )
    + paragraph_style("TableText", "表格文字", exactly(420, 40, 40) + _NO_INDENT, '<w:spacing w:val="0"/>' + size(28))
    + paragraph_style("TableSignature", "签名栏", '<w:jc w:val="right"/>', based_on="TableText")
    + paragraph_style(
        "SheetLine", "表单栏头", f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>', based_on="TableText"
    )
    + paragraph_style("SheetNote", "表单附注", based_on="TableText")
    + paragraph_style("ListLabel", "目录栏目", exactly(320, 60, 60), size(21), based_on="TableLabel")
    + paragraph_style("ListText", "目录文字", exactly(320, 60, 60), size(21), based_on="TableText")
    + paragraph_style("ListNumber", "目录居中", '<w:jc w:val="center"/>', based_on="ListText")
    + paragraph_style(
        "TableCode",
        "校验值",
        exactly(240, 60, 60) + _NO_INDENT,
        fonts(SONG, "Courier New") + '<w:spacing w:val="0"/>' + size(16),
    )
    + paragraph_style(
        FOOTER_ODD,
        "页码（单页）",
        exactly(400)
        + '<w:ind w:right="280" w:rightChars="100" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="right"/>',
        fonts(SONG, SONG) + '<w:spacing w:val="0"/>' + size(28),
    )
    + paragraph_style(
        FOOTER_EVEN,
        "页码（双页）",
        exactly(400)
        + '<w:ind w:left="280" w:leftChars="100" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="left"/>',
        fonts(SONG, SONG) + '<w:spacing w:val="0"/>' + size(28),
    )
)
