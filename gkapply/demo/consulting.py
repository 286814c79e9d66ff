"""What the demonstration's people do on the way: the post's slip, the weighing of a refusal, the secrecy review."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import secrecy_review, weighing
from gkapply.casework.access import Actor
from gkapply.casework.delivery import HAND, ONLINE, POST
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.secrecy_review import Verdict
from gkapply.clock import day_of
from gkapply.law.delivery_ways import way_of
from gkapply.law.letters import INQUIRIES, LetterKind
from gkapply.law.replies import ReplyKind
from gkapply.law.secrecy_results import SecrecyResult
from workflows.case_states import CaseState
from workflows.release_guards import REASONABLE

SIGNED_SLIP = Upload("送达回证.pdf", "%PDF-1.4 送达回证".encode())
SLIP = Upload("收寄凭证.pdf", "%PDF-1.4 邮政收寄凭证".encode())


CLEAN = "经逐件核对，不涉及国家秘密、工作秘密，可以公开"
SEPARATED = "不涉及国家秘密、工作秘密；隐去认定不予公开的内容后可以公开"


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


def review_all(session: Session, letter: Letter, actor: Actor, now: datetime) -> None:
    """The reviewer finds everything open that the reply gives out and nobody has reviewed yet; parts are hidden where the item says so."""
    for case in letter.cases:
        for one in case.releases if case.state is CaseState.APPROVING else ():
            if one.review is None:
                parts = one.outcome is ReplyKind.PARTIAL
                result = SecrecyResult.SEPARATED if parts else SecrecyResult.OPEN
                verdict = Verdict(result, SEPARATED if parts else CLEAN, day_of(now))
                secrecy_review.record(session, case, [one.code], verdict, actor, now)
