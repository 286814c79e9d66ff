"""Letters that their applicants fetch: the list, the check of identity, the day, and posting what nobody fetched in time."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gkapply.casework import sweep
from gkapply.casework.pickup import post_from
from gkapply.casework.receipt import Receipt
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import national_calendar
from tests.casework.conftest import MONDAY
from tests.web.browser import Browser, parsed, words
from tests.web.test_register import SLIP, the_case
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
LIST = "/desk/pickups"


@pytest.fixture
def reply(new_life: Callable[..., Life], moment: Any) -> Life:
    """A signed reply that its applicant wants to fetch."""
    life = new_life().register(
        replace(walked_in(PERSON, "2018年路灯安装的立项文件"), way="pickup"), Receipt("counter", MONDAY)
    )
    life.assign().accept().search("“路灯”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply().pass_review().sign_reply().seal()
    moment.move_to(life.now)
    return life


@pytest.mark.parametrize(("days", "day"), [(2, date(2026, 3, 26)), (0, date(2026, 3, 30))])
def test_the_day_of_posting_lies_working_days_before_the_last_day(days: int, day: date) -> None:
    settings = OfficeSettings(pickup_post_days=days)
    assert post_from(date(2026, 3, 30), national_calendar(), settings) == day
    assert post_from(None, national_calendar(), settings) is None


def test_what_is_fetched_is_delivered_that_day_to_whom_the_file_knows(login: Login, reply: Life) -> None:
    counter = login(Duty.REGISTRAR)
    shown = parsed(counter.get(LIST))
    assert "2026年3月26日" in words(counter.get(LIST))
    page = shown.xpath("//main//a[contains(@href, '/pickup')]/@href")[0]
    wrong = counter.submit(page, page, tail="0000")
    assert (wrong.status_code, "与申请时的不一致" in words(wrong)) == (422, True)
    agent = counter.submit(page, page, agent_name="代理人甲")
    assert parsed(agent).xpath("//section[@class='errors']//a/@href") == ["#authority"]
    assert counter.submit(page, page, tail=PERSON.id_number[-4:].lower()).status_code == 303
    case = the_case()
    assert (case.replied_on, case.delivered_on) == (reply.today, reply.today)
    with reading() as session:
        case = session.merge(case, load=False)
        (result,) = [one for letter in case.letters for attempt in letter.attempts for one in attempt.results]
        notes = {note.kind: note.content for note in case.notes}
    assert result.signed_by == PERSON.name
    assert "居民身份证" in notes["pickup"]
    assert PERSON.id_number[-4:] not in notes["pickup"]
    assert "没有待领取的文书" in words(counter.get(LIST))
    assert login(Duty.OFFICER).get(page).status_code == 403


def test_an_agent_signs_with_an_authority(login: Login, reply: Life) -> None:
    counter = login(Duty.REGISTRAR)
    page = parsed(counter.get(LIST)).xpath("//main//a[contains(@href, '/pickup')]/@href")[0]
    secret = counter.submit(page, page, agent_name="代理人甲", authority=(io.BytesIO(SLIP), "秘密★.jpg"))
    assert (secret.status_code, "带有国家秘密标志" in words(secret)) == (422, True)
    authority = (io.BytesIO(SLIP), "授权委托书.jpg")
    assert counter.submit(page, page, agent_name="代理人甲", authority=authority).status_code == 303
    case = the_case()
    assert "authorisation" in [paper.role for paper in case.documents]
    assert any("代理人代理人甲，授权委托书存卷" in note.content for note in case.notes)


def test_what_nobody_fetches_in_time_becomes_a_task_to_post_it(login: Login, reply: Life, moment: Any) -> None:
    last = date(2026, 3, 25)
    moment.shift(last - reply.today)
    sweep.sweep(reply.now + (last - reply.today))
    to_post = f"//main//a[contains(@href, '{reply.reference}')]"
    assert not login(Duty.REGISTRAR).page("/desk?view=uncollected").xpath(to_post)
    moment.shift(timedelta(days=1))
    for _ in range(2):
        sweep.sweep(reply.now + (last - reply.today) + timedelta(days=1))
    counter = login(Duty.REGISTRAR)
    assert counter.page("/desk?view=uncollected").xpath(to_post)
    assert words(counter.get("/messages")).count("请改用邮寄送达") == 1
    assert "应当改邮寄" in words(counter.get(LIST))
