"""A picture in a sheet: the code that leads from the paper back to the page."""

import io

import segno
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.shape import CT_Inline
from docx.shared import Mm

from gkapply.letters import package
from gkapply.letters.text import paragraphs

SIZE = Mm(24)
LEFT, TOP = Mm(160), Mm(11)
"""Where it stands on the first page: above the text area, its right edge on the area's."""


def with_code(docx: bytes, address: str) -> bytes:
    """The sheet with a QR code of ``address`` in the upper right corner; unchanged when the sheet does not print the address.

    The same bytes every time: the picture is not deflated, the package is written like that of a letter.
    """
    if not address or not any(address in line for line in paragraphs(docx)):
        return docx
    document = Document(io.BytesIO(docx))
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=8, border=2, compresslevel=0)
    picture.seek(0)
    inline = document.paragraphs[0].add_run().add_picture(picture, width=SIZE)._inline
    inline.getparent().replace(inline, _floating(inline))
    made = io.BytesIO()
    document.save(made)
    kept = package.parts(docx)
    contents = package.parts(made.getvalue())
    return package.write({**contents, **{name: kept[name] for name in (package.CORE, package.APP) if name in kept}})


def _floating(inline: CT_Inline) -> object:
    """The same picture, fixed to its place on the page: the lines of a sheet have a height that no picture fits in."""
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{int(LEFT)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{int(TOP)}</wp:posOffset></wp:positionV></wp:anchor>'
    )
    anchor.append(inline.extent)
    anchor.append(parse_xml(f"<wp:wrapNone {nsdecls('wp')}/>"))
    for part in list(inline):
        anchor.append(part)
    return anchor
