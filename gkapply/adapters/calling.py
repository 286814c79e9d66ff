"""HTTP to a gateway of the office: one request, one answer, nothing followed elsewhere."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

LONGEST_ANSWER = 64 * 1024
TAKES_NO_MORE = (408, 425, 429)
"""4xx by which a gateway says: not now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway said."""

    status: int
    text: str

    @property
    def ok(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300

    @property
    def for_now(self) -> bool:
        """Whether trying again may help."""
        return self.status >= 500 or self.status in TAKES_NO_MORE or 300 <= self.status < 400


class _NoRedirects(HTTPRedirectHandler):
    """An answer that points elsewhere is an answer: what was meant for one host is told to no other."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """None: the redirect comes back as the error that it is."""
        return None


def call(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    method: str = "POST",
    authority: Path | None = None,
    timeout: int = 10,
) -> Answer:
    """Send ``body``; certificates are checked, no proxy of the environment is used. Raises OSError when there is no answer."""
    context = ssl.create_default_context(cafile=str(authority) if authority else None)
    opener = build_opener(_NoRedirects, HTTPSHandler(context=context), ProxyHandler({}))
    request = Request(url, data=body, headers=dict(headers), method=method)
    try:
        with opener.open(request, timeout=timeout) as answer:
            return Answer(answer.status, _text(answer))
    except HTTPError as refused:
        with refused:
            return Answer(refused.code, _text(refused))
    except HTTPException as broken:
        raise OSError(f"{type(broken).__name__}") from None


def _text(answer: Any) -> str:
    return bytes(answer.read(LONGEST_ANSWER)).decode("utf-8", "replace")
