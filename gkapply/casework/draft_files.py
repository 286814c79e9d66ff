"""Files that go with a draft: examined one by one, kept whole or not at all, never lost because something else is wrong."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework.application import PAPERS
from gkapply.casework.application_check import CONTENT_ARTICLE
from gkapply.casework.documents import Upload
from gkapply.casework.draft_pages import KeptFile, kept_file, name_of
from gkapply.casework.draft_records import Draft, DraftFile
from gkapply.casework.drafts import the_draft
from gkapply.casework.services import ring, store
from gkapply.casework.uploads import MOST_FILES, Uploads, keep_upload
from gkapply.law.refusal import Refusal

LARGEST_IN_ALL = 60 * 1024 * 1024
"""Bytes of all files of one draft together."""


def add_file(session: Session, token: str, role: str, upload: Upload, now: datetime) -> KeptFile:
    """Keep a whole file with the draft; the same file for the same purpose is kept once.

    Raises Refusal for a file that cannot be taken and for too many or too large ones together, NotFound.
    """
    if role not in PAPERS:
        raise Refusal("请选择附件的种类", CONTENT_ARTICLE, field="file")
    digest = keep_upload(session, upload, field=role).sha256
    draft = the_draft(session, token, now, for_update=True)
    same = next((one for one in draft.files if (one.role, one.sha256) == (role, digest)), None)
    if same is None:
        _require_room(draft, upload, role)
        same = _file(session, role, upload, digest, now)
        draft.files.append(same)
        session.flush()
    return kept_file(session, same)


def remove_file(session: Session, token: str, uid: str, now: datetime) -> None:
    """Take a file out of the draft; nothing happens when it is gone already. Raises NotFound when there is no draft."""
    draft = the_draft(session, token, now, for_update=True)
    draft.files = [one for one in draft.files if one.uid != uid]
    session.flush()


def uploads_of(session: Session, token: str, now: datetime) -> Uploads:
    """The files of the draft as a form hands them in. Raises NotFound."""
    draft = the_draft(session, token, now)
    uploads: dict[str, list[Upload]] = {role: [] for role in PAPERS}
    for one in draft.files:
        uploads[one.role].append(Upload(name_of(session, one), store(session).get(one.sha256)))
    return uploads


def _file(session: Session, role: str, upload: Upload, digest: str, now: datetime) -> DraftFile:
    uid = uuid4().hex
    name = ring(session).seal(upload.name.encode(), f"draft_file.name.{uid}")
    return DraftFile(uid=uid, role=role, sealed_name=name, size=len(upload.content), sha256=digest, added_at=now)


def _require_room(draft: Draft, upload: Upload, role: str) -> None:
    if len(draft.files) >= MOST_FILES:
        raise Refusal(
            f"文件「{upload.name}」没有保存：附件最多{MOST_FILES}个", field=role, do="其余材料可以邮寄或者当面提交"
        )
    if sum(one.size for one in draft.files) + len(upload.content) > LARGEST_IN_ALL:
        raise Refusal(
            f"文件「{upload.name}」没有保存：附件合计超过60 MB", field=role, do="请压缩后上传，或者邮寄、当面提交"
        )
