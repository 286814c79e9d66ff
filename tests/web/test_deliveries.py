"""The delivery ledger on pages: its lists, its export, entering the result for one of several recipients."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from docx import Document
from sqlalchemy import select

from gkapply.casework.access_log import AccessEntry
from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.sheets import harmless, read_csv
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

POSTED = date(2026, 3, 16)
Login = Callable[[Duty], Browser]


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """11 o'clock on the day after the posting."""
    with time_machine.travel(datetime(2026, 3, 17, 3, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def life(new_life: Callable[..., Life]) -> Life:
    """A reply to two applicants, signed on 16 March 2026."""
    life = new_life()
    both = replace(PERSON, joint="=HYPERLINK(1)，110101200901010016，13900000000")
    life.register(walked_in(both, "2024年统计公报"), life.at_the_counter()).assign().accept().come_to(POSTED)
    life.decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply()
    return life.submit_reply().pass_review().sign_reply()


def step(trigger: str) -> str:
    with reading() as session:
        (uid,) = session.scalars(select(Letter.uid).where(Letter.kind.startswith("reply"))).all()
    return f"/desk/letters/{uid}/steps/{trigger}"


def test_two_applicants_each_with_a_number_of_their_own(life: Life, login: Login) -> None:
    registrar = login(Duty.REGISTRAR)
    assert "2026年3月30日" in words(registrar.get("/desk/deliveries?view=to_send"))
    wrong = registrar.submit(step("send"), step("send"), way="post", on="2026-03-16", tracking="XA1\nXA2\nXA3")
    assert wrong.status_code == 422
    assert "填写了3个邮件号码" in words(wrong)
    registrar.submit(step("send"), step("send"), way="post", on="2026-03-16", at="16:40", tracking="XA1\nXA2")
    seen = words(registrar.get("/desk/deliveries?view=on_the_way"))
    assert "XA1" in seen
    assert "2026年3月16日 16:40邮寄" in seen
    page = parsed(registrar.get(step("note_delivery")))
    (first, _) = page.xpath("//input[@name='to']/@value")
    done = registrar.submit(step("note_delivery"), step("note_delivery"), on="2026-03-17", to=[first], signed_by="本人")
    assert done.status_code == 303
    assert "还有1人没有送达" in words(registrar.get(done.headers["Location"]))
    assert "签收人：本人" in words(registrar.get("/desk/deliveries"))


def test_the_export_names_every_attempt_and_holds_no_formula(life: Life, login: Login) -> None:
    life.send_reply("post")
    answer = login(Duty.OFFICER).get("/desk/deliveries.csv?view=all")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    heads, *rows = [cells for _, cells in read_csv(answer.get_data().decode("utf-8-sig"))]
    assert [row[heads.index("受送达人")] for row in rows] == ["申请人甲", "'=HYPERLINK(1)"]
    assert {row[heads.index("结果")] for row in rows} == {"在途"}
    with reading() as session:
        assert session.scalars(select(AccessEntry.deed)).all() == ["deliveries.exported"]


@pytest.mark.parametrize("cell", ["=1+1", "+8613800001234", "-2", "@SUM(A1)", "\t=1", "＝1"])
def test_a_cell_that_would_be_reckoned_is_shown_as_it_stands(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("安府公开〔2026〕12号") == "安府公开〔2026〕12号"


def test_what_is_ready_is_packed_exported_and_printed(life: Life, login: Login) -> None:
    registrar = login(Duty.REGISTRAR)
    address = "/desk/deliveries/post"
    page = parsed(registrar.get(address))
    references = page.xpath("//input[@name='letters']/@value")
    assert references == [f"{life.reference}/2/1", f"{life.reference}/2/2"]
    file = registrar.submit(address, address, letters=references, make="export")
    heads, first, second = [cells for _, cells in read_csv(file.get_data().decode("utf-8-sig"))]
    assert heads == ["收件人", "电话", "地址", "邮编", "内件品名", "备注"]
    assert first[5] == references[0]
    assert second[0] == "'=HYPERLINK(1)"
    envelopes = registrar.submit(address, address, letters=references[:1], make="envelopes")
    assert "申请人甲收" in words(envelopes).replace(" ", "")
    assert len(parsed(envelopes).xpath("//p[@class='postcode']/span")) == 6
    assert "申请人甲" in words(registrar.submit(address, address, letters=references, make="labels"))
    with reading() as session:
        deeds = set(session.scalars(select(AccessEntry.deed).where(AccessEntry.case_id.is_not(None))))
    assert deeds >= {"parcels.shown", "parcels.export", "parcels.envelopes", "parcels.labels"}
    assert registrar.submit(address, address, letters=["X/1/1"], make="export").status_code == 422


def test_the_posts_file_is_previewed_then_entered_whole(life: Life, login: Login) -> None:
    registrar = login(Duty.REGISTRAR)
    address = "/desk/deliveries/import"
    good = f"参考号,邮件号,交寄日期\n{life.reference}/2/1,XA00000001,2026-03-16\n"
    bad = registrar.submit(address, address, file=(BytesIO(f"{good}X/1/1,XA2,2026-03-16\n".encode()), "回传.csv"))
    assert "第3行：邮件号「XA2」" in words(bad)
    assert parsed(bad).xpath("//form[contains(@action, 'confirm')]") == []
    seen = registrar.submit(address, address, file=(BytesIO(good.encode()), "回传.csv"))
    assert "2026-03-16交寄" in words(seen)
    hidden = {name: parsed(seen).xpath(f"//main//input[@name='{name}']/@value")[0] for name in ("content", "name")}
    typed = {**hidden, "csrf_token": registrar.token()}
    done = registrar.post(f"{address}/confirm", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert done.status_code == 303
    assert "已登记1行" in words(registrar.get("/desk/deliveries"))
    assert "XA00000001" in words(registrar.get("/desk/deliveries"))


def test_many_results_on_one_screen(life: Life, login: Login) -> None:
    registrar = login(Duty.REGISTRAR)
    address = "/desk/deliveries/enter"
    first, second = (f"{life.reference}/2/{place}" for place in (1, 2))
    rows = {"rows-0-reference": first, "rows-0-tracking": "xa00000001", "rows-0-on": "2026-03-16"}
    rows |= {"rows-1-reference": second, "rows-1-tracking": "XA00000002", "rows-1-on": "2026-03-16"}
    blank = {f"rows-{place}-{name}": "" for place in (0, 1) for name in ("known",)}
    assert registrar.submit(address, address, **blank, **rows).status_code == 303
    page = parsed(registrar.get(address))
    assert page.xpath("//input[@name='rows-0-known']/@value") == ["XA00000001"]
    del rows["rows-0-tracking"], rows["rows-1-tracking"]
    rows |= {
        "rows-0-known": "XA00000001",
        "rows-0-outcome": "delivered",
        "rows-0-said": "本人",
        "rows-0-on": "2026-03-17",
    }
    rows |= {
        "rows-1-known": "XA00000002",
        "rows-1-outcome": "refused",
        "rows-1-said": "拒收",
        "rows-1-on": "2026-03-15",
    }
    refused = registrar.submit(address, address, **{**blank, **rows})
    assert refused.status_code == 422
    assert "第2行：拒收日期2026-03-15须在交寄日期至今天之间" in words(refused)
    registrar.submit(address, address, **{**blank, **rows, "rows-1-on": "2026-03-17"})
    seen = words(registrar.get("/desk/deliveries?view=came_back"))
    assert "签收人：本人" in seen
    assert "拒收" in seen


def test_a_delivery_record_is_filled_in_for_the_recipient(life: Life, login: Login) -> None:
    registrar = login(Duty.REGISTRAR)
    uid = step("send").split("/")[3]
    assert "打印送达回证" in words(registrar.get(f"/desk/letters/{uid}"))
    answer = registrar.get(f"/desk/letters/{uid}/delivery-record/1")
    text = "".join(
        node.text or "" for node in Document(BytesIO(answer.get_data())).element.iter() if node.tag.endswith("}t")
    )
    assert "送达回证" in text
    assert "申请人甲" in text
    assert PERSON.id_number not in text
    assert registrar.get(f"/desk/letters/{uid}/delivery-record/3").status_code == 404
