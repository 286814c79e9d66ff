"""The way to the electronic seal (电子印章)."""

from pathlib import Path
from typing import Protocol

from gkapply.adapters.tray import leave


class Sealer(Protocol):
    """Whoever puts an electronic seal on a document."""

    def seal(self, document: bytes, ending: str, seal: str, key: str) -> bytes | None:
        """The document under the seal of that name, as PDF; None while it is not ready. The same ``key`` is the same document.

        Raises OSError when nothing can be handed over now.
        """


class SealFolder:
    """Hands documents to the office's seal system through a folder, as most of them can be fed.

    What is to be sealed is left as ``in/印章名称/key.ending``; what was sealed is fetched from ``out/key.pdf``. The seal system,
    its certificates and its own log stay outside this program.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def seal(self, document: bytes, ending: str, seal: str, key: str) -> bytes | None:
        """What was sealed under that key; else leave the document, whole or not at all, and answer that it is not ready."""
        done = self.folder / "out" / f"{key}.pdf"
        if done.exists():
            return done.read_bytes()
        leave(self.folder / "in" / seal, f"{key}.{ending}", document)
        return None
