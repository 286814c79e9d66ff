"""Text messages handed to a gateway over HTTP, in the form that the gateway wants."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from gkapply.adapters.calling import call
from gkapply.adapters.mail import token_of
from gkapply.adapters.refused import NotTaken
from gkapply.adapters.sms import Sms
from gkapply.gateways import SmsGateway

_PLACE = re.compile(r"\{(phone|text|key)\}")
_ID = re.compile(r'"(?:id|msgid|msg_id|message_id|messageId|msgId|smsid|bizId|BizId)"\s*:\s*"?([\w.-]{1,100})')


class HttpTexter:
    """Hands text messages to the office's gateway."""

    name = "sms_http"

    def __init__(self, gateway: SmsGateway):
        self._gateway = gateway

    def send(self, sms: Sms, key: str, now: datetime) -> str:
        """The gateway took it; returns its own id where the answer names one, else the key.

        Raises NotTaken when it refuses this message (4xx, or an answer without the sign of acceptance), OSError for anything else.
        """
        gateway, token = self._gateway, token_of(key)
        body, kind = _filled(gateway.body, {"phone": sms.to, "text": sms.text, "key": token})
        headers = {"Content-Type": kind}
        if gateway.header:
            name, _, value = gateway.header.partition(":")
            headers[name.strip()] = value.strip()
        answer = call(
            gateway.url,
            body,
            headers,
            method=gateway.method,
            authority=gateway.authority,
            timeout=gateway.timeout,
        )
        if answer.for_now or answer.status in (401, 403, 404, 405):
            # What is wrong with the line or the token is mended by the administrator.
            raise OSError(f"短信网关答复 {answer.status}")
        if not answer.ok or gateway.accepted not in answer.text:
            raise NotTaken(f"短信网关没有接受（{answer.status}）")
        named = _ID.search(answer.text)
        return named.group(1) if named else token


def _filled(template: str, values: dict[str, str]) -> tuple[bytes, str]:
    """The body with its places filled, each value quoted as the form demands, and its media type."""

    def fill(text: str) -> str:
        return _PLACE.sub(lambda place: values[place.group(1)], text)

    def fill_all(part: Any) -> Any:
        if isinstance(part, str):
            return fill(part)
        if isinstance(part, list):
            return [fill_all(one) for one in part]
        return {name: fill_all(one) for name, one in part.items()} if isinstance(part, dict) else part

    try:
        whole = fill_all(json.loads(template))
    except json.JSONDecodeError:
        pairs = [(name, fill(value)) for name, value in parse_qsl(template, keep_blank_values=True)]
        return urlencode(pairs).encode(), "application/x-www-form-urlencoded; charset=utf-8"
    return json.dumps(whole, ensure_ascii=False).encode(), "application/json; charset=utf-8"
