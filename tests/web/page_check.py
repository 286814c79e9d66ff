"""What every HTML page must be, whoever fetched it in whatever test."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

UNLABELLED = ("hidden", "submit", "button", "image", "reset")
EVENTS = frozenset(("onclick", "onchange", "onsubmit", "onload", "oninput", "onkeydown", "onfocus", "onblur"))
REFERRING = ("for", "aria-describedby", "aria-labelledby")
_text = etree.XPath("string()")


class _Part(NamedTuple):
    """One element of a page, with what is asked of it again and again read once: each page of each test comes by here."""

    element: etree._Element
    tag: str
    has: dict[str, str]
    """Its attributes."""

    def text(self) -> str:
        return str(_text(self.element))

    def inner(self, tag: str) -> Iterator[etree._Element]:
        return self.element.iter(tag)


def faults(page: str) -> list[str]:
    """Every rule of pages that ``page`` breaks, as sentences; empty for a good page."""
    root = etree.HTML(page)
    parts = [_Part(one, one.tag, dict(one.items())) for one in root.iter(etree.Element)]
    return list(_faults(root, parts))


def _faults(root: etree._Element, parts: list[_Part]) -> Iterator[str]:
    yield from _headings(root)
    yield from _references(parts)
    yield from _labels(parts)
    yield from _forms(parts)
    if root.get("lang") != "zh-CN":
        yield "the page does not say lang=zh-CN"
    for part in parts:
        if "style" in part.has or part.tag == "style":
            yield f"inline style at <{part.tag}>"
        if part.tag == "script" and not part.has.get("src"):
            yield "inline script"
        yield from (f"inline script {event} at <{part.tag}>" for event in EVENTS & part.has.keys() if part.has[event])
        if part.tag == "img" and "alt" not in part.has:
            yield "an image without alt"


def _headings(root: etree._Element) -> Iterator[str]:
    headings = [" ".join(str(_text(one)).split()) for one in root.iter("h1")]
    if len(headings) != 1:
        yield f"{len(headings)} <h1>: {headings}"
        return
    if not headings[0]:
        yield "an empty <h1>"
    title = " ".join((root.findtext(".//title") or "").split())
    if not title.startswith(headings[0]):
        yield f"the title {title!r} does not begin with the <h1> {headings[0]!r}"


def _references(parts: list[_Part]) -> Iterator[str]:
    """Ids are unique, and what refers to an id finds it."""
    ids = Counter(part.has["id"] for part in parts if part.has.get("id"))
    yield from (f"id {name!r} occurs {count} times" for name, count in ids.items() if count > 1)
    for part in parts:
        for attribute in REFERRING:
            if attribute in part.has:
                for name in part.has[attribute].split():
                    if name not in ids:
                        yield f"{attribute}={name!r} points nowhere"
        href = part.has.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"href={href!r} points nowhere"


def _labels(parts: list[_Part]) -> Iterator[str]:
    """Every input has a label, everything that is pressed has words."""
    labelled = {part.has.get("for") for part in parts if part.tag == "label"}
    for part in parts:
        if part.tag in ("input", "select", "textarea") and part.has.get("type") not in UNLABELLED:
            wrapped = any(parent.tag == "label" for parent in part.element.iterancestors())
            if not (part.has.get("id") in labelled or wrapped or part.has.get("aria-label")):
                yield f"<{part.tag} name={part.has.get('name')!r}> has no label"
        if part.tag in ("button", "a"):
            words = part.text().strip() or part.has.get("aria-label")
            if not (words or any(image.get("alt") for image in part.inner("img"))):
                yield f"<{part.tag}> without words"


def _forms(parts: list[_Part]) -> Iterator[str]:
    for form in (part for part in parts if part.tag == "form"):
        where = form.has.get("action")
        if not where:
            yield "a form without action"
        inputs = list(form.inner("input"))
        tokens = [one for one in inputs if one.get("name") == "csrf_token" and one.get("value")]
        if form.has.get("method", "get").lower() == "post" and len(tokens) != 1:
            yield f"the form to {where} has {len(tokens)} tokens"
        uploads = any(one.get("type") == "file" for one in inputs)
        if uploads and form.has.get("enctype") != "multipart/form-data":
            yield f"the form to {where} uploads files without multipart"
