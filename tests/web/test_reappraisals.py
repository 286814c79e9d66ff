"""A round of reappraisal on pages: gathered from refusals and documents, decided, reviewed, confirmed by another, shown to everybody."""

from collections.abc import Callable
from io import BytesIO

from gkapply.sheets import write_csv
from tests.web.browser import Browser, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
ROUNDS, DOCUMENTS = "/desk/reappraisals", "/desk/official-documents"
HEADS = ("题名", "文号", "公开属性", "依据", "理由", "下次评估审查日期", "有效期至", "成文日期")
REGISTERED = [
    ("岗位轮换方案", "安府办〔2024〕7号", "不予公开", "内部事务信息", "人事管理", "2026-05-01", "", "2024-05-01"),
    ("预案汇编", "安府办〔2024〕8号", "依申请公开", "", "篇幅较大", "2026-05-01", "", "2024-05-01"),
    ("以后再看的方案", "安府办〔2025〕9号", "不予公开", "内部事务信息", "人事管理", "2027-05-01", "", "2025-05-01"),
    ("道路养护办法", "安府规〔2021〕1号", "主动公开", "", "", "", "2026-03-31", "2021-04-01"),
]


def register(browser: Browser) -> None:
    door = f"{DOCUMENTS}/import"
    shown = browser.submit(door, door, file=(BytesIO(write_csv(HEADS, REGISTERED)), "documents.csv"))
    assert browser.submit(shown, f"{door}/confirm", vouched="y").status_code == 303


def begin(browser: Browser) -> str:
    made = browser.submit(ROUNDS, f"{ROUNDS}/begin", since="2026-01-01")
    assert made.status_code == 303, words(made)
    return made.headers["Location"]


def items(browser: Browser, one: str, source: str) -> list[str]:
    page = browser.page(f"{one}?source={source}")
    return [href for href in page.xpath("//main//a/@href") if href.startswith(f"{one}/items/")]


def decide(browser: Browser, item: str, outcome: str, **more: str) -> str:
    done = browser.submit(item, f"{item}/decide", outcome=outcome, **{"reason": "情势没有变化", **more})
    return "" if done.status_code == 303 else words(done)


def test_from_the_work_list_to_the_public_page(login: Login, client: Browser) -> None:
    officer, head, reviewer = login(Duty.OFFICER), login(Duty.HEAD), login(Duty.REVIEWER)
    register(officer)
    one = begin(officer)
    again = officer.forge(f"{ROUNDS}/begin", year="2026", since="2026-01-01", until="2026-06-01")
    assert "还没有确认" in words(again)
    (refused,), (withheld, on_request), (old,) = (
        items(officer, one, source) for source in ("refused", "document", "outdated")
    )
    assert "第三方合法权益（条例第十五条）" in words(officer.get(refused))
    assert "请写明对外公布的名称" in decide(officer, refused, "to_public")
    named = decide(officer, refused, "to_public", public_title="施工合同，联系人13800001234")
    assert "可能有个人信息（手机号码）" in named
    assert decide(officer, refused, "to_public", public_title="道路改造工程的施工合同") == ""
    refused_review = officer.forge(f"{refused}/review", result="open", basis="可以公开", on="2026-06-01")
    assert refused_review.status_code == 403
    assert reviewer.submit(refused, f"{refused}/review", result="open", basis="可以公开").status_code == 303
    assert decide(officer, withheld, "to_public", public_title="岗位轮换方案") == ""
    kept = officer.submit(one, f"{one}/keep", items=on_request.rsplit("/", 1)[1], reason="篇幅仍然较大")
    assert kept.status_code == 303
    assert "还有1项没有认定" in words(officer.get(one))
    assert decide(officer, old, "cleaned", public_title="道路养护办法") == ""
    assert "转为主动公开的第2项还没有通过保密审查" in words(officer.get(one))
    assert reviewer.submit(withheld, f"{withheld}/review", result="open", basis="可以公开").status_code == 303

    assert officer.submit(one, f"{one}/submit").status_code == 303
    assert head.submit(one, f"{one}/return", reason="理由写得再具体些").status_code == 303
    assert "理由写得再具体些" in words(officer.get(one))
    assert officer.submit(one, f"{one}/submit").status_code == 303
    assert head.submit(one, f"{one}/confirm").status_code == 303

    assert "转主动公开决定主动公开，待整理发布" in words(officer.get(refused))
    waiting = officer.page(f"{DOCUMENTS}?stands=to_publish").xpath("//main//tbody//th/a/@href")
    assert len(waiting) == 1
    assert "主动公开" in words(officer.get(waiting[0]))
    assert officer.submit(f"{waiting[0]}/published", f"{waiting[0]}/published", where="门户网站").status_code == 303
    assert "已失效清理" in words(officer.get(f"{DOCUMENTS}?stands=ended"))
    assert "2027年6月1日" in words(officer.get(f"{DOCUMENTS}?words=预案汇编"))
    for ending, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        assert officer.get(f"{one}/file.{ending}").data.startswith(begins)
    assert "篇幅仍然较大" in words(officer.get(f"{one}/sheet"))

    public = one.replace("/desk", "")
    assert client.get(public).status_code == 404
    assert head.submit(one, f"{one}/release", note="本年度评估审查已经完成。").status_code == 303
    assert public in client.page("/reappraisals").xpath("//main//a/@href")
    shown = words(client.get(public))
    for told in (
        "道路改造工程的施工合同（正在整理",
        "岗位轮换方案：门户网站",
        "道路养护办法（失效清理）",
        "转为主动公开2",
        "少于5",
    ):
        assert told in shown
    assert "预案汇编" not in shown
    assert head.submit(one, f"{one}/take-down").status_code == 303
    assert client.get(public).status_code == 404
    later = begin(officer)
    assert [items(officer, later, source) for source in ("refused", "document", "outdated")] == [[], [], []]
