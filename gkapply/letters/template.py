"""Templates (文书模板): where they lie, and what one must be before a letter is made from it."""

from collections.abc import Collection
from pathlib import Path

from gkapply.law.refusal import NotFound, Refusal
from gkapply.letters import package
from gkapply.letters.baggage import baggage
from gkapply.letters.findings import Fault, Finding
from gkapply.letters.tags import tag_findings

SUFFIX = ".docx"


def load(folder: Path, kind: str) -> bytes:
    """The template of that kind of letter: ``folder/<kind>.docx``. Raises NotFound when there is none."""
    try:
        return (folder / f"{kind}{SUFFIX}").read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"没有文书模板「{kind}{SUFFIX}」", do="请模板管理员补齐模板") from error


def faults(template: bytes, allowed: Collection[str], obligatory: Collection[str] = ()) -> list[Finding]:
    """Everything that keeps a template from being used, each with its place; empty for a good one.

    It must be a plain .docx, print ``allowed`` fields only and all ``obligatory`` ones; names as ``fields.allowed`` gives
    them. Raises Refusal when the file is no .docx at all.
    """
    contents = package.parts(template)
    found = list(baggage(contents))
    if any(one.fault in (Fault.DECLARATIONS, Fault.BROKEN) for one in found):
        return found
    about_tags, used = tag_findings(template, contents, allowed)
    found += about_tags
    # A tag that cannot be read may be the very one that is missed.
    if not any(one.fault in (Fault.TORN, Fault.SYNTAX) for one in found):
        found += [Finding(Fault.LEFT_OUT, name) for name in sorted(set(obligatory) - used)]
    order = list(Fault)
    return sorted(found, key=lambda one: order.index(one.fault))


def names(template: bytes) -> set[str]:
    """Every declared name that a template prints or tests. Raises Refusal when the file is no .docx."""
    _, used = tag_findings(template, package.parts(template), ())
    return used


def check(template: bytes, allowed: Collection[str], obligatory: Collection[str] = ()) -> None:
    """A template may be used. Raises Refusal that names everything wrong of the first kind found."""
    found = faults(template, allowed, obligatory)
    if not found:
        return
    first = found[0]
    same = [one for one in found if one.fault is first.fault]
    what = "、".join(sorted({one.what for one in same if one.what}))
    raise Refusal(Finding(first.fault, what).sentence, do=first.fault.do, field=first.what or None)
