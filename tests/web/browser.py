"""A client that behaves like a browser: fills forms that pages show, and holds every page to the rules."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.web.page_check import faults

File = tuple[Any, str]
"""(stream, file name), as the werkzeug client takes it."""


class Browser(FlaskClient):
    """The Flask client with forms; each HTML page that it fetches is checked."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; a page that breaks a rule fails the test."""
        response = super().open(*args, **kwargs)
        handed_out = "attachment" in response.headers.get("Content-Disposition", "")
        if (
            response.mimetype == "text/html"
            and response.status_code not in (204, 301, 302, 303, 308)
            and not handed_out
        ):
            found = faults(response.text)
            if found:
                pytest.fail(f"{response.request.path} ({response.status_code}): " + "; ".join(found), pytrace=False)
        return response

    def page(self, path: str) -> html.HtmlElement:
        """The parsed page at ``path``, which must be there."""
        return parsed(self.get(path, follow_redirects=True))

    def submit(self, where: str | TestResponse, action: str | None = None, /, **fields: Any) -> TestResponse:
        """Fill the form of a page (its path, or a response that shows it) as a person would, and send it.

        ``action`` chooses the form by its address; without it, the first form of the main part. Fields not named keep
        what the page shows, and a button that bears a name is pressed by naming it; None leaves one out; a (stream, name) pair is a file.
        """
        page = self.page(where) if isinstance(where, str) else parsed(where)
        form = form_of(page, action)
        values: dict[str, Any] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        known = {*form.fields, *form.xpath(".//button/@name")}
        unknown = [name for name in fields if name not in known]
        if unknown:
            pytest.fail(f"the form to {form.action} has no field {unknown}: {sorted(set(form.fields.keys()))}")
        values.update(fields)
        sent = {name: value for name, value in values.items() if value is not None}
        headers = {"Sec-Fetch-Site": "same-origin"}
        return self.post(form.action, data=sent, headers=headers)

    def token(self) -> str:
        """A valid CSRF token, for a POST that no page offers."""
        page = self.page("/login") if self.get("/login").status_code == 200 else self.page("/account")
        value = page.xpath("//input[@name='csrf_token']/@value")[0]
        return str(value)

    def forge(self, path: str, **fields: Any) -> TestResponse:
        """A hand-made POST with a valid token."""
        return self.post(path, data={**fields, "csrf_token": self.token()}, headers={"Sec-Fetch-Site": "same-origin"})


def parsed(response: TestResponse) -> html.HtmlElement:
    """The page in ``response``."""
    return html.document_fromstring(response.text)


def form_of(page: html.HtmlElement, action: str | None) -> html.FormElement:
    """The form of ``page`` that sends to ``action``, else the first one in its main part."""
    forms = [form for form in page.xpath("//main//form") if action is None or form.action.split("?")[0] == action]
    if not forms:
        pytest.fail(f"no form to {action}; there are {[form.action for form in page.forms]}")
    return forms[0]


def words(response: TestResponse) -> str:
    """The text of the page's main part, with single spaces."""
    return " ".join(parsed(response).get_element_by_id("main").text_content().split())


def upload(path: Path) -> File:
    """A file from the disk for ``submit``."""
    return path.open("rb"), path.name
