"""The pages of the letter check: findings beside the letter, and an error passed over by two persons."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.web.browser import Browser, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
FAULT = {"reason": "该材料属于工作秘密", "discretion_reason": "影响管理", "separation_considered": True}
GROUND = "错误（不予公开的理由）：“工作秘密”不是不予公开的法定理由"


@pytest.fixture
def uid(new_life: Callable[..., Life]) -> str:
    """A drafted refusal with one error."""
    life = new_life()
    life.register(walked_in(PERSON, "值班安排"), life.at_the_counter()).assign().accept()
    life.itemise("值班安排").decide(1, "refused_internal", FAULT).draft_reply()
    with reading() as session:
        return session.scalars(select(Letter.uid).order_by(Letter.id.desc())).first() or ""


def link_of(browser: Browser, uid: str) -> str:
    """Where the error can be passed over."""
    page = browser.get(f"/desk/letters/{uid}").get_data(as_text=True)
    start = page.index(f"/desk/letters/{uid}/findings/")
    return page[start : page.index('"', start)]


def test_the_findings_stand_beside_the_letter_before_anybody_submits_it(login: Login, uid: str) -> None:
    officer = login(Duty.OFFICER)
    for page in (f"/desk/letters/{uid}", f"/desk/letters/{uid}/steps/submit_review"):
        told = words(officer.get(page))
        assert GROUND in told
        assert "请按第十四条至第十六条重新认定" in told
    refused = officer.submit(f"/desk/letters/{uid}/steps/submit_review")
    assert refused.status_code == 422
    assert "答复体检发现1处错误" in words(refused)


def test_one_says_why_another_confirms_then_the_letter_goes_on(login: Login, uid: str) -> None:
    officer, reviewer = login(Duty.OFFICER), login(Duty.REVIEWER)
    link = link_of(officer, uid)
    assert officer.submit(link, reason="").status_code == 422
    assert officer.submit(link, reason="已经会商").status_code == 303
    assert "说明的放行理由：已经会商；待另一人确认" in words(officer.get(f"/desk/letters/{uid}"))
    assert officer.submit(link).status_code == 403
    assert "已经会商" in words(reviewer.get(link))
    assert reviewer.submit(link).status_code == 303
    told = words(officer.get(f"/desk/letters/{uid}"))
    assert "已确认放行" in told
    assert "说明放行体检错误的理由，不予公开的理由：" in told
    assert "已确认放行" in words(reviewer.get(link))
    assert officer.submit(f"/desk/letters/{uid}/steps/submit_review").status_code == 303


def test_who_may_pass_an_error_over(login: Login, uid: str) -> None:
    link = link_of(login(Duty.OFFICER), uid)
    assert login(Duty.REGISTRAR).get(link).status_code == 403
    assert login(Duty.OFFICER).get(link[:-64] + "0" * 64).status_code == 404
