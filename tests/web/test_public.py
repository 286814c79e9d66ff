"""Pages for everybody: home, the flow of a request, and the answer for whoever watches the server."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from gkapply import database, pdf
from gkapply.casework import heartbeat, outbox
from gkapply.casework.journal import JournalHead
from gkapply.database import transaction
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words


def test_home_names_organs_and_areas(client: Browser) -> None:
    page = client.get("/")
    text = words(page)
    assert "安岳县人民政府" in text
    assert len(parsed(page).xpath("//ul[@class='areas']/li")) == 30
    assert "新闻出版版权中共安岳县委宣传部（不在本平台受理）" in re.sub(r"\s+", "", text)
    assert "/apply?organ=AYX-CZJ" in parsed(page).xpath("//ul[@class='areas']//a/@href")


def test_the_flow_page_shows_the_chart_the_links_and_the_terms(client: Browser) -> None:
    page = client.get("/flow")
    assert parsed(page).xpath("//*[local-name()='svg']")
    text = words(page)
    for said in ("接收", "归档", "20个工作日", "条例第三十三条第二款", "60日"):
        assert said in text


def health(client: Browser) -> tuple[int, Any]:
    """The answer of /healthz: its status and its JSON."""
    answer = client.get("/healthz")
    return answer.status_code, answer.json


class TestHealth:
    def test_it_is_good_while_the_installation_is_at_work(self, client: Browser) -> None:
        good = {
            "ok": True,
            "database": True,
            "runner_seconds": None,
            "oldest_errand_seconds": None,
            "stuck_errands": 0,
            "journal": True,
            "pdf": pdf.available(),
        }
        assert health(client) == (200, good)

    def test_a_runner_that_gives_no_sign_of_life_is_bad(self, client: Browser, moment: time_machine.Traveller) -> None:
        with transaction() as session:
            heartbeat.beat(session, heartbeat.RUNNER, datetime.now(UTC))
        moment.shift(timedelta(minutes=10))
        status, said = health(client)
        assert (status, said["runner_seconds"]) == (200, 600)
        moment.shift(timedelta(minutes=1))
        assert health(client)[0] == 503

    def test_errands_that_nobody_runs_are_bad_after_a_quarter_of_an_hour(
        self, client: Browser, moment: time_machine.Traveller
    ) -> None:
        with transaction() as session:
            outbox.post(session, outbox.SWEEP_FILES, "once", datetime.now(UTC))
        moment.shift(timedelta(minutes=14))
        status, said = health(client)
        assert (status, said["oldest_errand_seconds"]) == (200, 840)
        moment.shift(timedelta(minutes=2))
        status, said = health(client)
        assert (status, said["ok"]) == (503, False)

    def test_a_journal_that_does_not_end_where_its_head_says_is_bad(self, client: Browser, office: Office) -> None:
        with transaction() as session:
            session.add(JournalHead(organ_id=office.organ_id, seq=7, hash="0" * 64))
        status, said = health(client)
        assert (status, said["journal"]) == (503, False)

    def test_a_database_that_does_not_answer_is_bad(self, client: Browser, tmp_path: Path) -> None:
        database.connect(f"sqlite:///{tmp_path / 'nowhere' / 'gone.db'}")
        assert health(client) == (503, {"ok": False, "database": False})
