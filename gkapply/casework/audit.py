"""What the audit administrator (审计管理员) reads: the journal's entries in words, chain by chain."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.journal import INSTALLATION, JournalEntry
from gkapply.casework.people import User
from gkapply.casework.records import Case
from workflows.application import APPLICATION
from workflows.consultation import CONSULTATION
from workflows.duties import Duty
from workflows.letter import LETTER

DEEDS: Mapping[str, str] = {
    "account.add": "开设账号",
    "account.change_password": "修改本人口令",
    "account.close": "停用账号",
    "account.end_sessions": "强制退出登录",
    "account.locked": "登录失败次数过多而锁定",
    "account.rename": "更正姓名",
    "account.reopen": "重新启用账号",
    "account.set_password": "重置口令",
    "account.signed_in": "登录",
    "account.unlock": "解除登录锁定",
    "document.add": "存入材料",
    "duty.end": "终止职责",
    "duty.grant": "授予职责",
    "errand.try_again": "重试后台任务",
    "fact.enter": "记载事实",
    "letter.rendered": "生成文书",
    "organ.add": "添加机关",
    "organ.change": "修改机关",
    "signing_name.add": "添加落款",
    "signing_name.change": "修改落款",
} | {f"{flow.name}.{step.trigger}": step.label for flow in (APPLICATION, LETTER, CONSULTATION) for step in flow.steps}
"""Deed → what users read; a deed not listed here is shown by its code."""
FRAME = ("organ", "seq", "at", "deed", "actor", "case")
"""Parts of a body that have a column of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is read."""

    seq: int
    at: datetime
    deed: str
    actor: str
    case_reference: str
    detail: str
    hash: str


def entries(
    session: Session, organ_id: int | None, actor: Actor, *, before: int | None = None, limit: int = 50
) -> Sequence[Line]:
    """Entries of an organ's chain (None: the installation's), the newest first, below number ``before``.

    Raises NotPermitted unless the actor is the audit administrator.
    """
    require(actor, Duty.AUDITOR)
    query = (
        select(JournalEntry, Case.reference)
        .outerjoin(Case, Case.id == JournalEntry.case_id)
        .where(JournalEntry.organ_id == (organ_id or INSTALLATION))
        .order_by(JournalEntry.seq.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(JournalEntry.seq < before)
    rows = session.execute(query).all()
    bodies = [json.loads(entry.body) for entry, _ in rows]
    names = _names(session, [entry.actor for entry, _ in rows], bodies)
    return [
        Line(
            seq=entry.seq,
            at=entry.recorded_at,
            deed=DEEDS.get(entry.deed, entry.deed),
            actor=names.get(entry.actor, ACTORS.get(entry.actor, entry.actor)),
            case_reference=reference or "",
            detail=_detail(body, names),
            hash=entry.hash,
        )
        for (entry, reference), body in zip(rows, bodies, strict=True)
    ]


ACTORS = {"applicant": "申请人", "link": "被征求意见人", "system": "系统"}


def _names(session: Session, actors: Sequence[str], bodies: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """``user:<key>`` → name and login, for every account that the entries name."""
    keys = {int(actor.removeprefix("user:")) for actor in actors if actor.startswith("user:")}
    keys |= {body["user"] for body in bodies if isinstance(body.get("user"), int)}
    users = session.scalars(select(User).where(User.id.in_(keys)))
    return {f"user:{user.id}": f"{user.name}（{user.login}）" for user in users}


def _detail(body: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What the body says beyond its frame, as ``name=value`` in the order of the names."""
    parts = []
    for name in sorted(body.keys() - set(FRAME)):
        value = names.get(f"user:{body[name]}", body[name]) if name == "user" else body[name]
        if value is not None:
            parts.append(f"{name}={value}")
    return "，".join(parts)
