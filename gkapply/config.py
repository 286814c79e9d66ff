"""Settings: read once from the environment, frozen, every missing or bad name told at once."""

import base64
import binascii
import os
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import cast

from gkapply.gateways import NO_GATEWAYS, Gateways, read_gateways
from gkapply.site_identity import SiteIdentity, read_identity

KEY_BYTES = 32
Network = IPv4Network | IPv6Network
LOOPBACK: tuple[Network, ...] = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


class BadSettings(Exception):
    """One or more settings are missing or unusable; ``problems`` names each of them with what to do."""

    def __init__(self, problems: list[str]):
        super().__init__("；".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the installation is told from outside. Keys never appear in ``repr``."""

    database_url: str
    store: Path
    broker_url: str | None
    anchors: Path
    """Folder for the daily journal anchors, and for mail where no other way out is set; beside the database by default."""
    secret_key: bytes = field(repr=False)
    data_keys: tuple[tuple[str, bytes], ...] = field(repr=False)
    """(key id, 32 bytes), newest first."""
    demo_password: str | None = field(repr=False, default=None)
    secure_cookies: bool = False
    idle_minutes: int = 30
    submissions_per_hour: int = 30
    """Requests that one address may send in an hour: a service hall's computer sends more than a citizen's."""
    drafts_per_hour: int = 120
    """Drafts of applications that one address may begin in an hour."""
    hall_minutes: int = 5
    """Minutes without a sign of life after which a terminal in a service hall forgets who used it."""
    sums_after: int = 20
    """Requests of one address in an hour after which each further one asks for a small sum; 0: every one does."""
    draft_days: int = 30
    """Days for which a draft of an application is kept after it was last saved."""
    batch_rows: int = 40
    """Requests that one sheet of 批量提交 may hold."""
    batches_per_hour: int = 2
    """Sheets that one account may send in an hour; they do not count as single requests of the address."""
    wrong_codes_per_hour: int = 20
    """Wrong query codes that one address may try in an hour."""
    public_address: str = ""
    """Where people outside reach the pages, as letters print it; empty: letters name the platform in words."""
    trusted_proxies: int = 0
    """Reverse proxies before the program that set X-Forwarded-For; with 0 the caller's own address counts."""
    metrics_from: tuple[Network, ...] = LOOPBACK
    """Addresses and networks from which /metrics may be read."""
    pdf: bool = False
    """Whether the PDF of a letter is made after its file, where LibreOffice is installed."""
    seal_folder: Path | None = None
    """Where documents are handed to the office's electronic seal system; None: it has none."""
    gateways: Gateways = NO_GATEWAYS
    """By which mail and text messages leave."""
    site: SiteIdentity = field(default_factory=SiteIdentity)
    """What the pages say of the site itself."""
    keys_made: bool = False
    """True when this start made the keys, so that the command can say to keep them apart."""

    @property
    def embedded(self) -> bool:
        """Whether one process does everything (no broker set)."""
        return self.broker_url is None


def bundled(name: str) -> Path:
    """Folder of files shipped with the program: inside the installed package, else beside it in the source tree."""
    inside = Path(__file__).parent / "_bundled" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def read_settings(environ: Mapping[str, str] | None = None, *, folder: Path | None = None) -> Settings:
    """Settings from ``environ`` (default: the process environment), relative paths under ``folder`` (default: the
    current directory).

    In the embedded profile missing keys are made once under ``instance/`` (mode 0600). With a broker set they must be
    given. Raises BadSettings naming every problem.
    """
    env = os.environ if environ is None else environ
    instance = (folder or Path.cwd()) / "instance"
    broker = env.get("GKAPPLY_BROKER_URL") or None
    problems: list[str] = []
    made = False
    secret_text, keys_text = env.get("GKAPPLY_SECRET_KEY"), env.get("GKAPPLY_DATA_KEYS")
    if broker is None:
        made_secret, secret_text = _given_or_kept(
            secret_text, instance / "secret_key", lambda: secrets.token_urlsafe(48)
        )
        made_keys, keys_text = _given_or_kept(keys_text, instance / "data_keys", _new_data_key)
        made = made_secret or made_keys
    if not secret_text or len(secret_text) < 32:
        problems.append("GKAPPLY_SECRET_KEY 缺失或不足 32 个字符：请设为随机长字符串")
    data_keys = _read_data_keys(keys_text, problems)
    database_url = env.get("GKAPPLY_DATABASE_URL") or f"sqlite:///{instance / 'gkapply.db'}"
    if not database_url.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
        problems.append("GKAPPLY_DATABASE_URL 只支持 sqlite:///… 与 postgresql+psycopg://…")
    if broker is not None and database_url.startswith("sqlite"):
        problems.append("设置了 GKAPPLY_BROKER_URL 时 GKAPPLY_DATABASE_URL 须为 PostgreSQL")
    counts = _read_counts(env, problems)
    metrics_from = _read_networks(env, "GKAPPLY_METRICS_FROM", LOOPBACK, problems)
    public_address = (env.get("GKAPPLY_PUBLIC_ADDRESS") or "").rstrip("/")
    if public_address and not public_address.startswith(("https://", "http://")):
        problems.append("GKAPPLY_PUBLIC_ADDRESS 须以 https:// 或 http:// 开头，例如 https://ysq.example.gov.cn")
    gateways = read_gateways(env, problems)
    site = read_identity(env, problems)
    if problems:
        raise BadSettings(problems)
    return Settings(
        database_url=database_url.replace("postgresql://", "postgresql+psycopg://", 1),
        store=Path(env.get("GKAPPLY_STORE") or instance / "files"),
        broker_url=broker,
        secret_key=str(secret_text).encode(),
        data_keys=data_keys,
        demo_password=env.get("GKAPPLY_DEMO_PASSWORD") or None,
        secure_cookies=env.get("GKAPPLY_SECURE_COOKIES", "") == "1",
        metrics_from=metrics_from,
        public_address=public_address,
        anchors=Path(env.get("GKAPPLY_ANCHORS") or instance / "anchors"),
        pdf=env.get("GKAPPLY_PDF", "1") == "1",
        seal_folder=Path(env["GKAPPLY_SEAL_FOLDER"]) if env.get("GKAPPLY_SEAL_FOLDER") else None,
        gateways=gateways,
        site=site,
        keys_made=made,
        **counts,
    )


COUNTS: Mapping[str, tuple[str, int, int]] = {
    "idle_minutes": ("GKAPPLY_IDLE_MINUTES", 1, 720),
    "submissions_per_hour": ("GKAPPLY_SUBMISSIONS_PER_HOUR", 1, 100_000),
    "drafts_per_hour": ("GKAPPLY_DRAFTS_PER_HOUR", 1, 100_000),
    "draft_days": ("GKAPPLY_DRAFT_DAYS", 1, 365),
    "hall_minutes": ("GKAPPLY_HALL_MINUTES", 1, 30),
    "sums_after": ("GKAPPLY_SUMS_AFTER", 0, 100_000),
    "batch_rows": ("GKAPPLY_BATCH_ROWS", 1, 200),
    "batches_per_hour": ("GKAPPLY_BATCHES_PER_HOUR", 1, 100),
    "wrong_codes_per_hour": ("GKAPPLY_WRONG_CODES_PER_HOUR", 1, 100_000),
    "trusted_proxies": ("GKAPPLY_TRUSTED_PROXIES", 0, 5),
}
"""Each whole number among the settings: its name outside, the least and the most that it may be. The default stands at its field."""


def _read_counts(env: Mapping[str, str], problems: list[str]) -> dict[str, int]:
    standard = {one.name: one.default for one in fields(Settings)}
    return {
        setting: _read_count(env, name, cast(int, standard[setting]), most, problems, least=least)
        for setting, (name, least, most) in COUNTS.items()
    }


def _read_count(env: Mapping[str, str], name: str, default: int, most: int, problems: list[str], *, least: int) -> int:
    """A whole number from ``least`` to ``most``; what is wrong is added to ``problems``."""
    text = env.get(name) or str(default)
    if not text.isdecimal() or not least <= int(text) <= most:
        problems.append(f"{name} 须为 {least} 至 {most} 的整数")
        return default
    return int(text)


def _read_networks(
    env: Mapping[str, str], name: str, default: tuple[Network, ...], problems: list[str]
) -> tuple[Network, ...]:
    """Addresses and networks, parted by commas; what is wrong is added to ``problems``."""
    text = env.get(name)
    if not text:
        return default
    try:
        return tuple(ip_network(part.strip()) for part in text.split(","))
    except ValueError:
        problems.append(f"{name} 须为以逗号分隔的 IP 地址或者网段，例如 127.0.0.1,10.0.0.0/24")
        return default


def _new_data_key() -> str:
    """A key with an id of its own: two installations' keys are never taken for each other."""
    return f"k{secrets.token_hex(4)}:{base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _given_or_kept(given: str | None, path: Path, make: Callable[[], str]) -> tuple[bool, str]:
    """The setting itself, else the one kept in ``path``, else a new one written there for its owner only."""
    if given:
        return False, given
    if path.exists():
        return False, path.read_text(encoding="ascii").strip()
    # Closed to everybody else: names stand in clear in the database beside the keys.
    path.parent.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    text = make()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        return False, path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
    return True, text


def _read_data_keys(text: str | None, problems: list[str]) -> tuple[tuple[str, bytes], ...]:
    """Parse ``id:base64[,id:base64…]``, newest first; what is wrong is added to ``problems``."""
    keys: list[tuple[str, bytes]] = []
    for part in (text or "").split(","):
        name, _, encoded = part.strip().partition(":")
        try:
            raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        except (binascii.Error, ValueError):
            raw = b""
        if not name or len(raw) != KEY_BYTES:
            problems.append("GKAPPLY_DATA_KEYS 须为 编号:base64（32 字节），多把以逗号分隔，最新在前")
            return ()
        keys.append((name, raw))
    if len({name for name, _ in keys}) != len(keys):
        problems.append("GKAPPLY_DATA_KEYS 中有重复的密钥编号")
    return tuple(keys)
