"""The day of the reply and the day of its delivery: two dates, never confused (国办公开办函〔2016〕235号)."""

from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import delivery
from gkapply.casework.records import Case
from gkapply.casework.tasks import tasks_of
from gkapply.casework.urgency import Lamp, term_on
from gkapply.database import reading
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import national_calendar
from tests.casework.edge_cases.lives import DUE, NewLife, case_of, counted, handled
from workflows.duties import Duty

PUBLIC = {"where_to_find": "县政府网站"}


def signed(new_life: NewLife, day: date) -> Life:
    """A reply signed on ``day``, not sent."""
    life = handled(new_life, "2024年统计公报").come_to(day).decide(1, "disclosed_public", PUBLIC).draft_reply()
    return life.submit_reply().pass_review().sign_reply()


def test_day_of_the_reply(new_life: NewLife) -> None:
    """答复日：邮寄的为交邮之日，当面的为签收之日；答复日和送达日都保存，救济期限自送达日起算。"""
    posted = signed(new_life, DUE).send_reply(delivery.POST).come_to(date(2026, 4, 2)).delivered()
    case = case_of(posted)
    assert (case.replied_on, case.delivered_on, case.ended_on) == (DUE, date(2026, 4, 2), DUE)
    by_hand = case_of(signed(new_life, date(2026, 3, 27)).send_reply(delivery.HAND))
    assert (by_hand.replied_on, by_hand.delivered_on) == (date(2026, 3, 27), date(2026, 3, 27))


def test_reply_too_late(new_life: NewLife) -> None:
    """逾期答复：照样要答复，系统不阻止；案件标明逾期，照常计入年报。"""
    life = handled(new_life, "2024年统计公报").come_to(date(2026, 4, 1))
    case = case_of(life)
    term = term_on(life.today, case.due_on, national_calendar())
    assert (case.due_on, term.lamp, term.words) == (DUE, Lamp.OVERDUE, "超过2个工作日")
    life.decide(1, "disclosed_public", PUBLIC).draft_reply().submit_reply().pass_review().sign_reply().send_reply()
    case = case_of(life)
    assert (case.due_on, case.replied_on) == (DUE, date(2026, 4, 1))
    assert counted() == {"1": 1, "3.1": 1, "3.7": 1}


def test_our_letter_came_back(new_life: NewLife) -> None:
    """我方文书被退回：答复日不变，列入登记员和承办人的退件任务；按其他地址再发；有送达凭证之前不能归档。"""
    life = signed(new_life, date(2026, 3, 16)).send_reply(delivery.POST).come_to(date(2026, 3, 23)).came_back()
    case = case_of(life)
    assert (case.replied_on, case.delivered_on, case.letters[-1].state.value) == (date(2026, 3, 16), None, "returned")
    with reading() as session:
        registrar = life.staff[Duty.REGISTRAR]
        task = next(one for one in tasks_of(registrar) if one.code == "returned")
        assert session.scalars(select(Case.reference).where(task.condition(registrar))).all() == [life.reference]
    with pytest.raises(Refusal, match="送达"):
        life.archive()
    life.send_reply(delivery.POST).come_to(date(2026, 3, 26)).delivered()
    case = case_of(life)
    assert (case.replied_on, case.delivered_on) == (date(2026, 3, 16), date(2026, 3, 26))
    life.archive()
