"""登记编号 of registers that are taken over: kept as they are where the file of cases can hold them, and never issued again.

A number of the form YYYY-NNNN (with the letter of its series) raises its counter, so that the desk goes on after the highest. One that
is too long for a case's number, or holds what cannot stand in an address, is kept beside the case, which gets YYYY-TNNNN.
"""

import re
from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from gkapply.casework.numbering import REQUESTS, next_number, raise_counter
from gkapply.law.case_kinds import CaseKind
from gkapply.law.register_words import tidy

LONGEST = 20
MARK = "T"
"""The letter of the series in which numbers are given to requests whose own cannot be used."""
_OWN_SERIES = f"{REQUESTS}:register"
_SERIES = {
    MARK: _OWN_SERIES,
    **{kind.mark: REQUESTS if kind is CaseKind.APPLICATION else f"{REQUESTS}:{kind.value}" for kind in CaseKind},
}
_REGULAR = re.compile(r"(\d{4})-([A-Z]?)(\d{4,6})")
_UNUSABLE = re.compile(r"[/\\?#%&<>\"'\s]|^\.+$")
Highest = dict[str, int]
"""Letter and year (``2026``, ``G2026``) → highest number."""


def case_number(number: str) -> str | None:
    """What a case with that 登记编号 is called; None when it has to be given a number of its own."""
    bare = tidy(number).upper()
    if _REGULAR.fullmatch(bare):
        return bare
    plain = number.strip()
    return plain if len(plain) <= LONGEST and not _UNUSABLE.search(plain) else None


def raise_highest(highest: Highest, number: str) -> None:
    """Take note of a number of a series."""
    found = _REGULAR.fullmatch(tidy(number).upper())
    if found is not None and found[2] in _SERIES:
        key = f"{found[2]}{found[1]}"
        highest[key] = max(highest.get(key, 0), int(found[3]))


def continue_after(session: Session, organ_id: int, highest: Mapping[str, int]) -> None:
    """Let every series of the organ go on after the highest number that a register has brought."""
    for series, year, value in sorted(_series(highest)):
        raise_counter(session, organ_id, series, year, value)


def own_number(session: Session, organ_id: int, year: int) -> str:
    """A number for a request whose own cannot be used."""
    return f"{year}-{MARK}{next_number(session, organ_id, _OWN_SERIES, year):04d}"


def _series(highest: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    for key, value in highest.items():
        yield _SERIES[key[:-4]], int(key[-4:]), value
