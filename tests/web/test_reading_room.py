"""From the head's decision to the public page: cleaned, checked by another, shown, corrected, taken down."""

import io
from collections.abc import Callable
from uuid import UUID
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from gkapply.casework import reading_room
from gkapply.casework.disclosed import DisclosedFile, DisclosedItem
from gkapply.casework.publications import Publication
from gkapply.casework.reading_room import Choice
from gkapply.casework.records import Case
from gkapply.database import reading
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
ATOM = "{http://www.w3.org/2005/Atom}"
CLEAN = "您申请公开的批复文件予以公开，现主动公开全文。"


@pytest.fixture
def steps() -> Callable[[str], str]:
    """The address of a step of the proposal that waits on the desk."""
    with reading() as session:
        uid = session.scalars(select(Publication.uid).where(Publication.state == "proposed")).one()
    return lambda trigger: f"/desk/publications/{uid}/steps/{trigger}"


def applicant() -> str:
    """The name of whoever suggested the publication."""
    with reading() as session:
        return session.scalars(select(Publication).order_by(Publication.id)).all()[0].case.applicant.name


def entries(browser: Browser) -> list[str]:
    """The titles in the feed."""
    root = ElementTree.fromstring(browser.get("/reading/feed.xml").data)
    return [one.findtext(f"{ATOM}title", "") for one in root.findall(f"{ATOM}entry")]


def nobody_reads(client: Browser, title: str) -> None:
    """Nothing of what is not shown can be had from outside, whoever knows its addresses."""
    with reading() as session:
        files = session.scalars(select(DisclosedFile.uid).where(DisclosedFile.name.contains(".txt"))).all()
        numbers = session.scalars(select(DisclosedItem.number)).all()
        uids = session.scalars(select(DisclosedItem.uid)).all()
    assert files
    for path in ("/", "/reading", "/reading/feed.xml", "/search?q=工程的批复", "/search/suggest.json?q=工程的批复"):
        assert title not in client.get(path).get_data(as_text=True), path
    for number in [*uids, *(one for one in numbers if one)]:
        assert title not in client.get(f"/reading/{number}").text
        for file in files:
            assert client.get(f"/reading/{number}/files/{file}").status_code == 404


def test_a_reply_comes_into_the_reading_room_and_leaves_it(
    login: Login, client: Browser, steps: Callable[[str], str]
) -> None:
    officer, reviewer, head = login(Duty.OFFICER), login(Duty.REVIEWER), login(Duty.HEAD)
    head.submit(steps("accept"), reason="不涉及不予公开的情形")
    page = officer.get(steps("prepare"))
    assert applicant() in words(page), "the reply is to be read beside"
    text = f"{applicant()}：{CLEAN}联系电话13900001111。"
    file = (io.BytesIO("批复全文".encode()), "批复.txt")
    done = officer.submit(steps("prepare"), title="某工程的批复", area="重大建设项目", text=text, uploads=file)
    assert done.headers["Location"] == steps("settle_traces")
    held_back = officer.submit(steps("hand_for_check"))
    assert held_back.status_code == 422
    assert "没有处理" in words(held_back)

    found = officer.page(steps("settle_traces"))
    assert len(found.xpath("//main//mark")) >= 2
    choices = dict.fromkeys(found.xpath("//input[@type='radio']/@name"), "replace")
    assert officer.submit(steps("settle_traces"), **choices).status_code == 303
    assert officer.submit(steps("hand_for_check")).status_code == 303
    assert officer.get(steps("prepare")).status_code == 409, "what is being checked stays as it is"

    mine = officer.get(steps("confirm_version"))
    assert "整理人以外" in words(mine)
    nobody_reads(client, "某工程的批复")
    assert reviewer.submit(steps("confirm_version"), read="y").status_code == 303
    nobody_reads(client, "某工程的批复")
    assert head.submit(steps("show"), review="经审查不涉及国家秘密").status_code == 303

    listed = parsed(client.get("/reading"))
    (address,) = listed.xpath("//main//ol[@class='shelf']//a[.='某工程的批复']/@href")
    shown = client.get(address)
    assert CLEAN in words(shown)
    assert applicant() not in shown.text
    assert "13900001111" not in shown.text
    assert entries(client)[0] == "某工程的批复"
    assert len(entries(client)) == 3
    assert "某工程的批复" in words(client.get("/search?q=某工程的批复")), "the search finds it"
    assert "阅读次数1" in words(client.get(address))
    (download,) = parsed(shown).xpath("//main//table//a/@href")
    handed = client.get(download)
    assert handed.data == "批复全文".encode()
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert handed.headers["X-Content-Type-Options"] == "nosniff"

    officer.submit(steps("begin_version"), reason="补充文号")
    officer.submit(steps("prepare"), text=CLEAN + "文号附后。", change="补充了文号")
    assert "文号附后" not in words(client.get(address)), "the version in work is nobody's to read"
    assert officer.get(steps("take_down")).status_code == 403
    assert head.submit(steps("take_down"), reason="发现第三人信息").status_code == 303
    for path in (address, download):
        assert client.get(path).status_code == 404
    nobody_reads(client, "某工程的批复")
    assert "发现第三人信息" in words(officer.get("/desk/publications"))


def test_no_page_of_the_room_names_a_request(client: Browser) -> None:
    for path in ("/reading", "/reading/feed.xml", "/reading?area=x&organ=y&year=2026", "/reading?year=0000"):
        answer = client.get(path)
        assert answer.status_code in (200, 422)
        with reading() as session:
            for reference in session.scalars(select(Case.reference)):
                assert reference not in answer.text
    assert client.get("/reading/nothing").status_code == 404
    for place in ("x", "2026-01-01~1", f"2026-01-01T00:00%2B00:00~{1 << 63}"):
        assert client.get(f"/reading?after={place}").status_code == 422


def test_the_list_goes_on_from_page_to_page(office: Office) -> None:
    after, seen = "", []
    with reading() as session:
        for _ in range(2):
            marks, after = reading_room.page(session, Choice(), after, most=1)
            seen += [one.title for one in marks]
    assert seen == ["2024年农村危房改造补助标准和各乡镇资金安排", "2024年农村公路养护资金安排"]
    assert after == ""


def test_the_feed_names_its_entries_for_good(client: Browser) -> None:
    root = ElementTree.fromstring(client.get("/reading/feed.xml?area=农村危房改造").data)
    (entry,) = root.findall(f"{ATOM}entry")
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
        assert entry.findtext(f"{ATOM}{name}")
    with reading() as session:
        uid = session.scalars(select(DisclosedItem.uid).where(DisclosedItem.area == "农村危房改造")).one()
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{UUID(uid)}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "安岳县人民政府"
    (link,) = entry.findall(f"{ATOM}link")
    assert client.get(link.attrib["href"]).status_code == 200
