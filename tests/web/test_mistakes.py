"""A step taken by mistake is put right by a counter-step with its reason; both stay, and the dates follow the facts that stand."""

from collections.abc import Callable

from sqlalchemy import select

from gkapply.casework.records import Case
from gkapply.casework.verification import verify
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from workflows.case_states import CaseState
from workflows.duties import Duty

Login = Callable[[Duty], Browser]


def begun(new_life: Callable[..., Life]) -> Life:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    return life.assign()


def mend(browser: Browser, life: Life, step: str) -> str:
    """The address of the page that puts the last step of that label right."""
    page = browser.page(f"/desk/cases/{life.reference}/history")
    found = page.xpath(f"//ol[@class='trail']/li[contains(., '{step}')]//p[@class='trail-mend']/a/@href")
    return str(found[-1])


def case_of(life: Life) -> Case:
    with reading() as session:
        return session.scalars(select(Case).where(Case.reference == life.reference)).one()


def test_an_acceptance_goes_back_to_the_review(login: Login, new_life: Callable[..., Life], office: Office) -> None:
    life = begun(new_life).accept()
    officer = login(Duty.OFFICER)
    path = mend(officer, life, "内容明确，转入办理")
    assert officer.submit(path, reason=" ").status_code == 422
    assert login(Duty.REGISTRAR).get(path).status_code == 200
    assert officer.submit(path, reason="申请内容还不明确").status_code == 303
    assert case_of(life).state is CaseState.REVIEWING
    history = officer.page(f"/desk/cases/{life.reference}/history")
    (mended,) = history.xpath("//ol[@class='trail']/li[.//a='更正的记载']")
    assert "内容明确，转入办理" in mended.text_content()
    (mending,) = history.xpath("//ol[@class='trail']/li[.//a='办错的步骤']")
    assert "退回审核（更正转入办理）" in mending.text_content()
    assert "不能「退回审核（更正转入办理）」" in words(officer.get(path))
    with reading() as session:
        assert verify(session, office.store.folder.parent / "anchors") is None


def test_a_correction_that_never_came_is_revoked(login: Login, new_life: Callable[..., Life]) -> None:
    life = begun(new_life).ask_correction("所申请批复的年份不明确", "请写明批复作出的年份或者文号")
    waiting = case_of(life)
    life.receive_correction("二〇二五年某工程的批复")
    received = case_of(life)
    assert received.due_on != waiting.due_on
    head = login(Duty.HEAD)
    path = mend(head, life, "收到补正")
    assert "由2026年" in words(head.get(path))
    assert head.submit(path, reason="材料是另一件申请的").status_code == 303
    after = case_of(life)
    assert (after.state, after.due_on, after.stopped_since) == (
        CaseState.CORRECTING,
        waiting.due_on,
        waiting.stopped_since,
    )
    life.receive_correction("二〇二四年某工程的批复")
    assert case_of(life).state is CaseState.REVIEWING


def test_a_delivery_that_did_not_happen_ends_the_term_of_the_applicant(
    login: Login, new_life: Callable[..., Life]
) -> None:
    life = begun(new_life).ask_correction("所申请批复的年份不明确", "请写明批复作出的年份或者文号", way="hand")
    head = login(Duty.HEAD)
    path = mend(head, life, "登记送达")
    assert head.submit(path, reason="签收的是另一人").status_code == 303
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        letter = next(one for one in case.letters if one.kind == LetterKind.CORRECTION_NOTICE)
        assert (letter.state.value, letter.delivered_on) == ("sent", None)
        assert [one.result for one in letter.attempts] == [None]
    assert case.state is CaseState.CORRECTING


def test_a_step_with_a_page_of_its_own_is_led_to_with_the_reason_kept(
    login: Login, new_life: Callable[..., Life]
) -> None:
    life = begun(new_life)
    officer, head = login(Duty.OFFICER), login(Duty.HEAD)
    assert "您没有这一职责" in words(officer.get(mend(officer, life, "分办")))
    answer = head.submit(mend(head, life, "分办"), reason="应由另一科室办理")
    assert answer.location == f"/desk/cases/{life.reference}/steps/reassign"
    assert "应由另一科室办理" in words(head.get(f"/desk/cases/{life.reference}"))
    assert head.get(f"/desk/cases/{life.reference}/history/9999/mistake").status_code == 404
