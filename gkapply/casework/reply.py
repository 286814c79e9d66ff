"""Finding out and deciding (办理): items, search record, outcome of each item, the reply letter."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import case_indexing, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.entries import Note
from gkapply.casework.flow import fire
from gkapply.casework.gaps import require_reciprocity
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case, Item
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import letter_for, reply_kind
from gkapply.law.secrecy import refuse_secret_marks

MOST_ITEMS = 50
SEARCH = "search"
SEARCH_FIELDS = {
    "units": "检索的科室或单位",
    "systems": "检索的系统或档案",
    "archive_room": "本机关档案室的检索情况",
    "period": "检索的起止时段",
    "words": "检索用词",
    "result": "检索结果",
}


def accept(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """The content is clear: handling begins. Raises Refusal where reciprocity is still to be noted (条例第二十七条)."""
    require_reciprocity(session, case)
    fire(session, case, "accept", actor, now)


def itemise(session: Session, case: Case, quotes: Sequence[str], actor: Actor, now: datetime) -> None:
    """Set the items applied for, each quoted from the request; outcomes given before are dropped with their items.

    Raises Refusal for none, too many, or an empty one.
    """
    wanted = [quote.strip() for quote in quotes if quote.strip()]
    if not wanted:
        raise Refusal("至少要有一项申请事项", "条例第二十九条", field="quotes")
    if len(wanted) > MOST_ITEMS:
        raise Refusal(f"一件申请最多拆分为{MOST_ITEMS}项", field="quotes")
    fire(session, case, "itemise", actor, now, detail={"items": len(wanted)})
    for item in list(case.items):
        session.delete(item)
    session.flush()
    case.items = [
        Item(organ_id=case.organ_id, ordinal=ordinal, quote=quote) for ordinal, quote in enumerate(wanted, start=1)
    ]
    session.flush()


def record_search(
    session: Session, case: Case, fields: Mapping[str, str], on: date, actor: Actor, now: datetime
) -> Note:
    """Keep the search statement: which units, systems, period and words, and what was found (条例第三十六条第四项).

    A court asks whether the search was full and reasonable, so every field is obligatory; what lies in the organ's own 档案室 is
    still its information. Raises Refusal.
    """
    for name, label in SEARCH_FIELDS.items():
        if not str(fields.get(name, "")).strip():
            raise Refusal(f"请填写{label}", "条例第三十六条第四项", field=name)
    fire(session, case, "record_search", actor, now)
    return add_note(session, case, SEARCH, {name: fields[name].strip() for name in SEARCH_FIELDS}, on, actor, now)


def record_note(session: Session, case: Case, text: str, kind: str, on: date, actor: Actor, now: datetime) -> Note:
    """Keep a telephone or working note. Raises Refusal when it is empty or from the future."""
    if not text.strip():
        raise Refusal("请填写记录内容", field="text")
    fire(session, case, "record_note", actor, now)
    return add_note(session, case, kind, {"text": text.strip()}, on, actor, now)


def add_note(
    session: Session, case: Case, kind: str, content: Mapping[str, str], on: date, actor: Actor, now: datetime
) -> Note:
    """Write a note of ``kind`` (search, phone, work, confirmation); its deed has been fired by the caller."""
    if on > day_of(now):
        raise Refusal("记录日期不能晚于今天", field="on")
    for text in content.values():
        refuse_secret_marks(text, field="text")
    note = Note(
        organ_id=case.organ_id,
        case=case,
        kind=kind,
        on_=on,
        recorded_at=now,
        actor=actor.signature,
        content=canonical(dict(content)),
    )
    session.add(note)
    session.flush()
    case_indexing.touch(session, note)
    return note


def draft_reply(session: Session, case: Case, actor: Actor, now: datetime) -> Letter:
    """Begin the one reply letter that answers every item; its kind follows from the outcomes.

    An earlier draft of another kind is given up. Raises Refusal while an item is undecided or a draft of the kind exists.
    """
    fire(session, case, "draft_reply", actor, now)
    kind = letter_for([reply_kind(item.outcome) for item in case.items if item.outcome])
    give_up_drafts(session, case, kind, actor, now)
    return letterbook.draft(session, case, kind, {}, actor, now)


def give_up_drafts(session: Session, case: Case, kind: LetterKind, actor: Actor, now: datetime) -> None:
    """Discard the drafts of replies of other kinds. Raises Refusal when there is one of ``kind`` already."""
    for letter in case.letters:
        if not LetterKind(letter.kind).ends_case or letter.state.value != "draft":
            continue
        if letter.kind == kind.value:
            raise Refusal("答复书已有草稿", do="请打开草稿修改或送审")
        letterbook.discard(session, letter, actor, now)
