"""Every page for everybody in a real Chromium, looked through by axe-core and by what axe-core cannot see.

Each page is shown in three states, in which together everything that changes a page occurs:
as it opens at 1366 px; on a phone of 390 px in 长辈版, with errors where the page has a form; and in 高对比度, with the errors.
A page that says the same in each of them is asked for once, and then only what its looks can break is looked at again.
"""

import threading
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from gkapply import clock, create_app
from gkapply.casework import sessions
from gkapply.casework.people import User
from gkapply.clock import OFFICE_ZONE
from gkapply.config import Settings
from gkapply.database import transaction
from gkapply.web.headers import LARGEST_REQUEST
from tests.casework.conftest import KEYS, Office
from tests.services import Services
from tests.web.axe_pages import PAGES, PublicPage
from tests.web.error_routes import go_wrong
from tests.web.public_desk import REFERENCES, SECRET, TODAY, public_desk
from tests.web.window import Window
from workflows.duties import Duty

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST = ("color-contrast-enhanced", "link-in-text-block")
"""WCAG AAA: 7:1, and 4.5:1 for large type."""
BY_WIDTH = ("target-size", "scrollable-region-focusable", "meta-viewport")
"""What a page that says the same can break by its width and type alone."""
COOKIES = {"gkapply", "gkapply_display", "gkapply-me", "gkapply_drafts"}
"""The session, the display, an account, the drafts: nothing follows anybody."""
HEAVIEST = 100_000
"""Bytes of a page with its style, script and picture."""
SAME_PAGE = {"drafts.content": "intake.apply"}
"""Addresses that show one page, and so its title."""
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
def app(office: Office) -> Flask:
    """The application, with the addresses that go wrong."""
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
    application = create_app(settings, relay=False)
    go_wrong(application)
    return application


@pytest.fixture(scope="module")
def window(app: Flask, office: Office, chromium_browser: Browser) -> Iterator[Window]:
    """One window for all pages, before a real server."""
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
        "among others": window.title_of_another(SAME_PAGE.get(page.endpoint, page.endpoint)),
        "as it opens": window.axe(tags=TAGS) + window.unseen(least=44) + window.rings() + _outside(window),
        "at 400 %": window.overflow(),
    }
    if page.by_tab:
        found["by the Tab key"] = window.show(1366, "").walk_by_tab()
    if page.wrong or page.other_in_large:
        reach(page, window.show(390, "large"))
    else:
        window.wear(390, "large")
    rules = {"tags": TAGS} if page.wrong or page.other_in_large else {"rules": BY_WIDTH}
    found["on a phone, in large type, with errors"] = window.axe(**rules) + window.unseen(least=60, type_=24)
    found["at 400 %, in large type, with errors"] = window.overflow()
    found["in high contrast, with errors"] = window.wear(1366, "contrast").axe(rules=CONTRAST) + window.rings()
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


@pytest.mark.parametrize(
    ("duty", "path"),
    [
        (Duty.OFFICER, "/desk"),
        (Duty.OFFICER, f"/desk/cases/{REFERENCES['correcting']}"),
        (Duty.REGISTRAR, "/desk/register"),
    ],
)
def test_nothing_keeps_officials_from_their_desk(
    app: Flask, window: Window, chromium_browser: Browser, duty: Duty, path: str
) -> None:
    """The pages on which most of the day passes; targets may be smaller there than on public pages."""
    with transaction() as session:
        user = session.get_one(User, window.office.staff[duty].user_id)
        signed = {"_user_id": sessions.begin(session, user, clock.now())}
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    context = chromium_browser.new_context(viewport={"width": 1366, "height": 900})
    context.add_cookies([{"name": "gkapply", "value": str(serializer.dumps(signed)), "url": window.site}])
    inside = Window(context.new_page(), window.site, window.office).open(path)
    assert inside.status == 200
    assert inside.axe(tags=TAGS) + inside.rings() + inside.wear(1366, "contrast").axe(rules=CONTRAST) == []
    context.close()


def test_the_first_stop_leads_past_the_head(window: Window) -> None:
    page = window.show(1366, "").open("/track").page
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0, "it is seen when it is reached"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


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
