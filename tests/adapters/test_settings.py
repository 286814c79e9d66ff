"""The ways out as the installation sets them: every fault is named, no secret is shown."""

import pytest

from gkapply.gateways import Gateways, read_gateways

GOOD = {
    "GKAPPLY_SMTP_URL": "smtp://gk%40x:p%2Fw@mail.example.gov.cn",
    "GKAPPLY_MAIL_FROM": "公开办 <gk@example.gov.cn>",
}


def read(env: dict[str, str]) -> tuple[Gateways, list[str]]:
    problems: list[str] = []
    return read_gateways(env, problems), problems


def test_a_mail_server_is_read_from_its_address() -> None:
    gateways, problems = read(GOOD)
    assert problems == []
    assert gateways.smtp is not None
    smtp = gateways.smtp
    assert (smtp.host, smtp.port, smtp.security) == ("mail.example.gov.cn", 587, "starttls")
    assert (smtp.user, smtp.password) == ("gk@x", "p/w")
    assert "p/w" not in repr(gateways)
    given = read({**GOOD, "GKAPPLY_SMTP_URL": "smtps://gk@mail.example.gov.cn", "GKAPPLY_SMTP_PASSWORD": "s3cret"})[0]
    assert given.smtp is not None
    assert (given.smtp.port, given.smtp.password) == (465, "s3cret")
    assert "s3cret" not in repr(given)


def test_without_settings_mail_has_its_folder_and_text_messages_no_way_out() -> None:
    gateways, problems = read({})
    assert (gateways, problems, gateways.texts) == (Gateways(), [], False)
    assert read({"GKAPPLY_SMS_TRAY": "/var/spool/sms"})[0].texts


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"GKAPPLY_SMTP_URL": "http://mail.example.gov.cn"}, "GKAPPLY_SMTP_URL"),
        ({"GKAPPLY_SMTP_URL": "smtp://mail.example.gov.cn:no"}, "GKAPPLY_SMTP_URL"),
        ({"GKAPPLY_SMTP_URL": "smtp+plain://u:p@mail.example.gov.cn"}, "GKAPPLY_SMTP_URL"),
        ({"GKAPPLY_MAIL_FROM": ""}, "GKAPPLY_MAIL_FROM"),
        ({"GKAPPLY_MAIL_FROM": "gk@example.gov.cn\nBcc: x@example.cn"}, "GKAPPLY_MAIL_FROM"),
        ({"GKAPPLY_MAIL_BOUNCES_TO": "{id}"}, "GKAPPLY_MAIL_BOUNCES_TO"),
        ({"GKAPPLY_GATEWAY_TIMEOUT": "900"}, "GKAPPLY_GATEWAY_TIMEOUT"),
        ({"GKAPPLY_SMS_URL": "ftp://sms.example.gov.cn"}, "GKAPPLY_SMS_URL"),
        ({"GKAPPLY_SMS_URL": "https://sms.example.gov.cn", "GKAPPLY_SMS_METHOD": "GET"}, "GKAPPLY_SMS_METHOD"),
        ({"GKAPPLY_SMS_URL": "https://sms.example.gov.cn", "GKAPPLY_SMS_HEADER": "token"}, "GKAPPLY_SMS_HEADER"),
        ({"GKAPPLY_SMS_URL": "https://sms.example.gov.cn", "GKAPPLY_SMS_BODY": "to={phone}"}, "GKAPPLY_SMS_BODY"),
    ],
)
def test_what_is_wrong_is_named(changed: dict[str, str], named: str) -> None:
    (problem,) = read({**GOOD, **changed})[1]
    assert problem.startswith(named) or named in problem
