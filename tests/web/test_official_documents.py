"""The register of attributes of official documents on pages: typed, imported with a preview, corrected, voided, handed out."""

from collections.abc import Callable
from io import BytesIO

from werkzeug.test import TestResponse

from gkapply.sheets import write_csv
from tests.web.browser import Browser, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
LIST, IMPORT = "/desk/official-documents", "/desk/official-documents/import"
HEADS = ("题名", "文号", "公开属性", "不予公开的依据", "理由")
ROWS = [
    ["岗位轮换方案", "安府办〔2025〕7号", "不予公开", "内部事务信息", "人事管理"],
    ["县级预案汇编", "安府办〔2025〕8号", "依申请公开", "", "篇幅较大"],
]


def preview(browser: Browser, rows: list[list[str]]) -> TestResponse:
    return browser.submit(IMPORT, IMPORT, file=(BytesIO(write_csv(HEADS, rows)), "documents.csv"))


def test_a_document_is_typed_corrected_and_voided(login: Login) -> None:
    officer = login(Duty.OFFICER)
    given = {
        "title": "储备粮轮换请示",
        "number": "安府〔2025〕3号",
        "attribute": "withheld",
        "reason": "报批之前的请示",
    }
    for missing, field in (({"ground": "refused_process"}, "国家秘密"), ({"vouched": "y"}, "不予公开的，应当写明依据")):
        refused = officer.submit(f"{LIST}/new", f"{LIST}/new", **given, **missing)
        assert refused.status_code == 422
        assert field in words(refused)
    given |= {"ground": "refused_process", "vouched": "y"}
    made = officer.submit(f"{LIST}/new", f"{LIST}/new", **given)
    assert made.status_code == 303
    one = made.headers["Location"]
    shown = words(officer.get(one))
    assert "过程性信息（条例第十六条第二款）" in shown
    assert "下次评估审查2027年3月2日" in shown
    again = officer.submit(f"{LIST}/new", f"{LIST}/new", **given)
    assert "这一文号已经登记过" in words(again)
    edit = f"{one}/edit"
    opened = officer.submit(edit, edit, attribute="proactive", vouched="y")
    assert "须经评估审查" in words(opened)
    first, late = officer.get(edit), officer.get(edit)
    assert officer.submit(first, edit, title="县级储备粮轮换请示", vouched="y").status_code == 303
    assert officer.submit(late, edit, title="别的", vouched="y").status_code == 409
    assert "县级储备粮轮换请示" in words(officer.get(f"{LIST}?words=储备粮&attribute=withheld"))
    assert officer.submit(one, f"{one}/void", reason="登记重复").status_code == 303
    assert "县级储备粮轮换请示" not in words(officer.get(LIST))
    assert "已作废" in words(officer.get(f"{LIST}?stands=ended"))
    assert login(Duty.SIGNER).get(edit).status_code == 403


def test_a_table_is_taken_whole_once_or_not_at_all(login: Login) -> None:
    officer = login(Duty.OFFICER)
    bad = preview(officer, [*ROWS, ["某件", "", "保密", "", ""]])
    assert bad.status_code == 422
    assert "第4行「公开属性」列（「保密」）" in words(bad)
    shown = preview(officer, ROWS)
    assert "新登记 2 件，更正 0 件" in words(shown)
    unsure = officer.submit(shown, f"{IMPORT}/confirm")
    assert unsure.status_code == 422
    assert "没有符合条件的公文" in words(officer.get(LIST))
    assert officer.submit(shown, f"{IMPORT}/confirm", vouched="y").status_code == 303
    assert officer.submit(shown, f"{IMPORT}/confirm", vouched="y").status_code == 409
    assert "2 件与登记相同" in words(preview(officer, ROWS))
    assert "须经评估审查" in words(preview(officer, [[*ROWS[1][:2], "主动公开", "", ""]]))
    changed = preview(officer, [[*ROWS[0][:4], "人事管理信息"], ROWS[1]])
    assert "更正 1 件，1 件与登记相同" in words(changed)
    assert officer.submit(changed, f"{IMPORT}/confirm", vouched="y").status_code == 303
    table = officer.get(f"{LIST}/file.csv?words=岗位").get_data().decode("utf-8-sig").splitlines()
    assert len(table) == 2
    assert "人事管理信息" in table[1]
    assert officer.get(f"{LIST}/file.xlsx").data.startswith(b"PK")
    assert officer.get(f"{IMPORT}/empty.xlsx").data.startswith(b"PK")
