"""Accounts (账号): opened, given a new password, closed, opened again; never deleted, since the journal names them.

Opening and closing is the deed of the system administrator (系统管理员), ending logins and unlocking that of the security
administrator (安全管理员); the operator of the server may do both. All are journaled in the chain of the installation, by
number, never by a person's name.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from gkapply.casework import attempts, duties, journal, passwords, sessions
from gkapply.casework.access import Actor
from gkapply.casework.attempts import LOGIN
from gkapply.casework.logins import normal_login
from gkapply.casework.people import DutyHolding, User
from gkapply.clock import day_of
from gkapply.law import identifiers
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from workflows.duties import Duty

_LOGIN = re.compile(r"[\w.@-]{2,60}")


def operator() -> Actor:
    """Whoever works at the command line of the server: may do what the administrators may, and is journaled as system."""
    return Actor("system", None, frozenset({Duty.SYSADMIN, Duty.SECURITY}))


def require(actor: Actor, *wanted: Duty) -> None:
    """Raises NotPermitted unless the actor holds one of the duties."""
    if not actor.holds(*wanted):
        who = "、".join(duty.label for duty in wanted)
        raise NotPermitted(f"此事由{who}办理，您没有这一职责")


def add_user(
    session: Session,
    login: str,
    name: str,
    actor: Actor,
    now: datetime,
    *,
    password: str | None = None,
    must_change: bool = True,
) -> tuple[User, str]:
    """Open an account and return it with its password, made by the system when none is given.

    ``must_change``: the user sets a password of their own at the first login. Raises NotPermitted, Refusal.
    """
    require(actor, Duty.SYSADMIN)
    login, name = normal_login(login), name.strip()
    if not _LOGIN.fullmatch(login):
        raise Refusal("账号须为2至60个汉字、字母、数字或者 . _ - @", do="请改正账号", field="login")
    if not 1 <= len(name) <= 60:
        raise Refusal("姓名须为1至60个字", do="请填写姓名", field="name")
    if session.scalar(select(User.id).where(User.login == login)) is not None:
        raise Refusal(f"账号「{login}」已经存在", do="请换一个账号；停用的账号可以重新启用", field="login")
    password = _checked(password, login, name)
    user = User(
        login=login,
        name=name,
        password_hash=passwords.hash_of(password),
        must_change_password=must_change,
        created_at=now,
    )
    session.add(user)
    session.flush()
    journal.record(session, None, "account.add", actor.signature, now, user=user.id)
    return user, password


def rename(session: Session, user: User, name: str, actor: Actor, now: datetime) -> None:
    """Correct the name that colleagues read. Raises NotPermitted, Refusal."""
    require(actor, Duty.SYSADMIN)
    if not 1 <= len(name.strip()) <= 60:
        raise Refusal("姓名须为1至60个字", do="请填写姓名", field="name")
    user.name = name.strip()
    journal.record(session, None, "account.rename", actor.signature, now, user=user.id)


def set_password(session: Session, user: User, actor: Actor, now: datetime, *, password: str | None = None) -> str:
    """Give another user a new password and return it; it must be changed at the next login, and open logins end.

    Raises NotPermitted, Refusal.
    """
    require(actor, Duty.SYSADMIN)
    if actor.user_id == user.id:
        raise Refusal("不能为自己重置口令", do="请使用「修改口令」")
    password = _checked(password, user.login, user.name)
    user.password_hash = passwords.hash_of(password)
    user.must_change_password = True
    sessions.end_all(session, user.id, now, "password")
    journal.record(session, None, "account.set_password", actor.signature, now, user=user.id)
    return password


def change_own_password(session: Session, user: User, password: str, now: datetime) -> None:
    """The user's own new password, after the old one was proved; every login of the user ends. Raises Refusal."""
    passwords.require_good(password, user.login, user.name)
    if passwords.matches(user.password_hash, password):
        raise Refusal("新口令与原口令相同", do="请换一个口令", field="new_password")
    user.password_hash = passwords.hash_of(password)
    user.must_change_password = False
    sessions.end_all(session, user.id, now, "password")
    journal.record(session, None, "account.change_password", f"user:{user.id}", now, user=user.id)


def change_own_email(session: Session, user: User, email: str, now: datetime) -> None:
    """Where the user's daily digest goes from now on; empty: nowhere. Raises Refusal for what is no address."""
    user.email = identifiers.email(email) if email.strip() else ""
    journal.record(session, None, "account.change_email", f"user:{user.id}", now, user=user.id)


def close_user(session: Session, user: User, actor: Actor, now: datetime, *, leaving: int = 0) -> None:
    """Close the account (停用): open logins end at once, the duties stay on record.

    ``leaving``: how many open pieces of work lie with the user and have not been handed over. Raises NotPermitted, Refusal.
    """
    require(actor, Duty.SYSADMIN)
    if user.closed_at is not None:
        raise Refusal("这个账号已经停用")
    if actor.user_id == user.id:
        raise Refusal("不能停用自己的账号", do="请由另一名系统管理员停用")
    duties.require_another_administrator(session, user, day_of(now))
    if leaving:
        raise Refusal(
            f"{user.name}名下还有{leaving}件没有办结的申请或者转办，停用后无人办理",
            "条例第四十五条",
            do="请先由公开机构负责人在“工作移交”（/desk/handover）移交；须立即停用的，勾选“未移交也停用”",
        )
    user.closed_at = now
    sessions.end_all(session, user.id, now, "closed")
    journal.record(session, None, "account.close", actor.signature, now, user=user.id)


def reopen_user(session: Session, user: User, actor: Actor, now: datetime) -> str:
    """Open a closed account again, with a new password, which is returned. Raises NotPermitted, Refusal."""
    require(actor, Duty.SYSADMIN)
    if user.closed_at is None:
        raise Refusal("这个账号没有停用")
    user.closed_at = None
    journal.record(session, None, "account.reopen", actor.signature, now, user=user.id)
    return set_password(session, user, actor, now)


def end_sessions(session: Session, user: User, actor: Actor, now: datetime) -> None:
    """Log the user out everywhere, at once. Raises NotPermitted."""
    require(actor, Duty.SECURITY)
    sessions.end_all(session, user.id, now, "security")
    journal.record(session, None, "account.end_sessions", actor.signature, now, user=user.id)


def unlock(session: Session, user: User, actor: Actor, now: datetime) -> None:
    """Let the user try to log in again after too many failures. Raises NotPermitted."""
    require(actor, Duty.SECURITY)
    attempts.reopen(session, LOGIN, user.login, now)
    journal.record(session, None, "account.unlock", actor.signature, now, user=user.id)


def list_users(session: Session, *, after: str = "", containing: str = "", limit: int = 50) -> Sequence[User]:
    """Accounts in the order of their logins from ``after`` on, with their duties; ``containing`` looks in login and name."""
    query = select(User).where(User.login > after).order_by(User.login).limit(limit).options(_with_duties())
    if containing:
        query = query.where(or_(*(one.contains(containing, autoescape=True) for one in (User.login, User.name))))
    return session.scalars(query).all()


def find_user(session: Session, login: str, *, for_change: bool = False) -> User:
    """The account of that name, with its row locked ``for_change``. Raises NotFound."""
    query = select(User).where(User.login == normal_login(login)).options(_with_duties())
    user = session.scalars(query.with_for_update() if for_change else query).one_or_none()
    if user is None:
        raise NotFound("没有这个账号", do="请核对账号")
    return user


def _checked(password: str | None, login: str, name: str) -> str:
    if password is None:
        return passwords.generate()
    passwords.require_good(password, login, name)
    return password


def _with_duties() -> ExecutableOption:
    # Asked for when it is used: at import the mappers of all records may not be known yet.
    return selectinload(User.holdings).options(joinedload(DutyHolding.organ))
