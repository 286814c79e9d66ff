"""Papers that come into the file: bounded, their type sniffed, kept in the content store before the row that names them.

A file's name is only a label: what it is, its bytes say. Nothing marked as a state secret enters (本系统为非涉密系统).
"""

import hashlib
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import case_indexing
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.entries import Document
from gkapply.casework.file_text import Unreadable, names_in, words_of
from gkapply.casework.flow import fire
from gkapply.casework.journal import record
from gkapply.casework.paper_roles import ROLES
from gkapply.casework.pdf_text import Locked
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.secrecy import refuse_secret_marks

LARGEST_FILE = 20 * 1024 * 1024
MOST_ENTRIES, LARGEST_RATIO = 2000, 100
"""Bounds on what a zip-based document may unfold to."""
TEXT_TYPE = "text/plain; charset=utf-8"
_TEXTS = {"txt": TEXT_TYPE, "csv": "text/csv; charset=utf-8"}
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "application/pdf", ("pdf",)),
    (b"\xff\xd8\xff", "image/jpeg", ("jpg", "jpeg")),
    (b"\x89PNG\r\n\x1a\n", "image/png", ("png",)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", ("doc", "wps", "xls", "et")),
)
_ZIPPED = (
    ("word/document.xml", WORD_TYPE, ("docx",)),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    ("OFD.xml", "application/ofd", ("ofd",)),
)
ACCEPTED = "pdf、jpg、png、doc、docx、xls、xlsx、wps、et、ofd、txt、csv"


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in: the name that it came with, and its bytes."""

    name: str
    content: bytes

    @cached_property
    def media_type(self) -> str:
        """What the file is. Looked into once, so that a deed need not do it again inside its unit. Raises Refusal."""
        return _look_into(self)


def sniff(upload: Upload, *, field: str = "file") -> str:
    """The media type of ``upload`` by its bytes.

    Raises Refusal for an empty file, one over 20 MB, a type that is not accepted, an ending that does not agree with the
    bytes, macros, encrypted or exploding archives.
    """
    name = upload.name
    if not upload.content:
        raise Refusal(f"文件「{name}」是空的", field=field, do="请检查后重新选择")
    if len(upload.content) > LARGEST_FILE:
        raise Refusal(f"文件「{name}」超过20MB", field=field, do="请压缩、拆分后上传，或以纸质方式提交")
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    for magic, media_type, endings in _MAGIC:
        if upload.content.startswith(magic):
            return _agreeing(name, ending, endings, media_type, field)
    if upload.content.startswith(b"PK\x03\x04"):
        media_type, endings = _unfold(upload, field)
        return _agreeing(name, ending, endings, media_type, field)
    if ending in _TEXTS and _is_text(upload.content):
        return _TEXTS[ending]
    raise Refusal(f"文件「{name}」的内容不是可接收的类型", field=field, do=f"可接收：{ACCEPTED}")


def examine(upload: Upload, *, field: str = "file") -> str:
    """The media type of a file that may come in: of an accepted type, and without a secrecy mark in name or words.

    The words of pictures cannot be read. Raises Refusal naming ``field``.
    """
    try:
        return upload.media_type
    except Refusal as refusal:
        raise Refusal(refusal.reason, refusal.article, do=refusal.do, field=field) from refusal


def _look_into(upload: Upload) -> str:
    # The name first: whoever brings a marked archive is told of the paper way, not how to unpack it.
    refuse_secret_marks(upload.name)
    media_type = sniff(upload)
    try:
        words = words_of(upload.content, media_type)
    except Unreadable as error:
        raise Refusal(f"文件「{upload.name}」已损坏，无法打开", do="请重新保存后上传") from error
    except Locked as error:
        raise Refusal(f"文件「{upload.name}」有密码，无法受理", do="请去除密码后上传") from error
    refuse_secret_marks(words)
    return media_type


def as_file(text: str, title: str) -> Upload:
    """What was written into a form instead of being handed in as a file, as a paper of the file."""
    content = text.strip().encode()
    return Upload(name=f"{title}-{hashlib.sha256(content).hexdigest()[:8]}.txt", content=content)


def add_document(
    session: Session,
    case: Case,
    role: str,
    upload: Upload,
    on: date,
    actor: Actor,
    now: datetime,
    *,
    text: str = "",
    field: str = "file",
) -> Document:
    """Put a paper into the file of ``case``. ``role`` says what it is there for; ``on`` is its day. Raises Refusal."""
    media_type = examine(upload, field=field)
    return keep(session, case, role, upload, media_type, on, actor, now, text=text)


def open_document(session: Session, uid: str, actor: Actor) -> Document:
    """The paper with that uid on a case that the actor sees. Raises NotFound for an absent and an invisible one alike."""
    query = select(Document).join(Case, Document.case_id == Case.id).where(Document.uid == uid, visible_cases(actor))
    document = session.scalars(query).one_or_none()
    if document is None:
        raise NotFound("没有这份材料，或者您无权查看")
    return document


def add_paper(
    session: Session, case: Case, role: str, upload: Upload, on: date, actor: Actor, now: datetime
) -> Document:
    """An official puts a further paper of ``on`` into the file. Raises Refusal for a role that is not given by hand."""
    if role not in ROLES or not ROLES[role].by_hand:
        raise Refusal("请选择材料的种类", field="role")
    if on > day_of(now):
        raise Refusal("材料日期不能晚于今天", field="on")
    fire(session, case, "add_paper", actor, now, detail={"role": role, "on": on.isoformat()})
    return add_document(session, case, role, upload, on, actor, now)


def keep(
    session: Session,
    case: Case,
    role: str,
    upload: Upload,
    media_type: str,
    on: date,
    actor: Actor,
    now: datetime,
    *,
    text: str = "",
) -> Document:
    """Keep a paper whose type is known: one that was checked at the door, or that the system itself has made."""
    document = Document(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        role=role,
        name=upload.name[:200],
        media_type=media_type,
        size=len(upload.content),
        sha256=store(session).put(upload.content),
        on_=on,
        added_at=now,
        added_by=actor.signature,
        text=text,
    )
    return _enter(session, document, actor, now)


def _enter(session: Session, document: Document, actor: Actor, now: datetime) -> Document:
    session.add(document)
    session.flush()
    case_indexing.add_paper(session, document, now)
    record(
        session,
        document.organ_id,
        "document.add",
        actor.signature,
        now,
        case_id=document.case.id,
        document=document.uid,
        role=document.role,
        sha256=document.sha256,
    )
    return document


def keep_again(session: Session, case: Case, paper: Document, actor: Actor, now: datetime) -> Document:
    """The paper of another file in this one too: a row of its own that names the same bytes."""
    again = Document(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        role=paper.role,
        name=paper.name,
        media_type=paper.media_type,
        size=paper.size,
        sha256=paper.sha256,
        on_=paper.on_,
        added_at=now,
        added_by=actor.signature,
        text=paper.text,
    )
    return _enter(session, again, actor, now)


def _agreeing(name: str, ending: str, endings: tuple[str, ...], media_type: str, field: str) -> str:
    if ending not in endings:
        raise Refusal(
            f"文件「{name}」的扩展名与内容不符：内容是{endings[0]}", field=field, do="请不要改名，直接上传原文件"
        )
    return media_type


def _unfold(upload: Upload, field: str) -> tuple[str, tuple[str, ...]]:
    """What a zip container is, by its directory; refuses what could hide or explode."""
    try:
        entries = zipfile.ZipFile(BytesIO(upload.content)).infolist()
    except zipfile.BadZipFile as error:
        raise Refusal(f"文件「{upload.name}」已损坏，无法打开", field=field) from error
    refuse_secret_marks(names_in(entries), field)
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refusal(f"文件「{upload.name}」有密码，无法受理", field=field, do="请去除密码后上传")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refusal(f"文件「{upload.name}」含有宏，不能上传", field=field, do="请另存为不含宏的文件")
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or size > LARGEST_RATIO * len(upload.content):
        raise Refusal(f"文件「{upload.name}」解压后过大，不能上传", field=field)
    for marker, media_type, endings in _ZIPPED:
        if marker in names:
            return media_type, endings
    raise Refusal(
        f"文件「{upload.name}」是压缩包，不能直接上传", field=field, do=f"请解压后逐个上传，可接收：{ACCEPTED}"
    )


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
