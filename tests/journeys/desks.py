"""The desks of an office before the browser: one window for each account, for as long as the journey lasts.

Every new window costs Chromium processes of its own; a person who keeps the window works as people do.
"""

from datetime import date

from playwright.sync_api import Browser

from gkapply import clock
from gkapply.demo.staff import LOGINS
from tests.journeys.conftest import PASSWORD
from tests.journeys.person import Person
from workflows.duties import Duty


class Desks:
    """Everybody who has a part in it: one window each, logged in anew on each day."""

    def __init__(self, browser: Browser, site: str):
        self._browser, self._site = browser, site
        self._open: dict[str, tuple[Person, date | None]] = {}

    def of(self, login: str) -> Person:
        """The window of an account."""
        today = clock.today()
        person, since = self._open.get(login) or (Person(self._browser, self._site), None)
        if since != today:
            person.enter(login, PASSWORD)
        self._open[login] = person, today
        return person

    def holder(self, duty: str) -> Person:
        """The window of the holder of a duty."""
        return self.of(LOGINS[Duty(duty)])

    def __getattr__(self, duty: str) -> Person:
        """The same, by the code of the duty."""
        return self.holder(duty)

    def by_link(self, path: str, code: str, tail: str) -> Person:
        """A window without an account, let in by the code and the last four of the number."""
        return Person(self._browser, self._site).open(path).fill("main form", code=code, tail=tail)
