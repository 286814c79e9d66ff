"""A person before the browser: opens pages, fills forms by their fields, presses the form's own button."""

from typing import Any

from playwright.sync_api import Browser, Locator, Page

from gkapply.demo.staff import LOGINS
from workflows.duties import Duty

Value = str | bool | tuple[str, ...]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 900}


class Person:
    """One window. ``site`` is the address of the server."""

    def __init__(self, browser: Browser, site: str, *, phone: bool = False):
        size: Any = PHONE if phone else DESKTOP
        self._context = browser.new_context(viewport=size, java_script_enabled=False, locale="zh-CN")
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(8000)
        self.site = site

    def login(self, duty: str, password: str) -> "Person":
        """Log in with the demonstration's account for the duty."""
        return self.enter(LOGINS[Duty(duty)], password)

    def enter(self, login: str, password: str) -> "Person":
        """Log in with an account by its name."""
        return self.open("/login").fill("main form", login=login, password=password)

    def open(self, path: str) -> "Person":
        """Go to a page of the site."""
        self.page.goto(self.site + path)
        return self

    def fill(self, form: str, **values: Value) -> "Person":
        """Fill the form's fields by their names and send it with its first button."""
        shown = self.page.locator(form).first
        for name, value in values.items():
            _put(shown, name, value)
        shown.locator("button:not([name])").first.click()
        return self

    def take(self, path: str, **values: Value) -> "Person":
        """Open the page of a step, fill its form and take it; the step must be done."""
        self.open(path).fill("main form:has(input[name=version])", **values)
        assert "/steps/" not in self.page.url, self.text()
        return self

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()

    def address(self, part: str) -> str:
        """The path of the first link whose address contains ``part``."""
        href = self.page.locator(f"main a[href*='{part}']").first.get_attribute("href")
        assert href is not None
        return href

    def close(self) -> None:
        """Close the window."""
        self._context.close()


def _put(form: Locator, name: str, value: Value) -> None:
    """Give one field its value, as its kind takes it."""
    field = form.locator(f"[name='{name}']")
    kind = (field.first.get_attribute("type") or "").lower()
    tag = str(field.first.evaluate("one => one.tagName")).lower()
    if kind == "radio":
        form.locator(f"[name='{name}'][value='{value}']").check()
    elif kind == "checkbox" and isinstance(value, tuple):
        for one in value:
            form.locator(f"[name='{name}'][value='{one}']").check()
    elif kind == "checkbox":
        field.first.set_checked(bool(value))
    elif tag == "select":
        field.first.select_option(str(value))
    elif kind == "file":
        field.first.set_input_files({"name": str(value), "mimeType": "application/pdf", "buffer": b"%PDF-1.4 slip"})
    else:
        field.first.fill(str(value))
