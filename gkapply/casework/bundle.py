"""Ordering a bundle (卷宗) and checking one: one deed fixes what is inside, an errand makes the file (``bundle_build``)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import outbox
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.bundle_choice import READERS, Piece, chosen
from gkapply.casework.bundled_papers import Bundle, BundlePart
from gkapply.casework.dispute import evidence_until
from gkapply.casework.disputed import Dispute
from gkapply.casework.flow import fire
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.law.refusal import NotFound, Refusal
from gkapply.volume import box


def order(session: Session, dispute: Dispute, reader: str, actor: Actor, now: datetime) -> Bundle:
    """Fix what the bundle holds for ``reader`` and have its file made. Raises Refusal for an unknown reader."""
    if reader not in READERS:
        raise Refusal("请选择卷宗供谁使用", "《行政复议法》第四十七条", field="reader")
    until = min(dispute.filed_on, evidence_until(dispute.case) or dispute.filed_on)
    uid = uuid4().hex
    detail = {"bundle": uid, "reader": reader, "until": until.isoformat()}
    fire(session, dispute, "order_bundle", actor, now, detail=detail)
    pieces = chosen(session, dispute.case, reader, until)
    bundle = Bundle(
        uid=uid,
        organ_id=dispute.organ_id,
        dispute=dispute,
        reader=reader,
        until=until,
        ordered_at=now,
        ordered_by=actor.signature,
        parts=[_part(session, ordinal, piece) for ordinal, piece in enumerate(pieces, start=1)],
    )
    session.add(bundle)
    session.flush()
    outbox.post(session, outbox.BUILD_BUNDLE, f"{outbox.BUILD_BUNDLE}:{bundle.uid}", now, bundle=bundle.uid)
    return bundle


def _part(session: Session, ordinal: int, piece: Piece) -> BundlePart:
    """A record without a file of its own becomes one here, so that it stays as it was."""
    digest = piece.sha256 or store(session).put(f"{piece.title}\n{piece.words}\n".encode())
    return BundlePart(
        ordinal=ordinal,
        section=int(piece.section),
        title=piece.title,
        on_=piece.on,
        media_type=piece.media_type,
        sha256=digest,
        left_out=piece.left_out,
    )


def open_bundle(session: Session, uid: str, actor: Actor) -> Bundle:
    """The bundle with that uid about a case that the actor sees. Raises NotFound."""
    query = (
        select(Bundle)
        .join(Dispute, Bundle.dispute_id == Dispute.id)
        .join(Case, Dispute.case_id == Case.id)
        .where(Bundle.uid == uid, visible_cases(actor))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("没有这份卷宗，或者您无权查看")
    return found


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a handed-in volume found; ``made_here`` says when this system made exactly this file."""

    findings: Sequence[str]
    made_here: datetime | None
    title: str


def check(session: Session, packed: bytes) -> Checked:
    """Check a volume: each paper against its list, and the whole file against the register of this system."""
    digest = hashlib.sha256(packed).hexdigest()
    built_at = session.scalar(select(Bundle.built_at).where(Bundle.file_sha == digest).limit(1))
    findings = box.verify(packed)
    return Checked(findings, built_at, "" if findings else str(box.about(packed).get("title", "")))
