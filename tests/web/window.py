"""A citizen's window in a real Chromium, and axe-core in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

from tests.casework.conftest import Office

Fields = dict[str, str | bool]


@dataclass
class Window:
    """One window on the site. ``known`` keeps what was found out once: an address that a form led to."""

    page: Page
    site: str
    office: Office
    known: dict[str, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    """Addresses of other origins that a page asked for."""
    status: int = 0
    """Of the page that was opened last."""

    def __post_init__(self) -> None:
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.outside.append(request.url)

    def open(self, path: str) -> "Window":
        """Go to a page of the site."""
        answer = self.page.goto(self.site + path)
        self.status = answer.status if answer else 0
        return self

    def fill(self, **values: str | bool) -> "Window":
        """Fill the form that has these fields and send it with its first button, past the browser's own checks."""
        fields = "".join(f":has([name={name}])" for name in values)
        form = self.page.locator(f"main form[method=post]{fields}").first
        form.evaluate(FILL, values)
        with self.page.expect_navigation():
            form.locator("button:not([name])").first.click()
        return self

    def once(self, name: str, act: Callable[[], object]) -> str:
        """The path to which ``act`` leads; done the first time only."""
        if name not in self.known:
            act()
            self.known[name] = urlsplit(self.page.url).path
        return self.known[name]

    def show(self, width: int, display: str) -> "Window":
        """From now on with this width, and the switches of the display cookie (parted by spaces)."""
        self.page.set_viewport_size({"width": width, "height": 844 if width < 700 else 900})
        self.page.context.add_cookies([{"name": "gkapply_display", "value": display, "url": self.site}])
        return self

    def axe(self, *, tags: Sequence[str] = (), rules: Sequence[str] = ()) -> list[str]:
        """What axe-core finds, one sentence each: by the tags of its rules, or by these rules alone."""
        self.page.evaluate(_axe_source())
        only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(tags)}
        found: Any = self.page.evaluate(RUN, {"runOnly": only, "resultTypes": ["violations"], "elementRef": False})
        return [f"{one['id']}: {one['help']} — {where}" for one in found for where in one["nodes"]]


@cache
def _axe_source() -> str:
    """The script, given to the page by the debugger's door: the policy of the site stays as it is."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


RUN = """async options => (await axe.run(document, options)).violations.map(one => ({
  id: one.id, help: one.help, nodes: one.nodes.map(node => node.html.slice(0, 120) + ' ' + (node.any[0] || {message: ''}).message)
}))"""
FILL = """(form, values) => {
  form.noValidate = true;
  for (const [name, value] of Object.entries(values)) {
    const found = form.elements[name], fields = found instanceof RadioNodeList ? [...found] : [found];
    for (const one of fields) {
      if (one.type === 'radio') one.checked = one.value === value;
      else if (one.type === 'checkbox') one.checked = value === true || one.value === value;
      else one.value = value;
    }
  }
}"""
