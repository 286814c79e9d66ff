"""What every HTML page must be, whoever fetched it in whatever test."""

from collections import Counter
from collections.abc import Iterator

from lxml import html

UNLABELLED = ("hidden", "submit", "button", "image", "reset")
EVENTS = ("onclick", "onchange", "onsubmit", "onload", "oninput", "onkeydown", "onfocus", "onblur")


def faults(page: str) -> list[str]:
    """Every rule of pages that ``page`` breaks, as sentences; empty for a good page."""
    return list(_faults(html.document_fromstring(page)))


def _faults(root: html.HtmlElement) -> Iterator[str]:
    yield from _headings(root)
    yield from _names(root)
    yield from _forms(root)
    if root.get("lang") != "zh-CN":
        yield "the page does not say lang=zh-CN"
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("style") is not None or element.tag == "style":
            yield f"inline style at <{element.tag}>"
        if element.tag == "script" and not element.get("src"):
            yield "inline script"
        yield from (f"inline script {event} at <{element.tag}>" for event in EVENTS if element.get(event))
        if element.tag == "img" and element.get("alt") is None:
            yield "an image without alt"


def _headings(root: html.HtmlElement) -> Iterator[str]:
    headings = [" ".join(one.text_content().split()) for one in root.iter("h1")]
    if len(headings) != 1:
        yield f"{len(headings)} <h1>: {headings}"
        return
    if not headings[0]:
        yield "an empty <h1>"
    title = " ".join((root.findtext(".//title") or "").split())
    if not title.startswith(headings[0]):
        yield f"the title {title!r} does not begin with the <h1> {headings[0]!r}"


def _names(root: html.HtmlElement) -> Iterator[str]:
    """Ids are unique, what refers to an id finds it, and every input has a label."""
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"id {name!r} occurs {count} times" for name, count in ids.items() if count > 1)
    for element in root.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute}={name!r} points nowhere"
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in ids:
            yield f"href={href!r} points nowhere"
    labelled = {label.get("for") for label in root.iter("label")}
    for field in root.iter("input", "select", "textarea"):
        if field.get("type") in UNLABELLED:
            continue
        wrapped = any(parent.tag == "label" for parent in field.iterancestors())
        if not (field.get("id") in labelled or wrapped or field.get("aria-label")):
            yield f"<{field.tag} name={field.get('name')!r}> has no label"
    for button in [*root.iter("button"), *root.iter("a")]:
        words = button.text_content().strip() or button.get("aria-label") or "".join(button.xpath(".//img/@alt"))
        if not words:
            yield f"<{button.tag}> without words"


def _forms(root: html.HtmlElement) -> Iterator[str]:
    for form in root.iter("form"):
        if not form.get("action"):
            yield "a form without action"
        tokens = [one for one in form.iter("input") if one.get("name") == "csrf_token" and one.get("value")]
        if form.get("method", "get").lower() == "post" and len(tokens) != 1:
            yield f"the form to {form.get('action')} has {len(tokens)} tokens"
        uploads = any(one.get("type") == "file" for one in form.iter("input"))
        if uploads and form.get("enctype") != "multipart/form-data":
            yield f"the form to {form.get('action')} uploads files without multipart"
