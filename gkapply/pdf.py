"""Office documents turned into PDF by LibreOffice, where it is installed: one process and one profile for each, with a time limit.

A document is a stranger: it is opened in a folder of its own, without macros, without the network, and whatever was started for
it is gone afterwards. Two conversions over one profile may silently give no file, so none is ever shared.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from gkapply.law.refusal import Refusal

PROGRAMS = ("soffice", "libreoffice")
FONTS = Path(__file__).parent / "pdf_fonts.conf"
"""Which installed font stands for which font of an office; for these conversions alone."""
SECONDS = 60
"""How long one conversion may take, and how long another waits for its turn."""
ABSENT = "服务器没有安装 LibreOffice，不能生成 PDF"
BEGINNING = b"%PDF-"

_turn = threading.Lock()
"""One conversion at a time in each process: more would only make each slower."""
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_CLOSED = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""Settings of a profile: no macro runs, nothing outside is asked; a proxy that nobody answers stands before the network."""


class Converter(Protocol):
    """Whoever turns an office document into a PDF."""

    def to_pdf(self, content: bytes, ending: str) -> bytes | None:
        """The document's pages; None where that is impossible here."""


class OfficeConverter:
    """``convert`` for papers of every kind, of which some cannot be turned into pages."""

    def to_pdf(self, content: bytes, ending: str) -> bytes | None:
        """The document's pages; None without the program, and when it cannot read the document in time."""
        try:
            return convert(content, ending=ending)
        except Refusal:
            return None


def program() -> str | None:
    """LibreOffice's program; None where it is not installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def available() -> bool:
    """Whether this machine can turn office documents into PDF."""
    return program() is not None


def convert(content: bytes, *, ending: str = "docx", timeout: float = SECONDS) -> bytes:
    """The pages of an office document as a PDF, after at most ``timeout`` seconds of work.

    Raises Refusal without the program, when another conversion does not end in time, when the time is over (whatever was
    started is killed), and when no PDF comes of it.
    """
    office = program()
    if office is None:
        raise Refusal(ABSENT, do="请使用 .docx 文件，或者请系统管理员安装 LibreOffice")
    if not _turn.acquire(timeout=SECONDS):
        raise Refusal("正在转换其他文件，暂时不能生成 PDF", do="请稍候再试")
    try:
        with tempfile.TemporaryDirectory(prefix="gkapply-", ignore_cleanup_errors=True) as place:
            made = _made(office, content, Path(place), ending, timeout)
    finally:
        _turn.release()
    if not made.startswith(BEGINNING):
        raise Refusal("文件不能转换成 PDF", do="请使用原文件")
    return made


def _made(office: str, content: bytes, folder: Path, ending: str, timeout: float) -> bytes:
    """What the program left behind; nothing when it left nothing."""
    source, profile = folder / f"paper.{ending}", folder / "profile"
    source.write_bytes(content)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=_items()), encoding="utf-8")
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    command += ["--nodefault", "--nolockcheck", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env=_surroundings(folder), cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as expired:
        raise Refusal(f"转换 PDF 超过{timeout:g}秒，已经停止", do="请使用原文件，或者稍后再试") from expired
    finally:
        # The program is a chain of processes: all of its group go, also when the first of them has ended.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    made = folder / "paper.pdf"
    return made.read_bytes() if made.exists() else b""


def _items() -> str:
    return "\n".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _CLOSED
    )


def _surroundings(folder: Path) -> dict[str, str]:
    """The environment of one conversion: nothing of ours but where programs and the user's own fonts lie."""
    home = Path.home()
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "XDG_DATA_HOME": os.environ.get("XDG_DATA_HOME", str(home / ".local/share")),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(home / ".cache")),
        "FONTCONFIG_FILE": str(FONTS),
        "SAL_USE_VCLPLUGIN": "svp",
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9"),
    }
