"""The demonstration: a county's desk with requests in every state, for trying the system and for showing it.

It is made once, in an empty database only, with accounts named after their duty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from gkapply.casework import passwords
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.demo.annual_report_story import report
from gkapply.demo.catalogue import publish_catalogue
from gkapply.demo.county import COUNTY_CODE, found_county, mark_as_practice, open_hall
from gkapply.demo.demand_stories import take_last_year_over
from gkapply.demo.life import Life
from gkapply.demo.reappraisal_stories import look_again
from gkapply.demo.register_stories import bring_the_old_register
from gkapply.demo.staff import LOGINS, engage
from gkapply.demo.stories import STORIES, beginning_of, tell
from gkapply.demo.supervision_stories import let_organs_below_work
from gkapply.jobs import make_celery, run_due
from gkapply.law.workdays import national_calendar
from workflows.duties import OFFICIAL_DUTIES, Duty


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was made: the password of every account, or None when the database held organs already."""

    password: str | None
    below: tuple[str, ...] = ()
    """The accounts of the organs below the county."""

    def sentences(self) -> Iterator[str]:
        """What to tell who started it."""
        if self.password is None:
            yield "数据库中已有数据，没有另建演示数据；账号和口令与初次建立时相同。"
            return
        yield "演示数据已建立（安岳县人民政府，各种状态的申请各一件），账号与职责如下："
        for duty in OFFICIAL_DUTIES:
            yield f"  {LOGINS[duty]:　<8}{duty.label}（{duty.value}）"
        yield f"  下级机关的账号：{'、'.join(self.below)}"
        yield f"所有演示账号的口令：{self.password}"
        yield "演示账号只供试用，请勿用于正式办理。"


def prepare(settings: Settings, now: datetime) -> Demonstration:
    """Make the demonstration in the connected database, if it is empty. ``now`` is the moment that the stories lead up to."""
    with reading() as session:
        if session.scalars(select(Organ.id).limit(1)).first() is not None:
            return Demonstration(None)
    password = settings.demo_password or passwords.generate()
    calendar, today = national_calendar(), day_of(now)
    hashed = passwords.hash_of(password)
    founded = beginning_of(today, calendar)
    with transaction() as session:
        desk = found_county(session, founded)
        if settings.site.practice:
            mark_as_practice(session)
        open_hall(session, founded)
        staff = engage(session, desk, hashed, founded)
    publish_catalogue(staff, founded)
    tell(STORIES, lambda: Life(COUNTY_CODE, staff, founded), today, calendar)
    look_again(staff, now)
    bring_the_old_register(staff[Duty.REGISTRAR], now, calendar)
    head = staff[Duty.HEAD]
    assert head.organ_id is not None
    take_last_year_over(head.organ_id, head.signature, now, calendar)
    below = let_organs_below_work(staff, hashed, founded, now, calendar)
    report(staff, now)
    run_due(make_celery(settings))
    return Demonstration(password, below)
