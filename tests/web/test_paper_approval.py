"""The pages of approval on paper: the ladder on the letter, the sheet to print, the entry, the confirmation."""

from collections.abc import Callable
from io import BytesIO

from sqlalchemy import select

from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def waiting() -> Letter:
    with reading() as session:
        return session.scalars(select(Letter).where(Letter.state == "review").order_by(Letter.id).limit(1)).one()


def test_a_reply_goes_over_paper_to_its_signature(login: Login, office: Office) -> None:
    letter = waiting()
    page, path = f"/desk/letters/{letter.uid}", f"/desk/letters/{letter.uid}/steps/approve_on_paper"
    clerk = login(Duty.REGISTRAR)
    rungs = parsed(clerk.get(page)).xpath("//ol[@class='ladder']/li")
    assert [one.get("class") for one in rungs] == ["done", "now", "later"]
    assert "可由审核人办理" in rungs[1].text_content()
    sheet = clerk.get(f"{page}/approval-sheet").data
    assert any(page in line for line in paragraphs(sheet))

    reviewer = str(office.staff[Duty.REVIEWER].user_id)
    lacking = clerk.submit(path, leader=reviewer, on="2026-06-01", comment="同意")
    assert lacking.status_code == 422
    assert "请上传签批后的呈批单" in words(lacking)
    done = clerk.submit(path, leader=reviewer, on="2026-06-01", comment="同意", scan=(BytesIO(PNG), "呈批单.png"))
    assert done.status_code == 303
    shown = clerk.get(page)
    assert "纸质签批（2026年6月1日，登记员代录）" in words(shown)
    assert parsed(shown).xpath("//a[text()='签批后的呈批单']/@href")

    leader = login(Duty.REVIEWER)
    assert leader.submit(f"/desk/letters/{letter.uid}/steps/confirm_paper", comment="").status_code == 303
    assert "确认纸质签批" in words(leader.get(page))
    signed = clerk.submit(
        path, leader=str(office.staff[Duty.SIGNER].user_id), on="2026-06-01", scan=(BytesIO(PNG), "呈批单.png")
    )
    assert signed.status_code == 303
    assert "已代录" in words(clerk.get(signed.location))
    gone = clerk.get(f"{page}/approval-sheet")
    assert gone.status_code == 422
