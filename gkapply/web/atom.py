"""Atom feeds (RFC 4287) of what was newly published: public facts alone, ids that never change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from flask import Response

ATOM = "http://www.w3.org/2005/Atom"
EMPTY_SINCE = datetime(2019, 5, 15, tzinfo=UTC)
"""When a feed without entries was last changed, as far as it says: the day on which the 条例 of today came into force."""
register_namespace("", ATOM)
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold: an address may bring them in a title."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What the feed is: its title, its own address, the page that it goes with, where the pages begin."""

    title: str
    address: str
    page: str
    root: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was published: ``uid`` never changes, ``href`` is where it is read."""

    uid: UUID
    title: str
    organ: str
    area: str
    href: str
    published: datetime
    updated: datetime
    excerpt: str


def atom(about: Feed, entries: Sequence[Entry]) -> Response:
    """The answer that hands the feed out."""
    return Response(feed_of(about, entries), mimetype="application/atom+xml")


def feed_of(about: Feed, entries: Sequence[Entry]) -> bytes:
    """The feed with an entry for each item; one that was taken down is simply no longer there."""
    root = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    _text(root, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, about.address)}")
    _text(root, "title", about.title)
    _text(root, "updated", _moment(max((one.updated for one in entries), default=EMPTY_SINCE)))
    SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": about.address})
    SubElement(root, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": about.page})
    for one in entries:
        entry = SubElement(root, f"{{{ATOM}}}entry")
        _text(entry, "id", f"urn:uuid:{one.uid}")
        _text(entry, "title", one.title)
        _text(entry, "published", _moment(one.published))
        _text(entry, "updated", _moment(one.updated))
        _text(SubElement(entry, f"{{{ATOM}}}author"), "name", one.organ)
        SubElement(entry, f"{{{ATOM}}}category", {"term": one.area})
        SubElement(
            entry,
            f"{{{ATOM}}}link",
            {"rel": "alternate", "type": "text/html", "href": about.root + one.href},
        )
        _text(entry, "summary", one.excerpt)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8", xml_declaration=False)


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = _NO_XML.sub("", words)


def _moment(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
