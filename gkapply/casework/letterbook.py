"""The life of a letter (文书): drafted, frozen, approved by others, signed and numbered, sent, proved.

What is signed is what is sent: approvals and signature are over the hash of a frozen snapshot; the file is rendered from it
by an errand. What a sent letter means for the clocks stands in ``casework.delivery``.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import answer_link, composition, letter_check, office_templates, outbox
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.approving import OnPaper, approve, next_rung
from gkapply.casework.author_fields import require_fields
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical, record
from gkapply.casework.letter_locks import lock_group, lock_others
from gkapply.casework.letter_numbers import give_number
from gkapply.casework.marks import Mark
from gkapply.casework.papers import Consultation, Letter, LetterRound
from gkapply.casework.people import SigningName
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.ladders import write_route
from gkapply.law.letters import INQUIRIES, Ladder, LetterKind
from gkapply.law.refusal import NotFound, Refusal, Stale
from gkapply.letters.render import render, snapshot

SIGN_TRIGGER = {Ladder.REPLY: "sign_reply", Ladder.EXTENSION: "sign_extension", Ladder.NOTICE: "sign_notice"}
"""The signing step of each ladder."""


def open_letter(
    session: Session, uid: str, actor: Actor, *, for_step: bool = False, version: int | None = None
) -> Letter:
    """The letter with that uid on a case that the actor sees; ``for_step`` locks its case, then it.

    Raises NotFound, or Stale when the letter has moved on since ``version``.
    """
    query = select(Letter).join(Case, Letter.case_id == Case.id).where(Letter.uid == uid, visible_cases(actor))
    if for_step:
        lock_group(session, uid)
        query = query.with_for_update()
    letter = session.scalars(query).one_or_none()
    if letter is None:
        raise NotFound("没有这份文书，或者您无权查看")
    if for_step and letter.kind == LetterKind.REPLY_COMBINED:
        lock_others(session, letter)
    if version is not None and version != letter.version:
        raise Stale(
            "这份文书在您打开页面之后已有变动，本次操作没有执行", do="您填写的内容仍在下方，请核对最新情况后再提交"
        )
    return letter


def signing_name_of(case: Case, on: date) -> SigningName:
    """The name in which the case is answered: the one chosen for it, else the organ's default; only a name valid on that day.

    Raises Refusal when the organ has none.
    """
    if case.signing_name is not None and case.signing_name.holds_on(on):
        return case.signing_name
    valid = [name for name in case.organ.signing_names if name.holds_on(on)]
    valid.sort(key=lambda name: not name.is_default)
    if not valid:
        raise Refusal(
            f"{case.organ.name}没有有效的落款名称，不能制发文书", do="请系统管理员先登记落款名称、复议机关和法院"
        )
    return valid[0]


def draft(
    session: Session,
    case: Case,
    kind: LetterKind,
    fields: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    consultation: Consultation | None = None,
) -> Letter:
    """Begin a letter with what its author wrote. Raises Refusal when one of the author's fields is missing."""
    require_fields(kind, fields)
    letter = Letter(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        consultation=consultation,
        kind=kind.value,
        version=0,
        author_id=actor.user_id,
        signing_name=signing_name_of(case, day_of(now)),
        fields=canonical(dict(fields)),
    )
    session.add(letter)
    session.flush()
    fire(session, letter, "draft", actor, now, detail={"kind": kind.value})
    return letter


def revise(session: Session, letter: Letter, fields: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Replace what the author wrote; earlier approvals are over another text and no longer hold."""
    require_fields(LetterKind(letter.kind), fields)
    letter.fields = canonical(dict(fields))
    letter.add_writer(actor.user_id)
    fire(session, letter, "revise", actor, now)


def discard(session: Session, letter: Letter, actor: Actor, now: datetime) -> None:
    """Give up a draft that never left; a question that it was to carry is dropped with it."""
    fire(session, letter, "discard", actor, now)
    _drop_question(session, letter, actor, now)


def cancel(session: Session, letter: Letter, actor: Actor, now: datetime, reason: str) -> None:
    """Take a signed letter back that has not left; its 文号 stays used, and a reply takes its case back to handling.

    Without this a notice that time has overtaken would keep its file open for ever. The reason is obligatory.
    """
    if not reason.strip():
        raise Refusal("撤销须说明理由", field="comment", do="请写明为什么不再发出")
    approve(session, letter, "cancel", actor, now, reason)
    _drop_question(session, letter, actor, now)
    if LetterKind(letter.kind).ends_case:
        fire(session, letter.case, "cancel_reply", actor, now, detail={"number": letter.number})


def _drop_question(session: Session, letter: Letter, actor: Actor, now: datetime) -> None:
    question = letter.consultation if letter.kind in INQUIRIES else None
    if question is not None:
        fire(session, question, "drop", actor, now)


def submit(session: Session, letter: Letter, actor: Actor, now: datetime) -> None:
    """Freeze the letter and hand it to the first other person of its ladder; a reply takes its case along.

    Raises Refusal when something that the letter must say is still unknown, or the letter check finds an error.
    """
    kind = LetterKind(letter.kind)
    freeze(session, letter, day_of(now))
    letter.add_writer(actor.user_id)
    report = letter_check.require(session, letter, day_of(now))
    rungs = letter.rungs
    trigger = "submit_review" if len(rungs) > 1 else "submit_signature"
    fire(session, letter, trigger, actor, now, detail={"snapshot": letter.snapshot_hash, "rungs": len(rungs)})
    letter.route, letter.rung = write_route(rungs), rungs[0].code
    letter.rounds.append(
        LetterRound(
            organ_id=letter.organ_id,
            snapshot_hash=letter.snapshot_hash,
            snapshot=letter.snapshot,
            findings=letter_check.as_kept(report),
            at=now,
        )
    )
    if kind.ends_case:
        for case in letter.cases:
            fire(session, case, "submit_reply", actor, now)


def freeze(session: Session, letter: Letter, on: date) -> None:
    """Compose every field and fix them with the template's hash; the template's bytes go into the store with it."""
    template = office_templates.template_for(session, letter.organ_id, letter.kind, on)
    store(session).put(template)
    letter.snapshot, letter.snapshot_hash = snapshot(letter.kind, template, composition.compose(session, letter, on))


def pass_review(
    session: Session, letter: Letter, actor: Actor, now: datetime, comment: str = "", *, paper: OnPaper | None = None
) -> None:
    """Whoever stands on the present rung agrees with this very text: it goes on to the next rung, or to the signature."""
    follows = next_rung(letter)
    trigger = "pass_review" if letter.place + 2 >= len(letter.rungs) else "pass_rung"
    approve(session, letter, trigger, actor, now, comment, paper)
    letter.rung = follows


def return_letter(
    session: Session,
    letter: Letter,
    actor: Actor,
    now: datetime,
    comment: str,
    *,
    paper: OnPaper | None = None,
    marks: Sequence[Mark] = (),
    objects: bool = False,
) -> None:
    """Send the letter back to its author with the reason; a reply takes its case back to handling. The reason is obligatory.

    ``marks`` say of which sentence what is wrong, ``objects`` that the outcomes are. When it is submitted again it begins at the first rung.
    """
    if not comment.strip():
        raise Refusal("退回须说明理由", field="comment", do="请写明需要修改之处")
    trigger = f"return_{letter.state.value}" if letter.state.value in ("review", "signature") else "return_review"
    approve(session, letter, trigger, actor, now, comment, paper, marks=marks, objects=objects)
    letter.rung = ""
    if LetterKind(letter.kind).ends_case:
        for case in letter.cases:
            fire(session, case, "return_reply", actor, now)


def sign(
    session: Session,
    letter: Letter,
    actor: Actor,
    now: datetime,
    comment: str = "",
    *,
    number: str = "",
    paper: OnPaper | None = None,
) -> None:
    """Sign the frozen text: number and date are added, the file is ordered; a signed reply moves its case to delivery.

    ``number`` is the 文号 that another system has given, where the signing name has its numbers from one. What was signed on
    ``paper`` bears the day on which it was signed there.

    Raises Refusal when the facts of the case have changed the text since it was frozen, or the letter check finds an error in
    the final text.
    """
    kind, on = LetterKind(letter.kind), paper.on if paper else day_of(now)
    _require_unchanged(session, letter, on)
    approve(session, letter, SIGN_TRIGGER.get(kind.ladder, "sign_notice"), actor, now, comment, paper)
    finish(session, letter, on, actor, now, number)
    letter_check.require(session, letter, on)
    if kind.ends_case:
        for case in letter.cases:
            fire(session, case, "sign_reply", actor, now, detail={"number": letter.number})


def finish(session: Session, letter: Letter, today: date, actor: Actor, now: datetime, number: str = "") -> None:
    """Number, date and final text of a letter signed on that day; its file is made by an errand after the commit."""
    if LetterKind(letter.kind).numbered:
        letter.number = give_number(session, letter, today.year, number)
    letter.signed_on = today
    letter.signed_by = actor.user_id
    letter.final = composition.finalise(letter.snapshot, number=letter.number or "", on=today)
    if letter.consultation is not None and letter.kind in INQUIRIES:
        answer_link.issue(session, letter.consultation)
    outbox.post(session, outbox.RENDER_LETTER, f"{outbox.RENDER_LETTER}:{letter.uid}", now, letter=letter.uid)


def _require_unchanged(session: Session, letter: Letter, on: date) -> None:
    """The facts that the text was composed from still give the same text."""
    kept = json.loads(letter.snapshot)
    _, fresh = snapshot(
        letter.kind, store(session).get(kept["template_sha256"]), composition.compose(session, letter, on)
    )
    if fresh != letter.snapshot_hash:
        raise Refusal("送签之后案件情况有变，文书内容已不一致，不能签发", do="请退回起草人重新送审")


def render_file(uid: str, now: datetime, *, then_pdf: bool = False) -> str:
    """Errand: make the file of a signed letter, once; returns its SHA-256. ``then_pdf``: its PDF is ordered with it.

    Running it again makes the same bytes and changes nothing.
    """
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == uid)).one()
        files, final, known = store(session), json.loads(letter.final), letter.file_sha
        fields = answer_link.filled(session, letter, final["fields"])
    if known and files.has(known):
        return known
    digest = files.put(render(files.get(final["template_sha256"]), fields))
    with transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == uid).with_for_update()).one()
        if not letter.file_sha:
            letter.file_sha = digest
            record(
                session,
                letter.organ_id,
                "letter.rendered",
                "system",
                now,
                case_id=letter.case_id,
                of=letter.uid,
                file=digest,
            )
            if then_pdf:
                outbox.post(session, outbox.MAKE_PDF, f"{outbox.MAKE_PDF}:{uid}", now, letter=uid)
    return digest
