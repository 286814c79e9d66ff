"""The accounts of the demonstration: one for each duty, named after it."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.people import DutyHolding, Organ, User
from workflows.duties import ADMINISTRATORS, OFFICIAL_DUTIES, Duty

HELD_SINCE = date(2019, 5, 15)
LOGINS: Mapping[Duty, str] = {
    Duty.REGISTRAR: "登记员",
    Duty.OFFICER: "承办人",
    Duty.REVIEWER: "审核人",
    Duty.SIGNER: "签发人",
    Duty.HEAD: "负责人",
    Duty.ARCHIVIST: "归档员",
    Duty.STATISTICIAN: "统计员",
    Duty.SUPERVISOR: "监督员",
    Duty.UNIT_CLERK: "经办人",
    Duty.TEMPLATE_KEEPER: "模板管理员",
    Duty.SYSADMIN: "系统管理员",
    Duty.SECURITY: "安全管理员",
    Duty.AUDITOR: "审计管理员",
}
"""The account of each duty."""


def engage(
    session: Session, organ: Organ, password_hash: str, now: datetime, *, logins: Mapping[Duty, str] = LOGINS
) -> Mapping[Duty, Actor]:
    """One account per duty with that password (no change at the first login); the administrators' have no organ."""
    staff: dict[Duty, Actor] = {}
    for duty in OFFICIAL_DUTIES:
        user = User(
            login=logins[duty], name=duty.label, password_hash=password_hash, must_change_password=False, created_at=now
        )
        organ_id = None if duty in ADMINISTRATORS else organ.id
        user.holdings = [DutyHolding(organ_id=organ_id, duty=duty.value, valid_from=HELD_SINCE)]
        session.add(user)
        session.flush()
        staff[duty] = Actor("user", organ_id, frozenset({duty}), user_id=user.id, name=user.name)
    return staff
