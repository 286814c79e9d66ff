"""Mail over SMTP: what the server's answers mean, and that nothing is said in the open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from gkapply.adapters.mail import Mail
from gkapply.adapters.refused import NotTaken
from gkapply.adapters.smtp import SmtpMailer
from gkapply.gateways import SmtpServer
from tests.adapters.servers import PASSWORD, USER, Certificate, MailHandler, mail_server, make_certificate

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
MAIL = Mail("li@example.invalid", "您的申请有新的文书", "请凭登记编号查询。\n")
SENDER = "某县政务公开办公室 <gk@example.gov.cn>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def handler() -> MailHandler:
    return MailHandler()


@pytest.fixture(scope="module")
def plain_port(handler: MailHandler) -> Iterator[int]:
    with mail_server(handler) as port:
        yield port


@pytest.fixture
def mailer(handler: MailHandler, plain_port: int) -> SmtpMailer:
    handler.to_rcpt = handler.to_data = "250 OK"
    handler.arrived.clear()
    return SmtpMailer(SmtpServer("127.0.0.1", plain_port, "none", SENDER, bounces_to="bounce+{id}@example.gov.cn"))


def test_each_copy_has_the_same_id_and_its_own_way_back(mailer: SmtpMailer, handler: MailHandler) -> None:
    assert mailer.send(MAIL, KEY, NOW) == mailer.send(MAIL, KEY, NOW) == f"<{KEY}@example.gov.cn>"
    first, second = handler.arrived
    assert (first.mail_from, first.rcpt_tos) == (f"bounce+{KEY}@example.gov.cn", [MAIL.to])
    message = message_from_bytes(first.content, policy=default)
    assert message["Message-ID"] == message_from_bytes(second.content, policy=default)["Message-ID"]
    assert (message["Subject"], message["From"]) == (MAIL.subject, SENDER)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().strip() == MAIL.text.strip()


@pytest.mark.parametrize("answer", ["550 5.1.1 <li@example.invalid> no such user", "553 name not allowed"])
def test_a_refusal_for_good_is_told_without_the_address(mailer: SmtpMailer, handler: MailHandler, answer: str) -> None:
    handler.to_rcpt = answer
    with pytest.raises(NotTaken, match=answer[:3]) as refused:
        mailer.send(MAIL, KEY, NOW)
    assert MAIL.to not in str(refused.value)
    handler.to_rcpt, handler.to_data = "250 OK", "554 5.7.1 refused as spam"
    with pytest.raises(NotTaken, match="554"):
        mailer.send(MAIL, KEY, NOW)


@pytest.mark.parametrize(("to_rcpt", "to_data"), [("450 4.2.0 greylisted", ""), ("250 OK", "452 4.3.1 full")])
def test_a_refusal_for_now_is_tried_again(mailer: SmtpMailer, handler: MailHandler, to_rcpt: str, to_data: str) -> None:
    handler.to_rcpt, handler.to_data = to_rcpt, to_data
    with pytest.raises(OSError, match=r"45\d"):
        mailer.send(MAIL, KEY, NOW)


def test_a_server_that_is_away_or_speaks_otherwise_is_tried_again(plain_port: int) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - the kind of error is the system's
        SmtpMailer(SmtpServer("127.0.0.1", 1, "none", SENDER)).send(MAIL, KEY, NOW)
    with pytest.raises(OSError, match="SMTPNotSupportedError"):
        SmtpMailer(SmtpServer("127.0.0.1", plain_port, "starttls", SENDER)).send(MAIL, KEY, NOW)


def test_the_line_is_encrypted_and_the_other_end_proves_who_it_is(certificate: Certificate, tmp_path: Path) -> None:
    handler = MailHandler()
    with mail_server(handler, certificate) as port:
        sure = SmtpServer("127.0.0.1", port, "starttls", SENDER, USER, PASSWORD, authority=certificate.file)
        SmtpMailer(sure).send(MAIL, KEY, NOW)
        assert handler.encrypted == [True]
        with pytest.raises(OSError, match="certificate verify failed"):
            SmtpMailer(replace(sure, authority=None)).send(MAIL, KEY, NOW)
        with pytest.raises(OSError, match="535"):
            SmtpMailer(replace(sure, password="wrong")).send(MAIL, KEY, NOW)
        with pytest.raises(OSError, match="530"):
            SmtpMailer(replace(sure, security="none", user="")).send(MAIL, KEY, NOW)
    assert len(handler.arrived) == 1
    assert PASSWORD not in repr(sure)
    assert USER not in repr(sure).replace(SENDER, "")
