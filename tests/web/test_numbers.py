"""The pages of letter numbers: the register, its csv, the gaps; the series of a signing name; a number typed at the signature."""

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from gkapply.casework import letterbook
from gkapply.casework.correction import CorrectionNotice, propose
from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.web.csv_file import csv_file
from tests.web.browser import Browser, words
from workflows.duties import CASE_DUTIES, Duty

Login = Callable[[Duty], Browser]
SERIES = "/admin/organs/AYX/signing-names/安府办公开/numbers"
NOTICE = LetterKind.CORRECTION_NOTICE


def waiting(new_life: Callable[..., Life]) -> tuple[Life, str]:
    """A request with a correction notice before the head, and the path of the step."""
    life = new_life()
    life.register(walked_in(PERSON, "某工程"), life.at_the_counter()).assign()
    life.do(
        Duty.OFFICER,
        lambda s, case, actor, now: propose(
            s, case, CorrectionNotice("请写明工程的年度", "写明年度可以帮助检索", 15), actor, now
        ),
    )
    life._on_letter(NOTICE, Duty.OFFICER, letterbook.submit)
    with reading() as session:
        uid = session.scalars(select(Letter.uid).order_by(Letter.id.desc())).first()
    return life, f"/desk/letters/{uid}/steps/sign_notice"


def outside(login: Login) -> None:
    answer = login(Duty.SYSADMIN).submit(SERIES, source="outside", correction="安府补告")
    assert answer.status_code == 303


def test_who_sees_the_register(login: Login) -> None:
    seeing = {Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST}
    for duty in CASE_DUTIES:
        assert (login(duty).get("/desk/numbers").status_code == 200) is (duty in seeing), duty
    assert login(Duty.REGISTRAR).get(SERIES).status_code == 403


def test_a_series_is_chosen_on_the_signing_names_page(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    assert "文号设置" in words(browser.get("/admin/organs/AYX/signing-names/安府办公开"))
    answer = browser.submit(SERIES, refused="安府2026")
    assert "不予公开的答复：代字须为2至20个汉字" in words(answer)
    answer = browser.submit(SERIES, correction="安府公开")
    assert answer.status_code == 422
    assert "代字「安府公开」已用于「安岳县人民政府」" in words(answer)
    answer = browser.submit(SERIES, correction="安府补告", refused="")
    assert answer.status_code == 303
    shown = browser.page(SERIES)
    assert [shown.xpath(f"//input[@name='{name}']/@value")[0] for name in ("correction", "refused", "rest")] == [
        "安府补告",
        "安府办公开",
        "安府办公开",
    ]


def test_a_number_from_outside_is_typed_at_the_signature(login: Login, new_life: Callable[..., Life]) -> None:
    outside(login)
    _, step = waiting(new_life)
    head = login(Duty.HEAD)
    assert "写法如「安府补告〔2026〕12号」" in words(head.get(step))
    answer = head.submit(step, number="安府补告[2026]3号", comment="同意")
    assert answer.status_code == 422
    assert "年份用六角括号" in words(answer)
    assert "同意" in words(answer), "nothing typed is lost"
    assert head.submit(step, number="安府补告〔2026〕3号").status_code == 303
    _, other = waiting(new_life)
    answer = head.submit(other, number="安府补告〔2026〕3号")
    assert "一个文号只能用一次" in words(answer)
    assert head.submit(other, number="安府补告〔2026〕6号").status_code == 303


def test_the_register_shows_gaps_and_cancelled_numbers_and_gives_them_out(
    login: Login, new_life: Callable[..., Life]
) -> None:
    outside(login)
    for ordinal in (3, 6):
        life, step = waiting(new_life)
        assert login(Duty.HEAD).submit(step, number=f"安府补告〔2026〕{ordinal}号").status_code == 303
    life._on_letter(
        NOTICE, Duty.HEAD, lambda s, one, actor, now: letterbook.cancel(s, one, actor, now, "=不再需要，1+1")
    )
    browser = login(Duty.REGISTRAR)
    link = browser.page("/desk/numbers").xpath("//a[contains(., '安府补告')]/@href")[0]
    shown = words(browser.get(link))
    for sentence in (
        "空号（2个，2个未说明）",
        "4—5号",
        "安府补告〔2026〕6号",
        "已作废 =不再需要，1+1",
        "文号由外部系统给出",
    ):
        assert sentence in shown
    assert "登记原因" not in words(login(Duty.ARCHIVIST).get(link))
    answer = browser.submit(link, "/desk/numbers/gaps", reason="用", last="5")
    assert answer.status_code == 422
    answer = browser.submit(link, "/desk/numbers/gaps", reason="用于其他公文")
    assert answer.status_code == 303
    assert "用于其他公文" in words(browser.get(link))
    file = browser.get(link.replace("/desk/numbers", "/desk/numbers/file"))
    assert file.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["顺序号", "3", "4—5", "6"]
    assert rows[3][7] == "'=不再需要，1+1"
    assert browser.get("/desk/numbers?year=x").status_code == 422
    assert browser.get("/desk/numbers?year=2026&name=1&word=无").status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_no_cell_of_a_csv_is_a_formula(app: object, text: str) -> None:
    with app.test_request_context():  # type: ignore[attr-defined]
        file = csv_file(["列"], [[text], ["12"], [None]], "表.csv")
        file.direct_passthrough = False
        rows = list(csv.reader(io.StringIO(file.get_data().decode("utf-8-sig"))))
    assert rows == [["列"], [f"'{text}"], ["12"], [""]]
