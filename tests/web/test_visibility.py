"""One visibility rule: whoever works in one organ comes upon no case of another, on whatever page, list, search, export or download.

Nothing here knows the routes: every address of the desk is found alive in the organ that owns the case, by somebody who holds every
duty there, and is then asked for as each duty of another organ. A new route is walked as soon as it is there.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

from flask import Flask
from lxml import html
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule
from werkzeug.test import TestResponse

from gkapply.casework import sessions
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.journal import JournalHead
from gkapply.casework.papers import Letter
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.records import Applicant, Case
from gkapply.database import Base, reading, transaction
from tests.casework.conftest import Office
from tests.casework.rest_of_tables import fill_the_rest
from tests.web.browser import Browser
from tests.web.full_desk import MORNING, full_desk, moment, office
from workflows.duties import ADMINISTRATORS, OFFICIAL_DUTIES, Duty

__all__ = ["full_desk", "moment", "office"]
FOR_OFFICIALS = ("/desk", "/report", "/supervise")
NO_CASES = ("/desk/units", "/desk/catalogue", "/desk/guide")
"""What an organ says of itself."""
WORKING = tuple(duty for duty in OFFICIAL_DUTIES if duty not in ADMINISTRATORS)
HELD_SINCE = date(2019, 5, 15)
MOST_THINGS, MOST_DEEDS = 80, 1
"""Addresses of one rule that the owner follows: of a thing itself, and of what is done with it."""


TABLES = {
    "group": "group_entry",
    "cases": "case_file",
    "register": "case_file",
    "enquiries": "enquiry",
    "files": "document",
    "official-documents": "official_document",
}
"""Tables whose rows addresses know under another word."""
CLOSED = {403, 404}
SEARCH = {"view": "all", "year": "2026", "words": "公开", "q": "公开", "number": "2026-0001", "state": "handling"}
"""What lists and searches are asked for, under the names that they know."""
TELLS_NOTHING = {"/desk/register/group/<uid>/discard"}
"""Rules that answer alike whether there is such a thing or not."""
NOTHING = "nothing-there"
WITHOUT_CASES = frozenset({"/desk/bundles/<uid>/file"})
"""Rules for which the office has nothing: a bundle is made by an errand."""
THING = re.compile(r"/desk/[a-z-]+/<[a-z]+>")


@dataclass(frozen=True, slots=True)
class Place:
    """An address that is alive in the organ that owns what it shows."""

    rule: Rule
    path: str

    @property
    def names_a_thing(self) -> bool:
        """Whether the address names something of one organ."""
        return bool(self.rule.arguments - {"ending", "form", "year"})


def test_no_duty_of_another_organ_comes_upon_a_case(app: Flask, office: Office) -> None:
    places = alive(app, browser_of(app, office.organ_id, *WORKING))
    marks, before = marks_of(office.organ_id), journal_of(office.organ_id)
    stranger, found = strange_organ(), []
    for duty in OFFICIAL_DUTIES:
        browser = browser_of(app, None if duty in ADMINISTRATORS else stranger, duty)
        token = browser.token()
        for place in places:
            for answer in asked(browser, place, token):
                told = [*seen(answer, marks), *opened(answer, place)]
                found += [f"{duty.value} {answer.request.method} {place.path}: {one}" for one in told]
    assert not found, "\n".join(found)
    assert journal_of(office.organ_id) == before
    assert len(places) > 70


def asked(browser: Browser, place: Place, token: str) -> Iterator[TestResponse]:
    """What the address answers, read, searched and written."""
    methods = place.rule.methods or set()
    if "GET" in methods:
        yield browser.get(place.path)
    if "GET" in methods and not place.names_a_thing:
        yield browser.get(place.path.split("?")[0], query_string=SEARCH)
    if "POST" in methods and place.names_a_thing:
        yield browser.post(place.path, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"})


def seen(answer: TestResponse, marks: re.Pattern[str]) -> list[str]:
    """What the answer says of the other organ that the one who asked did not know: a page that was not found may repeat its address."""
    known = set(marks.findall(answer.request.path))
    return [f"{answer.status_code} {one}" for one in sorted(set(marks.findall(text_of(answer))) - known)]


def opened(answer: TestResponse, place: Place) -> list[str]:
    """The status, when an address that names a thing of the other organ gave any other answer than that there is no such thing."""
    if not place.names_a_thing or place.rule.rule in TELLS_NOTHING or answer.status_code in CLOSED:
        return []
    return [str(answer.status_code)]


def text_of(answer: TestResponse) -> str:
    """All words of an answer, those inside an office document or an archive too."""
    content = answer.get_data()
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def about_cases(rule: Rule) -> bool:
    """Whether the address is for officials and may show cases."""
    return rule.rule.startswith(FOR_OFFICIALS) and not rule.rule.startswith(NO_CASES)


def alive(app: Flask, own: Browser) -> list[Place]:
    """Addresses of every rule for officials, found as a person finds them: by following the links and forms of the organ's own pages."""
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules() if about_cases(rule)}
    known = {name: [] if rule.arguments else [rule.rule] for name, rule in rules.items()}
    adapter = app.url_map.bind("localhost")
    waiting = [path for paths in known.values() for path in paths]
    while waiting:
        for method, link in links_of(own.get(waiting.pop())):
            name = rule_of(adapter, link, method)
            if name in known and link not in known[name] and len(known[name]) < most_of(rules[name]):
                known[name].append(link)
                waiting += [link] if method == "GET" else []
    # What no story tells of has at least a row, as the backup has.
    fill_the_rest()
    for name in (name for name, paths in known.items() if not paths):
        known[name] = guessed(rules[name])
    dead = [rules[name].rule for name, paths in known.items() if not paths]
    assert set(dead) <= WITHOUT_CASES, "the office that has a request in every state has nothing to show there"
    return [Place(rules[name], paths[0]) for name, paths in known.items() if paths]


def most_of(rule: Rule) -> int:
    """How many addresses of the rule are followed."""
    return MOST_THINGS if THING.fullmatch(rule.rule) else MOST_DEEDS


def guessed(rule: Rule) -> list[str]:
    """An address that no page leads to at this moment, made of the names of things that are there; none where there are none."""
    path = rule.rule
    for before, place, name in re.findall(r"([a-z-]*)[/.](<(?:\w+:)?(\w+)>)", path):
        table = Base.metadata.tables.get(TABLES.get(before, before.removesuffix("s")))
        found = "1"
        if name in ("reference", "uid", "file") and table is not None:
            column = table.c.reference if name == "reference" else table.c.uid
            with reading() as session:
                found = str(session.scalar(select(column).limit(1)) or "")
        path = path.replace(place, found or NOTHING)
    return [] if NOTHING in path else [path]


def rule_of(adapter: MapAdapter, link: str, method: str) -> str:
    """The endpoint that answers an address; empty for what leads nowhere by this method."""
    try:
        return adapter.match(link.split("?")[0], method=method)[0]
    except HTTPException:
        return ""


def links_of(answer: TestResponse) -> list[tuple[str, str]]:
    """Where a page leads: its links, and the addresses of its forms with their method."""
    if answer.mimetype != "text/html":
        return []
    page = html.document_fromstring(answer.text)
    found = [("GET", str(link).split("#")[0]) for link in page.xpath("//main//a/@href")]
    found += [(form.get("method", "GET").upper(), form.get("action", "")) for form in page.xpath("//main//form")]
    return [(method, link) for method, link in dict.fromkeys(found) if link.startswith("/")]


def marks_of(organ_id: int) -> re.Pattern[str]:
    """What only a page about a case of the organ can say: its number, who applies, what for, the numbers of its letters."""
    with reading() as session:
        said: set[str] = set(session.scalars(select(Case.reference).where(Case.organ_id == organ_id)))
        said |= set(session.scalars(select(Enquiry.reference).where(Enquiry.organ_id == organ_id)))
        said |= set(session.scalars(select(Applicant.name).where(Applicant.organ_id == organ_id)))
        said |= {text[:14] for text in session.scalars(select(Case.description).where(Case.organ_id == organ_id))}
        said |= {text for text in session.scalars(select(Letter.number).where(Letter.organ_id == organ_id)) if text}
    return re.compile("|".join(re.escape(one) for one in sorted(said, key=len, reverse=True)))


def journal_of(organ_id: int) -> int:
    """How long the organ's journal is."""
    with reading() as session:
        return session.scalars(select(JournalHead.seq).where(JournalHead.organ_id == organ_id)).one()


def strange_organ() -> int:
    """An organ that has nothing to do with the office: neither above it nor below, nor asked for anything."""
    with transaction() as session:
        organ = Organ(code="QTX", name="某县人民政府", kind="government", accepts_applications=True)
        session.add(organ)
        session.flush()
        return organ.id


def browser_of(app: Flask, organ_id: int | None, *duties: Duty) -> Browser:
    """A browser in which somebody with these duties in the organ is logged in."""
    browser = app.test_client()
    assert isinstance(browser, Browser)
    with transaction() as session:
        login = f"{organ_id}-{'-'.join(duty.value for duty in duties)}"[:60]
        user = User(login=login, name="某某", password_hash="", must_change_password=False, created_at=MORNING)
        user.holdings = [DutyHolding(organ_id=organ_id, duty=duty.value, valid_from=HELD_SINCE) for duty in duties]
        session.add(user)
        session.flush()
        token = sessions.begin(session, user, datetime.now(UTC))
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = token
    return browser
