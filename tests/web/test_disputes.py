"""Disputes on pages: entered from the case, listed by urgency, bundled, the bundle fetched and checked."""

from collections.abc import Callable
from io import BytesIO

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from gkapply.casework import bundle_build
from gkapply.casework.bundled_papers import Bundle
from gkapply.casework.disputed import Dispute
from gkapply.cli.bundles import bundle as bundle_commands
from gkapply.database import reading
from gkapply.law.refusal import Refusal
from gkapply.volume.page import text_pages
from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import MORNING, full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]


class Converter:
    """An office program."""

    def to_pdf(self, content: bytes, ending: str) -> bytes | None:
        """One page."""
        return text_pages(["文书"])


def review() -> Dispute:
    """The review of the demonstration."""
    with reading() as session:
        found = session.scalars(select(Dispute).where(Dispute.kind == "review")).one()
        _ = found.case
        return found


def test_the_list_leads_to_the_dispute_and_the_dispute_to_its_case(login: Login) -> None:
    browser = login(Duty.OFFICER)
    page = parsed(browser.get("/desk/disputes"))
    assert len(page.xpath("//tbody/tr")) == 2
    assert "行政复议" in page.xpath("string(//tbody/tr[1])")
    assert "还有" in page.xpath("string(//tbody/tr[1])")
    sheet = words(browser.get(f"/desk/disputes/{review().uid}"))
    assert "提交《行政复议答复书》和全部证据" in sheet
    case = words(browser.get(f"/desk/cases/{review().case.reference}"))
    assert "申请行政复议期限届满" in case
    assert "证据固定于" in case


def test_a_suit_is_entered_on_an_archived_case_and_followed(login: Login) -> None:
    browser = login(Duty.REGISTRAR)
    step = f"/desk/cases/{review().case.reference}/steps/register_dispute"
    wrong = browser.submit(step, step, kind="suit_direct", authority="安岳县人民法院", filed_on="2027-01-01")
    assert wrong.status_code == 422
    assert "不能晚于今天" in words(wrong)
    browser.submit(step, step, kind="suit_direct", authority="安岳县人民法院", filed_on="2026-05-29")
    with reading() as session:
        suit = session.scalars(select(Dispute).where(Dispute.kind == "suit_direct")).one()
    copy = f"/desk/disputes/{suit.uid}/steps/receive_copy"
    sent = browser.submit(copy, copy, on="2026-06-01")
    assert sent.headers["Location"].endswith(f"/desk/disputes/{suit.uid}")
    assert "2026年6月16日" in words(browser.get(sent.headers["Location"]))
    result = f"/desk/disputes/{suit.uid}/steps/record_result"
    browser.submit(result, result, result="other", decided_on="2026-06-01", received_on="2026-06-01", ruling="y")
    assert "对裁定提起上诉" in words(browser.get(f"/desk/disputes/{suit.uid}"))


def test_the_bundle_is_ordered_made_fetched_and_checked(login: Login, tmp_path_factory: pytest.TempPathFactory) -> None:
    browser, uid = login(Duty.OFFICER), review().uid
    step = f"/desk/disputes/{uid}/steps/order_bundle"
    browser.submit(step, step, reader="authority")
    assert "请稍后刷新本页" in words(browser.get(f"/desk/disputes/{uid}"))
    with reading() as session:
        made = session.scalars(select(Bundle.uid)).one()
    waiting = browser.get(f"/desk/bundles/{made}/file")
    assert waiting.status_code == 422
    bundle_build.build(made, MORNING, Converter())
    assert "下载（" in words(browser.get(f"/desk/disputes/{uid}"))
    fetched = browser.get(f"/desk/bundles/{made}/file")
    assert fetched.mimetype == "application/zip"
    good = browser.submit("/desk/bundles/check", file=(BytesIO(fetched.data), "卷宗.zip"))
    assert "核验通过" in words(good)
    assert "与本系统2026年6月1日 09:00生成的完全一致" in words(good)
    place = fetched.data.index("检索".encode(), fetched.data.index(b"PK\x03\x04", 1000))
    changed = fetched.data[:place] + b"\x00" + fetched.data[place + 1 :]
    bad = browser.submit("/desk/bundles/check", file=(BytesIO(changed), "卷宗.zip"))
    assert "核验不通过" in words(bad)
    assert browser.submit("/desk/bundles/check").status_code == 422
    folder = tmp_path_factory.mktemp("bundles")
    for name, content in (("good.zip", fetched.data), ("bad.zip", changed)):
        (folder / name).write_bytes(content)
    told = CliRunner().invoke(bundle_commands, ["verify", str(folder / "good.zip")])
    assert told.output.startswith("卷宗完整：证据目录")
    refused = CliRunner().invoke(bundle_commands, ["verify", str(folder / "bad.zip")])
    assert isinstance(refused.exception, Refusal)
