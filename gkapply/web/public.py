"""Pages for everybody: home, the flow of a request, and the answer for whoever watches the server."""

from typing import Any

from flask import Blueprint, render_template
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from gkapply import clock, pdf
from gkapply.casework import public_figures
from gkapply.casework.health import health
from gkapply.casework.reception import areas, receiving_organs
from gkapply.database import reading
from gkapply.law.periods import PeriodName, period
from gkapply.web.access import public
from gkapply.web.headers import impersonal
from workflows.application import APPLICATION
from workflows.chart import svg
from workflows.step import Stage

blueprint = Blueprint("public", __name__)

LINKS = {
    Stage.RECEIVE: "受理机关收到申请。当面提交、邮寄签收的，当日即为收到申请之日；网上、传真、电子邮件和平常信函，以双方确认之日为准。",
    Stage.REGISTER: "给出登记编号，出具收件回执，分给承办人。",
    Stage.REVIEW: "看申请内容是否明确。不明确的，7个工作日内一次性告知补正；收到补正后，答复期限重新计算。",
    Stage.HANDLE: "检索、核对信息。涉及第三方或者其他机关的，书面征求意见；征求意见所需时间不计算在答复期限内。",
    Stage.REPLY: "逐项认定，起草答复书，经他人审核、签发。需要延长的，经政府信息公开工作机构负责人同意并告知申请人，最长20个工作日。",
    Stage.DELIVER: "按申请人要求的方式送达：网上领取、邮政寄送、当面领取等。",
    Stage.ARCHIVE: "材料立卷归档，计入年度报告。",
}
"""What happens in each of the seven links, for the reader who applies."""


@blueprint.get("/")
@public
@impersonal
def home() -> str:
    """What this is, where to begin, who answers for what."""
    with reading() as unit:
        today = clock.today()
        return render_template(
            "public/home.html",
            organs=receiving_organs(unit, today),
            areas=areas(unit, today),
            years=public_figures.lines(unit),
        )


@blueprint.get("/flow")
@public
@impersonal
def flow() -> str:
    """The flow chart, the seven links and the terms in words."""
    return render_template("public/flow.html", chart=Markup(svg(APPLICATION)), links=LINKS, terms=_terms())


@blueprint.get("/healthz")
@public
def healthz() -> Any:
    """200 while the installation is at work, else 503, as JSON."""
    try:
        with reading() as unit:
            found = health(unit, clock.now())
    except SQLAlchemyError:
        return {"ok": False, "database": False}, 503
    oldest, runner = found.oldest_errand, found.runner
    answer = {
        "ok": found.good,
        "database": True,
        "runner_seconds": None if runner is None else int(runner.total_seconds()),
        "oldest_errand_seconds": None if oldest is None else int(oldest.total_seconds()),
        "stuck_errands": found.stuck_errands,
        "journal": found.broken_heads == 0,
        "pdf": pdf.available(),
    }
    return answer, 200 if found.good else 503


def _terms() -> list[Any]:
    """The terms that concern an applicant, as the law fixes them today."""
    return [period(name, clock.today()) for name in PeriodName if name is not PeriodName.CO_PRODUCER_OPINION]
