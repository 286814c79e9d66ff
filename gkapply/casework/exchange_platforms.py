"""Granting another platform to read register rows, and ending the grant: the system administrator's, journaled."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.exchange_records import ExchangePlatform
from gkapply.casework.journal import record
from gkapply.casework.organs import find_organ
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from workflows.duties import Duty

TOKEN_BYTES = 32
LONGEST = 120


def grant(
    session: Session, name: str, codes: Sequence[str], actor: Actor, now: datetime, *, names: bool = False
) -> tuple[ExchangePlatform, str]:
    """The grant and its token, which nobody can see again. Raises NotPermitted, Refusal for no name or organ, NotFound."""
    require(actor, Duty.SYSADMIN)
    if not 2 <= len(name.strip()) <= LONGEST:
        raise Refusal(f"请填写对方平台的名称（2至{LONGEST}个字）", field="name")
    if not codes:
        raise Refusal("请写明可以读取哪些机关的台账", field="organ")
    organs = [find_organ(session, code) for code in dict.fromkeys(codes)]
    token = secrets.token_urlsafe(TOKEN_BYTES)
    one = ExchangePlatform(
        name=name.strip(),
        token_hash=digest_of(token),
        organs=json.dumps([organ.id for organ in organs]),
        names=names,
        granted_at=now,
        granted_by=actor.signature,
    )
    session.add(one)
    session.flush()
    for organ in organs:
        record(session, organ.id, "exchange.grant", actor.signature, now, platform=one.id, names=names)
    return one, token


def end(session: Session, platform_id: int, actor: Actor, now: datetime) -> ExchangePlatform:
    """The token reads nothing any more. Raises NotPermitted, NotFound."""
    require(actor, Duty.SYSADMIN)
    one = session.get(ExchangePlatform, platform_id, with_for_update=True)
    if one is None:
        raise NotFound("没有这个平台的授权")
    if one.ended_at is None:
        one.ended_at = now
        for organ_id in one.organ_ids:
            record(session, organ_id, "exchange.end", actor.signature, now, platform=one.id)
    return one


def all_of(session: Session) -> Sequence[ExchangePlatform]:
    """Every grant, the newest first."""
    return session.scalars(select(ExchangePlatform).order_by(ExchangePlatform.id.desc())).all()


def by_token(session: Session, token: str) -> ExchangePlatform:
    """The grant that the token stands for. Raises NotPermitted for an unknown and an ended one alike."""
    query = select(ExchangePlatform).where(
        ExchangePlatform.token_hash == digest_of(token), ExchangePlatform.ended_at.is_(None)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotPermitted("令牌无效或者已经停用", do="请联系系统管理员重新授权")
    return found


def digest_of(token: str) -> str:
    """What is kept of a token: it is long and drawn at random, so that a plain digest tells nothing of it."""
    return hashlib.sha256(token.encode()).hexdigest()
