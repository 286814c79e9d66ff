"""The declared fields of every kind of letter: the one list that templates are checked against and casework fills.

A field holds text as it is to be printed, a list of such texts, or a list of rows whose columns are declared with it.
"""

from collections.abc import Mapping, Sequence

from gkapply.law.refusal import Refusal
from gkapply.letters.declared import DECLARED
from gkapply.letters.field import Field

AT_SIGNATURE = ("document_number", "date_text")
"""文号 and date: empty until the letter is signed, never empty in a letter of record."""


def letter_fields(kind: str) -> tuple[Field, ...]:
    """The declared fields of a kind of letter or sheet. Raises Refusal for an unknown kind."""
    try:
        return DECLARED[kind]
    except KeyError:
        raise Refusal(f"没有代码为「{kind}」的文书", do=f"可用：{'、'.join(DECLARED)}", field="kind") from None


def allowed(kind: str) -> frozenset[str]:
    """Every name that a template of the kind may print; a column of a list is written 「items.quote」."""
    return frozenset(name for name, _ in _paths(letter_fields(kind)))


def obligatory(kind: str) -> frozenset[str]:
    """Every name that a template of the kind must print, lest the letter lack what the law demands of it."""
    return frozenset(field.name for field in letter_fields(kind) if field.required)


def expected(kind: str) -> frozenset[str]:
    """Every name whose value a letter of the kind must have, columns of lists included."""
    return frozenset(name for name, field in _paths(letter_fields(kind)) if field.required)


def example(kind: str) -> dict[str, object]:
    """A complete set of fields for trying a template."""
    return complete(kind, {field.name: field.example for field in letter_fields(kind)})


def complete(kind: str, values: Mapping[str, object]) -> dict[str, object]:
    """The values with a blank for every optional field that is not given: exactly the declared names, rows included.

    文号 and date may still be missing here. Raises Refusal naming the first field without its obligatory value, and
    ValueError for a name that is not declared, which is a mistake of the caller.
    """
    return _complete(letter_fields(kind), values, "")


def _complete(fields: Sequence[Field], values: Mapping[str, object], where: str) -> dict[str, object]:
    unknown = set(values) - {field.name for field in fields}
    if unknown:
        raise ValueError(f"not declared{where and ' in ' + where}: {', '.join(sorted(unknown))}")
    return {field.name: _value(field, values.get(field.name), where) for field in fields}


def _value(field: Field, given: object, where: str) -> object:
    value = ([] if field.is_list else "") if given is None else given
    if field.required and field.name not in AT_SIGNATURE and not _says_something(value):
        raise Refusal(f"文书缺少{where}「{field.label}」", do="请补充后再生成文书", field=field.name)
    if not field.is_list:
        return value
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError(f"{field.name} takes a list")
    if not field.columns:
        return list(value)
    return [
        _complete(field.columns, row, f"{where}「{field.label}」第{place}行的")
        for place, row in enumerate(value, start=1)
    ]


def _says_something(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None and value != [] and value != ()


def _paths(fields: Sequence[Field], prefix: str = "") -> list[tuple[str, Field]]:
    found = []
    for field in fields:
        found.append((prefix + field.name, field))
        found.extend(_paths(field.columns, f"{prefix}{field.name}."))
    return found
