"""The page on which a register of reviews and suits is imported: previewed, confirmed once, refused whole."""

from collections.abc import Callable
from io import BytesIO

from sqlalchemy import select

from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.sheets import write_csv
from tests.web.browser import Browser, words
from tests.web.full_desk import full_desk, moment, office
from workflows.application import CaseState
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
ADDRESS = "/desk/disputes/import"
HEADS = ("登记编号", "类型", "提出日期", "结果", "办结日期")


def upload(*row: str) -> tuple[BytesIO, str]:
    return BytesIO(write_csv(HEADS, [row])), "争议.csv"


def test_a_register_is_previewed_and_entered_whole(login: Login) -> None:
    browser = login(Duty.REGISTRAR)
    assert browser.page("/desk/disputes").xpath(f"//main//a[@href='{ADDRESS}']")
    assert "登记编号,类型,提出日期" in browser.get(f"{ADDRESS}/empty.csv").data.decode("utf-8-sig")
    with reading() as session:
        query = select(Case.number).where(Case.state == CaseState.REPLIED).order_by(Case.id)
        number = session.scalars(query).first() or ""
    bad = browser.submit(ADDRESS, ADDRESS, file=upload(number, "行政诉讼", "昨天", "胜诉", ""))
    assert bad.status_code == 422
    told = words(bad)
    assert "3 处错误" in told
    assert "第2行「提出日期」列（「昨天」）" in told
    sound = number, "行政复议", "2026-05-29", "", ""
    preview = browser.submit(ADDRESS, ADDRESS, file=upload(*sound))
    assert "新登记1件" in words(preview)
    done = browser.submit(preview, f"{ADDRESS}/confirm")
    assert done.status_code == 303
    assert "新登记1件" in words(browser.get("/desk/disputes"))
    again = browser.submit(ADDRESS, ADDRESS, file=upload(*sound))
    assert "1件与系统中的相同" in words(again)
    assert not browser.page(ADDRESS).xpath("//form[contains(@action,'confirm')]")
    assert login(Duty.ARCHIVIST).get(ADDRESS).status_code == 403
