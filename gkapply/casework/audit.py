"""What the audit administrator (审计管理员) reads: the journal's entries in words, chain by chain."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.finding_override import LABELS
from gkapply.casework.journal import INSTALLATION, JournalEntry
from gkapply.casework.people import User
from gkapply.casework.records import Case
from workflows.application import APPLICATION
from workflows.consultation import CONSULTATION
from workflows.duties import OFFICIAL_DUTIES, Duty
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
    "application.resume_mails": "恢复消息提醒",
    "application.stop_mails": "停止消息提醒",
    "application.send_code": "发送查询码",
    "account.change_phone": "更改接收每日消息的手机和方式",
    "calendar.import": "导入放假安排",
    "calendar.redate": "重算期限",
    "citizen.batch": "确认批量提交",
    "citizen.change_address": "申请人账号更换邮箱或者手机号",
    "citizen.change_password": "申请人账号修改口令",
    "citizen.close": "注销申请人账号",
    "citizen.locked": "申请人账号登录失败次数过多而锁定",
    "citizen.profile": "保存或者删除申请人账号的常用资料",
    "citizen.registered": "注册申请人账号",
    "citizen.reset": "申请人账号重设口令",
    "citizen.signed_in": "申请人账号登录",
    "document.add": "存入材料",
    "duty.end": "终止职责",
    "duty.grant": "授予职责",
    "errand.try_again": "重试后台任务",
    "fact.enter": "记载事实",
    "letter.pdf_made": "生成文书的PDF",
    "letter.rendered": "生成文书",
    **{f"letter.{deed}": label for deed, label in LABELS.items()},
    "message.send_again": "再发没有送到的消息",
    "message.settled": "登记没有送到的消息的处理情况",
    "message.unreached": "邮件、短信没有送到",
    "organ.add": "添加机关",
    "organ.change": "修改机关",
    "signing_name.add": "添加落款",
    "signing_name.change": "修改落款",
    "template.release": "发布文书模板",
    "template.upload": "上传文书模板",
    "template.withdraw": "撤回文书模板",
    "webhook.remove": "停用单位消息接口",
    "webhook.set": "设置单位消息接口",
} | {f"{flow.name}.{step.trigger}": step.label for flow in (APPLICATION, LETTER, CONSULTATION) for step in flow.steps}
"""Deed → what users read; a deed not listed here is shown by its code."""
FRAME = ("organ", "seq", "at", "deed", "actor", "case")
"""Parts of a body that have a column of their own."""
ACTORS = {
    "applicant": "申请人",
    "citizen": "申请人账号",
    "link": "被征求意见人",
    "adviser": "法律顾问",
    "system": "系统",
}
ACCOUNT_PARTS = ("user", "officer")
"""Parts of a body that name an account by its key."""
PARTS: Mapping[str, str] = {
    "calendar": "日历",
    "calendar_version": "版本",
    "cause": "原因",
    "channel": "受理渠道",
    "citizen": "申请人账号编号",
    "code": "机关代码",
    "content": "内容校验值",
    "digest": "校验值",
    "document": "材料",
    "duty": "职责",
    "edition": "日历版次",
    "entered": "录入内容校验值",
    "errand": "任务编号",
    "fact": "事实",
    "file": "文件校验值",
    "for_subtree": "供下级机关使用",
    "holding": "任职记录",
    "how": "方式",
    "item": "事项",
    "items": "事项数",
    "kind": "种类",
    "number": "编号",
    "of": "所属",
    "officer": "承办人",
    "on": "日期",
    "opinion": "意见",
    "organ_code": "机关代码",
    "outcome": "答复类型",
    "party": "对方",
    "party_kind": "对方类别",
    "retention": "保管期限",
    "role": "用途",
    "questions": "意见期限变动数",
    "redating": "重算编号",
    "region": "地区",
    "sha256": "文件校验值",
    "signing_name": "落款",
    "snapshot": "审签稿校验值",
    "state": "状态",
    "task": "任务",
    "user": "账号",
    "valid_from": "起始",
    "valid_to": "截止",
    "version": "版本",
    "way": "方式",
    "year": "年份",
}
"""Part of a body → what users read; one not listed here is shown by its code."""
DUTIES: Mapping[str, str] = {duty.value: duty.label for duty in OFFICIAL_DUTIES}
STATES: Mapping[tuple[str, str], str] = {
    (flow.name, state.value): state.label for flow in (APPLICATION, LETTER, CONSULTATION) for state in flow.states
}
SHORT = 12
_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")


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


def _names(session: Session, actors: Sequence[str], bodies: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """``user:<key>`` → name and login, for every account that the entries name."""
    keys = {int(actor.removeprefix("user:")) for actor in actors if actor.startswith("user:")}
    keys |= {body[part] for body in bodies for part in ACCOUNT_PARTS if isinstance(body.get(part), int)}
    users = session.scalars(select(User).where(User.id.in_(keys)))
    return {f"user:{user.id}": f"{user.name}（{user.login}）" for user in users}


def _detail(body: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What the body says beyond its frame, each part with its name, in the order of the names."""
    parts = [
        f"{PARTS.get(name, name)}：{_value(name, body[name], body['deed'], names)}"
        for name in sorted(body.keys() - set(FRAME))
        if body[name] is not None
    ]
    return "；".join(parts)


def _value(name: str, value: Any, deed: str, names: Mapping[str, str]) -> str:
    """A part's value in words where it has any; hashes are cut short, since the entry's own hash covers them."""
    if name in ACCOUNT_PARTS:
        return names.get(f"user:{value}", str(value))
    if name == "duty":
        return DUTIES.get(value, value)
    if name == "state":
        return STATES.get((deed.partition(".")[0], value), str(value))
    text = str(value)
    return f"{text[:SHORT]}…" if _HASH.fullmatch(text) else text
