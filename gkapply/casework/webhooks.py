"""Messages for staff, posted to the webhook of their organ: what, which number, where to open it; no person and no text.

One post holds what came up since the last, at most one an hour, and none in the quiet hours of officials.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import journal, sending
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.calendars import calendar_of
from gkapply.casework.journal import canonical
from gkapply.casework.message_contents import Contents
from gkapply.casework.message_kinds import Kind
from gkapply.casework.message_records import Channel
from gkapply.casework.notification import Notification
from gkapply.casework.notification_kinds import KINDS
from gkapply.casework.people import Organ
from gkapply.casework.quiet_hours import is_quiet
from gkapply.casework.records import Case
from gkapply.casework.sending import Posting
from gkapply.casework.services import public_address, ring
from gkapply.casework.webhook_records import Webhook
from gkapply.database import transaction
from gkapply.law.refusal import Refusal
from workflows.duties import Duty

MOST = 100
"""Notifications that one post is made from."""
LONGEST_URL = 500


def set_up(session: Session, organ: Organ, url: str, actor: Actor, now: datetime) -> str:
    """Have the organ's messages posted to ``url`` from now on; returns the new secret, which is shown once.

    Raises NotPermitted, Refusal for what is no address.
    """
    require(actor, Duty.SYSADMIN)
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or len(url) > LONGEST_URL:
        raise Refusal("接口地址应以 https:// 或 http:// 开头，不带用户名和口令", do="请核对地址", field="url")
    secret = secrets.token_urlsafe(32)
    sealed = ring(session).seal(canonical({"url": url.strip(), "secret": secret}).encode(), _place(organ))
    newest = session.scalar(select(func.max(Notification.id)).where(Notification.organ_id == organ.id)) or 0
    session.merge(Webhook(organ_id=organ.id, sealed=sealed, set_at=now, set_by=actor.signature, told_through=newest))
    journal.record(session, None, "webhook.set", actor.signature, now, organ_code=organ.code)
    return secret


def remove(session: Session, organ: Organ, actor: Actor, now: datetime) -> None:
    """Post nothing any more. Raises NotPermitted."""
    require(actor, Duty.SYSADMIN)
    if (found := session.get(Webhook, organ.id)) is not None:
        session.delete(found)
        journal.record(session, None, "webhook.remove", actor.signature, now, organ_code=organ.code)


def host_of(session: Session, organ: Organ) -> str:
    """The host to which the organ's messages are posted, as pages show it; empty: nowhere."""
    found = session.get(Webhook, organ.id)
    return str(urlsplit(_opened(session, found, organ)["url"]).hostname) if found is not None else ""


def due(session: Session, now: datetime) -> Iterator[int]:
    """Ids of the organs with something to post and an office that is not at rest."""
    news = (
        select(Notification.id)
        .where(Notification.organ_id == Webhook.organ_id, Notification.id > Webhook.told_through)
        .exists()
    )
    for hook in session.scalars(select(Webhook).where(news).options(joinedload(Webhook.organ))):
        if not is_quiet(now, hook.organ.office_settings(), calendar_of(hook.organ)):
            yield hook.organ_id


def tell(organ_id: int, now: datetime) -> None:
    """Have what came up since the last post posted; nothing when there is nothing, or no webhook any more."""
    with transaction() as session:
        hook = session.scalars(select(Webhook).where(Webhook.organ_id == organ_id).with_for_update()).one_or_none()
        if hook is None:
            return
        query = (
            select(Notification, Case.reference)
            .outerjoin(Case, Case.id == Notification.case_id)
            .where(Notification.organ_id == organ_id, Notification.id > hook.told_through)
            .order_by(Notification.id)
            .limit(MOST)
        )
        rows = [(row, reference or "") for row, reference in session.execute(query)]
        if not rows:
            return
        opened = _opened(session, hook, hook.organ)
        contents = Contents(opened["url"], text=_body(session, hook.organ, rows), secret=opened["secret"])
        hook.told_through = rows[-1][0].id
        key = f"{Kind.STAFF_WEBHOOK}:{organ_id}:{hook.told_through}"
        posting = Posting(key, Kind.STAFF_WEBHOOK, Channel.WEBHOOK, organ_id=organ_id)
        sending.enter(session, posting, contents, now)


def _body(session: Session, organ: Organ, rows: Sequence[tuple[Notification, str]]) -> str:
    """The post as JSON: each fact once, however many colleagues were told of it."""
    base = public_address(session)
    facts = {(row.kind, row.key, row.level): (row, reference) for row, reference in rows}
    told = [
        {
            "what": KINDS[row.kind].label,
            "number": reference,
            "link": f"{base}/desk/cases/{reference}" if reference else f"{base}/messages",
            "at": row.told_at.isoformat(),
        }
        for row, reference in facts.values()
    ]
    return json.dumps({"organ": organ.code, "messages": told}, ensure_ascii=False)


def _opened(session: Session, hook: Webhook, organ: Organ) -> dict[str, str]:
    return dict(json.loads(ring(session).unseal(hook.sealed, _place(organ))))


def _place(organ: Organ) -> str:
    return f"webhook.sealed.{organ.id}"
