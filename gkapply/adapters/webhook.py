"""What staff are told, posted as signed JSON to an address of the office's choice: its chat, its board."""

import hashlib
import hmac
from datetime import datetime

from gkapply.adapters.calling import call
from gkapply.adapters.refused import NotTaken

SIGNATURE = "X-Gkapply-Signature"
"""``t=<seconds since 1970>,v1=<HMAC-SHA256 of "seconds.body" in hexadecimal>``."""
KEY = "X-Gkapply-Key"
"""The same for every copy of a message."""


class WebhookCaller:
    """Posts to webhooks; the receiver knows by the signature that it was this installation, and by the key what it has already."""

    name = "webhook"

    def __init__(self, timeout: int = 10):
        self._timeout = timeout

    def send(self, url: str, secret: str, body: str, key: str, now: datetime) -> str:
        """The receiver answered 2xx. Raises OSError for anything else: its administrator mends that."""
        raw = body.encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            SIGNATURE: signature(secret, raw, now),
            KEY: key,
        }
        try:
            answer = call(url, raw, headers, timeout=self._timeout)
        except ValueError:
            raise NotTaken("地址不能使用") from None
        if not answer.ok:
            raise OSError(f"接收方答复 {answer.status}")
        return key


def signature(secret: str, body: bytes, now: datetime) -> str:
    """The header by which the receiver checks origin and age."""
    at = int(now.timestamp())
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"
