"""The catalogue on pages: imported with a preview, submitted, published, and what everybody then sees of it."""

from collections.abc import Callable
from io import BytesIO

import pytest

from gkapply.casework.catalogue_columns import WRITTEN
from gkapply.sheets import write_csv
from gkapply.workbooks import write_workbook
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
HEADS = [one.head for one in WRITTEN]
ROWS = [
    [
        "社会救助",
        "低保",
        name,
        "标准",
        "《社会救助暂行办法》",
        "20日",
        "安岳县民政局",
        "网站",
        "全社会",
        "主动",
        "县级",
        address,
    ]
    for name, address in (("低保标准", "https://example.gov.cn/db"), ("低保发放结果", ""))
]
EDITION = "//main//a[contains(@href, '/editions/')]/@href"


def import_file(browser: Browser, content: bytes, name: str = "catalogue.csv") -> str:
    """Import a file as a person would, and give back the address of the first draft."""
    preview = browser.submit("/desk/catalogue/import", "/desk/catalogue/import", file=(BytesIO(content), name))
    assert preview.status_code == 200, words(preview)
    done = browser.submit(preview, "/desk/catalogue/import/confirm")
    assert done.status_code == 303, words(done)
    return str(browser.page("/desk/catalogue").xpath(EDITION)[0])


def publish(officer: Browser, head: Browser, edition: str) -> None:
    officer.submit(edition, f"{edition}/submit", note="机构改革")
    head.submit(edition, f"{edition}/publish")


@pytest.fixture
def officer(login: Login) -> Browser:
    return login(Duty.OFFICER)


@pytest.fixture
def head(login: Login) -> Browser:
    return login(Duty.HEAD)


def test_from_the_file_to_the_public_page(client: Browser, officer: Browser, head: Browser) -> None:
    assert "目录尚未发布" in words(client.get("/catalogue"))
    edition = import_file(officer, write_workbook("目录", HEADS, ROWS, [10]), "catalogue.xlsx")
    assert "目录尚未发布" in words(client.get("/catalogue"))
    publish(officer, head, edition)
    assert "1 个领域，2 项" in words(client.get("/catalogue"))
    listed = client.page("/catalogue/areas/社会救助")
    (first, second) = listed.xpath("//main//a[contains(@href, '/catalogue/entries/')]/@href")
    page = parsed(client.get(first))
    assert "https://example.gov.cn/db" in page.xpath("//main//a/@href")
    door = next(href for href in page.xpath("//main//a/@href") if href.startswith("/apply"))
    assert client.get(door).status_code == 200
    assert "about=" in door
    assert "《社会救助暂行办法》" in words(client.get(second))
    assert "查阅次数1次" in words(client.get(second))
    assert second in client.get("/search?q=低保发放结果").text
    table = client.get("/catalogue.csv").get_data().decode("utf-8-sig").splitlines()
    assert len(table) == 3
    for nowhere in ("entries/unknown", "areas/星际航行", "areas/星际航行/changes"):
        assert client.get(f"/catalogue/{nowhere}").status_code == 404
    for ending in ("csv", "xlsx"):
        assert officer.get(f"{edition}/file.{ending}").status_code == 200

    later = import_file(officer, write_csv(HEADS, [[*ROWS[0][:5], "10日", *ROWS[0][6:]]]))
    assert "变更1项，撤下1项" in words(officer.get(later))
    publish(officer, head, later)
    renewed = head.submit(later, "/desk/catalogue/begin")
    assert renewed.headers["Location"] not in (edition, later)
    changes = words(client.get("/catalogue/areas/社会救助/changes"))
    assert "第2版" in changes
    assert "机构改革" in changes
    assert "已从现行目录中撤下" in words(client.get(second))
    assert second not in client.get("/search?q=低保发放结果").text


def test_bad_rows_are_listed_on_the_page_and_nothing_is_kept(officer: Browser) -> None:
    content = write_csv(HEADS, [[*ROWS[0][:9], "随意", *ROWS[0][10:]], ROWS[1]])
    page = officer.submit("/desk/catalogue/import", "/desk/catalogue/import", file=(BytesIO(content), "a.csv"))
    assert page.status_code == 422
    assert "第2行「公开方式」列（「随意」）：应为「主动」「依申请」" in words(page)
    assert officer.page("/desk/catalogue").xpath(EDITION) == []


def test_an_edition_is_compiled_by_hand_and_returned(officer: Browser, head: Browser) -> None:
    begun = officer.submit("/desk/catalogue", "/desk/catalogue/begin", area="养老服务")
    edition = begun.headers["Location"]
    new = f"{edition}/entries/new"
    refused = officer.submit(new, new, name="高龄津贴", address="ftp://a")
    assert refused.status_code == 422
    filled = {"content": "标准", "basis": "依据", "subject": "民政局", "channel": "网站", "level": ["县级", "乡级"]}
    assert officer.submit(new, new, name="高龄津贴", **filled).status_code == 303
    assert "高龄津贴" in words(officer.get(edition))
    entry = officer.page(edition).xpath("//tbody//th/a/@href")[0]
    assert officer.submit(entry, entry, term="每月").status_code == 303
    officer.submit(edition, f"{edition}/submit")
    assert officer.submit(new.replace("/entries/new", ""), f"{edition}/take-back").status_code == 303
    officer.submit("/desk/catalogue", "/desk/catalogue/several", edition=edition.rsplit("/", 1)[-1])
    assert head.submit(edition, f"{edition}/return", reason="").status_code == 422
    assert head.submit(edition, f"{edition}/return", reason="缺少依据").status_code == 303
    assert "缺少依据" in words(officer.get("/desk/catalogue"))


def test_the_pages_are_for_keepers(login: Login, client: Browser) -> None:
    assert login(Duty.REGISTRAR).get("/desk/catalogue").status_code == 403
    assert client.get("/desk/catalogue").status_code == 303
