"""What the demonstration's people do around a question to others: the post's slip, the weighing of a refusal."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import weighing
from gkapply.casework.access import Actor
from gkapply.casework.delivery import HAND, ONLINE, POST
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.law.delivery_ways import way_of
from gkapply.law.letters import INQUIRIES, LetterKind
from workflows.release_guards import REASONABLE

SIGNED_SLIP = Upload("送达回证.pdf", "%PDF-1.4 送达回证".encode())
SLIP = Upload("收寄凭证.pdf", "%PDF-1.4 邮政收寄凭证".encode())


def sent_by(session: Session, letter: Letter, way: str, on: date, actor: Actor, now: datetime) -> Dispatch:
    """How a letter left: with the post's number, its slip where the letter asks somebody's opinion, or the signed 送达回证."""
    proof = None
    if way == HAND:
        proof = add_document(session, letter.case, "delivery_proof", SIGNED_SLIP, on, actor, now, field="proof")
    elif LetterKind(letter.kind) in INQUIRIES and way != ONLINE:
        proof = add_document(session, letter.case, "dispatch_proof", SLIP, on, actor, now, field="proof")
    return Dispatch(way_of(way), on, f"XA{letter.id:09d}51" if way == POST else "", proof)


def weigh_refusals(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """The officer finds the reasons of every third party that refuses to be good."""
    for one in case.consultations:
        if one.awaits_weighing and one.refuses:
            weighing.weigh(session, one, REASONABLE, "所述理由与合同内容相符，予以采纳", actor, now)
