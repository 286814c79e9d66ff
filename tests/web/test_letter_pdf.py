"""The PDF of a letter on pages: for the office at once, for the applicant once it is there; and plain words where there is none."""

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from gkapply import pdf
from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, request
from gkapply.demo.life import Life
from tests.web.browser import Browser, parsed, words
from tests.web.test_track import look
from workflows.duties import Duty

PAGES = b"%PDF-1.7 pages"


@pytest.fixture
def received(new_life: Callable[..., Life]) -> Life:
    """A request sent on the web, with its 收件回执 made."""
    return new_life().apply_online(request(COMPANY, "申请公开施工合同")).confirm().render()


@pytest.fixture
def uid(received: Life) -> str:
    with reading() as session:
        return session.scalars(select(Letter.uid)).one()


@pytest.fixture
def office_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something that makes the same pages of every document."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nprintf '%s' '{PAGES.decode()}' > paper.pdf\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "PROGRAMS", (str(program),))


@pytest.mark.usefixtures("office_program")
def test_office_and_applicant_fetch_the_same_pages(
    client: Browser, login: Callable[[Duty], Browser], received: Life, uid: str, moment: time_machine.Traveller
) -> None:
    page = look(client, received, moment)
    fetch = next(one for one in parsed(page).xpath("//main//form/@action") if "/letter/" in one)
    assert client.get(f"{fetch}/pdf").status_code == 404
    client.submit(page, fetch)
    assert "下载PDF" not in words(look(client, received, moment))
    assert client.get(f"{fetch}/pdf").status_code == 404

    officer = login(Duty.OFFICER)
    link = f"/desk/letters/{uid}/pdf"
    assert link in parsed(officer.get(f"/desk/letters/{uid}")).xpath("//main//a/@href")
    made = officer.get(link)
    assert (made.data, made.mimetype) == (PAGES, "application/pdf")
    assert "attachment" in made.headers["Content-Disposition"]
    assert f"{fetch}/pdf" in parsed(look(client, received, moment)).xpath("//main//a/@href")
    assert client.get(f"{fetch}/pdf").data == PAGES
    keeper = login(Duty.TEMPLATE_KEEPER)
    assert keeper.get(link).status_code == 403


def test_without_the_program_the_page_says_so(
    login: Callable[[Duty], Browser], uid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PROGRAMS", ("no-such-program",))
    officer = login(Duty.OFFICER)
    page = officer.get(f"/desk/letters/{uid}")
    assert "服务器没有安装 LibreOffice，只提供 docx 文件" in words(page)
    assert "下载文书文件（PDF）" not in words(page)
    refused = officer.get(f"/desk/letters/{uid}/pdf")
    assert refused.status_code == 422
    assert "没有安装 LibreOffice" in words(refused)
    assert "不生成 PDF" in words(login(Duty.SYSADMIN).get("/admin"))
