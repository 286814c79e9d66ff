"""Closing a file (归档): its index with the SHA-256 of each part, its retention, its day.

The index is a paper of the file: canonical JSON, kept in the unit that closes the file, and the same as a Word table, which
an errand makes from it afterwards.
"""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import office_templates, outbox
from gkapply.casework.access import Actor, system_in
from gkapply.casework.documents import WORD_TYPE, Upload, keep
from gkapply.casework.entries import Document
from gkapply.casework.file_index import parts
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.casework.undelivered import reply_is_unproved
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.forms import FormKind
from gkapply.law.refusal import Refusal
from gkapply.letters.fields import complete
from gkapply.letters.notation import chinese_date
from gkapply.letters.render import render

RETENTIONS = ("10年", "30年", "永久")
"""保管期限: the classes of the retention schedule; the organ's own schedule says which one a file gets."""
INDEX_ROLE = "archive_index"
JSON_TYPE = "application/json"


def archive(session: Session, case: Case, retention: str, actor: Actor, now: datetime) -> Document:
    """Close the file of ``case`` for that retention; gives back its index.

    Raises Refusal for an unknown retention, for a reply whose delivery is not noted or that nothing proves, and for a letter that is still on its
    way to be sent.
    """
    if retention not in RETENTIONS:
        raise Refusal("请选择保管期限", "《档案法》第十三条", field="retention", do=f"可选：{'、'.join(RETENTIONS)}")
    fire(session, case, "archive", actor, now, detail={"retention": retention})
    require_proof(session, case)
    for deliberation in case.deliberations:
        if deliberation.is_open:
            fire(session, deliberation, "end_with_case", system_in(case.organ_id), now)
    case.archived_on, case.retention = day_of(now), retention
    content = canonical(_index(session, case, actor)).encode()
    upload = Upload(f"卷内目录-{case.reference}.json", content)
    index = keep(session, case, INDEX_ROLE, upload, JSON_TYPE, case.archived_on, actor, now)
    outbox.post(session, outbox.RENDER_INDEX, f"{outbox.RENDER_INDEX}:{index.uid}", now, index=index.uid)
    return index


def require_proof(session: Session, case: Case) -> None:
    """Raises Refusal for a reply whose delivery nothing in the file proves."""
    if reply_is_unproved(session, case):
        raise Refusal(
            "答复已登记送达，案卷中没有送达凭证",
            "国办公开办函〔2016〕235号",
            do="请先以“补充材料”补入送达回证、签收单等送达凭证",
        )


def render_index(uid: str, now: datetime) -> str:
    """Errand: the index with that uid as a Word table beside it, once; returns its SHA-256."""
    with reading() as session:
        index = session.scalars(select(Document).where(Document.uid == uid)).one()
        made = _word_index(index.case)
        if made is not None:
            return made.sha256
        content = json.loads(store(session).get(index.sha256))
        template = office_templates.template_for(session, index.organ_id, FormKind.ARCHIVE_INDEX, index.on_)
    file = render(template, complete(FormKind.ARCHIVE_INDEX, _printed(content)))
    with transaction() as session:
        index = session.scalars(select(Document).where(Document.uid == uid).with_for_update()).one()
        made = _word_index(index.case)
        if made is None:
            upload = Upload(f"卷内目录-{index.case.reference}.docx", file)
            actor = system_in(index.organ_id)
            made = keep(session, index.case, INDEX_ROLE, upload, WORD_TYPE, index.on_, actor, now)
        return made.sha256


def _word_index(case: Case) -> Document | None:
    return next((one for one in case.documents if one.role == INDEX_ROLE and one.media_type == WORD_TYPE), None)


def _index(session: Session, case: Case, actor: Actor) -> dict[str, Any]:
    """What the index says: the case in short, then every part."""
    return {
        "organ": case.organ.name,
        "reference": case.reference,
        "applicant": case.applicant_names,
        "request": case.description,
        "received_on": _iso(case.received_on),
        "replied_on": _iso(case.replied_on),
        "archived_on": _iso(case.archived_on),
        "retention": case.retention,
        "archivist": actor.name,
        "parts": [part.as_json() for part in parts(session, case)],
    }


def _printed(index: dict[str, Any]) -> dict[str, Any]:
    """The index as its template prints it."""
    return {
        "organ_name": index["organ"],
        "request_number": index["reference"],
        "applicant_name": index["applicant"],
        "request_quote": index["request"],
        "received_on_text": _day(index["received_on"]) or "未确认收到",
        "replied_on_text": _day(index["replied_on"]),
        "date_text": _day(index["archived_on"]),
        "retention": index["retention"],
        "archivist_name": index["archivist"],
        "documents": [
            {
                "title": f"{part['section_label']}：{part['title']}",
                "on_text": _day(part["on"]),
                "pages_text": part["pages"],
                "sha256": part["sha256"],
            }
            for part in index["parts"]
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> str:
    return chinese_date(date.fromisoformat(text)) if text else ""
