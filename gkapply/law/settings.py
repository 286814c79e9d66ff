"""What the law leaves to the office about its clocks; every value here may differ from organ to organ."""

from dataclasses import dataclass
from enum import StrEnum


class StopBegins(StrEnum):
    """From which day the time of asking others is left out (条例第三十三条第三款 does not say)."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The office's own choices, with the cautious ones as defaults.

    ``correction_answer``: working days the applicant has for correcting, from receipt of the notice (合理的补正期限,
    条例第三十条 sets no number). ``organ_answer``: working days another organ has for its opinion, where the letter
    says nothing else. ``late_correction_restarts``: whether a correction asked for after its term restarts the reply
    clock.
    """

    correction_answer: int = 15
    organ_answer: int = 15
    late_correction_restarts: bool = False
    stop_begins: StopBegins = StopBegins.SENT
