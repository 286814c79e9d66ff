"""Every page that anybody may open stands in the list by which real browsers look through them."""

from pathlib import Path

import pytest
from flask import Flask

from gkapply.config import read_settings
from gkapply.web.navigation import SITEMAP
from tests.web.axe_pages import NO_PAGES, PAGES

REACHED_FROM_ANOTHER = (
    "/me/register/code",
    "/me/forgot/code",
    "/me/claim",
    "/me/batch",
    "/me/profile",
    "/me/settings/close",
    "/guide/form",
    "/hall",
)
"""Pages that follow on another, and sheets that it links: not on the map."""


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The application as it is served, on a folder of its own."""
    from gkapply import create_app

    return create_app(read_settings({}, folder=tmp_path), relay=False)


def test_every_page_without_a_number_stands_on_the_map(app: Flask) -> None:
    pages = {page.endpoint for page in PAGES}
    plain = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint in pages and not rule.arguments and "GET" in (rule.methods or ())
    }
    mapped = {place.href for _, group in SITEMAP for place in group}
    missing = sorted(plain - mapped - set(REACHED_FROM_ANOTHER))
    assert not missing, f"put it into SITEMAP of gkapply/web/navigation.py (or into REACHED_FROM_ANOTHER): {missing}"


def test_every_public_address_is_a_page_of_the_list_or_named_as_none(app: Flask) -> None:
    access = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "_access", "public")
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    }
    public = {endpoint for endpoint, who in access.items() if who == "public"}
    behind_a_login = {endpoint for endpoint, who in access.items() if who == "citizen"}
    pages = {page.endpoint for page in PAGES if page.endpoint}
    assert not pages & set(NO_PAGES)
    missing = sorted(public - pages - set(NO_PAGES))
    assert not missing, (
        f"put the page into PAGES of tests/web/axe_pages.py, with its errors (or into NO_PAGES): {missing}"
    )
    assert sorted((pages | set(NO_PAGES)) - public - behind_a_login) == [], "these addresses are gone"
