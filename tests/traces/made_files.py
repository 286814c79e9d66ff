"""Small files with something of a person in a place where nobody looks."""

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from gkapply.traces.contents import Contents
from gkapply.traces.search import traces
from gkapply.traces.trace import TraceKind, Wanted

NAME = "诸葛孔明"
WANTED = (Wanted(NAME, TraceKind.PARTY, "诸某"),)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def found_in(contents: Contents) -> set[tuple[str, str]]:
    """The place and value of every trace in the passages."""
    return {(one.place, trace.value) for one in contents.passages for trace in traces(one.text, WANTED)}


def burdens_of(contents: Contents) -> set[tuple[str, str]]:
    """Kind and words of what the file carries."""
    return {(one.kind.value, one.words) for one in contents.burdens}


def word(*, body: str = "全文", header: str = "", footer: str = "", cell: str = "", author: str = "") -> bytes:
    """A .docx."""
    made = Document()
    made.core_properties.author = author
    made.add_paragraph(body)
    made.sections[0].header.paragraphs[0].text = header
    made.sections[0].footer.paragraphs[0].text = footer
    if cell:
        made.add_table(1, 1).cell(0, 0).text = cell
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def with_parts(content: bytes, parts: Mapping[str, str]) -> bytes:
    """The package with further or other parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            if name not in parts:
                package.writestr(name, source.read(name))
        for name, words in parts.items():
            package.writestr(name, words)
    return target.getvalue()


def body(inner: str) -> str:
    """The main part of a .docx with that content."""
    return f'<w:document xmlns:w="{_W}"><w:body>{inner}</w:body></w:document>'


def comments(words: str, author: str) -> str:
    """A part with one comment."""
    return (
        f'<w:comments xmlns:w="{_W}"><w:comment w:id="0" w:author="{author}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sheet(rows: str, *, state: str = "visible", more: Mapping[str, str] | None = None) -> bytes:
    """An .xlsx of one sheet 名单 with these rows."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATIONS}"><sheets>'
        f'<sheet name="名单" sheetId="1" r:id="rId1" state="{state}"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        **(more or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, words in parts.items():
            package.writestr(name, words)
    return target.getvalue()


def row(number: int, *cells: str) -> str:
    """A row of inline texts."""
    inner = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inner}</row>'


def pdf(words: str = "", *, author: str = "", note: str = "", picture: bool = False) -> bytes:
    """A PDF of one page; ``words`` are ASCII."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    if words:
        font = {"/Type": NameObject("/Font"), "/Subtype": NameObject("/Type1"), "/BaseFont": NameObject("/Helvetica")}
        fonts = DictionaryObject({NameObject("/F1"): DictionaryObject({NameObject(k): v for k, v in font.items()})})
        resources = DictionaryObject({NameObject("/Font"): fonts})
        if picture:
            image = DecodedStreamObject()
            image[NameObject("/Subtype")] = NameObject("/Image")
            image.set_data(b"\x00")
            resources[NameObject("/XObject")] = DictionaryObject({NameObject("/I1"): writer._add_object(image)})
        page[NameObject("/Resources")] = resources
        stream = DecodedStreamObject()
        # A black bar is drawn over the words: they are still there.
        stream.set_data(f"BT /F1 12 Tf 10 100 Td ({words}) Tj ET 0 0 0 rg 0 90 200 30 re f".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if note:
        writer.add_annotation(
            0,
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Subtype"): NameObject("/Text"),
                    NameObject("/Contents"): TextStringObject(note),
                    NameObject("/T"): TextStringObject(author),
                }
            ),
        )
    if author:
        writer.add_metadata({"/Author": author})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
