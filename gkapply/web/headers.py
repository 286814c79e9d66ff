"""Cookies, sizes and the headers that every response carries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from gkapply.config import Settings

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_REQUEST = 65 * 1024 * 1024
"""Bytes of one POST: three attachments of 20 MB and the words of the form."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TWO_YEARS = timedelta(days=730)


def set_up(app: Flask, settings: Settings) -> None:
    """Set the limits and cookie flags of ``app`` and have every response carry the headers."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_NAME=_session_cookie(settings),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
    )
    app.after_request(_put_headers)
    if settings.trusted_proxies:
        # The limits per address must count the visitor, not the proxy; nobody else may name an address.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies, x_host=0
        )


def _session_cookie(settings: Settings) -> str:
    """The cookie's name. A practice copy has its own: browsers part cookies by host, not by port, and it may stand beside the office's site."""
    if settings.site.practice:
        return "gkapply_practice"
    return "__Host-gkapply" if settings.secure_cookies else "gkapply"


def impersonal(view: View) -> View:
    """Declare that the page shows nothing about a person or a case.

    Its browser may keep it for the Back button, so that what was typed in a form survives; every other page is no-store.
    """
    view._impersonal = True  # type: ignore[attr-defined]
    return view


def kept_for(seconds: int) -> Callable[[View], View]:
    """Declare that an impersonal answer may be kept so long without asking again: it is fetched while somebody types."""

    def declare(view: View) -> View:
        view._kept_seconds = seconds  # type: ignore[attr-defined]
        return view

    return declare


def _put_headers(response: Response) -> Response:
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    settings: Settings = current_app.config["GKAPPLY"]
    if settings.secure_cookies:
        response.headers["Strict-Transport-Security"] = f"max-age={int(TWO_YEARS.total_seconds())}"
    if request.endpoint == "static":
        return response
    view = current_app.view_functions.get(request.endpoint or "")
    kept = request.method == "GET" and response.status_code in (200, 304) and getattr(view, "_impersonal", False)
    if g.get("citizen") is not None:
        kept = False  # the page shows whose account is logged in
    seconds = getattr(view, "_kept_seconds", 0)
    how = f"private, max-age={seconds}" if seconds else "private, no-cache"
    response.headers["Cache-Control"] = how if kept else "no-store"
    return response
