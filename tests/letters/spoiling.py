"""Editing a letter as somebody would in Word, one fault at a time."""

import re
from collections.abc import Callable
from html import escape

from gkapply.letters import package

Edit = Callable[[str], str]
_PARAGRAPH = re.compile(r"<w:p[ >](?:(?!</w:p>).)*</w:p>", re.DOTALL)


def edited(docx: bytes, edit: Edit, part: str = package.MAIN) -> bytes:
    """The file with one part edited."""
    contents = package.parts(docx)
    contents[part] = edit(contents[part].decode()).encode()
    return package.write(contents)


def the_paragraph(xml: str, words: str, style: str = "") -> str:
    """The first paragraph with these words, of that style."""
    return next(
        one
        for one in _PARAGRAPH.findall(xml)
        if escape(words, quote=False) in re.sub("<[^>]*>", "", one) and (not style or f'w:val="{style}"' in one)
    )


def swap(old: str, new: str, style: str = "") -> Edit:
    """Other words in place of these, in the first paragraph that holds them."""

    def edit(xml: str) -> str:
        paragraph = the_paragraph(xml, old, style)
        return xml.replace(paragraph, paragraph.replace(escape(old, quote=False), escape(new, quote=False)), 1)

    return edit


def drop(words: str, style: str = "") -> Edit:
    """Take out the paragraph that holds these words."""
    return lambda xml: xml.replace(the_paragraph(xml, words, style), "", 1)


def add(after: str, text: str) -> Edit:
    """One more paragraph behind the one that holds these words."""

    def edit(xml: str) -> str:
        paragraph = the_paragraph(xml, after)
        more = f'<w:p><w:pPr><w:pStyle w:val="LetterBody"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        return xml.replace(paragraph, paragraph + more, 1)

    return edit


def cut(start: str, end: str, new: str = "") -> Edit:
    """Other words in place of a stretch of the text."""

    def edit(xml: str) -> str:
        place = xml.index(start)
        return xml[:place] + new + xml[xml.index(end, place) + len(end) :]

    return edit


def revised(xml: str) -> str:
    """A word inserted with 修订 on, which nobody accepted."""
    more = '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>增加</w:t></w:r></w:ins></w:p>'
    return xml.replace("</w:tbl>" if "</w:tbl>" in xml else "<w:sectPr", more + "<w:sectPr", 1)
