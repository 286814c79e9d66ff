"""The pages of a supervisor (监督): the board, the requests behind each figure, one request; nothing there changes a case."""

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import day_explanation, supervision_board, supervision_case, supervision_list, urge_lines
from gkapply.casework.access_log import note_access
from gkapply.casework.day_explanation import WEEKDAYS, conclusion, heading
from gkapply.casework.documents import WORD_TYPE
from gkapply.casework.people import Organ
from gkapply.casework.services import store
from gkapply.casework.supervision_figures import FIGURES, figure_called
from gkapply.casework.supervision_list import Place
from gkapply.casework.supervision_period import Period, Scope, quarter_of
from gkapply.casework.supervision_tree import Tree, tree
from gkapply.database import reading, transaction
from gkapply.law.letters import LetterKind
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.day_asked import day_asked
from gkapply.web.supervise_files import board_file, list_file
from workflows.duties import Duty

blueprint = Blueprint("supervise", __name__)
PLAINEST = "open"
"""The figure whose requests are listed where an address names none."""
ALONE = "1"
"""Value of ``alone`` in an address: the organ without those below it."""


@blueprint.get("/supervise")
@requires(Duty.SUPERVISOR)
def index() -> str:
    """The board of an organ in the tree."""
    period, today = asked_period(), clock.today()
    with reading() as session:
        watched = tree(session, current_actor())
        organ = watched.by_code(request.args.get("organ", ""))
        found = supervision_board.board(session, watched, organ, period, today)
        urged = urge_lines.open_counts(session, current_actor(), today)
    return render_template(
        "supervise/index.html",
        board=found,
        organ=organ,
        path=watched.path(organ),
        period=period,
        figures=FIGURES,
        today=today,
        urged=[(state, number) for state, number in urged.items() if number],
    )


@blueprint.get("/supervise/board.<any(csv, xlsx):ending>")
@requires(Duty.SUPERVISOR)
def export(ending: str) -> Response:
    """The board as a table."""
    period = asked_period()
    with reading() as session:
        watched = tree(session, current_actor())
        organ = watched.by_code(request.args.get("organ", ""))
        found = supervision_board.board(session, watched, organ, period, clock.today())
    return board_file(found, organ, period, ending)


@blueprint.get("/supervise/cases")
@requires(Duty.SUPERVISOR)
def cases() -> str:
    """The requests behind a figure."""
    figure = figure_called(request.args.get("figure", PLAINEST))
    after = Place.read(request.args["after"]) if request.args.get("after") else None
    with reading() as session:
        watched, organ, scope = _asked_scope(session)
        page = supervision_list.cases_of(session, figure, scope, after=after)
    return render_template(
        "supervise/cases.html",
        page=page,
        figure=figure,
        organ=organ,
        path=watched.path(organ),
        alone=request.args.get("alone") == ALONE,
        period=scope.period,
        first=after is None,
    )


@blueprint.get("/supervise/cases.csv")
@requires(Duty.SUPERVISOR)
def cases_file() -> Response:
    """The same list as a table, whole; noted as an export."""
    figure, actor = figure_called(request.args.get("figure", PLAINEST)), current_actor()
    with reading() as session:
        _, organ, scope = _asked_scope(session)
        lines = list(supervision_list.every_case(session, figure, scope))
    with transaction() as session:
        note_access(session, actor, "supervised.exported", clock.now(), figure=figure.code, rows=str(len(lines)))
    return list_file(lines, f"{figure.label}-{organ.name}.csv")


@blueprint.get("/supervise/cases/<reference>")
@requires(Duty.SUPERVISOR)
def case(reference: str) -> str:
    """One request, to be read."""
    today = clock.today()
    with reading() as session:
        found = supervision_case.find(session, reference, current_actor())
        sheet = supervision_case.sheet(session, found, today)
        urges = urge_lines.of_case(session, found, today)
    return render_template("supervise/case.html", sheet=sheet, urges=urges)


@blueprint.get("/supervise/cases/<reference>/days")
@requires(Duty.SUPERVISOR)
def days(reference: str) -> str:
    """Every counted and skipped day of its term."""
    with reading() as session:
        found = supervision_case.find(session, reference, current_actor())
        told = day_explanation.explanation(found, clock.today())
    return render_template(
        "supervise/days.html",
        told=told,
        reference=reference,
        weekdays=WEEKDAYS,
        conclusion=conclusion,
        heading=heading,
    )


@blueprint.get("/supervise/letters/<uid>/file")
@requires(Duty.SUPERVISOR)
def letter(uid: str) -> Response:
    """The file of a signed letter to the applicant; noted, for it names them."""
    actor = current_actor()
    with reading() as session:
        found = supervision_case.signed_letter(session, uid, actor)
        content = store(session).get(found.file_sha)
        name = f"{LetterKind(found.kind).label}{found.number or found.case.reference}.docx"
    with transaction() as session:
        note_access(session, actor, "file.fetched", clock.now(), case_id=found.case_id, letter=uid)
    return attachment(content, WORD_TYPE, name)


def asked_period() -> Period:
    """The period that the address names, else the present quarter. Raises Refusal for what is no day."""
    standing = quarter_of(clock.today())
    return Period(day_asked("from", standing.first), day_asked("to", standing.last))


def _asked_scope(session: Session) -> tuple[Tree, Organ, Scope]:
    """The tree, the organ that the address names, and with which organs and period its figures are counted."""
    watched = tree(session, current_actor())
    organ = watched.by_code(request.args.get("organ", ""))
    organs = [organ] if request.args.get("alone") == ALONE else watched.below(organ)
    return watched, organ, Scope(organs, asked_period(), clock.today())
