"""Whether the rows of a sheet can be sent: organs, words, and the applicant that the profile says; every bad cell at once."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from gkapply.casework.application import CARRIERS, WAYS, Application
from gkapply.casework.application_check import BadForm, check
from gkapply.casework.batch_sheet import COLUMNS, DESCRIPTION, ORGAN, WAY, BadCell, BadSheet, Reading, Row, bad_cell
from gkapply.casework.citizen_profile import FIELDS, applicant_of_profile
from gkapply.casework.reception import receiving_organs
from gkapply.law.refusal import Refusal

_COLUMN_OF = {field: column for column, field in COLUMNS.items()} | dict.fromkeys(("address", "email", "fax"), WAY)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet as it was understood."""

    line: int
    organ_code: str
    organ_name: str
    wish: Application

    @property
    def title(self) -> str:
        """By which words a list names the row."""
        return self.wish.information_name or self.wish.description

    @property
    def manner(self) -> str:
        """Form and way in words."""
        return f"{CARRIERS[self.wish.carrier]}，{WAYS[self.wish.way]}"


def understood(session: Session, citizen_id: int, said: Reading, today: date) -> list[SheetRow]:
    """The rows with their organs, each a request that could be sent today. Raises BadSheet with every bad cell.

    Raises Refusal where the profile does not say who applies.
    """
    profile = applicant_of_profile(session, citizen_id)
    _require_applicant(profile, today)
    organs = {name: organ for organ in receiving_organs(session, today) for name in (organ.name, organ.code)}
    found, bad = [], list(said.bad)
    for row in said.rows:
        organ = organs.get(row.organ)
        if organ is None and row.organ:
            bad.append(bad_cell(row.line, ORGAN, row.organ, "没有这个受理机关，或者它不在本平台接收申请"))
        bad += _faults(row, profile, today)
        if organ is not None:
            found.append(SheetRow(row.line, organ.code, organ.name, row.wish))
    if bad:
        raise BadSheet(sorted(bad, key=lambda cell: cell.line))
    return found


def whole(applicant: Application, wish: Application) -> Application:
    """What is applied for, with who applies."""
    return Application(**{**asdict(wish), **{name: asdict(applicant)[name] for name in FIELDS}})


def _require_applicant(profile: Application, today: date) -> None:
    """Raises Refusal unless the profile says who applies, as an application must."""
    try:
        check(whole(profile, Application(description="…", carrier="electronic", way="online")), today)
    except BadForm as wrong:
        reasons = "；".join(error.reason for error in wrong.errors.values())
        raise Refusal(
            f"申请人以常用资料为准，常用资料还不完整：{reasons}", "条例第二十九条第二款", do="请先补全常用资料"
        ) from wrong


def _faults(row: Row, profile: Application, today: date) -> list[BadCell]:
    """What the check of the application finds wrong with the row, by its columns; what is empty was named before."""
    if not row.wish.description:
        return []
    try:
        check(whole(profile, row.wish), today)
    except BadForm as wrong:
        said = {DESCRIPTION: row.wish.description, WAY: WAYS.get(row.wish.way, "")}
        return [
            bad_cell(row.line, column, said.get(column, getattr(row.wish, COLUMNS[column], "")), str(error))
            for field, error in wrong.errors.items()
            if (column := _COLUMN_OF.get(field, DESCRIPTION))
        ]
    return []
