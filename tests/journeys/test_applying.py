"""A citizen applies in a real Chromium: by keyboard alone, without scripts, in two windows, over a lost connection and a restart."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from sqlalchemy import func, select
from werkzeug.serving import BaseWSGIServer, make_server

from gkapply import create_app
from gkapply.casework.draft_records import Draft, DraftFile
from gkapply.casework.entries import Document
from gkapply.casework.records import Case
from gkapply.config import Settings
from gkapply.database import reading
from tests.journeys.person import DESKTOP, PHONE

pytestmark = pytest.mark.timeout(120)
WANTED = "2024年龙台镇场镇道路改造工程的批复"
PERSON = {"name": "申请人甲", "id_number": "110101190001010014", "phone": "13800000000"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 400_000


@dataclass
class Server:
    """A real server that can be stopped and started again at the same address."""

    settings: Settings
    port: int = 0
    running: list[tuple[BaseWSGIServer, threading.Thread]] = field(default_factory=list)

    def start(self) -> "Server":
        """Serve; the first time at a port that is free, then at the same again."""
        server = make_server("127.0.0.1", self.port, create_app(self.settings, relay=False), threaded=True)
        self.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.running.append((server, thread))
        return self

    def stop(self) -> None:
        """Nobody answers any more."""
        while self.running:
            server, thread = self.running.pop()
            server.shutdown()
            server.server_close()
            thread.join()

    @property
    def site(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def server(settings: Settings, moment: time_machine.Traveller) -> Iterator[Server]:
    """A server before an office."""
    one = Server(settings).start()
    yield one
    one.stop()


@pytest.fixture
def browse(chromium_browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser of its own."""
    opened: list[BrowserContext] = []

    def new(*, scripts: bool = True, phone: bool = False) -> BrowserContext:
        size: Any = PHONE if phone else DESKTOP
        context = chromium_browser.new_context(viewport=size, java_script_enabled=scripts, locale="zh-CN")
        context.set_default_timeout(8000)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()


def count(record: type[Any]) -> int:
    """How many rows stand in the table."""
    with reading() as session:
        return session.scalar(select(func.count()).select_from(record)) or 0


def press(page: Page, words: str) -> None:
    """Press the button with these words."""
    page.get_by_role("button", name=words).first.click()


def to_page_two(page: Page, site: str) -> Page:
    """Fill in page 1."""
    page.goto(f"{site}/apply")
    page.fill("[name=description]", WANTED)
    page.select_option("[name=organ]", "AYX")
    press(page, "下一步")
    return page


def fill_in(page: Page, **more: str) -> None:
    """Fill in page 2."""
    for name, value in {**PERSON, **more}.items():
        page.fill(f"[name={name}]", value)


@contextmanager
def counted(page: Page) -> Iterator[list[str]]:
    """The pages that the window shows meanwhile."""
    shown: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request() and request.redirected_to is None and request.method == "GET":
            shown.append(request.url)

    page.on("requestfinished", note)
    yield shown
    page.remove_listener("requestfinished", note)


def by_keys(page: Page, wanted: dict[str, str], button: str) -> int:
    """Go through the form with Tab alone, fill the fields as they come, press the button; returns how many were filled."""
    filled = 0
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "({name: document.activeElement.name || '', words: document.activeElement.innerText || ''})"
        )
        if here["words"].strip() == button:
            page.keyboard.press("Enter")
            return filled
        if (keys := wanted.pop(here["name"], None)) is not None:
            filled += 1
            (page.keyboard.press if keys.startswith(("Arrow", "Space")) else page.keyboard.insert_text)(keys)
    raise AssertionError(f"no button {button}; left: {wanted}")


def test_four_pages_few_fields_and_the_keyboard_alone(browse: Callable[..., BrowserContext], server: Server) -> None:
    page = browse().new_page()
    with counted(page) as shown:
        page.goto(server.site)
        for _ in range(40):
            page.keyboard.press("Tab")
            if (
                page.evaluate("document.activeElement.closest('main') && document.activeElement.innerText")
                == "提出申请"
            ):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/apply")
        content = {"description": WANTED, "organ": "ArrowDown", "carrier": "ArrowUp", "accepts_other_form": "Space"}
        filled = by_keys(page, content, "下一步：填写申请人")
        page.wait_for_url("**/applicant")
        filled += by_keys(page, {**PERSON, "address": "四川省资阳市安岳县"}, "提交申请")
        page.wait_for_url("**/receipt/*")
    assert page.locator(".number.code").count() == 1
    assert len(shown) <= 4, shown
    assert filled <= 14
    with reading() as session:
        (case,) = session.scalars(select(Case))
    assert (case.description, case.carrier, case.accepts_other_form) == (WANTED, "paper", True)


def test_without_scripts_a_file_is_kept_and_sending_twice_and_back_are_one_request(
    browse: Callable[..., BrowserContext], server: Server
) -> None:
    page = to_page_two(browse(scripts=False, phone=True).new_page(), server.site)
    fill_in(page, id_number="1")
    page.set_input_files("[name=identity]", {"name": "身份证.png", "mimeType": "image/png", "buffer": PNG})
    press(page, "提交申请")
    assert page.locator("section.errors a").count() == 1
    assert page.locator(".draft-files li").count() == 1
    page.fill("[name=id_number]", PERSON["id_number"])
    press(page, "提交申请")
    page.wait_for_url("**/receipt/*")
    receipt = page.url
    page.go_back()
    page.wait_for_url("**/receipt/*")
    assert page.url == receipt
    page.reload()
    assert (count(Case), count(Document), count(Draft)) == (1, 1, 0)


def test_a_double_click_is_one_request(browse: Callable[..., BrowserContext], server: Server) -> None:
    page = to_page_two(browse().new_page(), server.site)
    fill_in(page)
    page.get_by_role("button", name="提交申请").dblclick()
    page.wait_for_url("**/receipt/*")
    assert count(Case) == 1


def test_what_is_typed_is_saved_by_itself_and_outlives_browser_and_server(
    browse: Callable[..., BrowserContext], server: Server
) -> None:
    context = browse()
    page = context.new_page()
    page.goto(f"{server.site}/apply")
    page.fill("[name=description]", WANTED)
    status = page.locator("#draft-status")
    expect(status).to_contain_text("已保存（")
    server.stop()
    page.fill("[name=description]", WANTED + "和施工合同")
    expect(status).to_contain_text("连接中断")
    server.start()
    expect(status).to_contain_text("已保存（", timeout=9000)
    page.close()
    page = context.new_page()
    page.goto(f"{server.site}/apply")
    press(page, "继续填写上次的草稿")
    expect(page.locator("[name=description]")).to_have_value(WANTED + "和施工合同")


def test_two_windows_of_one_draft_lose_nothing(browse: Callable[..., BrowserContext], server: Server) -> None:
    context = browse()
    one = to_page_two(context.new_page(), server.site)
    address = one.url.removesuffix("/applicant")
    one.goto(address)
    other = context.new_page()
    other.goto(address)
    one.fill("[name=description]", "第一个窗口")
    expect(one.locator("#draft-status")).to_contain_text("已保存（")
    other.fill("[name=description]", "第二个窗口")
    expect(other.locator("#draft-status")).to_contain_text("另一个窗口")
    press(other, "保存草稿")
    assert "第一个窗口" in other.inner_text("main")
    press(other, "保留这个窗口里填写的")
    expect(other.locator("[name=description]")).to_have_value("第二个窗口")


def test_a_file_cut_off_on_its_way_leaves_nothing_half_and_is_sent_again(
    browse: Callable[..., BrowserContext], server: Server
) -> None:
    context = browse()
    page = to_page_two(context.new_page(), server.site)
    fill_in(page)
    page.route("**/files/identity", lambda route: route.abort("connectionreset"))
    page.set_input_files("[name=identity]", {"name": "身份证.png", "mimeType": "image/png", "buffer": PNG})
    expect(page.locator(".draft-files")).to_contain_text("连接中断，没有上传完")
    assert count(DraftFile) == 0
    page.unroute("**/files/identity")
    page.set_input_files("[name=other]", {"name": "假照片.png", "mimeType": "image/png", "buffer": b"MZ" + b"\0" * 99})
    expect(page.locator(".draft-files .error").last).to_contain_text("不是可接收的类型")
    press(page, "重试")
    expect(page.locator(".draft-files").first).to_contain_text("391 KB，已保存")
    press(page, "提交申请")
    page.wait_for_url("**/receipt/*")
    assert (count(Case), count(Document), count(DraftFile)) == (1, 1, 0)
