"""Submissions killed in the middle, and what is left of them."""

import io
import random
from dataclasses import dataclass
from typing import Any

import time_machine
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, literal, select, text, union_all

from gkapply import create_app
from gkapply.casework import new_case
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.casework.schema import metadata
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.demo.applicants import PERSON
from gkapply.demo.county import COUNTY_CODE
from gkapply.web.form_token import token_of_request
from tests.journeys.killing import SEED, UNDISTURBED, Fork, moments
from tests.web.conftest import MONDAY_MORNING

Rows = dict[str, int]
"""Table → rows."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a kill in the middle of a submission left, and what sending the same form again made of it."""

    answered: bool
    """Whether the applicant had got the answer before the kill."""
    left: Rows
    """Rows that the kill left, where there are any."""
    reference_left: str | None
    in_the_end: Rows
    """Rows that there are after the form was sent again."""
    reference: str
    receipt_shown: bool
    """Whether the receipt then shows the number and the query code."""


def kill_submissions(settings: Settings, times: int) -> tuple[Rows, list[Submission]]:
    """Send so many forms, each killed at some moment and then sent again.

    Returns the rows that one undisturbed submission leaves, and every trial.
    """
    with time_machine.travel(MONDAY_MORNING):
        app = create_app(settings, relay=False)
        chance = random.Random(SEED)
        _Form(app.test_client(), chance).send()
        before = rows()
        _Form(app.test_client(), chance).send()
        whole = _more(before, rows())
        fork = Fork(settings, (_Form(app.test_client(), chance).send for _ in range(UNDISTURBED)))
        return whole, [_kill_one(fork, _Form(app.test_client(), chance), at) for at in moments(times, chance)]


def _kill_one(fork: Fork, form: "_Form", at: float | None) -> Submission:
    before = rows()
    answered = fork.kill(form.send, at)
    left, reference_left = _more(before, rows()), form.reference()
    receipt = form.send()
    reference = form.reference() or ""
    with reading() as session:
        code = query_code(session, session.scalars(select(Case).where(Case.reference == reference)).one())
    shown = reference in receipt and code in receipt
    return Submission(answered, left, reference_left, _more(before, rows()), reference, shown)


class _Form:
    """A form on an applicant's screen, filled in, with two files of its own."""

    def __init__(self, client: FlaskClient, chance: random.Random):
        self._client = client
        page = html.document_fromstring(client.get("/apply/whole").text)
        (form,) = page.xpath("//main//form")
        self._fields = {
            **dict(form.form_values()),
            "organ": COUNTY_CODE,
            "name": PERSON.name,
            "id_number": PERSON.id_number,
            "phone": PERSON.phone,
            "description": "征地补偿安置方案",
        }
        self._files = {"identity": chance.randbytes(20_000), "other": chance.randbytes(60_000)}

    def send(self) -> str:
        """Send it and follow to the receipt; returns that page. Raises RuntimeError for any other answer."""
        pictures = {
            role: (io.BytesIO(b"\x89PNG\r\n\x1a\n" + content), f"{role}.png") for role, content in self._files.items()
        }
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = self._client.post("/apply", data={**self._fields, **pictures}, headers=headers, follow_redirects=True)
        if answer.request.path == "/apply":
            raise RuntimeError(f"refused ({answer.status}): {answer.text}")
        return answer.text

    def reference(self) -> str | None:
        """The request that came in with this form."""
        with reading() as session:
            case = new_case.submitted_with(session, token_of_request(self._fields["token"]))
            return case.reference if case else None


def rows() -> Rows:
    """How many rows stand in each table; of the counters, how many numbers they have given."""
    counts: list[Any] = [
        select(literal(table.name), func.count()).select_from(table) for table in metadata.sorted_tables
    ]
    with reading() as session:
        found: Rows = dict(session.execute(union_all(*counts)).tuples().all())
        found["counter"] = session.scalar(text("SELECT sum(value) FROM counter")) or 0
        return found


def _more(before: Rows, after: Rows) -> Rows:
    return {name: after[name] - count for name, count in before.items() if after[name] != count}
