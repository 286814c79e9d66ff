"""The order in which WordprocessingML wants the children of its property elements (ISO/IEC 29500-1): Word is strict about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.oxml.ns import qn

_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl "
    "divId cnfStyle rPr sectPr"
)
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish"
)
_ORDER: Mapping[str, Sequence[str]] = {
    name: tuple(children.split())
    for name, children in {
        "pPr": _PARAGRAPH,
        "rPr": _RUN,
        "pBdr": "top left bottom right between bar",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr "
        "tblPr trPr tcPr tblStylePr",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook",
        "tblBorders": "top left bottom right insideH insideV",
        "tblCellMar": "top left bottom right",
        "tbl": "tblPr tblGrid tr",
        "tr": "tblPrEx trPr tc",
        "tc": "tcPr p tbl",
        "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
        "settings": "zoom evenAndOddHeaders characterSpacingControl compat themeFontLang",
        "styles": "docDefaults latentStyles style",
    }.items()
}


def misplaced(root: Any) -> list[str]:
    """Each child that stands before one it must follow, or that its parent does not know, as 「parent/child」."""
    found = []
    for name, order in _ORDER.items():
        known = {qn(f"w:{child}"): place for place, child in enumerate(order)}
        for parent in root.iter(qn(f"w:{name}")):
            places = [known.get(child.tag, -1) for child in parent]
            wrong = [place < 0 or place < max(places[:at], default=0) for at, place in enumerate(places)]
            found += [f"{name}/{child.tag.split('}')[1]}" for child, bad in zip(parent, wrong, strict=True) if bad]
    return found
