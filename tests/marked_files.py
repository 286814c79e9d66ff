"""Files that carry a secrecy mark where people put it: in the words of every type that can be read, in a name, in an archive."""

import io
import zipfile
from collections.abc import Mapping

MARK = "机密★"
PAPER_WAY = "请改用纸质方式，按保密规定通过机要渠道办理"
"""What every door says to such a file."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip container."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(inner: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A .docx with these runs."""
    body = f'<w:document xmlns:w="{_W}"><w:body><w:p>{inner}</w:p></w:body></w:document>'
    return packed({"word/document.xml": body, **(more or {})})


def pdf(words: str) -> bytes:
    """A PDF of one page with a text layer in Chinese."""
    codes = "".join(f"{number:04x}" for number, _ in enumerate(words, 1))
    pairs = "\n".join(f"<{number:04x}> <{ord(sign):04x}>" for number, sign in enumerate(words, 1))
    shown = f"BT /F1 16 Tf 20 100 Td <{codes}> Tj ET"
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{len(words)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /S /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >>"
        " /DW 1000 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    made, places = bytearray(b"%PDF-1.5\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    made += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(made)


_OFD_PAGE = "".join(f"<ofd:TextCode>\n{sign}</ofd:TextCode>" for sign in MARK)
MARKED: Mapping[str, tuple[str, bytes]] = {
    "docx": ("批复.docx", docx("<w:r><w:t>机</w:t></w:r><w:r><w:t>密★10年</w:t></w:r>")),
    "txt": ("说明.txt", f"第一页 {MARK}10年".encode()),
    "pdf": ("批复.pdf", pdf(f"某工程的批复{MARK}10年")),
    "xlsx": (
        "名单.xlsx",
        packed({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": f"<sst><si><t>{MARK}</t></si></sst>"}),
    ),
    "ofd": ("公文.ofd", packed({"OFD.xml": "<ofd/>", "Doc_0/Pages/Page_0/Content.xml": _OFD_PAGE})),
    "name": (f"{MARK}.docx", docx("<w:r><w:t>正文</w:t></w:r>")),
    "zip": (f"{MARK}材料.zip", packed({"a.txt": "正文"})),
    "name in a zip": ("材料.zip", packed({f"{MARK}批复.docx": "正文"})),
    "inside": ("报告.docx", docx("", {"word/embeddings/1.docx": docx(f"<w:r><w:t>{MARK}</w:t></w:r>")})),
}
"""Kind → name and content."""
