"""The guide, the blank form, the public figures, and the page on which an organ keeps its guide."""

from collections.abc import Callable
from datetime import date

from gkapply.casework import public_figures
from gkapply.casework.figure_records import PublicFigures
from gkapply.casework.journal import canonical
from gkapply.database import transaction
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty


def test_the_guide_tells_ways_terms_and_tariffs(client: Browser) -> None:
    said = words(client.get("/guide/AYX"))
    for wanted in (
        "网上提交",
        "双方确认之日",
        "当面提交",
        "20个工作日",
        "第1—10件",
        "100元",
        "每件加100元",
        "行政复议",
    ):
        assert wanted in said.replace(" ", ""), wanted
    assert "传真至" not in said, "no fax number was announced"
    assert "/guide/AYX" in parsed(client.get("/guide")).xpath("//main//a/@href")
    assert client.get("/guide/AYX-XCB").status_code == 404
    assert client.get("/guide/none").status_code == 404


def test_what_the_head_enters_is_shown_and_opens_a_way(
    login: Callable[[Duty], Browser], client: Browser, office: Office
) -> None:
    head = login(Duty.HEAD)
    said = {"hours": "工作日9:00—17:00", "fax": "028-00000000", "scope": "<b>公开</b>范围", "email": "not an address"}
    refused = head.submit("/desk/guide", **said)
    assert refused.status_code == 422
    assert "请填写完整的地址" in words(refused)
    assert head.submit("/desk/guide", **(said | {"email": ""})).status_code == 303
    page = client.get("/guide/AYX")
    assert "传真至028-00000000" in words(page)
    assert "&lt;b&gt;公开" in page.text
    assert login(Duty.OFFICER).get("/desk/guide").status_code == 403


def test_the_blank_form_asks_no_purpose(client: Browser) -> None:
    said = words(client.get("/guide/form"))
    assert "证件号码" in said
    assert "申请人类型" in said
    assert "用途*" not in said


def test_small_figures_are_not_told(client: Browser, office: Office) -> None:
    values = dict.fromkeys(public_figures.MEASURES, 0) | {"new": 12, "finished": 12, "disclosed": 10, "refused": 2}
    with transaction() as session:
        kept = canonical(values | {"days": {"20": 12}})
        session.add(PublicFigures(organ_id=office.organ_id, year=2025, counted_on=date(2026, 3, 1), figures=kept))
    page = client.get("/figures")
    cells = [cell for row in parsed(page).xpath("//tbody/tr") for cell in row.xpath("./td/text()")]
    assert cells == ["12", "0", "12", "不单列", "0", "少于5", "0", "0", "0", "0", "0", "0", "20"]
    file = client.get("/figures/file?organ=AYX").get_data().decode("utf-8-sig").splitlines()
    assert file[1] == "2025,12,0,12,不单列,0,少于5,0,0,0,0,0,0,20,2026-03-01"
    assert client.get("/figures?organ=none").status_code == 404
