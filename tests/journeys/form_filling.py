"""Filling in any form of a step at random, but the way a person would: each field by what kind of field it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

from wtforms import Field, FieldList, Form
from wtforms.validators import InputRequired, NumberRange

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WORDS = ("经核对无误", "情况属实", "某工程的批复文件", "按规定办理", "已与当事人联系")


def filled(form: Form, random: Random, today: date, *, wanted: Any = None) -> dict[str, Any]:
    """What a person might type into ``form``, as a request carries it; ``wanted`` gives values for fields by name."""
    data: dict[str, Any] = {}
    for field in form:
        if wanted and field.short_name in wanted:
            data[field.name] = wanted[field.short_name]
            continue
        data.update(_values(field, random, today))
    return {name: value for name, value in data.items() if value is not None}


def _values(field: Field, random: Random, today: date) -> Iterator[tuple[str, Any]]:
    kind = field.type
    if kind in ("CSRFTokenField", "SubmitField"):
        return
    if kind == "HiddenField" or field.name == "version":
        yield field.name, field.data
    elif isinstance(field, FieldList):
        for place in range(random.randint(1, 2)):
            entry = field.entries[min(place, len(field.entries) - 1)]
            for inner in getattr(entry, "form", [entry]):
                for name, value in _values(inner, random, today):
                    yield name.replace(f"{field.name}-0-", f"{field.name}-{place}-"), value
    elif kind == "BooleanField":
        yield field.name, "y" if _needed(field) or random.random() < 0.5 else None
    elif kind in ("RadioField", "SelectField"):
        codes = _codes(field)
        proposed = field.data if field.data in codes and random.random() < 0.7 else None
        yield field.name, proposed or (random.choice(codes) if codes else None)
    elif kind == "SelectMultipleField":
        codes = _codes(field)
        yield field.name, random.sample(codes, random.randint(1, len(codes))) if codes else None
    elif kind == "DateField":
        proposed = field.data if field.data is not None and random.random() < 0.7 else today
        yield field.name, (proposed - timedelta(days=random.choice((0, 0, 0, 0, 0, 0, 1, 3)))).isoformat()
    elif kind in ("IntegerField", "DecimalField"):
        yield field.name, _number(field, random)
    elif kind == "UploadField":
        yield field.name, (BytesIO(PDF), "凭证.pdf") if random.random() < 0.7 else None
    elif _needed(field) or random.random() < 0.8:
        yield field.name, random.choice(WORDS)


def _codes(field: Any) -> list[str]:
    """What can be chosen, the empty choice left out."""
    return [code for code, *_ in field.iter_choices() if code]


def _number(field: Field, random: Random) -> str:
    if field.data is not None and random.random() < 0.5:
        return str(field.data)
    for check in field.validators:
        if isinstance(check, NumberRange):
            return str(random.randint(int(check.min or 1), int(check.max or 30)))
    return str(random.randint(1, 20))


def _needed(field: Field) -> bool:
    return any(isinstance(check, InputRequired) for check in field.validators)
