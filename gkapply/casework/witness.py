"""Rows that the journal vouches for: facts, approvals, papers, letters' files and the access log.

The entries are sound when this is asked; a row that says something else than its entry was changed behind the program's back.
"""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework import access_log, redating, register_proof, sealing_register
from gkapply.casework.advised import AdviserOpinion
from gkapply.casework.chains import Break, Damage, Entry
from gkapply.casework.climbing import PASSES, RETURNS
from gkapply.casework.dating import fact_digest
from gkapply.casework.entries import Document, Fact
from gkapply.casework.finding_override import LABELS
from gkapply.casework.journal import JournalEntry
from gkapply.casework.ledger import label_of
from gkapply.casework.letterbook import SIGN_TRIGGER
from gkapply.casework.papers import Approval, Letter
from gkapply.casework.seal_use import SealUse

FACT = "fact.enter"
APPROVALS = {
    f"letter.{step}" for step in (*PASSES, *RETURNS, *SIGN_TRIGGER.values(), "cancel", "confirm_paper", *LABELS)
}


class Witness:
    """Compares batches of entries with their rows and counts what was vouched for."""

    def __init__(self, session: Session):
        self._session = session
        self._facts = 0
        self._approvals = 0

    def first_contradiction(self, entries: Sequence[Entry]) -> Break | None:
        """The first of ``entries`` whose row says something else, or is gone."""
        checks = (
            self._check_facts,
            self._check_approvals,
            self._check_papers,
            self._check_letters,
            self._check_advice,
            self._check_seals,
            self._check_redatings,
            self._check_uses_of_the_seal,
            self._check_registers,
        )
        breaks = [found for check in checks for found in check(entries)]
        return min(breaks, key=lambda found: found.seq, default=None)

    def stranger(self) -> tuple[int, str] | None:
        """Organ and sentence of a fact or approval for which no entry vouches; ask it after every entry was compared."""
        if self._count(Fact) > self._facts:
            return self._unvouched_fact()
        if self._count(Approval) > self._approvals:
            return self._unvouched_approval()
        return None

    def _check_facts(self, entries: Sequence[Entry]) -> Iterator[Break]:
        vouched = {entry.body["fact"]: entry for entry in entries if entry.deed == FACT}
        rows = {row.id: row for row in self._session.scalars(select(Fact).where(Fact.id.in_(vouched)))}
        self._facts += len(rows)
        for fact_id, entry in vouched.items():
            row, said = rows.get(fact_id), entry.body
            if row is None:
                yield Break(entry.seq, Damage.REMOVED, "记录本身完好，但它所记的事实已不在台账中")
                continue
            told = (said["digest"], said["organ"], said["case"], said["actor"], datetime.fromisoformat(said["at"]))
            if told != (fact_digest(row), row.organ_id, row.case_id, row.actor, row.recorded_at):
                yield Break(entry.seq, Damage.CHANGED, "记录本身完好，但它所记的事实在台账中与记录不符")

    def _check_approvals(self, entries: Sequence[Entry]) -> Iterator[Break]:
        vouched = {_approval_of(entry.body): entry for entry in entries if entry.deed in APPROVALS}
        uids = {entry.body["of"] for entry in vouched.values()}
        query = select(Approval, Letter.uid).join(Letter, Approval.letter_id == Letter.id).where(Letter.uid.in_(uids))
        rows = {_key_of(row, uid) for row, uid in self._session.execute(query)}
        self._approvals += len(rows & vouched.keys())
        for approval, entry in vouched.items():
            if approval not in rows:
                yield Break(entry.seq, Damage.CHANGED, "记录本身完好，但它所记的审批意见被改动或删除")

    def _check_papers(self, entries: Sequence[Entry]) -> Iterator[Break]:
        vouched = {entry.body["document"]: entry for entry in entries if entry.deed == "document.add"}
        query = select(Document.uid, Document.sha256).where(Document.uid.in_(vouched))
        yield from self._compare(vouched, dict(self._session.execute(query).all()), "sha256", "材料")

    def _check_letters(self, entries: Sequence[Entry]) -> Iterator[Break]:
        vouched = {entry.body["of"]: entry for entry in entries if entry.deed == "letter.rendered"}
        query = select(Letter.uid, Letter.file_sha).where(Letter.uid.in_(vouched))
        yield from self._compare(vouched, dict(self._session.execute(query).all()), "file", "文书文件")

    def _check_advice(self, entries: Sequence[Entry]) -> Iterator[Break]:
        vouched = {entry.body["advice"]: entry for entry in entries if entry.deed == "letter.give_advice"}
        rows = self._session.scalars(select(AdviserOpinion).where(AdviserOpinion.uid.in_(vouched)))
        digests = {row.uid: row.digest if row.given_at else "" for row in rows}
        yield from self._compare(vouched, digests, "digest", "法律顾问意见")

    @staticmethod
    def _compare(vouched: Mapping[str, Entry], rows: Mapping[str, str], field: str, label: str) -> Iterator[Break]:
        for uid, entry in vouched.items():
            if uid not in rows:
                yield Break(entry.seq, Damage.REMOVED, f"记录本身完好，但它所记的{label}已不在案卷中")
            elif rows[uid] != entry.body[field]:
                yield Break(entry.seq, Damage.CHANGED, f"记录本身完好，但它所记的{label}被换成了别的")

    def _check_seals(self, entries: Sequence[Entry]) -> Iterator[Break]:
        for entry in entries:
            if entry.deed == access_log.SEAL:
                first, last, count = entry.body["first"], entry.body["last"], entry.body["count"]
                found, digest = access_log.stretch_digest(self._session, first - 1, last)
                if found != count:
                    damage = Damage.REMOVED if found < count else Damage.INSERTED
                    yield Break(entry.seq, damage, f"访问日志第{first}至{last}行封存时有{count}行，现有{found}行")
                elif digest != entry.body["digest"]:
                    yield Break(entry.seq, Damage.CHANGED, f"访问日志第{first}至{last}行与封存时不符")

    def _check_redatings(self, entries: Sequence[Entry]) -> Iterator[Break]:
        for entry in entries:
            if entry.deed == redating.REDATED:
                count, digest = redating.moves_digest(self._session, entry.body["redating"], entry.body["organ"])
                if (count, digest) != (entry.body["moved"], entry.body["digest"]):
                    told = f"重算期限的清单与记录不符：记录为{entry.body['moved']}件，现有{count}件"
                    yield Break(entry.seq, Damage.CHANGED, told)

    def _check_uses_of_the_seal(self, entries: Sequence[Entry]) -> Iterator[Break]:
        vouched = {entry.body["use"]: entry for entry in entries if entry.deed == "letter.seal"}
        rows = {row.id: row for row in self._session.scalars(select(SealUse).where(SealUse.id.in_(vouched)))}
        for use_id, entry in vouched.items():
            if use_id not in rows:
                yield Break(entry.seq, Damage.REMOVED, "记录本身完好，但它所记的用印登记已不存在")
            elif sealing_register.digest_of(rows[use_id]) != entry.body["digest"]:
                yield Break(entry.seq, Damage.CHANGED, "记录本身完好，但它所记的用印登记与记录不符")

    def _check_registers(self, entries: Sequence[Entry]) -> Iterator[Break]:
        for entry in entries:
            if entry.deed == register_proof.TAKEN:
                told = register_proof.contradiction(self._session, entry.body)
                if told:
                    yield Break(entry.seq, Damage.CHANGED, told)

    def _count(self, table: type[Fact] | type[Approval]) -> int:
        return self._session.scalar(select(func.count()).select_from(table)) or 0

    def _unvouched_fact(self) -> tuple[int, str] | None:
        vouched = {body["fact"] for body in self._bodies({FACT})}
        rows = self._session.execute(select(Fact.organ_id, Fact.id, Fact.kind).order_by(Fact.id))
        for organ_id, fact_id, kind in rows:
            if fact_id not in vouched:
                return organ_id, f"事实第{fact_id}行（{label_of(kind)}）被插入：没有记录为它作证"
        return None

    def _unvouched_approval(self) -> tuple[int, str] | None:
        vouched = {_approval_of(body) for body in self._bodies(APPROVALS)}
        query = select(Approval, Letter.uid).join(Letter, Approval.letter_id == Letter.id).order_by(Approval.id)
        for row, uid in self._session.execute(query):
            if _key_of(row, uid) not in vouched:
                return row.organ_id, f"审批意见第{row.id}行被插入：没有记录为它作证"
        return None

    def _bodies(self, deeds: Set[str]) -> Iterator[Mapping[str, Any]]:
        query = select(JournalEntry.body).where(JournalEntry.deed.in_(deeds)).execution_options(yield_per=1000)
        return (json.loads(body) for body in self._session.scalars(query))


def _approval_of(body: Mapping[str, Any]) -> tuple[Any, ...]:
    said = body["of"], body["deed"], body["actor"], datetime.fromisoformat(body["at"]), body["snapshot"]
    return *said, body.get("rung", ""), body.get("entered_by"), body.get("on"), body.get("scan")


def _key_of(row: Approval, letter_uid: str) -> tuple[Any, ...]:
    said = letter_uid, f"letter.{row.deed}", f"user:{row.user_id}", row.at, row.snapshot_hash
    clerk = str(row.entered_by) if row.entered_by is not None else None
    scan = row.scan.uid if row.scan is not None else None
    return *said, row.rung, clerk, row.on_.isoformat() if row.on_ is not None else None, scan
