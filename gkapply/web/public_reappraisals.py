"""What came of reappraisals and cleanings (评估审查结果、清理结果), for everybody: rounds that a head has released."""

from flask import Blueprint, render_template

from gkapply.casework import reappraisal_figures
from gkapply.casework.reappraisal_figures import ALL, LEAST, PublicResults
from gkapply.database import reading
from gkapply.law.reappraisal import Outcome
from gkapply.web.access import public
from gkapply.web.headers import impersonal

blueprint = Blueprint("public_reappraisals", __name__)


@blueprint.get("/reappraisals")
@public
@impersonal
def index() -> str:
    """The rounds, the newest first."""
    with reading() as session:
        return render_template("reappraisals/public.html", rounds=reappraisal_figures.released(session))


@blueprint.get("/reappraisals/<uid>")
@public
@impersonal
def show(uid: str) -> str:
    """One round: numbers, what is public now, what was cleaned."""
    with reading() as session:
        found = reappraisal_figures.public_results(session, uid)
    turned = [one for one in found.named if one.outcome is Outcome.TO_PUBLIC]
    return render_template(
        "reappraisals/public_round.html",
        one=found,
        outcomes=list(Outcome),
        everything=ALL,
        told=told,
        turned=turned,
        cleaned=[one for one in found.named if one.outcome is not Outcome.TO_PUBLIC],
        least=LEAST,
    )


def told(one: PublicResults, code: str) -> str:
    """What the table says of a number."""
    value = one.told[code]
    if value is not None:
        return str(value)
    return f"少于{LEAST}" if code in one.small else "不单列"
