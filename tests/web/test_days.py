"""「为什么是这一天」 in a browser: the office's page with its what-if, the applicant's page, the text and the json."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine

from gkapply.casework.consultation import Question
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
CAPTION = "//table[caption='每一天是否计入，以及原因']/tbody/tr"


@pytest.fixture
def life(new_life: Callable[..., Life]) -> Life:
    """A request registered on Monday, 2 March 2026, in the officer's hands."""
    begun = new_life()
    return begun.register(walked_in(PERSON, "某工程的施工合同"), begun.at_the_counter()).assign().accept()


def cells(page: object) -> list[list[str]]:
    """The rows of the days, as texts."""
    return [[cell.text_content() for cell in row] for row in parsed(page).xpath(CAPTION)]  # type: ignore[arg-type]


def test_the_office_sees_every_day_and_what_an_extension_would_come_to(login: Login, life: Life) -> None:
    officer = login(Duty.OFFICER)
    address = f"/desk/cases/{life.reference}/days"
    page = officer.get(address)
    rows = cells(page)
    assert rows[0] == ["2026年3月3日（周二）", "第1个工作日", "工作日"]
    assert rows[4] == ["2026年3月7日（周六）", "不计入", "周末"]
    assert rows[-1] == ["2026年3月30日（周一）", "第20个工作日", "工作日"]
    assert "答复期限届满之日为2026年3月30日" in words(page)
    assert "今天告知延长10个工作日的，答复期限届满之日为2026年4月14日" in words(
        officer.get(f"{address}?working_days=10")
    )
    assert "应为1至20" in words(officer.get(f"{address}?working_days=21"))


def test_an_extension_after_the_term_is_refused_with_its_article(
    login: Login, life: Life, moment: time_machine.Traveller
) -> None:
    life.come_to(date(2026, 3, 31))
    moment.move_to(life.now)
    page = login(Duty.OFFICER).get(f"/desk/cases/{life.reference}/days?working_days=5")
    assert "期限届满后不能延长" in words(page)
    assert "条例第三十三条第二款" in words(page)


def test_text_and_json_say_the_same_and_name_nobody(login: Login, life: Life) -> None:
    life.come_to(date(2026, 3, 10)).consult(Question("third_party", "某某建设集团", "", "", "合同", "载有报价"))
    life.come_to(date(2026, 3, 12)).party_got_it()
    life.come_to(date(2026, 3, 25)).party_answers("disagree", "报价是商业秘密")
    officer = login(Duty.OFFICER)
    text = officer.get(f"/desk/cases/{life.reference}/days.txt")
    assert text.mimetype == "text/plain"
    assert "2026年3月11日 周三　不计入：征求第三方意见（条例第三十三条第三款）" in text.text
    assert "结论：答复期限届满之日为2026年4月15日。" in text.text
    answer = officer.get(f"/desk/cases/{life.reference}/days.json").get_json()
    assert answer["number"] == life.reference
    assert answer["reply_due_on"] == "2026-04-15"
    for page in (text.text, str(answer)):
        assert "某某建设集团" not in page


def test_only_the_applicant_sees_the_days_of_their_request(client: Browser, login: Login, life: Life) -> None:
    assert client.get(f"/track/{life.reference}/days").headers["Location"].startswith("/track?number=")
    assert client.get(f"/track/{life.reference}/days.txt").status_code == 303
    assert client.get(f"/track/{life.reference}/days.json").status_code == 303
    assert client.get(f"/desk/cases/{life.reference}/days.txt").status_code == 303
