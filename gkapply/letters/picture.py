"""A picture in a sheet: the code that leads from the paper back to the page."""

import io

import segno
from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from gkapply.letters import package

SIZE = Mm(24)


def with_code(docx: bytes, address: str) -> bytes:
    """The sheet with a QR code of ``address`` after the paragraph that prints it; unchanged when none does.

    The same bytes every time: the picture is not deflated, the package is written like that of a letter.
    """
    document = Document(io.BytesIO(docx))
    place = next((one for one in document.paragraphs if address and address in one.text), None)
    if place is None:
        return docx
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=8, border=2, compresslevel=0)
    picture.seek(0)
    # A paragraph of its own: the lines of a sheet have a fixed height, in which a picture would lie over the text.
    place._p.addnext(OxmlElement("w:p"))
    below = Paragraph(place._p.getnext(), place._parent)
    below.paragraph_format.line_spacing = 1.0
    below.add_run().add_picture(picture, width=SIZE)
    made = io.BytesIO()
    document.save(made)
    kept = package.parts(docx)
    contents = package.parts(made.getvalue())
    return package.write({**contents, **{name: kept[name] for name in (package.CORE, package.APP) if name in kept}})
