"""Entries that a page of the form may have several of: adding one by a button, taking one out, leaving out the blank ones."""

from collections.abc import Iterator, Mapping

from gkapply.casework.draft_pages import Typed
from gkapply.casework.several_items import MOST_WANTED

MOST: Mapping[str, int] = {"further": MOST_WANTED - 1, "others": 20}
"""Entries that each list may have."""
FIRST_FIELD: Mapping[str, str] = {"further": "description", "others": "name"}


def changed(typed: Typed, deed: str, which: str) -> Typed:
    """What was typed after the button ``deed``: with one more entry (``add``), without one (``drop``), without blank ones,
    or for the organ that was picked by its area (``organ``).

    ``which`` is the list (``further``) or the entry of it (``further-1``).
    """
    name, _, place = which.partition("-")
    if deed == "next":
        for one in MOST:
            typed = _renumbered(typed, one, [entry for entry in _entries(typed, one) if not _is_blank(typed, entry)])
    elif deed == "add" and name in MOST and len(_entries(typed, name)) < MOST[name]:
        typed = _renumbered(typed, name, _entries(typed, name))
        typed = {**typed, f"{name}-{len(_entries(typed, name))}-{FIRST_FIELD[name]}": [""]}
    elif deed == "drop" and name in MOST and place:
        typed = _renumbered(typed, name, [entry for entry in _entries(typed, name) if entry != which])
    elif deed == "organ" and "organ" in typed:
        typed = {**typed, "organ": [which]}
    return typed


def field_to_show(typed: Typed, deed: str, which: str) -> str:
    """The id of the field that the page is to show after such a button: the one that it filled in or added; "" when it did neither."""
    if deed == "organ":
        return deed
    entries = _entries(typed, which) if deed == "add" and which in MOST else []
    return f"{entries[-1]}-{FIRST_FIELD[which]}" if entries else ""


def _entries(typed: Typed, name: str) -> list[str]:
    """The entries of a list, in their order."""
    places = {int(parts[1]) for parts in _parted(typed, name)}
    return [f"{name}-{place}" for place in sorted(places)]


def _parted(typed: Typed, name: str) -> Iterator[list[str]]:
    for key in typed:
        parts = key.split("-")
        if len(parts) == 3 and parts[0] == name and parts[1].isascii() and parts[1].isdigit():
            yield parts


def _is_blank(typed: Typed, entry: str) -> bool:
    return not any(value.strip() for key, values in typed.items() if key.startswith(f"{entry}-") for value in values)


def _renumbered(typed: Typed, name: str, kept: list[str]) -> Typed:
    """The same with these entries of the list alone, counted from 0."""
    rest = {key: values for key, values in typed.items() if not key.startswith(f"{name}-")}
    for place, entry in enumerate(kept):
        for key, values in typed.items():
            if key.startswith(f"{entry}-"):
                rest[f"{name}-{place}-{key.removeprefix(f'{entry}-')}"] = values
    return rest
