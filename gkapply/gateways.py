"""Settings of the ways out: mail server, text messages, folders. Read once from the environment; secrets never appear in ``repr``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

LONGEST_TIMEOUT = 30
"""Seconds; an errand is taken from its worker after little more."""
DEFAULT_BODY = '{"phone": "{phone}", "content": "{text}", "id": "{key}"}'


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The mail server that takes the office's mail, and as whom it is sent."""

    host: str
    port: int
    security: str
    """``tls`` from the first byte, ``starttls`` before anything is said, ``none`` in a closed net."""
    sender: str
    """What the reader sees in From."""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    bounces_to: str = ""
    """Envelope sender, to which bounces go; ``{id}`` stands for the message's id. Empty: the address in ``sender``."""
    authority: Path | None = None
    """Certificates of the authority that vouches for the server, where the system's own do not."""
    timeout: int = 10


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """A gateway for text messages that takes HTTP."""

    url: str = field(repr=False)
    method: str = "POST"
    header: str = field(default="", repr=False)
    """``Name: value``, usually with the gateway's token."""
    body: str = DEFAULT_BODY
    """JSON or form in which {phone}, {text} and {key} stand for what is sent."""
    accepted: str = ""
    """What stands in the answer when the message was taken; empty: any answer with a status of 2xx."""
    authority: Path | None = None
    timeout: int = 10


@dataclass(frozen=True, slots=True)
class Gateways:
    """Every way out that the installation has."""

    smtp: SmtpServer | None = None
    mail_tray: Path | None = None
    """Where mail is left without ``smtp``; None: ``mail`` beside the anchors."""
    sms: SmsGateway | None = None
    sms_tray: Path | None = None
    bounces: Path | None = None
    """Where the mail system leaves what came back, as .eml files."""
    oa: Path | None = None
    """Where the office automation system and this program hand each other items (adapters.oa)."""

    @property
    def texts(self) -> bool:
        """Whether text messages can be sent at all."""
        return self.sms is not None or self.sms_tray is not None


NO_GATEWAYS = Gateways()
"""Mail goes into its folder, text messages nowhere."""


def read_gateways(env: Mapping[str, str], problems: list[str]) -> Gateways:
    """The ways out that ``env`` names; what is wrong is added to ``problems``."""
    return Gateways(
        smtp=_read_smtp(env, problems),
        mail_tray=_folder(env, "GKAPPLY_MAIL_TRAY"),
        sms=_read_sms(env, problems),
        sms_tray=_folder(env, "GKAPPLY_SMS_TRAY"),
        bounces=_folder(env, "GKAPPLY_BOUNCES"),
        oa=_folder(env, "GKAPPLY_OA"),
    )


_SMTP = {"smtps": ("tls", 465), "smtp": ("starttls", 587), "smtp+plain": ("none", 25)}


def _read_smtp(env: Mapping[str, str], problems: list[str]) -> SmtpServer | None:
    text = env.get("GKAPPLY_SMTP_URL") or ""
    if not text:
        return None
    url, port = _split(text)
    if url is None or url.scheme not in _SMTP or not url.hostname:
        problems.append(
            "GKAPPLY_SMTP_URL 须为 smtp://用户:密码@主机:587（STARTTLS）、smtps://…:465（TLS）或 smtp+plain://…"
        )
        return None
    security, usual = _SMTP[url.scheme]
    sender, bounces = env.get("GKAPPLY_MAIL_FROM") or "", env.get("GKAPPLY_MAIL_BOUNCES_TO") or ""
    if not _is_address(sender):
        problems.append("设置了 GKAPPLY_SMTP_URL 时须设 GKAPPLY_MAIL_FROM，例如 某县政务公开办公室 <gk@example.gov.cn>")
    if bounces and not _is_address(bounces.replace("{id}", "id")):
        problems.append("GKAPPLY_MAIL_BOUNCES_TO 须为邮箱地址，可以含 {id}，例如 bounce+{id}@example.gov.cn")
    user = unquote(url.username or "")
    if user and security == "none":
        problems.append("GKAPPLY_SMTP_URL 为 smtp+plain:// 时不得带用户和密码：密码会以明文传输")
    return SmtpServer(
        host=url.hostname,
        port=port or usual,
        security=security,
        sender=sender,
        user=user,
        password=env.get("GKAPPLY_SMTP_PASSWORD") or unquote(url.password or ""),
        bounces_to=bounces,
        authority=_folder(env, "GKAPPLY_GATEWAY_CA"),
        timeout=_timeout(env, problems),
    )


def _read_sms(env: Mapping[str, str], problems: list[str]) -> SmsGateway | None:
    text = env.get("GKAPPLY_SMS_URL") or ""
    if not text:
        return None
    url, _ = _split(text)
    if url is None or url.scheme not in ("http", "https") or not url.hostname:
        problems.append("GKAPPLY_SMS_URL 须以 https:// 或 http:// 开头")
    method = (env.get("GKAPPLY_SMS_METHOD") or "POST").upper()
    if method not in ("POST", "PUT"):
        problems.append("GKAPPLY_SMS_METHOD 只支持 POST 与 PUT")
    header, body = env.get("GKAPPLY_SMS_HEADER") or "", env.get("GKAPPLY_SMS_BODY") or DEFAULT_BODY
    if header and (":" not in header or not header.isprintable()):
        problems.append("GKAPPLY_SMS_HEADER 须为「名称: 值」一行")
    missing = [name for name in ("{phone}", "{text}") if name not in body]
    if missing:
        problems.append(f"GKAPPLY_SMS_BODY 缺少 {'、'.join(missing)}")
    return SmsGateway(
        text,
        method,
        header,
        body,
        env.get("GKAPPLY_SMS_ACCEPTED") or "",
        _folder(env, "GKAPPLY_GATEWAY_CA"),
        _timeout(env, problems),
    )


def _split(text: str) -> tuple[SplitResult | None, int | None]:
    try:
        url = urlsplit(text)
        return url, url.port
    except ValueError:
        return None, None


def _is_address(text: str) -> bool:
    _, address = parseaddr(text)
    return "@" in address and text.isprintable() and "," not in text


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]) if env.get(name) else None


def _timeout(env: Mapping[str, str], problems: list[str]) -> int:
    text = env.get("GKAPPLY_GATEWAY_TIMEOUT") or "10"
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_TIMEOUT:
        problem = f"GKAPPLY_GATEWAY_TIMEOUT 须为 1 至 {LONGEST_TIMEOUT} 的整数（秒）"
        if problem not in problems:
            problems.append(problem)
        return 10
    return int(text)
