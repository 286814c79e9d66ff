"""A mail server and an HTTP gateway on this machine, that answer as a test tells them."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "gk", "correct horse"
BORN, DIES = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)


@dataclass
class MailHandler:
    """Keeps what arrives; answers RCPT and DATA as told."""

    to_rcpt: str = "250 OK"
    to_data: str = "250 OK"
    arrived: list[Any] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """The answer to one recipient."""
        if self.to_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """The answer to the message."""
        if self.to_data.startswith("250"):
            self.arrived.append(envelope)
            self.encrypted.append(session.ssl is not None)
        return self.to_data


@dataclass(frozen=True)
class Certificate:
    """Files of a certificate for 127.0.0.1 that vouches for itself."""

    file: Path
    key: Path

    @property
    def context(self) -> ssl.SSLContext:
        """For a server."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.file, self.key)
        return context


def make_certificate(folder: Path) -> Certificate:
    """A certificate for this machine's own address."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(BORN).not_valid_after(DIES)
    here = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    signed = builder.add_extension(here, critical=False).sign(key, hashes.SHA256())
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    made.file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


class _AnyPort(Controller):
    """Listens on a port that the system chose."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(handler: MailHandler, certificate: Certificate | None = None) -> Iterator[int]:
    """A mail server on a free port; with a certificate it demands STARTTLS and a login. Yields its port."""

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    demands: dict[str, Any] = {}
    if certificate is not None:
        demands = {
            "tls_context": certificate.context,
            "require_starttls": True,
            "authenticator": authenticate,
            "auth_required": True,
        }
    controller = _AnyPort(handler, hostname="127.0.0.1", port=0, **demands)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@dataclass
class Gateway:
    """What an HTTP gateway was sent, and what it answers."""

    status: int = 200
    answer: str = '{"code": 0, "id": "G-7"}'
    location: str = ""
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@contextmanager
def http_gateway(gateway: Gateway) -> Iterator[Gateway]:
    """A gateway on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.asked.append((self.path, dict(self.headers), body))
            self.send_response(gateway.status)
            if gateway.location:
                self.send_header("Location", gateway.location)
            self.end_headers()
            self.wfile.write(gateway.answer.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the test's output."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        gateway.url = f"http://127.0.0.1:{server.server_port}/send"
        try:
            yield gateway
        finally:
            server.shutdown()
            thread.join()
