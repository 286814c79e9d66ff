"""The open work of a leaving clerk goes to somebody else in one go; an account with open work is not closed unawares."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from gkapply.casework import accounts, referral_desk, referring, units
from gkapply.casework.journal import JournalEntry
from gkapply.casework.people import DutyHolding, User
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.casework.referring import Wish
from gkapply.casework.units import UnitDetails
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, walked_in
from gkapply.demo.life import Life
from tests.casework.conftest import MONDAY, Office
from tests.web.browser import Browser, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]


def test_work_goes_over_in_one_go(login: Login, office: Office, new_life: Callable[[], Life]) -> None:
    handling, approving = new_life(), new_life()
    handling.register(walked_in(COMPANY, "公路养护资金的安排文件"), handling.at_the_counter()).assign().accept()
    approving.register(walked_in(COMPANY, "路灯立项文件"), approving.at_the_counter()).assign().accept()
    approving.search("“路灯”", "没有制作或者获取该信息的记录").decide(
        1, "not_existing", {}
    ).draft_reply().submit_reply()
    leaver, head, now = office.staff[Duty.OFFICER], office.staff[Duty.HEAD], datetime.now(UTC)
    assert leaver.user_id is not None
    with transaction() as session:
        taker, _ = accounts.add_user(session, "successor", "接任承办人", accounts.operator(), now)
        taker.holdings = [DutyHolding(organ_id=office.organ_id, duty="officer", valid_from=MONDAY)]
        unit = units.add_unit(session, UnitDetails("征地拆迁股"), head, now)
        units.set_members(session, unit, [leaver.user_id], head, now)
        case = session.scalars(select(Case).where(Case.reference == handling.reference)).one()
        (sent,) = referring.refer(session, case, Wish("joint", [unit.uid], "请核对", 3), head, now)
        referral_desk.accept(session, sent, leaver, now)
        taker_id = taker.id
    closing, admin = "/admin/users/officer/close", login(Duty.SYSADMIN)
    refused = admin.submit("/admin/users/officer", closing)
    assert "名下还有3件没有办结的申请或者转办" in words(refused)
    browser = login(Duty.HEAD)
    assert "2" in words(browser.get("/desk/handover"))
    page = f"/desk/handover/{leaver.user_id}"
    assert login(Duty.OFFICER).get(page).status_code == 403
    assert browser.get(f"/desk/handover/{taker_id}").status_code == 404
    listed = browser.submit(page, taker=str(taker_id), reason="岗位调整")
    assert listed.status_code == 200
    said = words(listed)
    assert all(part in said for part in (handling.reference, approving.reference, "接任承办人", "监交人签名"))
    assert browser.get(page).status_code == 404
    with reading() as session:
        assert set(session.scalars(select(Case.officer_id))) == {taker_id}
        assert session.scalars(select(Referral.taken_by)).one() is None
        deeds = list(session.scalars(select(JournalEntry.deed).where(JournalEntry.actor == head.signature)))
    assert (deeds.count("application.reassign"), deeds.count("referral.hand_over")) == (2, 1)
    assert admin.submit("/admin/users/officer", closing).status_code == 303
    with reading() as session:
        assert session.get_one(User, leaver.user_id).closed_at is not None
