"""The 30 areas of disclosure (公开领域): their departments, the pilot areas that they take up, the units that guide them.

The data stand in ``areas.json``, each part with the document that it was taken from. An office may know further areas.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class DisclosureArea:
    """One area: who answers for it in a county, what of the 26 pilot areas (试点领域) it takes up, who guides it in a city."""

    name: str
    department: str
    pilot: tuple[str, ...]
    guides: tuple[str, ...]
    also: tuple[str, ...]
    """Other names under which catalogues list it."""


@cache
def areas() -> tuple[DisclosureArea, ...]:
    """The 30 areas in the order of their source."""
    return tuple(
        DisclosureArea(one["name"], one["department"], tuple(one["pilot"]), tuple(one["guides"]), tuple(one["also"]))
        for one in _shipped()["areas"]
    )


@cache
def sources() -> Mapping[str, str]:
    """Where each part was taken from: ``areas`` (with departments), ``pilot``, ``guides``."""
    found = _shipped()["sources"]
    assert isinstance(found, dict)
    return found


@cache
def _names() -> Mapping[str, str]:
    by_name = {other: one.name for one in areas() for other in (*one.also, *one.pilot)}
    return by_name | {one.name: one.name for one in areas()}


def area_called(text: str) -> str | None:
    """The name of the area that ``text`` means (「环境保护领域」 is 生态环境); None when it means none of the 30."""
    plain = "".join(text.split())
    return _names().get(plain) or _names().get(plain.removesuffix("领域"))


def area_named(name: str) -> DisclosureArea | None:
    """The area with exactly that name, if it is one of the 30."""
    return next((one for one in areas() if one.name == name), None)


def _shipped() -> dict[str, Any]:
    found = json.loads(files("gkapply.law").joinpath("areas.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found
