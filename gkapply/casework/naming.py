"""Saying which of several requests a refusal is about."""

from collections.abc import Iterator
from contextlib import contextmanager

from gkapply.casework.records import Case
from gkapply.law.refusal import Refusal


@contextmanager
def naming(case: Case, *, several: bool = True) -> Iterator[None]:
    """Put the number of ``case`` before the reason of a Refusal, where a deed is about ``several``; the Refusal goes on."""
    try:
        yield
    except Refusal as refusal:
        if several and case.reference not in refusal.reason:
            refusal.reason = f"{case.reference}：{refusal.reason}"
        raise
