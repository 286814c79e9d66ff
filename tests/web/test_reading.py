"""Letters read and decided one after the other: only what was shown is decided on, each in its own unit."""

from collections.abc import Callable

from sqlalchemy import select

from gkapply.casework.papers import Letter
from gkapply.database import reading
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty
from workflows.letter import LetterState

__all__ = ["full_desk", "moment", "office"]
PAGE = "/desk/reading"
Login = Callable[[Duty], Browser]


def waiting(state: LetterState) -> dict[str, Letter]:
    """The letters in that state by uid."""
    with reading() as session:
        return {one.uid: one for one in session.scalars(select(Letter).where(Letter.state == state))}


def listed(browser: Browser) -> list[str]:
    """The letters that the page shows."""
    return [str(value) for value in browser.page(PAGE).xpath("//input[@name='letter']/@value")]


def test_a_reader_decides_on_some_letters_and_leaves_the_others(login: Login) -> None:
    signer = login(Duty.SIGNER)
    shown = listed(signer)
    assert shown, "letters wait for the signer"
    assert set(shown) <= set(waiting(LetterState.SIGNATURE)) | set(waiting(LetterState.REVIEW))
    first, *others = shown
    page = signer.get(PAGE)
    assert len(parsed(page).xpath("//article[@class='letter']")) == len(shown)
    done = signer.submit(page, PAGE, **{f"{first}-decision": "agree"})
    assert done.status_code == 303
    with reading() as session:
        states = {one.uid: one for one in session.scalars(select(Letter).where(Letter.uid.in_(shown)))}
    assert states[first].signed_by is not None or states[first].state is LetterState.SIGNATURE
    assert first not in listed(signer)
    assert all(not states[one].signed_on for one in others)


def test_a_return_without_reason_keeps_what_was_chosen_and_the_rest_is_done(login: Login) -> None:
    signer = login(Duty.SIGNER)
    shown = listed(signer)
    first = shown[0]
    refused = signer.submit(PAGE, PAGE, **{f"{first}-decision": "return", f"{first}-comment": "  "})
    assert refused.status_code == 422
    assert "退回须说明理由" in words(refused)
    assert parsed(refused).xpath(f"//input[@name='{first}-decision'][@checked]/@value") == ["return"]
    assert signer.submit(refused, PAGE, **{f"{first}-comment": "第二段的文号有误"}).status_code == 303
    assert first in waiting(LetterState.DRAFT)


def test_a_text_that_changed_since_it_was_read_is_not_decided_on(login: Login) -> None:
    signer = login(Duty.SIGNER)
    first = listed(signer)[0]
    stale = signer.submit(PAGE, PAGE, **{f"{first}-decision": "agree", f"{first}-read": "0" * 64})
    assert stale.status_code == 409
    assert "已有变动" in words(stale)
    assert first in listed(signer)


def test_the_author_never_finds_a_letter_of_their_own(login: Login, office: Office) -> None:
    for duty in (Duty.SIGNER, Duty.REVIEWER, Duty.HEAD):
        browser, me = login(duty), office.staff[duty].user_id
        with reading() as session:
            authors = session.scalars(select(Letter.author_id).where(Letter.uid.in_(listed(browser))))
            assert me not in set(authors)


def test_a_letter_goes_back_with_marks_on_its_sentences(login: Login) -> None:
    signer = login(Duty.SIGNER)
    uid = next(one for one in listed(signer) if one in waiting(LetterState.SIGNATURE))
    path = f"/desk/letters/{uid}/steps/return_signature"
    page = signer.get(path)
    sentence = str(parsed(page).xpath("//select[@name='marks-0-words']/option[@value!='']/@value")[2])
    half = signer.submit(page, path, comment="见批注", **{"marks-0-words": sentence})
    assert half.status_code == 422
    assert "请写明怎样修改" in words(half)
    grown = signer.submit(half, path, more="再加三条批注")
    assert parsed(grown).xpath("//select[@name='marks-5-words']")
    assert parsed(grown).xpath("//select[@name='marks-0-words']/option[@selected]/@value") == [sentence]
    assert signer.submit(half, path, **{"marks-0-remark": "日期与登记不符"}).status_code == 303
    shown = words(login(Duty.OFFICER).get(f"/desk/letters/{uid}/steps/revise"))
    assert f"{' '.join(sentence.split())}批注：日期与登记不符" in shown
