"""Every page for everybody in a real Chromium, looked through by axe-core and by what axe-core cannot see.

Each page is shown in three states, in which together everything that changes a page occurs:
as it opens at 1366 px; on a phone of 390 px in 长辈版, with errors where the page has a form; and in 高对比度, with the errors.
"""

import threading
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from gkapply import create_app
from gkapply.clock import OFFICE_ZONE
from gkapply.config import Settings
from gkapply.web.headers import LARGEST_REQUEST
from tests.casework.conftest import KEYS, Office
from tests.services import Services
from tests.web.axe_pages import PAGES, PublicPage
from tests.web.error_routes import go_wrong
from tests.web.public_desk import SECRET, TODAY, public_desk
from tests.web.window import Window

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
COOKIES = {"gkapply", "gkapply_display", "gkapply-me", "gkapply_drafts"}
"""The session, the display, an account, the drafts: nothing follows anybody."""
HEAVIEST = 100_000
"""Bytes of a page with its style, script and picture."""
ALL = [pytest.param(page, id=page.name) for page in PAGES]


@pytest.fixture(scope="module")
def office(run_services: Services, compiled_once: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office with a request for every page."""
    with (
        time_machine.travel(datetime.combine(TODAY, time(10), OFFICE_ZONE)),
        public_desk(run_services, tmp_path_factory.mktemp("office")) as office,
    ):
        yield office


@pytest.fixture(scope="module")
def window(office: Office, chromium_browser: Browser) -> Iterator[Window]:
    """One window for all pages, before a real server."""
    settings = Settings(
        database_url=office.url,
        store=office.store.folder,
        broker_url=None,
        secret_key=SECRET,
        data_keys=KEYS,
        anchors=office.store.folder.parent / "anchors",
        submissions_per_hour=1000,
        wrong_codes_per_hour=1000,
    )
    app = create_app(settings, relay=False)
    go_wrong(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = chromium_browser.new_context(locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(8000)
    yield Window(context.new_page(), f"http://127.0.0.1:{server.server_port}", office)
    context.close()
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("page", ALL)
def test_nothing_keeps_anybody_from_the_page(window: Window, page: PublicPage) -> None:
    """In this order, since a page may be gone for good once its form was sent."""
    page.open(window.show(1366, ""))
    assert window.status == page.status
    found = {
        "as it opens": window.axe(tags=TAGS) + window.unseen(least=44) + window.walk_by_tab() + _outside(window),
        "at 400 %": window.overflow(),
    }
    reach(page, window.show(390, "large"))
    found["on a phone, in large type, with errors"] = window.axe(tags=TAGS) + window.unseen(least=60, type_=24)
    found["at 400 %, in large type, with errors"] = window.overflow()
    reach(page, window.show(1366, "contrast"))
    found["in high contrast, with errors"] = window.axe(rules=CONTRAST) + window.walk_by_tab()
    told = [f"{state}: {fault}" for state, faults in found.items() for fault in faults]
    if told:
        pytest.fail("\n".join(told), pytrace=False)


def reach(page: PublicPage, window: Window) -> None:
    """Bring the page to its state with errors, if it has one."""
    page.open(window)
    if page.wrong is not None:
        page.wrong(window)
        assert window.page.locator("main section.errors").count(), "the form was taken: no errors to look at"


def _outside(window: Window) -> list[str]:
    """What the page asks of others, keeps in the browser, and weighs."""
    cookies = {one.get("name", "") for one in window.page.context.cookies()} - COOKIES
    faults = [f"asks another site: {address}" for address in window.outside]
    faults += [f"a cookie that nothing needs: {name}" for name in cookies]
    return faults + [f"{window.weight()} bytes"] * (window.weight() >= HEAVIEST)


@pytest.mark.parametrize("display", ["", "contrast", "large.huge"])
def test_paper_is_black_on_white_without_navigation(window: Window, display: str) -> None:
    page = window.show(1366, display).open("/flow").page
    page.emulate_media(media="print")
    unseen = ("nav.places", ".switches", "footer", "nav.crumbs", ".skip")
    assert [one for one in unseen if page.locator(one).first.is_visible()] == []
    colours = page.evaluate(
        "[...document.querySelectorAll('body, main, main *:not(svg, svg *)')].map(one => { const "
        "style = getComputedStyle(one); return style.color + ' on ' + style.backgroundColor; })"
    )
    page.emulate_media(media="screen")
    assert set(colours) <= {f"rgb(0, 0, 0) on {ground}" for ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")}


def test_the_sender_of_a_too_large_upload_sees_our_page(window: Window, tmp_path: Path) -> None:
    """For real, since a server that hangs up while the browser is sending leaves its sender before an empty window."""
    large = tmp_path / "扫描件.pdf"
    with large.open("wb") as file:
        file.truncate(LARGEST_REQUEST + 1)
    window.show(1366, "").open("/apply/whole").page.set_input_files("#identity", large)
    window.fill(description="道路改造")
    assert window.page.locator("h1").inner_text() == "提交的内容太大"
    window.page.go_back()
    assert window.page.locator("#description").input_value() == "道路改造", "what was typed is there again"
