"""Files as they are handed in with a form, by the role that they are to have in the file of the case."""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gkapply.casework.application_check import Findings
from gkapply.casework.documents import Upload, examine
from gkapply.casework.file_text import Unreadable, type_of, words_of
from gkapply.casework.pdf_text import Locked
from gkapply.casework.services import store
from gkapply.law.secrecy import refuse_secret_marks

Uploads = Mapping[str, Sequence[Upload]]
"""Role → files: a code of ``application.PAPERS``, or ``application`` for the scanned paper application."""

MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was checked and put into the store: its label, what it is, its size in bytes, its SHA-256."""

    name: str
    media_type: str
    size: int
    sha256: str


def check_upload(upload: Upload, *, field: str = "file") -> None:
    """Raises Refusal, naming ``field``, for a file that may not come in: size, type, damage, a secrecy mark."""
    examine(upload, field=field)


def keep_upload(session: Session, upload: Upload, *, field: str = "file") -> Kept:
    """Check a file and put it into the store: the one door by which what somebody hands in gets there. Raises Refusal."""
    media_type = examine(upload, field=field)
    return Kept(upload.name[:200], media_type, len(upload.content), store(session).put(upload.content))


def put_examined(session: Session, content: bytes) -> str:
    """Put into the store what ``refuse_marked`` or ``check_upload`` has let through; its SHA-256."""
    return store(session).put(content)


def refuse_marked(upload: Upload, *, field: str = "file") -> None:
    """Raises Refusal, naming ``field``, for a secrecy mark in the name or the words of a file that is read, whatever it is: a
    table, a list of holidays, a bundle to be checked.
    """
    refuse_secret_marks(upload.name, field)
    try:
        refuse_secret_marks(words_of(upload.content, type_of(upload.content)), field)
    except (Unreadable, Locked, zipfile.BadZipFile):
        # Whoever reads the file says what is wrong with it.
        return


def all_files(uploads: Uploads) -> Iterator[Upload]:
    """Every file, whatever its role."""
    return (upload for files in uploads.values() for upload in files)


def check_uploads(uploads: Uploads, found: Findings) -> None:
    """Put what is wrong with the files to the field (the role) that they came in by."""
    for role, files in uploads.items():
        for upload in files:
            found.test(examine, upload, field=role)
    number = sum(1 for _ in all_files(uploads))
    if number > MOST_FILES:
        found.add(next(iter(uploads)), f"附件最多{MOST_FILES}个，现有{number}个", do="其余材料可以邮寄或者当面提交")


def keep_files(session: Session, uploads: Uploads) -> None:
    """Check the files and put them into the store, so that no writing unit waits for an upload.

    What no case names afterwards is swept after a day. Raises BadForm.
    """
    found = Findings()
    check_uploads(uploads, found)
    found.settle()
    for upload in all_files(uploads):
        put_examined(session, upload.content)


def digests(uploads: Uploads) -> list[str]:
    """The SHA-256 of every file, sorted."""
    return sorted(hashlib.sha256(upload.content).hexdigest() for upload in all_files(uploads))
