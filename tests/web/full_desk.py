"""The fixtures of tests that look at an office with a request in every state, on the morning of Monday, 1 June 2026.

Import ``full_desk``, ``office`` and ``moment`` where a file wants them in the place of those of its folder.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk

__all__ = ["MORNING", "full_desk", "moment", "office"]
MORNING = datetime(2026, 6, 1, 1, tzinfo=UTC)


@pytest.fixture
def office(full_desk: Office) -> Office:
    """The office with a request in every state."""
    return full_desk


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """9 o'clock on Monday, 1 June 2026."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller
