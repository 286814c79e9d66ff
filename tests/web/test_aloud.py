"""朗读: offered only where the device has a Chinese voice, reads the page block by block, by keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

SCRIPT = (Path(__file__).parents[2] / "gkapply" / "web" / "static" / "aloud.js").read_text(encoding="utf-8")
PAGE = """<!doctype html><html lang="zh-CN"><title>甲</title><main id="main" tabindex="-1"><h1>标题</h1>
<p>第一段</p><ul><li>第一点</li><li>第二点<p>其中</p></li></ul><details><summary>展开</summary><p>藏着的</p></details>
<p class="visually-hidden">看不见的</p></main></html>"""
VOICES = """([...voices]) => {
  window.said = []; window.with_voice = [];
  const speech = {
    paused: false, getVoices: () => voices, cancel() { window.ended = null; }, pause() { this.paused = true; },
    resume() { this.paused = false; },
    speak(one) { window.said.push(one.text); window.with_voice.push(one.voice.name); window.ended = one.onend; },
  };
  Object.defineProperty(window, 'speechSynthesis', {value: speech, configurable: true});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""
LOCAL = {"name": "device", "lang": "zh-CN", "localService": True}
OF_THE_NET = {"name": "net", "lang": "zh-CN", "localService": False}
ENGLISH = {"name": "english", "lang": "en-GB", "localService": True}


@pytest.fixture
def page(chromium_browser: Browser) -> Page:
    """A page without the script."""
    context = chromium_browser.new_context()
    shown = context.new_page()
    shown.set_content(PAGE)
    return shown


def read_with(page: Page, *voices: dict[str, object]) -> Page:
    page.evaluate(VOICES, list(voices))
    page.evaluate(SCRIPT)
    return page


@pytest.mark.parametrize("voices", [(), (ENGLISH,), (OF_THE_NET,)], ids=["none", "english", "of the net"])
def test_without_a_chinese_voice_of_the_device_there_is_no_button(
    page: Page, voices: tuple[dict[str, object], ...]
) -> None:
    assert read_with(page, *voices).locator("button").count() == 0


def test_a_browser_that_cannot_speak_is_left_alone(page: Page) -> None:
    page.evaluate("Object.defineProperty(window, 'speechSynthesis', {value: undefined})")
    page.evaluate(SCRIPT)
    assert page.locator("button").count() == 0


def test_the_page_is_read_block_by_block_with_the_voice_of_the_device(page: Page) -> None:
    read_with(page, OF_THE_NET, LOCAL)
    page.get_by_role("button", name="朗读本页").press("Enter")
    marked = []
    while page.locator(".read-now").count():
        marked.append(page.locator(".read-now").evaluate("one => one.textContent.split('其中')[0]"))
        page.evaluate("window.ended()")
    assert page.evaluate("window.said") == ["标题", "第一段", "第一点", "第二点", "其中", "展开"]
    assert marked == ["标题", "第一段", "第一点", "第二点", "", "展开"]
    assert set(page.evaluate("window.with_voice")) == {"device"}
    assert page.locator("[role=status]").inner_text() == "读完了"


def test_it_is_paused_and_stopped_by_keyboard(page: Page) -> None:
    read_with(page, LOCAL)
    start = page.get_by_role("button", name="朗读本页")
    assert not page.get_by_role("button", name="暂停").is_visible()
    start.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("speechSynthesis.paused")
    assert page.locator("[role=status]").inner_text() == "已暂停"
    page.keyboard.press("Space")
    assert not page.evaluate("speechSynthesis.paused")
    page.keyboard.press("Escape")
    assert page.locator("[role=status]").inner_text() == "已停止"
    assert page.locator(".read-now").count() == 0
    assert start.is_visible()
