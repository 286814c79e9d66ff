"""The analysis of demand (需求分析): figures with charts, the requests behind them, areas confirmed in bulk, files."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import area_confirming, demand, demand_cases, demand_matters, report, units
from gkapply.casework.access import Actor
from gkapply.casework.area_confirming import CONFIRMERS
from gkapply.casework.demand_cases import PAGE, Wanted
from gkapply.casework.people import Organ
from gkapply.casework.public_figures import OUTCOMES
from gkapply.casework.records import Case
from gkapply.casework.supervision_period import EARLIEST, Period, Scope
from gkapply.database import reading, transaction
from gkapply.law.annual_rows import COLUMNS
from gkapply.law.channels import CHANNELS
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.day_asked import day_asked
from gkapply.web.demand_charts import charts, month_heads
from gkapply.web.demand_files import demand_file
from gkapply.web.errors import status_of
from gkapply.web.forms import Answer
from workflows.application import APPLICATION
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("demand", __name__, url_prefix="/report/demand")
READERS = (Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR)
PROPOSERS = APPLICATION.step("link_same").duties
"""Who says that two requests are for the same, which proposes the publication."""
MONTHS_BEFORE = 11
"""Whole months before the present one that the page shows unless it is asked for others."""
WHOLE = "1"
"""Value of ``whole`` in an address: with the organs below."""
AS_SUGGESTED = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks about, and among which organs one may choose."""

    organ: Organ
    whole: bool
    organs: list[Organ]
    scope: Scope

    def address(self, endpoint: str, **more: object) -> str:
        """The address of another page about the same."""
        period = self.scope.period
        same = {
            "organ": self.organ.code,
            "whole": WHOLE if self.whole else None,
            "from": period.first,
            "to": period.last,
        }
        return url_for(f"demand.{endpoint}", **{**same, **more})  # type: ignore[arg-type]

    def opens(self, actor: Actor) -> bool:
        """Whether the figures are those of the requests that the viewer sees, so that they lead to them."""
        return not self.whole and self.organ.id == actor.organ_id and actor.holds(*CASE_DUTIES)


@blueprint.get("")
@requires(*READERS)
def index() -> str:
    """The whole analysis."""
    actor = current_actor()
    with reading() as session:
        asked = _asked(session, actor)
        settings = asked.organs[0].office_settings()
        found = demand.analyse(session, asked.scope, settings)
        opens = asked.opens(actor)
        matters = demand_matters.several(session, asked.scope, actor) if opens else []
    return render_template(
        "demand/index.html",
        asked=asked,
        found=found,
        matters=matters,
        opens=opens,
        confirms=opens and actor.holds(*CONFIRMERS),
        proposes=actor.holds(*PROPOSERS),
        charts=charts(found),
        month_heads=month_heads(found.months),
        kinds=[(one.code, one.label) for one in COLUMNS],
        channels=CHANNELS,
        outcomes=OUTCOMES,
        least=settings.demand_applicants,
    )


@blueprint.get("/file.<any(csv, xlsx):ending>")
@requires(*READERS)
def as_file(ending: str) -> Response:
    """Every figure of the page as one table."""
    with reading() as session:
        asked = _asked(session, current_actor())
        found = demand.analyse(session, asked.scope, asked.organs[0].office_settings())
    period = asked.scope.period
    whole = "及下级机关" if asked.whole else ""
    name = f"需求分析-{asked.organ.name}{whole}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{ending}"
    return demand_file(found, name)


@blueprint.get("/cases")
@requires(*READERS)
def cases() -> str:
    """The requests behind a figure."""
    actor = current_actor()
    wanted = Wanted(request.args.get("area"), request.args.get("kind", ""), _number("term"))
    with reading() as session:
        asked = _asked(session, actor)
        found = demand_cases.cases_of(session, asked.scope, wanted, actor, after=_number("after"), limit=PAGE + 1)
    same = {name: request.args[name] for name in ("area", "kind", "term", "name") if name in request.args}
    return render_template(
        "demand/cases.html",
        asked=asked,
        cases=found[:PAGE],
        more=asked.address("cases", **same, after=found[PAGE - 1].id) if len(found) > PAGE else None,
        what=_what(wanted),
    )


@blueprint.get("/areas")
@requires(*CONFIRMERS)
def areas() -> str:
    """The requests whose area nobody has confirmed, each with what is suggested."""
    return _areas_page()


@blueprint.post("/areas")
@requires(*CONFIRMERS)
def confirm_areas() -> Answer:
    """Confirm the areas of those that were ticked: as suggested, or all of them one that was chosen."""
    chosen, area = request.form.getlist("chosen"), request.form.get("area", AS_SUGGESTED)
    pairs = dict(one.partition("~")[::2] for one in chosen)
    try:
        if area == AS_SUGGESTED and not all(pairs.values()):
            raise Refusal("有的申请没有建议的领域", field="area", do="请选择一个公开领域，或者只勾选有建议的")
        with transaction() as session:
            wanted = {reference: area or suggested for reference, suggested in pairs.items()}
            number = area_confirming.confirm_several(session, wanted, current_actor(), clock.now())
    except Refusal as refusal:
        return _areas_page(refusal, set(chosen)), status_of(refusal)
    flash(f"已确认{number}件的公开领域")
    return redirect(request.full_path, 303)


def _areas_page(refusal: Refusal | None = None, ticked: Collection[str] = ()) -> str:
    actor, area = current_actor(), request.args.get("suggested")
    with reading() as session:
        asked = _asked(session, actor)
        found = demand_cases.unconfirmed(session, asked.scope, area, actor, after=_number("after"), limit=PAGE + 1)
        names = units.area_names(session, asked.organ.id)
    return render_template(
        "demand/areas.html",
        asked=asked,
        lines=[_line(one) for one in found[:PAGE]],
        more=asked.address("areas", suggested=area, after=found[PAGE - 1].id) if len(found) > PAGE else None,
        names=names,
        suggested=area,
        refusal=refusal,
        ticked=ticked,
    )


def _line(case: Case) -> dict[str, object]:
    words = f"{case.information_name} {case.description}".strip()
    return {
        "reference": case.reference,
        "received_on": case.received_on,
        "words": words[:80],
        "area": case.area_suggested or "",
    }


def _what(wanted: Wanted) -> str:
    """In words what the listed requests have in common."""
    if wanted.term is not None:
        return request.args.get("name", "")[:60] or "所选的主题"
    return "没有归入领域" if wanted.area == "" else wanted.area or "全部"


def _asked(session: Session, actor: Actor) -> Asked:
    organs = report.organs_of(session, actor)
    code = request.args.get("organ", "")
    organ = next((one for one in organs if one.code == code or not code), None)
    if organ is None:
        raise NotFound("没有这个机关，或者您无权查看它的统计")
    below = [one for one in organs if one.id != organ.id and _is_below(one, organ, organs)]
    whole = request.args.get("whole") == WHOLE and bool(below)
    today = clock.today()
    last = day_asked("to", today)
    period = Period(day_asked("from", max(_months_before(last), EARLIEST)), last)
    return Asked(organ, whole, organs, Scope([organ, *(below if whole else ())], period, today))


def _months_before(day: date) -> date:
    year, month = divmod(max(day, EARLIEST).year * 12 + day.month - 1 - MONTHS_BEFORE, 12)
    return date(year, month + 1, 1)


def _is_below(one: Organ, above: Organ, organs: list[Organ]) -> bool:
    parents = {organ.id: organ.parent_id for organ in organs}
    at, seen = one.parent_id, set[int]()
    while at is not None and at not in seen:
        if at == above.id:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def _number(name: str) -> int | None:
    typed = request.args.get(name, "")
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 18:
        raise Refusal("地址无法识别", do="请从需求分析的数字进入", field=name)
    return int(typed)
