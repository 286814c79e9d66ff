"""The desk's list on a page: views, filters that are taken away by one click, columns, and the same as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from flask import Blueprint, get_template_attribute, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import docket, saved_views
from gkapply.casework.bulk import ACTIONS
from gkapply.casework.docket import Wanted
from gkapply.casework.docket_columns import COLUMNS
from gkapply.casework.docket_filters import BY_NAME, FILTERS, OWN_WORDS
from gkapply.casework.docket_places import Place
from gkapply.casework.docket_surroundings import Surroundings, surroundings
from gkapply.casework.docket_views import DESK_STATES, VIEWS
from gkapply.casework.tasks import Task, tasks_of
from gkapply.casework.unsettled_lines import unsettled_lines
from gkapply.database import reading
from gkapply.web.access import current_actor, requires
from gkapply.web.case_rows import rows
from gkapply.web.desk_address import Address, read_address
from gkapply.web.list_file import hand_out
from workflows.case_states import CaseState
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("desk_list", __name__)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: what it says, and the list without it."""

    label: str
    words: str
    without: str


def page_of_desk() -> str:
    """The cases by urgency: what waits for the viewer unless something else is asked for."""
    actor, today = current_actor(), clock.today()
    tasks = tasks_of(actor)
    address = read_address(request.args, bool(tasks))
    after, before = _place("after"), _place("before")
    with reading() as session:
        around = surroundings(session, actor, today, saved_views.DESK, address.chosen.get("officer", ""))
        wanted = Wanted(address.view, address.state, address.chosen)
        page = docket.desk(
            session,
            actor,
            today,
            wanted,
            calendar=around.calendar,
            head=around.head,
            after=after,
            before=None if after else before,
        )
        unsettled = unsettled_lines(session, actor, today)
    heading = _heading(address.view, tasks)
    chips = _chips(address, around)
    return render_template(
        "desk/index.html",
        page=page,
        counts=around.counts,
        unsettled=unsettled,
        tasks=tasks,
        actions=[one for one in ACTIONS.values() if actor.holds(*one.duties)],
        views=VIEWS,
        states=DESK_STATES,
        address=address,
        around=around,
        rows=rows(page.lines, address.columns),
        filter_form=_filter_form(address, around),
        chips=chips,
        heading=heading,
        sentence=_sentence(heading, chips),
        here=address.query(),
        keep=urlencode({"page": saved_views.DESK, "query": address.query()}),
    )


@blueprint.get("/desk/file.<any(csv, xlsx):form>")
@requires(*CASE_DUTIES)
def as_file(form: str) -> Response:
    """The whole list as it is shown, without pages."""
    actor, today = current_actor(), clock.today()
    tasks = tasks_of(actor)
    address = read_address(request.args, bool(tasks))
    with reading() as session:
        around = surroundings(session, actor, today, saved_views.DESK)
    wanted = Wanted(address.view, address.state, address.chosen)
    # What is refused is refused now, not in the middle of the file.
    docket.require(actor, today, wanted, around.calendar)
    heads = [column.label for column in address.columns]

    def written() -> Iterator[Sequence[str]]:
        with reading() as session:
            for line in docket.all_lines(session, actor, today, wanted, calendar=around.calendar):
                yield [column.text(line) for column in address.columns]

    return hand_out(
        form, "工作台", heads, written, actor, which=f"desk.{address.view}", filters=",".join(address.chosen)
    )


def _filter_form(address: Address, around: Surroundings) -> Markup:
    """The form of filters and columns; written once for what is chosen, since lists are looked at again and again."""
    write = _written_form.__wrapped__ if "words" in address.chosen else _written_form
    asked_for = tuple(sorted(address.chosen.items())), tuple(column.code for column in address.columns)
    own = tuple((one.name, tuple(around.words_of(one.name).items())) for one in FILTERS if one.name in OWN_WORDS)
    return write(address.view, address.state, *asked_for, own)


@lru_cache(maxsize=256)
def _written_form(
    view: str,
    state: CaseState | None,
    chosen: tuple[tuple[str, str], ...],
    columns: tuple[str, ...],
    own: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
) -> Markup:
    form = get_template_attribute("desk/filters.html", "form")
    return Markup(
        form(view, state, dict(chosen), FILTERS, {name: dict(words) for name, words in own}, COLUMNS, columns)
    )


def _heading(view: str, tasks: Sequence[Task]) -> str:
    return VIEWS.get(view) or next((task.label for task in tasks if task.code == view), "")


def _chips(address: Address, around: Surroundings) -> list[Chip]:
    """What narrows the list, each to be taken away by a click."""
    chips = [Chip("状态", address.state.label, address.href(state=None))] if address.state else []
    for name, value in address.chosen.items():
        one = BY_NAME[name]
        words = around.words_of(name) if one.words is None else one.words
        chips.append(Chip(one.label, words.get(value, value), address.href(**{name: None})))
    return chips


def _sentence(heading: str, chips: Sequence[Chip]) -> str:
    """What is shown, in one sentence."""
    narrowed = "".join(f"，{chip.label}为“{chip.words}”" for chip in chips)
    return f"显示“{heading}”{narrowed}的申请，最紧急的在前，没有期限的在后。"


def _place(name: str) -> Place | None:
    return Place.read(request.args[name], name) if request.args.get(name) else None
