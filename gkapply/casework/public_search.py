"""Search over what is already public (条例第二十条、第二十六条): entries are put in, taken out and counted here, and found.

The grams of every wording are rows of an ordinary table, the same on each database (``public_finding`` reads them).
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import case, delete, func, insert, or_, select, text, update
from sqlalchemy.orm import Session

from gkapply.casework.grams import plain
from gkapply.casework.public_finding import Hit, Wanted, find
from gkapply.casework.public_ranking import Text, weights_of
from gkapply.casework.public_text import SUBJECT_BITS, PublicGram, PublicText

_VARYING = re.compile(
    r"\([^()]*\)|〔[^〔〕]*〕|【[^【】]*】|[0-9〇一二三四五六七八九十]+(年度?|月份?|号|期|批|季度)?|第|\s"
)
MOST_TAKEN_A_DAY = 1000
"""What one entry's count can grow by in a day, whoever opens it however often."""
_AT_ONCE = 200


def index(
    session: Session, kind: str, uid: str, *, organ_id: int, area: str, title: str, words: str, now: datetime
) -> None:
    """Let the entry be found from now on, with these words; one that is known gets them in place of its old ones."""
    _one_writer(session)
    entry = session.scalar(select(PublicText).where(PublicText.kind == kind, PublicText.uid == uid))
    before = None if entry is None else entry.wording
    if entry is None:
        entry = PublicText(kind=kind, uid=uid, shown_from=now, taken=0, taken_that_day=0)
        session.add(entry)
    entry.organ_id, entry.area, entry.title, entry.summary = organ_id, area, title, words
    entry.wording = wording_of(area, title, words)
    session.flush()
    _put_grams(session, entry)
    if before is not None and before != entry.wording:
        _drop_unused(session, before)


def forget(session: Session, kind: str, uid: str) -> None:
    """Let the entry be found no longer; nothing happens when it is not known."""
    _one_writer(session)
    entry = session.scalar(select(PublicText).where(PublicText.kind == kind, PublicText.uid == uid))
    if entry is not None:
        session.delete(entry)
        session.flush()
        _drop_unused(session, entry.wording)


def rebuild(session: Session) -> int:
    """Make all grams anew from the entries, for when they are cut another way; returns the number of wordings."""
    _one_writer(session)
    session.execute(delete(PublicGram))
    first = select(func.min(PublicText.id)).group_by(PublicText.wording)
    entries = session.scalars(select(PublicText).where(PublicText.id.in_(first))).all()
    for start in range(0, len(entries), _AT_ONCE):
        session.execute(insert(PublicGram), [row for one in entries[start : start + _AT_ONCE] for row in _grams(one)])
    return len(entries)


def _one_writer(session: Session) -> None:
    """On PostgreSQL, too, one at a time changes the grams: else one might drop a wording that another is about to need."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE public_gram IN SHARE ROW EXCLUSIVE MODE"))


def wording_of(area: str, title: str, words: str) -> int:
    """The number that stands for these words: 32 bits of their subject's SHA-256, 32 bits of their own."""
    return _hashed(area, core_of(title), words) << SUBJECT_BITS | _hashed(title) & (1 << SUBJECT_BITS) - 1


def _hashed(*words: str) -> int:
    digest = hashlib.sha256("\0".join(words).encode()).digest()
    return int.from_bytes(digest[: SUBJECT_BITS // 8], signed=True)


def core_of(title: str) -> str:
    """The title without brackets and numbers: the same for every year, batch and project of one item."""
    return _VARYING.sub("", plain(title))


def _put_grams(session: Session, entry: PublicText) -> None:
    if session.scalar(select(PublicGram.gram).where(PublicGram.wording == entry.wording).limit(1)) is None:
        session.execute(insert(PublicGram), list(_grams(entry)))


def _grams(entry: PublicText) -> Iterator[dict[str, str | int]]:
    """The rows of its wording."""
    weights = weights_of(Text(plain(entry.title), plain(entry.area), plain(entry.summary)))
    for gram, weight in sorted(weights.items()):
        yield {"gram": gram, "wording": entry.wording, "weight": weight}


def _drop_unused(session: Session, wording: int) -> None:
    if session.scalar(select(PublicText.id).where(PublicText.wording == wording).limit(1)) is None:
        session.execute(delete(PublicGram).where(PublicGram.wording == wording))


def search(
    session: Session,
    words: str,
    *,
    area: str | None = None,
    organ_id: int | None = None,
    kind: str | None = None,
    after: str | None = None,
    limit: int = 10,
) -> list[Hit]:
    """The entries that best answer a question in everyday words, the best first, at most ``limit`` of them.

    Entries of several organs in the same words are one hit, shown for an organ that the question names where there is one.
    ``after`` is the ``key`` of the last hit of the page before.
    """
    return find(session, words, Wanted(area, organ_id, kind), after, limit)


def count_taken(session: Session, kind: str, uid: str, today: date) -> bool:
    """Count that somebody opened the entry today; False when it is not known or its count has grown enough for the day.

    Who it was is neither asked nor kept.
    """
    same_day = PublicText.taken_on == today
    counted = session.execute(
        update(PublicText)
        .where(PublicText.kind == kind, PublicText.uid == uid)
        .where(or_(PublicText.taken_on.is_(None), ~same_day, PublicText.taken_that_day < MOST_TAKEN_A_DAY))
        .values(
            taken=PublicText.taken + 1,
            taken_that_day=case((same_day, PublicText.taken_that_day + 1), else_=1),
            taken_on=today,
        )
        .execution_options(synchronize_session=False)
    )
    return bool(counted.rowcount)  # type: ignore[attr-defined]
