"""What is done with an annual report: written, checked differences explained, frozen by the head, delivered, drawn up anew.

条例第四十九条、第五十条. Every deed goes through the rows of ``workflows.annual_report``.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import annual_report_cases
from gkapply.casework.access import Actor
from gkapply.casework.annual_report_computing import CheckLine, check_lines, compute
from gkapply.casework.annual_report_content import MADE, hash_of
from gkapply.casework.annual_report_notes import NoteKind, add_note
from gkapply.casework.annual_report_records import AnnualReport, AnnualReportEdition
from gkapply.casework.annual_reports import LONGEST_REASON, find, for_step, keep
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.law import annual_table2
from gkapply.law.annual_sentences import PARTS
from gkapply.law.counting_rules import rules_by_table, rules_of_table3, rules_of_table4
from gkapply.law.refusal import Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks
from workflows.annual_report import ARTICLE

LONGEST_PART = 20_000
SUBMITTED, PUBLISHED = "submitted", "published"
WAYS: Mapping[str, str] = {SUBMITTED: "报送主管部门", PUBLISHED: "向社会公布"}


def write(
    session: Session,
    organ: Organ,
    year: int,
    parts: Mapping[str, str],
    table2: Mapping[str, Any] | None,
    actor: Actor,
    now: datetime,
    *,
    version: int | None = None,
) -> AnnualReport:
    """Keep the text of the parts given, and table 二 (``annual_table2.read``) where one is given.

    Raises Stale, NotPermitted, WrongState or Refusal.
    """
    kept = for_step(session, organ, year, actor, now, version)
    for number, text in parts.items():
        if len(text) > LONGEST_PART:
            raise Refusal(f"{PARTS[number]}最多{LONGEST_PART}个字，现有{len(text)}个字", field=f"part_{number}")
        refuse_secret_marks(text, field=f"part_{number}")
    fire(session, kept, "write", actor, now, detail={"parts": sorted(parts), "table2": table2 is not None})
    for number, text in parts.items():
        setattr(kept, f"part_{number}", text.replace("\r\n", "\n").strip())
    if table2 is not None:
        kept.table2 = canonical({**annual_table2.empty(), **table2})
    return kept


def explain(
    session: Session,
    organ: Organ,
    year: int,
    code: str,
    reason: str,
    actor: Actor,
    now: datetime,
    *,
    version: int | None,
) -> AnnualReport:
    """Record why a check does not agree or a carried case differs; ``code`` is its key. Raises as ``write``."""
    kept = for_step(session, organ, year, actor, now, version)
    said, before = _reason(reason), find(session, organ.id, year - 1)
    lines = check_lines(session, compute(session, organ, year, kept, before).report, kept, before)
    failing = [line for line in lines if not line.ok]
    if code not in {line.key for line in failing} | {one.key for line in failing for one in line.differences}:
        raise Stale("这一项核对已经相符，或者数据又有变动", do="请刷新页面，按最新的核对结果说明")
    fire(session, kept, "explain", actor, now, detail={"code": code})
    add_note(session, kept, NoteKind.EXPLAINED, said, actor, now, code=code)
    return kept


def freeze(
    session: Session, organ: Organ, year: int, actor: Actor, now: datetime, *, version: int | None
) -> AnnualReportEdition:
    """The head settles the report: figures, text, rules, checks and every counted case are kept as the next version.

    Raises Refusal before the year is over or while a failing check is not explained; Stale, NotPermitted, WrongState.
    """
    kept = for_step(session, organ, year, actor, now, version)
    before = find(session, organ.id, year - 1)
    report = compute(session, organ, year, kept, before).report
    lines = check_lines(session, report, kept, before)
    settings = organ.office_settings()
    content = canonical(
        {
            "report": report,
            "rules": [*rules_of_table3(settings), *rules_of_table4(settings)],
            "notes": rules_by_table(settings),
            "explained": [_explained(one) for one in lines if not one.ok and one.reason],
        }
    )
    cases = annual_report_cases.written(annual_report_cases.counted(session, organ.id, year))
    unexplained = [one.name for one in lines if not one.settled]
    detail = {"edition": kept.edition, "hash": hash_of(content)}
    fire(session, kept, "freeze", actor, now, detail=detail, unexplained=unexplained)
    return keep(session, kept, MADE, content, cases, actor, now)


def deliver(
    session: Session,
    organ: Organ,
    year: int,
    way: str,
    on: date,
    where: str,
    actor: Actor,
    now: datetime,
    *,
    version: int | None,
) -> AnnualReport:
    """Record that the frozen version was handed in or published (``way`` of ``WAYS``) on that day, and how.

    Raises Refusal for an unknown way, a day before it was frozen or to come, or without words; Stale, NotPermitted, WrongState.
    """
    kept = for_step(session, organ, year, actor, now, version)
    said = where.strip()
    if way not in WAYS:
        raise Refusal("请选择报送还是公布", "条例第四十九条", field="way")
    if not 0 < len(said) <= LONGEST_REASON:
        raise Refusal("请写明报送的方式、公布的栏目或者网址", "条例第四十九条", field="where")
    refuse_secret_marks(said, field="where")
    made_here = kept.editions and kept.editions[-1].source == MADE
    if on > day_of(now) or (made_here and on < kept.editions[-1].frozen_on):
        raise Refusal("日期须在定稿之日至今天之间", "条例第四十九条", field="on", do="请核对日期")
    fire(session, kept, "deliver", actor, now, detail={"way": way, "on": on.isoformat(), "edition": kept.edition})
    kept.delivered_on = min(on, kept.delivered_on) if kept.delivered_on else on
    add_note(session, kept, NoteKind.DELIVERED, said, actor, now, code=way, on=on)
    return kept


def reopen(
    session: Session, organ: Organ, year: int, reason: str, actor: Actor, now: datetime, *, version: int | None
) -> AnnualReport:
    """The head has the report drawn up anew as the next version. Raises Refusal without a reason; Stale, NotPermitted, WrongState."""
    kept = for_step(session, organ, year, actor, now, version)
    said = _reason(reason)
    fire(session, kept, "reopen", actor, now, detail={"edition": kept.edition + 1})
    kept.edition += 1
    add_note(session, kept, NoteKind.REOPENED, said, actor, now)
    return kept


def _explained(line: CheckLine) -> dict[str, Any]:
    cases = [{"reference": one.reference, "words": one.words, "reason": one.reason} for one in line.differences]
    return {"check": line.name, "detail": line.detail, "reason": line.reason, "cases": cases}


def _reason(text: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= LONGEST_REASON:
        raise Refusal(f"请写明原因，不超过{LONGEST_REASON}个字", ARTICLE, field="reason")
    refuse_secret_marks(said, field="reason")
    return said
