"""Reading the words of a file with bounded time and memory: a file from outside may be made to be endless.

What unfolds to more than a few megabytes, and any PDF, is read in a process of its own that may be ended. What is hidden in a file (its
properties, who wrote it) is not among its words.
"""

import io
import math
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator

from gkapply.traces.contents import NotRead
from gkapply.traces.file import READERS, contents_of

SECONDS = 60
MEMORY = 1 << 30
"""Bytes of address space; the program itself takes a fifth of it."""
READ = frozenset(one for one in READERS if not one.startswith("image/"))
"""Types of files that have words which can be read."""
PROPERTIES = "文件属性"
NOT_READABLE = 3
SMALL = 4 << 20
"""Bytes of text or XML that are read in this process."""
_PDF = "application/pdf"
_HAS_FONTS = (b"/Font", b"/ObjStm")
"""A PDF with neither is a picture of a page."""


def words_of_file(content: bytes, media_type: str, most: int) -> str:
    """The words of the file, at most so many characters; empty for a file that is damaged, locked or takes too much to read."""
    if media_type not in READ or (media_type == _PDF and not any(sign in content for sign in _HAS_FONTS)):
        return ""
    if _unfolded(content, media_type) <= SMALL:
        return _read(content, media_type, most) or ""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "gkapply.traces.reading", media_type, str(most)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _unfolded(content: bytes, media_type: str) -> float:
    """How many bytes there are to read; without end where only reading tells."""
    if media_type.startswith("text/"):
        return len(content)
    if media_type == _PDF:
        return math.inf
    try:
        return sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except zipfile.BadZipFile:
        return 0


def main(media_type: str, most: int) -> int:
    """Read the file from the standard input and write its words out; the exit code is 0, or NOT_READABLE."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    words = _read(sys.stdin.buffer.read(), media_type, most)
    if words is None:
        return NOT_READABLE
    sys.stdout.buffer.write(words.encode("utf-8", "replace"))
    return 0


def _read(content: bytes, media_type: str, most: int) -> str | None:
    try:
        return "\n".join(_some(content, media_type, most))[:most]
    except (NotRead, MemoryError):
        return None


def _some(content: bytes, media_type: str, most: int) -> Iterator[str]:
    left = most
    for passage in contents_of(content, media_type).passages:
        if left <= 0:
            return
        if not passage.place.startswith(PROPERTIES):
            yield passage.text
            left -= len(passage.text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
