"""What a template may not bring along: macros, embedded files, links to outside, unsettled revisions."""

import re
from collections.abc import Iterator, Mapping

from gkapply.letters.findings import Fault, Finding
from gkapply.letters.places import part_label, place_of, tree

_MACROS = re.compile(r"(?i)vbaProject|vbaData|activeX/")
_EMBEDDED = re.compile(r"(?i)^word/(embeddings|afchunk)")
_EXTERNAL = re.compile(rb"""<[^>]*TargetMode\s*=\s*["']External["'][^>]*>""")
_TARGET = re.compile(rb"""Target\s*=\s*["']([^"']*)["']""")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FETCHING_FIELD = re.compile(r"(?i)\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|HYPERLINK)\b")
_INSTRUCTION = re.compile(r'<w:instrText[^>]*>(.*?)</w:instrText>|w:instr="([^"]*)"', re.DOTALL)
_FIELDS = frozenset({"instrText", "fldSimple"})
_UNSETTLED = frozenset(
    {"ins", "del", "moveFrom", "moveTo", "commentReference", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"}
)
LONGEST = 60
"""Characters of a link's target that a finding repeats."""


def baggage(contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """Everything that a letter must not carry, part by part."""
    if b"macroEnabled" in contents["[Content_Types].xml"]:
        yield Finding(Fault.MACROS, "文件类型是启用宏的文档")
    for name, content in contents.items():
        if _MACROS.search(name):
            yield Finding(Fault.MACROS, name)
        if _EMBEDDED.search(name):
            yield Finding(Fault.EMBEDDED, name)
        if not name.endswith((".xml", ".rels")):
            continue
        if _ENTITIES.search(content):
            yield Finding(Fault.DECLARATIONS, place=part_label(name))
        elif name.endswith(".rels"):
            yield from _links(name, content)
        elif tree(content) is None:
            yield Finding(Fault.BROKEN, place=part_label(name))
        elif name.startswith("word/"):
            yield from _word_features(name, content)


def _links(name: str, content: bytes) -> Iterator[Finding]:
    for link in _EXTERNAL.findall(content):
        target = _TARGET.search(link)
        where = target.group(1).decode("utf-8", "replace")[:LONGEST] if target else ""
        yield Finding(Fault.EXTERNAL, where, part_label(name))


def _word_features(name: str, content: bytes) -> Iterator[Finding]:
    instructions = "".join(one or other for one, other in _INSTRUCTION.findall(content.decode("utf-8", "replace")))
    fetching = _FETCHING_FIELD.search(instructions)
    if fetching:
        places = place_of(name, content, _FIELDS)
        yield Finding(Fault.FETCHING, fetching.group(1), next(places, part_label(name)))
    for place in place_of(name, content, _UNSETTLED):
        yield Finding(Fault.UNSETTLED, place=place)
