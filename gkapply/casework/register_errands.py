"""What the errands of taking a register (台账) over do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gkapply.casework import register_import, register_upload


def read(arguments: Mapping[str, Any], now: datetime, _equipment: object) -> None:
    """Read a register that was handed in on the page; nothing is taken yet."""
    register_upload.read(arguments["run"], now)


def go_on(arguments: Mapping[str, Any], now: datetime, _equipment: object) -> None:
    """Go on with taking a register over; done twice it is done once."""
    register_import.carry_on(arguments["run"], now)
