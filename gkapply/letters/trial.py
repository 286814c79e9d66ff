"""Trying a template on samples (样例): declared fields filled in as an office would see them, never a real case."""

import re
from collections.abc import Collection, Mapping, Sequence

from gkapply.law.refusal import Refusal
from gkapply.letters import package
from gkapply.letters.check import check
from gkapply.letters.field import Field
from gkapply.letters.fields import complete, example, letter_fields
from gkapply.letters.findings import Fault, Finding
from gkapply.letters.places import is_filled, lines
from gkapply.letters.render import preview

USUAL, BARE, HARD = "usual", "bare", "hard"
SAMPLES: Mapping[str, str] = {
    USUAL: "各字段都有内容",
    BARE: "只有必备内容",
    HARD: "长文本、生僻字和特殊符号",
}
"""The samples that every kind of letter has."""
RARE = "王犇、镕、喆、阿卜杜拉·买买提、𠮷、䶮，<&>{{ }}"
"""What must come out as it was typed: rare characters in names, and signs that mean something to a template."""
_REPEATED = 6
PLAIN = ("document_number", "request_number", "content_hash")
"""Numbers, which never hold anything else."""


def sample(kind: str, which: str) -> dict[str, object]:
    """The fields of a sample of that kind of letter. Raises Refusal for an unknown kind or sample."""
    if which not in SAMPLES:
        raise Refusal("没有这个样例", do=f"可选：{'、'.join(SAMPLES.values())}", field="sample")
    if which == BARE:
        return complete(kind, {field.name: field.example for field in letter_fields(kind) if field.required})
    if which == HARD:
        return {name: value if name in PLAIN else _harder(value) for name, value in example(kind).items()}
    return example(kind)


def try_out(template: bytes, shipped: bytes, kind: str, demanded: Collection[str]) -> list[Finding]:
    """What filling in shows of a template that is sound: samples that cannot be made, demanded fields that do not appear.

    What the shipped template prints of the demanded fields, this one prints too.
    """
    found = []
    for which, label in SAMPLES.items():
        try:
            made = preview(template, sample(kind, which))
            package.parts(made)
        except Refusal as refusal:
            found.append(Finding(Fault.UNFILLABLE, refusal.reason, f"样例「{label}」"))
        except (SyntaxError, ValueError, KeyError):  # filled in, the part is no XML any more
            found.append(Finding(Fault.UNFILLABLE, "填入内容后文件损坏", f"样例「{label}」"))
    if not found:
        usual = example(kind)
        mine, standard = preview(template, usual), preview(shipped, usual)
        said, wanted = printed(mine), printed(standard)
        found += [
            Finding(Fault.UNPRINTED, field.name)
            for field in letter_fields(kind)
            if field.name in demanded and any(one in wanted and one not in said for one in _texts(field))
        ]
        found = found or _unsound(mine, standard)
    return found


def _unsound(mine: bytes, standard: bytes) -> list[Finding]:
    """The points at which a letter of this template fails the letter check and one of the shipped template does not."""
    known = {one.point for one in check(standard).errors}
    return [
        Finding(Fault.UNSOUND, f"{one.point.label}：{one.problem}，{one.do}", one.sentence[:30])
        for one in check(mine).errors
        if one.point not in known
    ]


def printed(docx: bytes) -> str:
    """Everything that a letter says, headers and footers included, without blanks."""
    contents = package.parts(docx)
    told = (one.text for name in contents if is_filled(name) for one in lines(name, contents[name]))
    return re.sub(r"\s", "", "".join(told))


def _texts(field: Field) -> Sequence[str]:
    """The example of a field as a letter prints it, without blanks."""
    values = field.example if isinstance(field.example, tuple) else (field.example,)
    return [re.sub(r"\s", "", one) for one in values if isinstance(one, str)]


def _harder(value: object) -> object:
    """A sentence grows long and gets what is rare in it; short texts, which a letter may test, stay."""
    if isinstance(value, str):
        return f"{value}（{RARE}）" * _REPEATED if len(value) > FIXED else value
    if isinstance(value, Mapping):
        return {name: _harder(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_harder(one) for one in value]
    return value


FIXED = 12
"""Texts up to this length may be codes, days or numbers."""
