"""The annual report of an organ and year (政府信息公开工作年度报告): what it says, how far it is, and one that was made elsewhere.

条例第四十九条、第五十条. Figures come from the register and nobody types them; what was frozen is kept as it was. It is written and
frozen in ``annual_report_deeds``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.annual_report_computing import Computed, compute
from gkapply.casework.annual_report_content import TAKEN, hash_of, report_of
from gkapply.casework.annual_report_records import AnnualReport, AnnualReportEdition
from gkapply.casework.annual_report_taken import settled
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.report import EARLIEST_YEAR
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks
from workflows.annual_report import ARTICLE, AnnualReportState

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the report of an organ is: its state, the number of its version, when it was frozen last and first delivered."""

    state: AnnualReportState
    edition: int
    delivered_on: date | None


def find(session: Session, organ_id: int, year: int) -> AnnualReport | None:
    """The report, if anybody has begun it."""
    query = select(AnnualReport).where(AnnualReport.organ_id == organ_id, AnnualReport.year == year)
    return session.scalars(query).one_or_none()


def standings(session: Session, organ_ids: Iterable[int], year: int) -> dict[int, Standing]:
    """Organ → how far its report of the year is; an organ that has not begun is missing."""
    of = AnnualReport
    query = select(of.organ_id, of.state, of.edition, of.delivered_on)
    query = query.where(of.organ_id.in_(set(organ_ids)), of.year == year)
    return {row.organ_id: Standing(row.state, row.edition, row.delivered_on) for row in session.execute(query)}


def whole(session: Session, organ: Organ, year: int, *, edition: int | None = None) -> dict[str, Any]:
    """The whole report as a dict: ``organ``, ``year``, ``format``, ``table3``, ``table4``, ``checks``, ``parts`` (text by
    "1", "5", "6") and ``table2`` (None in what nobody filled in).

    While it is written: as the register says now. Once it is frozen: as its last version says. ``edition`` is the number of
    an earlier version. A report that was taken from elsewhere may lack rows. Raises NotFound, or Refusal for an impossible year.
    """
    kept = find(session, organ.id, year)
    if edition is not None:
        return report_of(edition_of(kept, edition))
    settled_as = edition_that_stands(kept)
    return computed(session, organ, year).report if settled_as is None else report_of(settled_as)


def edition_that_stands(kept: AnnualReport | None) -> AnnualReportEdition | None:
    """The version that the report is now; None while it is written."""
    if kept is None or kept.state not in (AnnualReportState.FROZEN, AnnualReportState.DELIVERED):
        return None
    return kept.editions[-1]


def standing(session: Session, organ_id: int, year: int) -> AnnualReportEdition | None:
    """The version that the organ's report of the year is now; None while it is written or not begun."""
    return edition_that_stands(find(session, organ_id, year))


def computed(session: Session, organ: Organ, year: int) -> Computed:
    """The report as the register says now, whatever was frozen."""
    return compute(session, organ, year, find(session, organ.id, year), find(session, organ.id, year - 1))


def published(session: Session, organ_id: int, year: int) -> dict[str, Any] | None:
    """The last version that was frozen or taken for the year, also while the next one is written; None without any."""
    kept = find(session, organ_id, year)
    return report_of(kept.editions[-1]) if kept and kept.editions else None


def edition_of(kept: AnnualReport | None, number: int) -> AnnualReportEdition:
    """One version. Raises NotFound."""
    found = next((one for one in (kept.editions if kept else ()) if one.number == number), None)
    if found is None:
        raise NotFound("没有这一版次的年度报告", do="请从年度报告页面进入")
    return found


def take_published(
    session: Session,
    organ: Organ,
    year: int,
    report: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    source: str = "",
) -> AnnualReportEdition:
    """Keep a report that was not made here, typed or read from what was published, as a version of that year.

    ``report`` has the form of ``whole``; rows, table 二 and table 四 may be missing, row 四 may not. ``source`` says in words
    where it was found. Raises Refusal for what cannot be such a report; NotPermitted, WrongState where one was made here.
    """
    kept = for_step(session, organ, year, actor, now, None)
    taken = settled(organ, year, report)
    content = canonical({"report": taken, "rules": [], "explained": [], "source": source.strip()[:LONGEST_REASON]})
    for said in (content, *taken["parts"].values()):  # in the JSON a line break within a mark is no blank
        refuse_secret_marks(said, field="file")
    detail = {"edition": kept.edition, "hash": hash_of(content)}
    fire(session, kept, "take_published", actor, now, detail=detail)
    for number, text in taken["parts"].items():
        setattr(kept, f"part_{number}", text)
    kept.table2 = canonical(taken["table2"])
    return keep(session, kept, TAKEN, content, "", actor, now)


def for_step(
    session: Session, organ: Organ, year: int, actor: Actor, now: datetime, version: int | None
) -> AnnualReport:
    """The report under lock, begun if nobody has. Raises NotPermitted for another organ, Stale, Refusal for an impossible year."""
    if actor.organ_id != organ.id:
        raise NotPermitted("年度报告由本机关编制", ARTICLE)
    if not EARLIEST_YEAR <= year <= day_of(now).year:
        raise Refusal(f"年度须在{EARLIEST_YEAR}年至今年之间", "条例第五十条", field="year")
    # Two who begin at once come one after the other.
    session.execute(select(Organ.id).where(Organ.id == organ.id).with_for_update(key_share=True))
    query = select(AnnualReport).where(AnnualReport.organ_id == organ.id, AnnualReport.year == year)
    kept = session.scalars(query.with_for_update()).one_or_none()
    if kept is None:
        return begin(session, organ.id, year, actor, now)
    if version is not None and version != kept.version:
        raise Stale(
            "年度报告在您打开页面之后已有变动，本次操作没有执行", do="您填写的内容仍在下方，请核对最新情况后再提交"
        )
    return kept


def begin(session: Session, organ_id: int, year: int, actor: Actor, now: datetime) -> AnnualReport:
    """Begin the report of a year that nobody has begun."""
    kept = AnnualReport(
        uid=uuid4().hex, organ_id=organ_id, year=year, version=0, edition=1, told=0, editions=[], notes=[]
    )
    session.add(kept)
    session.flush()
    fire(session, kept, "begin", actor, now, detail={"year": year})
    return kept


def keep(
    session: Session, kept: AnnualReport, source: str, content: str, cases: str, actor: Actor, now: datetime
) -> AnnualReportEdition:
    """Keep what was frozen or taken as the version that is being written."""
    assert actor.user_id is not None
    made = AnnualReportEdition(
        organ_id=kept.organ_id,
        report=kept,
        number=kept.edition,
        source=source,
        content=content,
        hash=hash_of(content),
        cases=cases,
        frozen_on=day_of(now),
        frozen_at=now,
        frozen_by=actor.user_id,
    )
    session.add(made)
    session.flush()
    return made
