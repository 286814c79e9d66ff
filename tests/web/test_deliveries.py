"""The delivery ledger on pages: its lists, its export, entering the result for one of several recipients."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework.access_log import AccessEntry
from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.sheets import harmless, read_csv
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

POSTED = date(2026, 3, 16)
Login = Callable[[Duty], Browser]


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """11 o'clock on the day after the posting."""
    with time_machine.travel(datetime(2026, 3, 17, 3, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def life(new_life: Callable[..., Life]) -> Life:
    """A reply to two applicants, signed on 16 March 2026."""
    life = new_life()
    both = replace(PERSON, joint="=HYPERLINK(1)，110101200901010016，13900000000")
    life.register(walked_in(both, "2024年统计公报"), life.at_the_counter()).assign().accept().come_to(POSTED)
    life.decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply()
    return life.submit_reply().pass_review().sign_reply()


def step(trigger: str) -> str:
    with reading() as session:
        (uid,) = session.scalars(select(Letter.uid).where(Letter.kind.startswith("reply"))).all()
    return f"/desk/letters/{uid}/steps/{trigger}"


def test_two_applicants_each_with_a_number_of_their_own(life: Life, login: Login) -> None:
    registrar = login(Duty.REGISTRAR)
    assert "2026年3月30日" in words(registrar.get("/desk/deliveries?view=to_send"))
    wrong = registrar.submit(step("send"), step("send"), way="post", on="2026-03-16", tracking="XA1\nXA2\nXA3")
    assert wrong.status_code == 422
    assert "填写了3个邮件号码" in words(wrong)
    registrar.submit(step("send"), step("send"), way="post", on="2026-03-16", at="16:40", tracking="XA1\nXA2")
    seen = words(registrar.get("/desk/deliveries?view=on_the_way"))
    assert "XA1" in seen
    assert "2026年3月16日 16:40邮寄" in seen
    page = parsed(registrar.get(step("note_delivery")))
    (first, _) = page.xpath("//input[@name='to']/@value")
    done = registrar.submit(step("note_delivery"), step("note_delivery"), on="2026-03-17", to=[first], signed_by="本人")
    assert done.status_code == 303
    assert "还有1人没有送达" in words(registrar.get(done.headers["Location"]))
    assert "签收人：本人" in words(registrar.get("/desk/deliveries"))


def test_the_export_names_every_attempt_and_holds_no_formula(life: Life, login: Login) -> None:
    life.send_reply("post")
    answer = login(Duty.OFFICER).get("/desk/deliveries.csv?view=all")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    heads, *rows = [cells for _, cells in read_csv(answer.get_data().decode("utf-8-sig"))]
    assert [row[heads.index("受送达人")] for row in rows] == ["申请人甲", "'=HYPERLINK(1)"]
    assert {row[heads.index("结果")] for row in rows} == {"在途"}
    with reading() as session:
        assert session.scalars(select(AccessEntry.deed)).all() == ["deliveries.exported"]


@pytest.mark.parametrize("cell", ["=1+1", "+8613800001234", "-2", "@SUM(A1)", "\t=1", "＝1"])
def test_a_cell_that_would_be_reckoned_is_shown_as_it_stands(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("安府公开〔2026〕12号") == "安府公开〔2026〕12号"
