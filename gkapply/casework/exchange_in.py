"""Receiving register rows of organs that are on another platform (接收台账行): they count in the figures and are nobody's work here.

Each organ's rows go the way of its register (台账导入) with changes allowed: all of an organ's rows or none, the same once more changes nothing.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from gkapply.casework import register_checking, register_import
from gkapply.casework.exchange_out import FORMAT, VERSION, digest_of
from gkapply.casework.organs import find_organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.law.register_exported import HEADS
from gkapply.sheets import write_csv

LARGEST = 64 << 20
RECEIVER = "system"


@dataclass(slots=True)
class Received:
    """What became of one organ's rows: new, changed, the same; ``gone``: numbers that count no more over there and are here still."""

    organ: str
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: Sequence[str] = ()
    problems: list[str] = field(default_factory=list)


def receive(content: bytes, now: datetime) -> list[Received]:
    """Take every organ's rows of one document. Raises Refusal for what is no such document, or of an organ that works here."""
    rows = _read(content)
    by_organ: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_organ.setdefault(str(row["organ"]), []).append(row)
    with reading() as session:
        organs = {code: find_organ(session, code) for code in by_organ}
    for organ in organs.values():
        if organ.accepts_applications:
            raise Refusal(
                f"{organ.name}在本平台办理申请，不能接收它在别处的台账",
                do="请核对机关；已停止在本平台接收申请的，先在机关管理中改",
            )
    return [_take(code, organs[code].id, by_organ[code], now) for code in sorted(by_organ)]


def _read(content: bytes) -> Sequence[Mapping[str, Any]]:
    if len(content) > LARGEST:
        raise Refusal(f"文件超过{LARGEST >> 20} MB", do="请分页读取", field="file")
    try:
        told = json.loads(content)
        if told["format"] != FORMAT or told["version"] != VERSION:
            raise Refusal(f"格式应为 {FORMAT}，版本 {VERSION}", do="请核对对方平台的版本", field="file")
        rows = told["rows"]
        for place, row in enumerate(rows, start=1):
            if row["hash"] != digest_of(row):
                raise Refusal(f"第{place}行的内容与其摘要不符，可能在传送中损坏", do="请重新读取", field="file")
            if not row.get("gone") and set(row["columns"]) != set(HEADS):
                raise Refusal(f"第{place}行的列不全", field="file")
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise Refusal("文件不是台账交换文件", do="格式见 docs/exchange.md", field="file") from error
    return list(rows)


def _still_here(organ_id: int, numbers: Sequence[str]) -> Sequence[str]:
    if not numbers:
        return ()
    with reading() as session:
        query = select(Case.number).where(Case.organ_id == organ_id, Case.number.in_(numbers)).order_by(Case.number)
        return session.scalars(query).all()


def _take(code: str, organ_id: int, rows: Sequence[Mapping[str, Any]], now: datetime) -> Received:
    standing = [row["columns"] for row in rows if not row.get("gone")]
    received = Received(code, gone=_still_here(organ_id, [str(row["number"]) for row in rows if row.get("gone")]))
    if not standing:
        return received
    file = io.BytesIO(write_csv(HEADS, [[one[head] for head in HEADS] for one in standing]))
    with transaction() as session:
        organ = find_organ(session, code)
        run = register_checking.new_run(session, organ, f"平台交换-{code}.csv", "", RECEIVER, now, changing=True).id
    found = register_checking.check(organ_id, file, now, run_id=run, changing=True)
    received.new, received.changed, received.same = found.fresh, found.changed, found.same
    received.problems = [str(one) for one in found.problems]
    if not found.sound:
        received.new = received.changed = 0
        register_checking.forget(run)
    elif found.run is not None:
        with transaction() as session:
            register_import.begin(session, run, now)
        while register_import.carry_on(run, now, units=1):
            pass
    return received
