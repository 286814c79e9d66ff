"""What the law leaves to the office; every value here may differ from organ to organ, with the cautious one as default."""

import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gkapply.law.case_kinds import CaseKind
from gkapply.law.ladders import LetterClass, Path
from gkapply.law.refusal import Refusal
from gkapply.law.setting_choices import StopBegins
from gkapply.law.settings_of_annual_report import AnnualReportSettings
from gkapply.law.settings_of_cooperation import CooperationSettings
from gkapply.law.settings_of_counter import CounterSettings
from gkapply.law.settings_of_deliberation import DeliberationSettings
from gkapply.law.settings_of_demand import DemandSettings
from gkapply.law.settings_of_handling import HandlingSettings
from gkapply.law.settings_of_letters import LetterSettings
from gkapply.law.settings_of_likeness import LikenessSettings
from gkapply.law.settings_of_mail import MailSettings
from gkapply.law.settings_of_messages import MessageSettings
from gkapply.law.settings_of_period_sheets import PeriodSheetSettings
from gkapply.law.settings_of_reappraisal import ReappraisalSettings
from gkapply.law.settings_of_report import ReportSettings
from gkapply.law.settings_of_service import ServiceSettings
from gkapply.law.settings_of_supervision import SupervisionSettings


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The office's own choices about the clocks of one case, as ``reckon`` reads them.

    ``correction_answer``: working days the applicant has for correcting, from receipt of the notice (合理的补正期限,
    条例第三十条 sets no number). ``organ_answer``: working days another organ has for its opinion, where the letter
    says nothing else. ``late_correction_restarts``: whether a correction asked for after its term restarts the reply
    clock. ``reply_term``: working days of an internal term (内部期限) where the law sets none (更正申请, 条例第四十一条); None:
    the statutory term.
    """

    correction_answer: int = 15
    organ_answer: int = 15
    late_correction_restarts: bool = False
    stop_begins: StopBegins = StopBegins.SENT
    reply_term: int | None = None


@dataclass(frozen=True)
class OfficeSettings(
    PeriodSheetSettings,
    ReportSettings,
    ReappraisalSettings,
    AnnualReportSettings,
    DemandSettings,
    LikenessSettings,
    MailSettings,
    SupervisionSettings,
    CounterSettings,
    MessageSettings,
    DeliberationSettings,
    LetterSettings,
    ServiceSettings,
    CooperationSettings,
    HandlingSettings,
):
    """Every setting of an office. ``label``, bounds, ``basis`` and ``hint`` of each stand in its field's metadata.

    Each group has a file of its own; pages show the groups from the last base to the first.
    """

    @property
    def ladders(self) -> Mapping[LetterClass, Path]:
        """The ladder chosen for each class of letters."""
        return {
            LetterClass.NOTICE: self.ladder_of_notices,
            LetterClass.EXTENSION: self.ladder_of_extensions,
            LetterClass.PLAIN: self.ladder_of_plain_replies,
            LetterClass.REFUSING: self.ladder_of_refusals,
            LetterClass.WEIGHTY: self.ladder_of_weighty,
        }

    @property
    def clock(self) -> ClockSettings:
        """What of it the clocks of a request read."""
        return _clock(self, CaseKind.APPLICATION)

    def clock_of(self, kind: CaseKind) -> ClockSettings:
        """What of it the clocks of a case of that kind read: the correction of records has an internal term."""
        return _clock(self, kind)


@lru_cache(maxsize=256)
def _clock(settings: OfficeSettings, kind: CaseKind) -> ClockSettings:
    term = settings.record_correction_term if kind is CaseKind.RECORD_CORRECTION else None
    chosen = {one.name: getattr(settings, one.name) for one in fields(ClockSettings) if one.name != "reply_term"}
    return ClockSettings(**chosen, reply_term=term)


SETTINGS: tuple[Field[Any], ...] = fields(OfficeSettings)
"""The settings in the order in which a page shows them."""


@lru_cache(maxsize=1024)
def read_settings(text: str) -> OfficeSettings:
    """The settings that a JSON object states; what it leaves out has its default, what it names in vain is left aside.

    Raises Refusal for a value that its setting does not take.
    """
    stated = json.loads(text)
    return settle({one.name: stated[one.name] for one in SETTINGS if one.name in stated})


def settle(values: Mapping[str, Any]) -> OfficeSettings:
    """The settings with these values, the rest by default. Raises Refusal naming the setting that cannot be so."""
    return OfficeSettings(**{one.name: _settled(one, values[one.name]) for one in SETTINGS if one.name in values})


def _settled(setting: Field[Any], value: Any) -> Any:
    about = setting.metadata
    if isinstance(setting.default, bool):
        if isinstance(value, bool):
            return value
    elif isinstance(setting.default, StrEnum):
        if value in about["choices"]:
            return type(setting.default)(value)
    elif isinstance(value, int) and not isinstance(value, bool) and about["least"] <= value <= about["most"]:
        return value
    bounds = f"应为{about['least']}至{about['most']}的整数" if "least" in about else "不是可选的值"
    raise Refusal(f"设置项「{about['label']}」{bounds}", about["basis"] or None, field=setting.name)
