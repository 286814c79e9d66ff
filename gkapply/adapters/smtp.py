"""Mail handed to a mail server (SMTP, RFC 5321) over a line whose other end proved who it is."""

import smtplib
import ssl
from datetime import datetime
from email.utils import parseaddr

from gkapply.adapters.mail import Mail, token_of, written
from gkapply.adapters.refused import NotTaken
from gkapply.gateways import SmtpServer

PERMANENT = range(500, 600)
MISCONFIGURED = (502, 503, 504, 530, 534, 535, 538)
"""5xx that speak of this office's line or login, not of the recipient: mended by the administrator, then it goes."""


class SmtpMailer:
    """Hands mail to the office's server. One connection for one message: they are few, and servers close idle ones."""

    name = "smtp"

    def __init__(self, server: SmtpServer):
        self._server = server

    def send(self, mail: Mail, key: str, now: datetime) -> str:
        """The server took responsibility for the message; returns its Message-ID.

        Raises NotTaken where the server refuses this recipient or message for good (5xx), OSError for anything else.
        """
        server = self._server
        message = written(mail, key, now, sender=server.sender, host=parseaddr(server.sender)[1].rpartition("@")[2])
        envelope = server.bounces_to.replace("{id}", token_of(key)) or parseaddr(server.sender)[1]
        try:
            with self._connected() as line:
                line.send_message(message, from_addr=envelope, to_addrs=[mail.to])
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise _judged(code, said, mail.to) from None
        except smtplib.SMTPResponseException as refused:
            raise _judged(refused.smtp_code, refused.smtp_error, mail.to) from None
        except smtplib.SMTPException as broken:
            raise OSError(f"邮件服务器：{type(broken).__name__}") from None
        return str(message["Message-ID"])

    def _connected(self) -> smtplib.SMTP:
        """A line to the server, encrypted and logged in as it is set. Raises OSError, SMTPException."""
        server = self._server
        context = ssl.create_default_context(cafile=str(server.authority) if server.authority else None)
        if server.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                line.starttls(context=context)
            if server.user:
                line.login(server.user, server.password)
        except (OSError, smtplib.SMTPException):
            line.close()
            raise
        return line


def _judged(code: int, said: bytes | str, address: str) -> Exception:
    """What an answer of the server means; its words are kept without the address."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    told = f"{code} {' '.join(words.replace(address, '…').split())}"[:200]
    for_good = code in PERMANENT and code not in MISCONFIGURED
    return NotTaken(told) if for_good else OSError(f"邮件服务器答复 {told}")
