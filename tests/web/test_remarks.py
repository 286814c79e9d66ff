"""What officials keep among themselves: remarks that mention a colleague, watching, ties; the applicant sees none of it."""

from collections.abc import Callable

from sqlalchemy import select, update

from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, User
from gkapply.casework.remarks import mentioned
from gkapply.casework.verification import verify
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]


def told(office: Office, duty: Duty) -> list[str]:
    """The kinds of what the holder of a duty was told."""
    query = select(Notification.kind).where(Notification.user_id == office.staff[duty].user_id)
    with reading() as session:
        return list(session.scalars(query.where(Notification.kind.in_(("mentioned", "watched")))))


def test_a_remark_is_kept_and_tells_whom_it_mentions(
    login: Login, new_life: Callable[..., Life], office: Office
) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    officer, page = login(Duty.OFFICER), f"/desk/cases/{life.reference}"
    assert officer.submit(f"{page}/remarks", text="  ").status_code == 422
    assert officer.submit(f"{page}/remarks", text="附件是机密★一年").status_code == 422
    name = office.staff[Duty.REVIEWER].name
    assert officer.submit(f"{page}/remarks", text=f"请@{name}看一下是否涉及第三方").status_code == 303
    shown = words(login(Duty.REVIEWER).get(page))
    assert f"请@{name}看一下是否涉及第三方" in shown
    assert told(office, Duty.REVIEWER) == ["mentioned"]
    assert told(office, Duty.SIGNER) == []


def test_whoever_watches_is_told_once_a_day_of_what_others_do(
    login: Login, new_life: Callable[..., Life], office: Office
) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    head, page = login(Duty.HEAD), f"/desk/cases/{life.reference}"
    assert head.submit(page, f"{page}/watch").status_code == 303
    number = life.reference.removeprefix("AYX-")
    assert number in words(head.get("/desk?view=watched"))
    assert login(Duty.REVIEWER).submit(page, f"{page}/watch").status_code == 303
    with transaction() as session:
        held = DutyHolding.user_id == office.staff[Duty.REVIEWER].user_id
        session.execute(update(DutyHolding).where(held).values(ended_at=life.now))
    life.assign().accept()
    assert told(office, Duty.HEAD) == ["watched"]
    assert told(office, Duty.REVIEWER) == [], "who has left the office is told nothing more"
    assert head.submit(page, f"{page}/watch").status_code == 303
    assert number not in words(head.get("/desk?view=watched"))


def test_a_tie_stands_on_both_sides_until_it_is_loosened(login: Login, new_life: Callable[..., Life]) -> None:
    one, other = new_life(), new_life()
    for life in (one, other):
        life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    officer, page = login(Duty.OFFICER), f"/desk/cases/{one.reference}"
    number = other.reference.removeprefix("AYX-")
    for wrong in (one.reference, "2026-9999"):
        assert officer.submit(f"{page}/ties", other=wrong, reason="同一工程").status_code in (404, 422)
    assert officer.submit(f"{page}/ties", other=number, reason="同一工程的两份批复").status_code == 303
    assert officer.submit(f"{page}/ties", other=number, reason="再来一次").status_code == 422
    there = officer.page(f"/desk/cases/{other.reference}")
    assert "同一工程的两份批复" in there.text_content()
    loosen = there.xpath("//a[contains(@href, '/ties/')]/@href")[0]
    assert officer.submit(loosen, reason="核对后不是同一工程").status_code == 303
    assert "同一工程的两份批复" not in words(officer.get(page))


def test_the_longest_name_is_the_one_mentioned() -> None:
    short, long = User(name="张三"), User(name="张三丰")
    assert mentioned("请＠张三丰核对", [short, long]) == [long]
    assert mentioned("请@张三和@张三丰核对", [short, long]) == [long, short]


def test_the_journal_stays_whole(login: Login, new_life: Callable[..., Life], office: Office) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    login(Duty.OFFICER).submit(f"/desk/cases/{life.reference}/remarks", text="已电话核对")
    with reading() as session:
        assert verify(session, office.store.folder.parent / "anchors") is None
