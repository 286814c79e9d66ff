"""What the edge cases are tried with: the office of the casework, and its pages for what an official is told there."""

from tests.web.conftest import app, client, login, moment, new_browser, settings

__all__ = ["app", "client", "login", "moment", "new_browser", "settings"]
