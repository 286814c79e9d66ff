"""The styles of the shipped templates. Sizes: 2号 22 pt, 3号 16 pt, 4号 14 pt; the line is exactly 28.95 pt (22 a page).

Elements inside a style stand in the order of the schema: Word is stricter about it than other programs.
"""

FANG, HEI, KAI, SONG, TITLE_FONT = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
LINE = 579
"""28.95 pt in twentieths of a point."""
TEXT_WIDTH = 8844
"""The text area, 156 mm, in twentieths of a point."""
FOOTER_ODD, FOOTER_EVEN, FOOTER_LIFT = "FooterOdd", "FooterEven", "FooterLift"
RED_HEAD, RED_HEAD_LONG, RED_HEAD_LONGEST, RED_FOOT = "RedHead", "RedHeadLong", "RedHeadLongest", "RedFoot"
NO_HEADER = "NoHeader"


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
_RED = '<w:color w:val="FF0000"/>'
_CENTRED = '<w:jc w:val="center"/>'
_BEYOND = '<w:ind w:left="-454" w:right="-340" w:firstLine="0" w:firstLineChars="0"/>'
"""From 20 mm to 190 mm of the page: the red lines are 170 mm wide and centred on it."""


_COPY_INDENT = (
    '<w:ind w:left="1120" w:leftChars="400" w:right="280" w:rightChars="100" w:hanging="840" w:hangingChars="300"/>'
)
"""One character of 4号 free on either side, further lines under the first name."""


def _hanging(left: int, hanging: int) -> str:
    """An indent in characters of the body, the first line ``hanging`` characters before the others."""
    return (
        f'<w:ind w:left="{left * 320}" w:leftChars="{left * 100}" '
        f'w:hanging="{hanging * 320}" w:hangingChars="{hanging * 100}"/>'
    )


def _red_head(size_in_points: int) -> tuple[str, str]:
    """Paragraph and characters of the organ's name, the line (thick over thin) 4 mm under it."""
    line = '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="7" w:color="FF0000"/></w:pBdr>'
    return (
        line + '<w:snapToGrid w:val="0"/>' + exactly(20 * size_in_points + 40, after=240) + _BEYOND + _CENTRED,
        fonts(TITLE_FONT, TITLE_FONT) + _RED + '<w:spacing w:val="0"/>' + size(2 * size_in_points),
    )


def _signature(left: int) -> str:
    """The organ's name centred in what is right of ``left``, the seal's room above it."""
    return (
        "<w:keepNext/><w:keepLines/>"
        + exactly(LINE, before=2 * LINE)
        + f'<w:ind w:left="{left}" w:firstLine="0" w:firstLineChars="0"/>'
        + _CENTRED
    )


_SIGNATURES = "".join(
    paragraph_style(f"Signature{code}", f"落款{name}", _signature(left))
    + paragraph_style(
        f"Signature{code}Close", f"落款{name}（紧凑）", exactly(LINE, before=LINE // 2), based_on=f"Signature{code}"
    )
    + paragraph_style(
        f"SignatureDate{code}",
        f"落款日期{name}",
        f'<w:keepNext/><w:keepLines/><w:ind w:left="{left}" w:firstLine="0" w:firstLineChars="0"/>' + _CENTRED,
    )
    for code, name, left in (("", "", 4200), ("Long", "（长名称）", 2400), ("Longest", "（最长名称）", 0))
)
"""In the first the date ends about four characters before the right edge; a longer name takes the date along to the left."""

STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'{fonts(FANG)}<w:spacing w:val="-5"/>{size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
    f"{exactly(LINE)}"
    "</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    # LibreOffice reads these two from a style only.
    '<w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + paragraph_style(RED_HEAD, "发文机关标志", *_red_head(36))
    + paragraph_style(RED_HEAD_LONG, "发文机关标志（长名称）", *_red_head(26))
    + paragraph_style(RED_HEAD_LONGEST, "发文机关标志（最长名称）", *_red_head(20))
    + paragraph_style(NO_HEADER, "空页眉", exactly(20), size(2))
    + paragraph_style(
        RED_FOOT,
        "首页下方双线",
        '<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="0" w:color="FF0000"/></w:pBdr>'
        + exactly(240)
        + _BEYOND,
        size(2),
    )
    + paragraph_style("LetterNumber", "文号", "<w:keepNext/>" + exactly(LINE) + _NO_INDENT + '<w:jc w:val="right"/>')
    + paragraph_style(
        "LetterTitle",
        "文书标题",
        "<w:keepNext/>"
        + exactly(660, before=2 * LINE)
        + _NO_INDENT
        + '<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        fonts(TITLE_FONT) + '<w:spacing w:val="0"/>' + size(44),
    )
    + paragraph_style("PlainTitle", "文书标题（无红头）", exactly(660), based_on="LetterTitle")
    + paragraph_style("Addressee", "主送", "<w:keepNext/>" + exactly(LINE, before=LINE) + _NO_INDENT)
    + paragraph_style("PlainAddressee", "主送（无红头）", exactly(LINE, before=LINE // 2), based_on="Addressee")
    + paragraph_style("LetterBody", "文书正文", _INDENT + '<w:jc w:val="both"/>')
    + paragraph_style("ItemHeading", "事项", "<w:keepNext/>", fonts(HEI), based_on="LetterBody")
    + paragraph_style("LeadIn", "文书引语", "<w:keepNext/><w:widowControl/>", based_on="LetterBody")
    # An address of the web cannot be broken: justified, the words before it would be torn apart.
    + paragraph_style("AddressLine", "含网址的正文", '<w:jc w:val="left"/>', based_on="LetterBody")
    + paragraph_style("AfterTable", "表后正文", "<w:keepNext/>" + exactly(LINE, before=200), based_on="LetterBody")
    + paragraph_style("Remedies", "救济告知", "<w:keepNext/><w:widowControl/>", based_on="LetterBody")
    + paragraph_style("RemediesFirst", "救济告知（多件）", '<w:keepNext w:val="0"/>', based_on="Remedies")
    + paragraph_style("ReceiptNote", "回执说明", exactly(460, before=120), size(28), based_on="LetterBody")
    + paragraph_style("Closing", "结语", "<w:keepNext/>", based_on="LetterBody")
    + paragraph_style("Enclosure", "附件说明", "<w:keepNext/>" + exactly(LINE, before=LINE) + _hanging(5, 3))
    + paragraph_style("EnclosureFirst", "附件说明（多件）", _hanging(6, 4), based_on="Enclosure")
    + paragraph_style("EnclosureNext", "附件说明（续）", exactly(LINE) + _hanging(6, 1), based_on="Enclosure")
    + _SIGNATURES
    + paragraph_style("ContactNote", "附注", "<w:keepLines/>" + _INDENT)
    + paragraph_style(
        "CopyLine",
        "抄送",
        exactly(LINE) + _COPY_INDENT,
        size(28),
    )
    + paragraph_style(
        "TableTitle", "表格标题", exactly(660, after=200), fonts(TITLE_FONT) + size(36), based_on="LetterTitle"
    )
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
    + paragraph_style(FOOTER_LIFT, "页码下空", exactly(306), size(2))
)
