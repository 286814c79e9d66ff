"""The area of a case: suggested with its reason, confirmed by a person, journaled."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework import area_confirming
from gkapply.casework.access import open_case
from gkapply.casework.area_voices import everyday, suggest
from gkapply.casework.journal import JournalEntry
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import NotPermitted, Refusal
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from workflows.duties import Duty


def test_an_area_is_suggested_and_confirmed(
    new_life: Callable[..., Life],
    office: Office,
    login: Callable[[Duty], Browser],
    moment: time_machine.Traveller,
) -> None:
    life = new_life(date(2026, 3, 2))
    text = "申请公开我村低保户名单和低保评议记录"
    life.register(walked_in(PERSON, text), life.at_the_counter()).assign().accept()
    moment.move_to(life.now)
    desk = login(Duty.OFFICER)
    case_page = words(desk.get(f"/desk/cases/{life.reference}"))
    assert "建议：社会救助" in case_page
    assert "申请内容提到“低保户”" in case_page
    page = desk.get(f"/desk/cases/{life.reference}/area")
    assert "理由：申请内容提到“低保户”" in words(page)
    assert desk.submit(page, area="").status_code == 422
    assert desk.submit(page).status_code == 303  # the suggested one stands in the form
    assert "社会救助（已确认）" in words(desk.get(f"/desk/cases/{life.reference}"))
    with reading() as session:
        entry = session.scalars(select(JournalEntry).where(JournalEntry.deed == area_confirming.DEED)).one()
    assert '"area":25' in entry.body
    assert "社会救助" not in entry.body
    assert entry.actor == office.staff[Duty.OFFICER].signature
    _several(life, office)


def _several(life: Life, office: Office) -> None:
    head, archivist = office.staff[Duty.HEAD], office.staff[Duty.ARCHIVIST]
    with transaction() as session:
        case = open_case(session, life.reference, head)
        assert area_confirming.confirm_several(session, {life.reference: "就业"}, head, life.now) == 1
        assert area_confirming.confirm_several(session, {life.reference: "就业"}, head, life.now) == 0
        with pytest.raises(NotPermitted):
            area_confirming.confirm(session, case, "统计", archivist, life.now)
        with pytest.raises(Refusal, match="列表"):
            area_confirming.confirm(session, case, "没有的领域", head, life.now)
        with pytest.raises(Refusal, match="勾选"):
            area_confirming.confirm_several(session, {}, head, life.now)
    with reading() as session:
        assert session.scalars(select(Case.area)).one() == "就业"


def test_where_the_words_do_not_decide_everyday_words_and_the_catalogue_speak(office: Office) -> None:
    assert {one.area for one in everyday("我想上户口")} == {"户籍管理"}
    with reading() as session:
        assert suggest(session, "楼上晒不到太阳怎么办")[0].area == "自然资源"
        assert suggest(session, "请公开贵单位的有关材料") == []
