"""What mail systems send back: read where it is a report, believed only where it names a message by its id."""

from pathlib import Path

import pytest

from gkapply.adapters.bounces import Bounce, read_bounce

TOKEN = "0123456789abcdef0123456789abcdef"
REPORT = """\
From: MAILER-DAEMON@mx.example.cn
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.cn

Final-Recipient: rfc822; li@example.invalid
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <li@example.invalid>: no such user

--b
Content-Type: {kind}

From: gk@example.gov.cn
To: li@example.invalid
Message-ID: <{token}@example.gov.cn>
Subject: s

--b--
"""
USUAL = {"to": "gk@example.gov.cn", "action": "failed", "status": "5.1.1", "kind": "message/rfc822", "token": TOKEN}


def written(folder: Path, **changed: str) -> Path:
    """A report in a file."""
    path = folder / "bounce.eml"
    path.write_text(REPORT.format(**{**USUAL, **changed}), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_the_message_is_known_by_the_copy_that_came_back(tmp_path: Path, kind: str) -> None:
    assert read_bounce(written(tmp_path, kind=kind)) == Bounce(TOKEN, True, "5.1.1")


def test_or_by_the_address_to_which_it_came_back(tmp_path: Path) -> None:
    way_back = f"<bounce+{TOKEN}@example.gov.cn>"
    assert read_bounce(written(tmp_path, to=way_back, token="somebody")) == Bounce(TOKEN, True, "5.1.1")


def test_a_delay_is_no_failure(tmp_path: Path) -> None:
    assert read_bounce(written(tmp_path, action="delayed", status="4.4.1")) == Bounce(TOKEN, False, "4.4.1")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe garbage",
        REPORT.format(**USUAL).replace("multipart/report", "multipart/mixed").encode(),
        REPORT.format(**{**USUAL, "token": "0123"}).encode(),
        REPORT.format(**{**USUAL, "action": ""}).encode(),
        b"To: <bounce+" + TOKEN.encode() + b"@example.gov.cn>\n\nI am on leave.\n",
        b"Content-Type: multipart/report; boundary=\n\n--\nContent-Type: message/delivery-status\n\n",
        REPORT.format(**USUAL).encode() + b"x" * 1024 * 1024,
    ],
)
def test_what_is_no_report_about_a_message_tells_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.eml"
    path.write_bytes(content)
    assert read_bounce(path) is None
