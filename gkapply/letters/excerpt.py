"""What a reply will say of one item: its paragraphs alone, in the very words of the template, before there is a letter."""

from collections.abc import Mapping

from gkapply.letters.fields import complete, example
from gkapply.letters.render import preview
from gkapply.letters.text import paragraphs

_BEGIN, _END = "\ue000", "\ue001"
"""Private characters that no text from a person holds: what the letter says of the item stands between them."""


def item_paragraphs(kind: str, template: bytes, row: Mapping[str, object], *, alone: bool, you: str) -> list[str]:
    """The paragraphs that the letter of that kind holds for the item in ``row``.

    ``alone``: the letter answers nothing else; the words differ when it answers several. ``you`` is how it addresses the
    applicant. Raises Refusal as the making of the letter would.
    """
    rows = [row] if alone else [row, {**row, "ordinal_text": _END}]
    around = {**example(kind), "you": you, "facts": [_BEGIN], "enclosures": [], "remedies": [_END]}
    found: list[str] = []
    inside = False
    for text in paragraphs(preview(template, complete(kind, {**around, "items": rows}))):
        if inside and _END in text:
            break
        if inside and text.strip():
            found.append(text.strip())
        inside = inside or _BEGIN in text
    return found
