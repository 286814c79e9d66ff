"""One organ's chain of the journal, examined entry by entry.

Whoever changes entries behind the program's back has no journal key: the first one that does not follow from its predecessor is
where it was done, and what stands around it tells what was done.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain, pairwise
from typing import Any

from sqlalchemy import Row

from gkapply.casework.journal import GENESIS, link_hash
from gkapply.sealing import CannotUnseal, KeyRing


class Damage(StrEnum):
    """What was done to an entry, in the words of the report."""

    CHANGED = "第{seq}号记录被改动"
    REMOVED = "第{seq}号记录被删除"
    INSERTED = "第{seq}号记录被插入"
    CUT_OFF = "第{seq}号起的末尾记录被截去"


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry of a chain that is not as it was written."""

    seq: int
    damage: Damage
    why: str

    def __str__(self) -> str:
        return f"{self.damage.format(seq=self.seq)}：{self.why}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A sound entry: its place, and what it says."""

    seq: int
    deed: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class End:
    """Where the head row says that the chain ends."""

    seq: int
    hash: str


Anchored = Mapping[int, Set[str]]
"""Number → hashes under which that entry was anchored outside the database."""


def examine(
    rows: Iterable[Row[*tuple[Any, ...]]], end: End | None, anchored: Anchored, ring: KeyRing
) -> Iterator[Entry | Break]:
    """The entries of one chain in their order as far as they are sound, then the break if there is one.

    ``rows`` are the columns of the journal in the order of their numbers.
    """
    number, previous = 0, GENESIS
    for row, following in pairwise(chain(rows, [None])):
        assert row is not None
        broken = (
            _beyond_its_end(row, number, end)
            or _broken(row, following, number + 1, previous, ring)
            or _unlike_its_marks(row, end, anchored)
        )
        if broken:
            yield broken
            return
        yield Entry(row.seq, row.deed, json.loads(row.body))
        number, previous = row.seq, row.hash
    cut = max([end.seq if end else 0, *anchored])
    if number < cut:
        yield Break(number + 1, Damage.CUT_OFF, f"应有{cut}号，只剩{number}号")
    elif number and end is None:
        yield Break(number, Damage.CHANGED, "链尾登记缺失")


def _broken(
    row: Row[*tuple[Any, ...]], following: Row[*tuple[Any, ...]] | None, expected: int, previous: str, ring: KeyRing
) -> Break | None:
    if row.seq > expected:
        return Break(expected, Damage.REMOVED, f"第{expected}号不存在，其后是第{row.seq}号")
    if row.seq < expected:
        return Break(row.seq, Damage.INSERTED, "编号重复或者不是正数")
    try:
        if _follows(row, previous, ring):
            return None if _columns_agree(row) else Break(row.seq, Damage.CHANGED, "各栏与记录正文不一致")
        if following is not None and _follows(following, previous, ring):
            return Break(row.seq, Damage.INSERTED, "其后一条才与前一条相接")
    except CannotUnseal:
        advice = "更换过密钥的，请把旧密钥补入 GKAPPLY_DATA_KEYS"
        return Break(row.seq, Damage.CHANGED, f"所写密钥「{row.key_id}」不在密钥环上；{advice}")
    if _own_number(row.body) > expected:
        return Break(expected, Damage.REMOVED, f"现第{expected}号原是第{_own_number(row.body)}号")
    return Break(row.seq, Damage.CHANGED, "内容与校验值不符")


def _follows(row: Row[*tuple[Any, ...]], previous: str, ring: KeyRing) -> bool:
    return link_hash(ring.journal_mac, row.key_id, previous, row.body) == row.hash


def _columns_agree(row: Row[*tuple[Any, ...]]) -> bool:
    body = json.loads(row.body)
    said = (body["organ"], body["seq"], body["deed"], body["actor"], body["case"], datetime.fromisoformat(body["at"]))
    return said == (row.organ_id, row.seq, row.deed, row.actor, row.case_id, row.recorded_at)


def _own_number(body: str) -> int:
    """The number that an entry gives itself; 0 when its text is no entry any more."""
    try:
        return int(json.loads(body)["seq"])
    except (ValueError, TypeError, KeyError):
        return 0


def _beyond_its_end(row: Row[*tuple[Any, ...]], number: int, end: End | None) -> Break | None:
    if end is not None and number >= end.seq:
        return Break(row.seq, Damage.INSERTED, f"链尾登记只到第{end.seq}号")
    return None


def _unlike_its_marks(row: Row[*tuple[Any, ...]], end: End | None, anchored: Anchored) -> Break | None:
    """What the anchors and the head row say against a linked entry."""
    if any(hash_ != row.hash for hash_ in anchored.get(row.seq, ())):
        return Break(row.seq, Damage.CHANGED, "与数据库外留存的锚点不一致")
    if end is not None and row.seq == end.seq and row.hash != end.hash:
        return Break(row.seq, Damage.CHANGED, "与链尾登记不一致")
    return None
