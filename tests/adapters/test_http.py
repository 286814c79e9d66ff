"""Text messages and webhooks over HTTP: the body the gateway wants, what its answers mean, nothing followed elsewhere."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from gkapply.adapters.refused import NotTaken
from gkapply.adapters.sms import Sms
from gkapply.adapters.sms_gateway import HttpTexter
from gkapply.adapters.webhook import KEY, SIGNATURE, WebhookCaller
from gkapply.gateways import SmsGateway
from tests.adapters.servers import Gateway, http_gateway

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
UID = "0123456789abcdef0123456789abcdef"
SMS = Sms("13800000000", '您的"申请"有新的文书 {phone}&x=1')


@pytest.fixture(scope="module")
def running() -> Iterator[Gateway]:
    with http_gateway(Gateway()) as gateway:
        yield gateway


@pytest.fixture
def gateway(running: Gateway) -> Gateway:
    running.asked.clear()
    running.status, running.answer, running.location = 200, '{"code": 0, "id": "G-7"}', ""
    return running


def test_json_is_filled_so_that_no_text_can_change_it(gateway: Gateway) -> None:
    body = '{"to": ["{phone}"], "content": "【某县】{text}", "ext": {"id": "{key}"}, "sign": 1}'
    settings = SmsGateway(gateway.url, header="Authorization: Bearer t0ken", body=body, accepted='"code": 0')
    assert HttpTexter(settings).send(SMS, UID, NOW) == "G-7"
    ((_, headers, sent),) = gateway.asked
    assert json.loads(sent) == {"to": [SMS.to], "content": f"【某县】{SMS.text}", "ext": {"id": UID}, "sign": 1}
    assert headers["Authorization"] == "Bearer t0ken"
    assert "t0ken" not in repr(settings)
    assert gateway.url not in repr(settings)


def test_a_form_is_filled_so_that_no_text_can_change_it(gateway: Gateway) -> None:
    gateway.answer = "OK"
    settings = SmsGateway(gateway.url, body="mobile={phone}&msg={text}&sn={key}&fixed=")
    assert HttpTexter(settings).send(SMS, UID, NOW) == UID
    ((_, _, sent),) = gateway.asked
    assert parse_qs(sent.decode()) == {"mobile": [SMS.to], "msg": [SMS.text], "sn": [UID]}


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (200, '{"code": 17}', NotTaken),
        (400, "", NotTaken),
        (401, "", OSError),
        (429, "", OSError),
        (500, '{"code": 0}', OSError),
    ],
)
def test_what_an_answer_means(gateway: Gateway, status: int, answer: str, error: type[Exception]) -> None:
    gateway.status, gateway.answer = status, answer
    with pytest.raises(error, match=str(status)):
        HttpTexter(SmsGateway(gateway.url, accepted='"code": 0')).send(SMS, UID, NOW)


def test_no_redirect_is_followed(gateway: Gateway) -> None:
    gateway.status, gateway.location = 307, gateway.url.replace("/send", "/elsewhere")
    with pytest.raises(OSError, match="307"):
        HttpTexter(SmsGateway(gateway.url)).send(SMS, UID, NOW)
    assert [path for path, _, _ in gateway.asked] == ["/send"]


def test_a_webhook_is_signed_over_time_and_body(gateway: Gateway) -> None:
    body = '{"messages": []}'
    WebhookCaller().send(gateway.url, "secret", body, UID, NOW)
    ((_, headers, sent),) = gateway.asked
    at = int(NOW.timestamp())
    mac = hmac.new(b"secret", f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    assert headers[SIGNATURE] == f"t={at},v1={mac}"
    assert (headers[KEY], sent.decode()) == (UID, body)
    gateway.status = 404
    with pytest.raises(OSError, match="404"):
        WebhookCaller().send(gateway.url, "secret", body, UID, NOW)
