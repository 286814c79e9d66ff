"""A citizen in front of the pages: registers with the code from the mail, logs in, applies."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from gkapply.adapters.mail import OutTray
from gkapply.adapters.sms import SmsTray
from gkapply.casework import citizen_codes, citizens, errands, outbox
from gkapply.casework.citizen_address import Address
from gkapply.casework.citizen_records import Purpose
from gkapply.casework.errands import Equipment
from gkapply.casework.services import ring
from gkapply.database import transaction
from tests.web.browser import Browser

MAIL = "citizen@example.invalid"
PASSWORD = "Zhinan-2026-abc"


def mails(folder: Path) -> list[EmailMessage]:
    """Send what waits to be sent, and every mail that was sent so far, the oldest first."""
    now, tools = datetime.now(UTC), Equipment(folder, OutTray(folder / "mail"), SmsTray(folder / "sms"))
    done: list[int] = []
    for one in outbox.claim(now, limit=50):
        errands.HANDLERS[one.task](one.arguments, now, tools)
        done.append(one.id)
    outbox.claim(now, limit=1, finished=done)
    tray = sorted((folder / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), EmailMessage, policy=policy.default) for path in tray]


def code_in(mail: EmailMessage) -> str:
    """The code that the mail tells."""
    found = re.search(r"\b\d{6}\b", mail.get_content())
    assert found, mail.get_content()
    return found[0]


def register(client: Browser, folder: Path, address: str = MAIL, password: str = PASSWORD) -> None:
    """Register and be logged in."""
    asked = client.submit("/me/register", "/me/register", address=address)
    assert asked.location == "/me/register/code"
    fields = {"code": code_in(mails(folder)[-1]), "new_password": password, "repeated": password}
    answer = client.submit(asked.location, asked.location, **fields)
    assert (answer.status_code, answer.location) == (303, "/me"), answer.text


def sign_in(client: Browser, address: str = MAIL, password: str = PASSWORD) -> int:
    """Log in; the status of the answer."""
    return client.submit("/me/login", "/me/login", address=address, password=password).status_code


def open_account(address: str = MAIL) -> str:
    """An account without its pages; the token of its login."""
    now = datetime.now(UTC)
    with transaction() as session:
        uid = citizen_codes.send(session, Purpose.REGISTER, Address("email", address), "192.0.2.7", now)
        code = ring(session).one_time_code(uid)
    return citizens.begin(citizens.register(uid, code, PASSWORD, now), now)
