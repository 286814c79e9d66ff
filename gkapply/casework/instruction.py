"""Entering what a leader wrote (领导批示), and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.flow import fire
from gkapply.casework.history import names_of
from gkapply.casework.instructed import Instruction
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第四十五条"
SCAN = "instruction"
"""Role of the paper on which it was written."""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands on the paper, and what is to follow by when."""

    leader: str
    text: str
    on: date
    follows: str = ""
    due_on: date | None = None
    scan: Upload | None = None


def enter(session: Session, case: Case, said: Said, actor: Actor, now: datetime) -> Instruction:
    """Keep the instruction. One that asks for nothing is carried out with its being written.

    Raises Refusal when words or leader are missing, a day cannot be, or a term has nothing to be done.
    """
    _require_sound(said, day_of(now))
    needs = bool(said.follows.strip())
    detail = {"on": said.on.isoformat(), "due_on": said.due_on.isoformat() if said.due_on else None, "follows": needs}
    fire(session, case, "record_instruction", actor, now, detail=detail)
    scan = add_document(session, case, SCAN, said.scan, said.on, actor, now, field="scan") if said.scan else None
    made = Instruction(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        leader=said.leader.strip(),
        text=said.text.strip(),
        on_=said.on,
        follows=said.follows.strip(),
        due_on=said.due_on,
        scan=scan,
        entered_at=now,
        entered_by=actor.signature,
        done_on=None if needs else said.on,
        done_note="",
        done_by="",
    )
    session.add(made)
    session.flush()
    return made


def _require_sound(said: Said, today: date) -> None:
    for value, label, field in ((said.leader, "批示领导", "leader"), (said.text, "批示内容", "text")):
        if not value.strip():
            raise Refusal(f"请填写{label}", ARTICLE, field=field)
        refuse_secret_marks(value, field=field)
    if said.on > today:
        raise Refusal("批示日期不能晚于今天", field="on")
    if said.due_on is not None and not said.follows.strip():
        raise Refusal("有期限的，须写明要办什么", field="follows")
    if said.due_on is not None and said.due_on < said.on:
        raise Refusal("办结期限早于批示日期", field="due_on", do="请核对日期")


def carry_out(session: Session, case: Case, uid: str, on: date, note: str, actor: Actor, now: datetime) -> Instruction:
    """Note on which day and how the instruction was carried out. Raises Refusal."""
    one = next((each for each in open_instructions(session, case) if each.uid == uid), None)
    if one is None:
        raise Refusal("请选择尚未落实的批示", field="instruction")
    if not one.on_ <= on <= day_of(now):
        raise Refusal("落实日期应在批示日期之后、不晚于今天", field="on")
    if not note.strip():
        raise Refusal("请写明落实情况", field="note")
    refuse_secret_marks(note, field="note")
    fire(session, case, "carry_out_instruction", actor, now, detail={"instruction": one.uid, "on": on.isoformat()})
    one.done_on, one.done_note, one.done_by = on, note.strip(), actor.signature
    return one


def instructions_of(session: Session, case: Case) -> Sequence[Instruction]:
    """Every instruction about the case, in the order of entry."""
    return session.scalars(select(Instruction).where(Instruction.case_id == case.id).order_by(Instruction.id)).all()


def open_instructions(session: Session, case: Case) -> list[Instruction]:
    """Those of which nobody has said yet what came of them."""
    return [one for one in instructions_of(session, case) if one.done_on is None]


@dataclass(frozen=True, slots=True)
class InstructionLine:
    """One instruction as a case page shows it; ``late`` when its term is over and nothing is noted."""

    leader: str
    text: str
    on: date
    follows: str
    due_on: date | None
    late: bool
    done_on: date | None
    done_note: str
    entered_by: str
    scan: str


def instruction_lines(session: Session, case: Case, today: date) -> list[InstructionLine]:
    """The instructions about the case in words."""
    found = instructions_of(session, case)
    names = names_of(session, (one.entered_by for one in found))
    return [
        InstructionLine(
            leader=one.leader,
            text=one.text,
            on=one.on_,
            follows=one.follows,
            due_on=one.due_on,
            late=one.done_on is None and one.due_on is not None and one.due_on < today,
            done_on=one.done_on,
            done_note=one.done_note,
            entered_by=names[one.entered_by],
            scan=one.scan.uid if one.scan else "",
        )
        for one in found
    ]
