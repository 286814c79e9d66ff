"""The letter check (答复体检) of a letter in its case: before it is handed on and again before it is signed, on every route.

An error keeps the letter back, unless somebody asked for its override with a reason and a second person confirmed it for this
very text. Warnings are kept with the round and keep nothing back.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import composition, journal, office_templates
from gkapply.casework.access import Actor
from gkapply.casework.finding_override import ASKED, CONFIRMED, FindingOverride
from gkapply.casework.letter_known import known_of
from gkapply.casework.papers import Approval, Letter, LetterRound
from gkapply.casework.services import store
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, WrongState
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.letters.check import check
from gkapply.letters.finding import Finding, Report, Severity
from gkapply.letters.known import Known
from gkapply.letters.render import preview, render, snapshot
from workflows.duties import Duty
from workflows.letter import LetterState

ASKERS = (Duty.OFFICER, Duty.REVIEWER)
CONFIRMERS = (Duty.REVIEWER, Duty.SIGNER, Duty.HEAD)
OPEN = (LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE)
"""Where a finding can still be overridden."""
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be looked at: template, fields, the hash of its snapshot, and what the case knows."""

    template: bytes
    fields: Mapping[str, Any]
    snapshot_hash: str
    known: Known

    @property
    def is_signed(self) -> bool:
        """Whether number and date stand in it."""
        return self.known.is_signed


@dataclass(frozen=True, slots=True)
class Override:
    """What was decided about one error; ``confirmed_by`` is empty until the second person agrees."""

    reason: str
    asked_by: str
    asked_by_id: int
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its key (which names it in links and records) and its override, if any."""

    finding: Finding
    key: str
    override: Override | None

    @property
    def is_error(self) -> bool:
        """Whether it is an error, overridden or not."""
        return self.finding.severity is Severity.ERROR

    @property
    def keeps_back(self) -> bool:
        """Whether the letter stays because of it."""
        return self.is_error and (self.override is None or not self.override.confirmed_by)


def text_of(session: Session, letter: Letter, on: date) -> Text:
    """The text as it stands: final, frozen, or composed from a draft as of that day. Raises Refusal like ``compose``."""
    if letter.state not in (LetterState.NEW, LetterState.DRAFT) or letter.final:
        return _frozen(session, letter, on)
    template = office_templates.template_for(session, letter.organ_id, letter.kind, on)
    fields = composition.compose(session, letter, on)
    return Text(template, fields, snapshot(letter.kind, template, fields)[1], known_of(session, letter, on))


def _frozen(session: Session, letter: Letter, on: date) -> Text:
    kept = json.loads(letter.final or letter.snapshot)
    template = store(session).get(kept["template_sha256"])
    return Text(template, kept["fields"], letter.snapshot_hash, known_of(session, letter, on))


def examine(text: Text) -> Report:
    """Make the file and check it; outside of any unit of work where nothing hangs on it. Raises Refusal like ``render``."""
    made = render(text.template, text.fields) if text.is_signed else preview(text.template, text.fields)
    return check(made, text.known)


def require(session: Session, letter: Letter, on: date) -> Report:
    """The frozen or signed text passes the check. Raises Refusal with every error that is not overridden."""
    report = examine(_frozen(session, letter, on))
    overrides = overrides_of(session, letter, letter.snapshot_hash)
    held = [one.finding for one in judge(report, overrides) if one.keeps_back]
    if held:
        told = "；".join(f"{place}. {one.point.label}：{one.problem}" for place, one in enumerate(held, start=1))
        raise Refusal(
            f"答复体检发现{len(held)}处错误：{told}",
            held[0].article or None,
            do="请按文书页面“答复体检”一栏逐处改正；确有理由的，说明理由并由另一人确认后放行",
        )
    return report


def as_kept(report: Report) -> str:
    """The findings as they are kept with a round: canonical JSON of points and problems, without the text itself."""
    return journal.canonical(
        [{"point": one.point.value, "severity": one.severity.value, "problem": one.problem} for one in report.findings]
    )


def kept_findings(kept: LetterRound) -> list[dict[str, str]]:
    """The findings of a round as ``as_kept`` wrote them: point, severity, problem."""
    return list(json.loads(kept.findings))


def key_of(finding: Finding) -> str:
    """What names a finding: SHA-256 of its point, sentence and problem."""
    return hashlib.sha256(f"{finding.point.value}\n{finding.sentence}\n{finding.problem}".encode()).hexdigest()


def overrides_of(session: Session, letter: Letter, snapshot_hash: str) -> dict[str, Override]:
    """What was decided about the findings of this very text, by their keys."""
    rows = session.scalars(
        select(FindingOverride)
        .where(FindingOverride.letter_id == letter.id, FindingOverride.snapshot_hash == snapshot_hash)
        .order_by(FindingOverride.id)
    ).all()
    found: dict[str, Override] = {}
    for row in rows:
        if row.deed == ASKED:
            found[row.sentence_hash] = Override(row.reason, row.user.name, row.user_id)
        else:
            found[row.sentence_hash] = replace(found[row.sentence_hash], confirmed_by=row.user.name)
    return found


def judge(report: Report, overrides: Mapping[str, Override]) -> list[Judged]:
    """Each finding with what was decided about it."""
    return [Judged(one, key_of(one), overrides.get(key_of(one))) for one in report.findings]


def ask_override(session: Session, letter: Letter, key: str, reason: str, actor: Actor, now: datetime) -> None:
    """Ask that an error be passed over, with the reason. Raises NotPermitted, WrongState, NotFound, Refusal."""
    one, digest = _error(session, letter, key, actor, ASKERS, day_of(now))
    if one.override is not None:
        raise Refusal("这处错误已经有人说明理由", do="请由另一人确认，或者修改文书")
    if not 2 <= len(reason.strip()) <= LONGEST_REASON:
        raise Refusal(f"请说明放行的理由（2至{LONGEST_REASON}个字）", field="reason")
    refuse_secret_marks(reason, field="reason")
    _write(session, letter, one, digest, ASKED, reason.strip(), actor, now)


def confirm_override(session: Session, letter: Letter, key: str, actor: Actor, now: datetime) -> None:
    """Agree, as a second person, that the error be passed over. Raises NotPermitted, WrongState, NotFound, Refusal."""
    one, digest = _error(session, letter, key, actor, CONFIRMERS, day_of(now))
    if one.override is None:
        raise Refusal("还没有人说明放行的理由", do="请先由起草人或者审核人说明理由")
    if one.override.confirmed_by:
        raise Refusal("这处错误已经确认放行")
    if one.override.asked_by_id == actor.user_id:
        raise NotPermitted("说明理由和确认放行须为不同的人", do="请由另一人确认")
    _write(session, letter, one, digest, CONFIRMED, "", actor, now)


def _error(
    session: Session, letter: Letter, key: str, actor: Actor, duties: Sequence[Duty], on: date
) -> tuple[Judged, str]:
    if not any(actor.holds(duty) for duty in duties):
        raise NotPermitted("您没有放行体检错误的职责")
    if letter.state not in OPEN:
        raise WrongState("文书已经签发或者作废，不能再放行体检错误")
    text = text_of(session, letter, on)
    found = judge(examine(text), overrides_of(session, letter, text.snapshot_hash))
    return one_error(found, key), text.snapshot_hash


def one_error(found: Sequence[Judged], key: str) -> Judged:
    """The error of that key. Raises NotFound when the text has no such error (any more)."""
    for one in found:
        if one.key == key and one.is_error:
            return one
    raise NotFound("这份文书没有这处错误，文本可能已经修改", do="请返回文书页面查看最新的体检结果")


def _write(
    session: Session, letter: Letter, one: Judged, digest: str, deed: str, reason: str, actor: Actor, now: datetime
) -> None:
    assert actor.user_id is not None
    session.add(
        FindingOverride(
            organ_id=letter.organ_id,
            letter_id=letter.id,
            deed=deed,
            point=one.finding.point.value,
            sentence_hash=one.key,
            snapshot_hash=digest,
            reason=reason,
            user_id=actor.user_id,
            at=now,
        )
    )
    letter.approvals.append(
        Approval(
            organ_id=letter.organ_id,
            deed=deed,
            user_id=actor.user_id,
            at=now,
            snapshot_hash=digest,
            comment=f"{one.finding.point.label}：{one.finding.problem}。" + (f"理由：{reason}" if reason else ""),
        )
    )
    journal.record(
        session,
        letter.organ_id,
        f"letter.{deed}",
        actor.signature,
        now,
        case_id=letter.case_id,
        of=letter.uid,
        point=one.finding.point.value,
        finding=one.key,
        snapshot=digest,
    )
