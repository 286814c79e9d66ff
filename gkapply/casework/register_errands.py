"""What the errands of taking a register (台账) over do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gkapply.casework import register_import


def go_on(arguments: Mapping[str, Any], now: datetime, _equipment: object) -> None:
    """Go on with taking a register over; done twice it is done once."""
    register_import.carry_on(arguments["run"], now)
