"""The pages of like requests: shown where they are needed, compared side by side, judged with a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import time_machine

from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.life import Life
from tests.web.browser import Browser, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
ASKED = "申请公开柏树镇青龙村2021年征收集体土地的征地批文和补偿费用支付凭证。"
ELSEWHERE = "申请公开石羊镇红星村2021年征收集体土地的征地批文和补偿费用支付凭证。"


@pytest.fixture
def lives(new_life: Callable[..., Life], moment: time_machine.Traveller) -> list[Life]:
    """A request that was answered, one of somebody else for the same, and one for another village that names the first applicant."""
    told = replace(PERSON, description=ELSEWHERE)
    begun = []
    for applicant, text in ((PERSON, ASKED), (COMPANY, ASKED), (told, f"{ELSEWHERE}申请人{PERSON.name}。")):
        life = new_life(date(2026, 3, 2))
        begun.append(life.register(walked_in(applicant, text), life.at_the_counter()).assign().accept())
    first, second, _ = begun
    first.search("“征地”", "没有记录").decide(1, "not_existing", {})
    first.draft_reply().submit_reply().pass_review().sign_reply().send_reply()
    second.decide(1, "disclosed_public", {"where_to_find": "https://www.example.gov.cn/1"})
    moment.move_to(first.now)
    return begun


def test_a_departure_is_shown_until_somebody_says_why(lives: list[Life], login: Login) -> None:
    first, second, third = (life.reference for life in lives)
    desk = login(Duty.OFFICER)
    assert "相似申请" in words(desk.get(f"/desk/cases/{second}"))
    assert f"内容相近的{first}已由" in words(desk.get(f"/desk/cases/{second}/items"))
    page = desk.get(f"/desk/cases/{second}/likeness/{first}")
    assert "本件的认定与该件的处理不同" in words(page)
    refused = desk.submit(page, judged="departs", reason="")
    assert refused.status_code == 422
    assert desk.submit(refused, judged="departs", reason="该批复已于上月公开").status_code == 303
    shown = words(desk.get(f"/desk/cases/{second}/items"))
    assert "写明本件不同处理的理由" not in shown
    assert "该批复已于上月公开" in shown
    other = desk.get(f"/desk/cases/{second}/likeness/{third}").text
    assert "<mark>" in other
    assert PERSON.name not in other[other.index('id="that-one"') :]
    assert "系统不合并申请" in words(desk.get(f"/desk/cases/{second}/likeness"))


def test_the_registrar_sees_them_on_the_slip(lives: list[Life], login: Login) -> None:
    slip = words(login(Duty.REGISTRAR).get(f"/desk/register/{lives[1].reference}"))
    assert "其他申请人的2件" in slip
