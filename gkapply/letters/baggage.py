"""What a template may not bring along: macros, embedded files, links to outside, unsettled revisions."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gkapply.letters.findings import Fault, Finding
from gkapply.letters.places import local, part_label, place_of, tree

_MACROS = re.compile(r"(?i)vbaProject|vbaData|activeX/")
_EMBEDDED = re.compile(r"(?i)^word/(embeddings|afchunk)")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FETCHING_FIELD = re.compile(r"(?i)\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|HYPERLINK)\b")
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
        if not _is_utf8(content):
            yield Finding(Fault.BROKEN, "不是 UTF-8 编码", part_label(name))
        elif _ENTITIES.search(content):
            yield Finding(Fault.DECLARATIONS, place=part_label(name))
        elif tree(content) is None:
            yield Finding(Fault.BROKEN, place=part_label(name))
        elif name.endswith(".rels"):
            yield from _links(name, content)
        elif name.startswith("word/"):
            yield from _word_features(name, content)


def _links(name: str, content: bytes) -> Iterator[Finding]:
    """Every relation that leads out of the file, however its attribute is spelt."""
    for link in tree(content).iter("*"):
        if _attribute(link, "TargetMode").strip().lower() == "external":
            yield Finding(Fault.EXTERNAL, _attribute(link, "Target")[:LONGEST], part_label(name))


def _is_utf8(content: bytes) -> bool:
    """Whether the part is written as every office program writes it: what is searched is then what is read."""
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _attribute(element: Any, name: str) -> str:
    """The attribute of that local name, whatever its prefix."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _word_features(name: str, content: bytes) -> Iterator[Finding]:
    instructions = "".join(
        (one.text or "") if local(one) == "instrText" else _attribute(one, "instr") for one in tree(content).iter("*")
    )
    fetching = _FETCHING_FIELD.search(instructions)
    if fetching:
        places = place_of(name, content, _FIELDS)
        yield Finding(Fault.FETCHING, fetching.group(1), next(places, part_label(name)))
    for place in place_of(name, content, _UNSETTLED):
        yield Finding(Fault.UNSETTLED, place=place)
