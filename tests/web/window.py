"""A citizen's window in a real Chromium, and what looks through the page in it: axe-core, and what axe-core does not see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
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
    titles: dict[str, str] = field(default_factory=dict)
    """The title of each page that was looked at, with what shows it."""
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
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_axe_source())
        only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(tags)}
        found: Any = self.page.evaluate(RUN, {"runOnly": only, **QUICK})
        return [f"{one['id']}: {one['help']} — {where}" for one in found for where in one["nodes"]]

    def unseen(self, *, least: int, type_: int = 0) -> list[str]:
        """Targets below ``least`` px, type below ``type_`` px (0: any), and what is shown out of its order."""
        return list(self.page.evaluate(UNSEEN, {"least": least, "type": type_}))

    def overflow(self, width: int = 320) -> list[str]:
        """Whether the page must be moved sideways at this width: 320 px is 1280 px at 400 %."""
        self.page.set_viewport_size({"width": width, "height": 640})
        return [f"moved sideways: {one}" for one in self.page.evaluate(TOO_WIDE)]

    def rings(self) -> list[str]:
        """What can be focused without being seen; looked at all at once, as the keyboard would show it."""
        self.page.keyboard.press("Tab")
        stops: Any = self.page.evaluate(RINGS % FOCUS)
        return [f"no ring ({stop['told']}): {stop['name']}" for stop in stops if stop and not stop["ring"]]

    def wear(self, width: int, display: str) -> "Window":
        """Give the page that is shown another width and the looks of these switches, without asking the server for it."""
        self.page.set_viewport_size({"width": width, "height": 844 if width < 700 else 900})
        self.page.evaluate("looks => { document.documentElement.className = looks; }", display)
        return self

    def walk_by_tab(self) -> list[str]:
        """Go through the page with the Tab key: what stands out of order, or is focused without being seen."""
        faults: list[str] = []
        self.page.evaluate("window.focusOrder = []; document.activeElement.blur()")
        for step in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop: Any = self.page.evaluate(FOCUS, step > 0)
            if stop is None or stop["again"]:
                return faults
            faults += [f"no ring ({stop['told']}): {stop['name']}"] * (not stop["ring"])
            faults += [f"focused before what stands above it: {stop['name']}"] * (not stop["behind"])
            faults += [f"focused out of sight: {stop['name']}"] * (not stop["onScreen"])
        return [*faults, f"more than {MOST_STOPS} stops, or no way out"]

    def title_of_another(self, endpoint: str) -> list[str]:
        """Whether another page has the same title."""
        title = self.page.title()
        other = self.titles.setdefault(title, endpoint)
        return [] if other == endpoint else [f"has the title of {other}: {title}"]

    def weight(self) -> int:
        """Bytes of the page and of everything that it loads, from the cache or not."""
        return int(self.page.evaluate(WEIGHT))


@cache
def _axe_source() -> str:
    """The script, given to the page by the debugger's door: the policy of the site stays as it is."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


MOST_STOPS = 300
UNSEEN, FOCUS = (
    (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("unseen_by_axe.js", "focus_ring.js")
)
QUICK = {"resultTypes": ["violations"], "elementRef": False, "iframes": False, "preload": False}
TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll > *'))
  .map(one => `${one.tagName}.${one.className} to ${Math.round(one.getBoundingClientRect().right)} px`)"""
RINGS = """() => { const look = %s; return [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex="0"]')]
  .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility() && one.type !== 'hidden')
  .map(one => { one.focus(); return document.activeElement === one ? look(false) : null; }); }"""
WEIGHT = """[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
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
