"""Templates are the office's (文书模板): uploaded by the template keeper, examined, released by a second person from a day on.

An organ without a template of its own uses that of the nearest organ above that made one for all below it, else the shipped
one. A letter names its template by hash, and the store keeps the file: what was submitted keeps its wording for ever.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, literal, or_, select
from sqlalchemy.orm import Session, aliased

from gkapply.casework import documents, journal
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.documents import Upload
from gkapply.casework.kept_templates import OfficeTemplate, TemplateState
from gkapply.casework.people import Organ
from gkapply.casework.services import store
from gkapply.casework.uploads import put_examined
from gkapply.clock import day_of
from gkapply.config import bundled
from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, WrongState
from gkapply.letters.declared import DECLARED
from gkapply.letters.fields import allowed, expected, letter_fields, obligatory
from gkapply.letters.findings import Finding
from gkapply.letters.template import faults, load, names
from gkapply.letters.trial import try_out
from workflows.duties import Duty

KEEPERS = (Duty.TEMPLATE_KEEPER, Duty.HEAD)
"""Who releases and withdraws; only the template keeper uploads."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_NOTE = 500
HIGHEST = 20
"""So many organs one above the other are looked through: a circle of organs must not keep the database busy for ever."""
REMEDIES = "remedies"
"""救济告知: a letter that may have it must be able to print it."""


def kinds() -> Mapping[str, str]:
    """Code and title of everything that is made from a template."""
    return {code: _title(code) for code in DECLARED}


def _title(code: str) -> str:
    return FormKind(code).label if code in set(FormKind) else LetterKind(code).label


class BadTemplate(Refusal):
    """A template that may not be used; ``findings`` names everything that is wrong with it, each with its place."""

    def __init__(self, findings: Sequence[Finding]):
        super().__init__(f"模板有{len(findings)}处问题，没有保存", do="请按所列各处改正后重新上传", field="file")
        self.findings = tuple(findings)


def template_for(session: Session, organ_id: int, kind: str, on: date) -> bytes:
    """The template from which the organ makes letters of that kind on that day.

    Raises Refusal when a newer edition of the program demands what the office's template does not have.
    """
    kept = in_force(session, organ_id, kind, on)
    if kept is None:
        return shipped(kind)
    template = store(session).get(kept.sha256)
    if unfit(template, kind):
        raise Refusal(
            f"{kinds()[kind]}的模板（{kept.organ.name}第{kept.version}版）与现行的字段表不符，不能制作文书",
            do="请文书模板管理员改正后重新发布，或者撤回这一版",
        )
    return template


def in_force(session: Session, organ_id: int, kind: str, on: date) -> OfficeTemplate | None:
    """The office's template that holds on that day; None: the shipped one."""
    return session.scalars(applicable(organ_id, on).where(OfficeTemplate.kind == kind).limit(1)).first()


def applicable(organ_id: int, on: date) -> Select[OfficeTemplate]:
    """Templates that hold for the organ on that day, of each kind the one to be used first."""
    own = select(Organ.id, Organ.parent_id, literal(0).label("height")).where(Organ.id == organ_id)
    chain = own.cte("chain", recursive=True)
    above = aliased(Organ)
    chain = chain.union_all(
        select(above.id, above.parent_id, (chain.c.height + 1).label("height")).where(
            above.id == chain.c.parent_id, chain.c.height < HIGHEST
        )
    )
    return (
        select(OfficeTemplate)
        .join(chain, chain.c.id == OfficeTemplate.organ_id)
        .where(
            OfficeTemplate.withdrawn_at.is_(None),
            OfficeTemplate.valid_from <= on,
            or_(OfficeTemplate.valid_to.is_(None), OfficeTemplate.valid_to >= on),
            or_(chain.c.height == 0, OfficeTemplate.for_subtree),
        )
        .order_by(chain.c.height, OfficeTemplate.valid_from.desc(), OfficeTemplate.version.desc())
    )


def shipped(kind: str) -> bytes:
    """The template that comes with the program. Raises Refusal for an unknown kind."""
    letter_fields(kind)
    return load(bundled("answer_templates"), kind)


@lru_cache(maxsize=64)
def unfit(template: bytes, kind: str) -> tuple[Finding, ...]:
    """What keeps a template from being used with the fields of this edition."""
    return tuple(faults(template, allowed(kind), obligatory(kind)))


@lru_cache(maxsize=64)
def demanded(kind: str) -> frozenset[str]:
    """The names that a template of the kind must print: what the law demands, the remedies where there may be any, and of
    each item whatever must be said and the shipped template says."""
    said = expected(kind) & names(shipped(kind))
    return obligatory(kind) | said | (allowed(kind) & {REMEDIES})


def unused(template: bytes, kind: str) -> Sequence[str]:
    """Optional names that the shipped template prints and this one does not: to be looked at before the release."""
    return sorted(names(shipped(kind)) - names(template))


def examine(kind: str, upload: Upload | None) -> bytes:
    """The bytes of a template that may be kept. Made outside of any unit: it tries the template on samples.

    Raises BadTemplate with everything that is wrong, Refusal for what is no .docx.
    """
    letter_fields(kind)
    if upload is None:
        raise Refusal("没有选择文件", do="请选择改好的 .docx 模板", field="file")
    if documents.examine(upload) != WORD:
        raise Refusal(
            f"文件「{upload.name}」不是 .docx 文件", do="请用 Word 或者 WPS 另存为 .docx 后再上传", field="file"
        )
    wanted = demanded(kind)
    found = faults(upload.content, allowed(kind), wanted) or try_out(upload.content, shipped(kind), kind, wanted)
    if found:
        raise BadTemplate([_with_label(kind, one) for one in found])
    return upload.content


def _with_label(kind: str, finding: Finding) -> Finding:
    """The finding with what people call the field that it names."""
    label = next((field.label for field in letter_fields(kind) if field.name == finding.what), "")
    return replace(finding, what=f"{finding.what}（{label}）") if label else finding


def add_version(
    session: Session, kind: str, template: bytes, actor: Actor, now: datetime, *, note: str, for_subtree: bool = False
) -> OfficeTemplate:
    """Keep an examined template as the next version, to be released by another person. Raises Refusal, NotPermitted."""
    require(actor, Duty.TEMPLATE_KEEPER)
    organ_id, user_id = _in_organ(actor)
    if not note.strip():
        raise Refusal("没有填写修改说明", do="请写明改了什么、为什么改", field="note")
    if len(note) > LONGEST_NOTE:
        raise Refusal(f"修改说明超过{LONGEST_NOTE}个字", do="请缩短", field="note")
    session.get_one(Organ, organ_id, with_for_update=True)
    digest = hashlib.sha256(template).hexdigest()
    earlier = versions(session, organ_id, kind)
    same = next((one for one in earlier if one.sha256 == digest and one.withdrawn_at is None), None)
    if same is not None:
        raise Refusal(f"这份模板与第{same.version}版完全相同", do="没有改动的，不需要上传", field="file")
    kept = OfficeTemplate(
        organ_id=organ_id,
        kind=kind,
        version=max((one.version for one in earlier), default=0) + 1,
        sha256=put_examined(session, template),
        note=note.strip(),
        for_subtree=for_subtree,
        uploaded_at=now,
        uploaded_by=user_id,
    )
    session.add(kept)
    session.flush()
    _journal(session, "template.upload", kept, actor, now, for_subtree=for_subtree)
    return kept


def release(
    session: Session,
    kept: OfficeTemplate,
    actor: Actor,
    now: datetime,
    *,
    valid_from: date,
    valid_to: date | None = None,
) -> None:
    """Put a version into use from a day on; the releaser is not its uploader. Raises Refusal, NotPermitted, WrongState."""
    require(actor, *KEEPERS)
    if kept.state is not TemplateState.DRAFT:
        raise WrongState(f"这一版{kept.state.label}，不能再发布", do="请刷新页面查看")
    if actor.user_id == kept.uploaded_by:
        raise NotPermitted("上传人不能发布自己上传的模板", do="请由另一名文书模板管理员或者公开机构负责人核对后发布")
    if valid_from < day_of(now):
        raise Refusal("启用日期不能早于今天", field="valid_from", do="请填写今天或者以后的日期")
    if valid_to is not None and valid_to < valid_from:
        raise Refusal("停用日期早于启用日期", field="valid_to", do="请改正日期")
    if unfit(store(session).get(kept.sha256), kept.kind):
        raise Refusal("这一版与现行的字段表不符，不能发布", do="请对照字段表改正后重新上传")
    kept.released_at, kept.released_by = now, actor.user_id
    kept.valid_from, kept.valid_to = valid_from, valid_to
    days = {"valid_from": valid_from.isoformat(), "valid_to": valid_to.isoformat() if valid_to else None}
    _journal(session, "template.release", kept, actor, now, **days)


def withdraw(session: Session, kept: OfficeTemplate, reason: str, actor: Actor, now: datetime) -> None:
    """Take a version out of use at once; the reason is obligatory. Letters submitted before keep it.

    Letters after it are made from what held before: the version before, the one of an organ above, the shipped one.
    """
    require(actor, *KEEPERS)
    if kept.state is TemplateState.WITHDRAWN:
        raise WrongState("这一版已经撤回", do="请刷新页面查看")
    if not reason.strip():
        raise Refusal("撤回须说明理由", field="reason", do="请写明为什么不再使用")
    kept.withdrawn_at, kept.withdrawn_by, kept.withdraw_reason = now, actor.user_id, reason.strip()
    _journal(session, "template.withdraw", kept, actor, now)


def versions(session: Session, organ_id: int, kind: str) -> Sequence[OfficeTemplate]:
    """Every version of the organ's own template of that kind, the newest first."""
    query = select(OfficeTemplate).where(OfficeTemplate.organ_id == organ_id, OfficeTemplate.kind == kind)
    return session.scalars(query.order_by(OfficeTemplate.version.desc())).all()


def find_version(
    session: Session, kind: str, version: int, actor: Actor, *, for_change: bool = False
) -> OfficeTemplate:
    """That version of the template of the actor's organ, locked ``for_change``. Raises NotFound."""
    query = select(OfficeTemplate).where(
        OfficeTemplate.organ_id == actor.organ_id, OfficeTemplate.kind == kind, OfficeTemplate.version == version
    )
    kept = session.scalars(query.with_for_update() if for_change else query).one_or_none()
    if kept is None:
        raise NotFound("没有这一版模板", do="请从模板列表重新进入")
    return kept


def _in_organ(actor: Actor) -> tuple[int, int]:
    if actor.organ_id is None or actor.user_id is None:
        raise NotPermitted("没有选择机关", do="请先选择所在机关")
    return actor.organ_id, actor.user_id


def _journal(session: Session, deed: str, kept: OfficeTemplate, actor: Actor, now: datetime, **detail: Any) -> None:
    told: dict[str, Any] = {"kind": kept.kind, "version": kept.version, "sha256": kept.sha256, **detail}
    journal.record(session, kept.organ_id, deed, actor.signature, now, **told)
