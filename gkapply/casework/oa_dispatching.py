"""Handing signed letters and 转办 sheets over to the OA: ordered in a unit, placed by an errand, answered by a receipt."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.adapters import oa
from gkapply.casework import journal, outbox
from gkapply.casework.access import Actor
from gkapply.casework.oa_records import OaDispatch
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.services import gateways, store
from gkapply.database import reading, transaction
from gkapply.law.letters import LetterKind

LETTER, REFERRAL = "letter", "referral"


def offer_letter(uid: str, now: datetime) -> None:
    """Order that the signed letter be handed over, where its organ wants that and the installation has an OA; once."""
    with transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == uid)).one()
        if letter.file_sha and letter.case.organ.office_settings().letters_to_oa:
            title = LetterKind(letter.kind).label
            hand_over(session, letter.case, LETTER, letter.uid, title, letter.number or "", letter.file_sha, now)


def hand_over(
    session: Session, case: Case, kind: str, source_uid: str, title: str, number: str, sha256: str, now: datetime
) -> None:
    """Order that a .docx of the store (``sha256``) be handed over: a letter or a 转办 sheet, by the uid of what it is; once.

    Nothing happens where the installation has no OA.
    """
    known = select(OaDispatch.id).where(OaDispatch.source_uid == source_uid)
    if gateways(session).oa is None or session.scalar(known) is not None:
        return
    dispatch = OaDispatch(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        kind=kind,
        source_uid=source_uid,
        title=title[:120],
        number=number[:60],
        sha256=sha256,
        ordered_at=now,
        receipt="",
        oa_number="",
        note="",
    )
    session.add(dispatch)
    session.flush()
    outbox.post(session, outbox.PUT_OA, f"{outbox.PUT_OA}:{dispatch.uid}", now, dispatch=dispatch.uid)


def put(uid: str, now: datetime) -> None:
    """Errand: place the ordered item in the folder. Stopped in between it is placed again under the same name."""
    with reading() as session:
        dispatch = session.scalars(select(OaDispatch).where(OaDispatch.uid == uid)).one()
        folder = gateways(session).oa
        if dispatch.placed_at is not None or folder is None:
            return
        content = store(session).get(dispatch.sha256)
        said = {
            "id": dispatch.uid,
            "kind": dispatch.kind,
            "organ": dispatch.organ.code,
            "case": dispatch.case.reference,
            "title": dispatch.title,
            "number": dispatch.number,
        }
    oa.place(folder, uid, said, [(f"{uid}.docx", content)])
    with transaction() as session:
        dispatch = session.scalars(select(OaDispatch).where(OaDispatch.uid == uid).with_for_update()).one()
        dispatch.placed_at = now
        of, sha256 = dispatch.source_uid, dispatch.sha256
        journal.record(
            session, dispatch.organ_id, "oa.placed", "system", now, case_id=dispatch.case_id, of=of, file=sha256
        )


def dispatches(session: Session, case: Case, actor: Actor, now: datetime) -> Sequence[OaDispatch]:
    """What of the case was handed over, the oldest first: a panel of its page."""
    return session.scalars(select(OaDispatch).where(OaDispatch.case_id == case.id).order_by(OaDispatch.id)).all()
