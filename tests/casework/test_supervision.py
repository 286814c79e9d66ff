"""A supervisor sees the organs below, their figures and the requests behind each, on pages of supervision alone."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from gkapply import database
from gkapply.casework import supervision_board, supervision_case, supervision_list, supervision_tree
from gkapply.casework.access import Actor, supervised_cases, supervised_organs, visible_cases
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.supervision_figures import FIGURES
from gkapply.casework.supervision_period import Period, Scope
from gkapply.database import reading, transaction
from gkapply.demo.county import COUNTY_CODE, DEPARTMENTS
from gkapply.law.refusal import NotFound, Refusal
from tests.casework.conftest import Office
from tests.casework.full_desk import TODAY, full_desk
from workflows.duties import CASE_DUTIES, Duty

__all__ = ["full_desk"]
PERIOD = Period(date(2026, 1, 1), TODAY)


def supervisor_of(organ: Organ) -> Actor:
    return Actor("user", organ.id, frozenset({Duty.SUPERVISOR}), user_id=1)


def organ(session: Session, code: str) -> Organ:
    return session.scalars(select(Organ).where(Organ.code == code)).one()


@pytest.fixture
def province(full_desk: Office) -> Callable[[], Actor]:
    """Puts province and city above the county, and a township below a department; gives the province's supervisor."""
    with transaction() as session:
        province = Organ(code="SC", name="某省人民政府", kind="government")
        session.add(province)
        session.flush()
        city = Organ(code="SC-ZY", name="某市人民政府", kind="government", parent_id=province.id)
        session.add(city)
        session.flush()
        organ(session, COUNTY_CODE).parent_id = city.id
        below = organ(session, DEPARTMENTS[0].code)
        session.add(Organ(code="AYX-ZRZY-1", name="某镇自然资源所", kind="agency", parent_id=below.id))

    def supervisor() -> Actor:
        with reading() as session:
            return supervisor_of(organ(session, "SC"))

    return supervisor


def test_the_tree_is_seen_downwards_only(province: Callable[[], Actor], full_desk: Office) -> None:
    with reading() as session:

        def seen(actor: Actor) -> set[int]:
            return set(session.scalars(supervised_organs(actor)))

        everything = set(session.scalars(select(Organ.id)))
        department = organ(session, DEPARTMENTS[0].code)
        cases = session.scalars(select(Case.id)).all()
        assert seen(province()) == everything
        assert seen(supervisor_of(department)) == {department.id, organ(session, "AYX-ZRZY-1").id}
        assert set(session.scalars(select(Case.id).where(supervised_cases(province())))) == set(cases) != set()
        assert not session.scalars(select(Case.id).where(supervised_cases(supervisor_of(department)))).all()
        # The duty opens no desk, and the duties of the desk open no supervision.
        assert not session.scalars(select(Case.id).where(visible_cases(province()))).all()
        for duty in CASE_DUTIES:
            assert not seen(full_desk.staff[duty])
        with pytest.raises(NotFound):
            supervision_tree.tree(session, full_desk.staff[Duty.HEAD])


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_loop_in_the_tree_ends(province: Callable[[], Actor]) -> None:
    with transaction() as session:
        organ(session, "SC").parent_id = organ(session, COUNTY_CODE).id
    with reading() as session:
        tree = supervision_tree.tree(session, province())
        assert len(tree.below(tree.root)) == len(tree.organs)


def test_every_figure_is_the_length_of_its_list(province: Callable[[], Actor]) -> None:
    statements: list[str] = []
    with reading() as session:
        tree = supervision_tree.tree(session, province())
        event.listen(database.engine(), "before_cursor_execute", lambda *a: statements.append(a[2]))
        board = supervision_board.board(session, tree, tree.root, PERIOD, TODAY)
        assert len(statements) == 8
        scope = Scope(tree.below(tree.root), PERIOD, TODAY)
        for code, figure in FIGURES.items():
            assert board.total.figures[code] == len(list(supervision_list.every_case(session, figure, scope))), code
        city = board.lines[1]
        assert board.lines[0].figures["open"] == 0
        assert city.figures == board.total.figures
        told = {code for code, number in city.figures.items() if number}
        assert told >= {"open", "near", "late", "proof", "finished", "disputed", "returned", "withdrawn"}
        assert city.median is not None
        assert sum(number for _, _, number in city.outcomes) == city.figures["finished"]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_board_reads_ranges_of_indexes_alone(province: Callable[[], Actor]) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    with reading() as session:
        tree = supervision_tree.tree(session, province())
        event.listen(database.engine(), "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
        supervision_board.board(session, tree, tree.root, PERIOD, TODAY)
        plans = [
            str(step[3])
            for statement, values in list(asked)
            for step in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert [step for step in plans if step.startswith("SCAN ")] == []


def test_a_list_is_paged_by_key_without_a_gap(province: Callable[[], Actor]) -> None:
    with reading() as session:
        tree = supervision_tree.tree(session, province())
        scope = Scope(tree.below(tree.root), PERIOD, TODAY)
        whole = [line.reference for line in supervision_list.every_case(session, FIGURES["open"], scope)]
        found: list[str] = []
        page = supervision_list.cases_of(session, FIGURES["open"], scope, size=7)
        found += [line.reference for line in page.lines]
        while page.more:
            page = supervision_list.cases_of(session, FIGURES["open"], scope, after=page.more, size=7)
            found += [line.reference for line in page.lines]
        late = supervision_list.cases_of(session, FIGURES["late"], scope).lines
    assert found == whole
    assert len(whole) > 14
    assert all(line.late_by > 0 for line in late)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_page_of_a_case_names_no_person(province: Callable[[], Actor]) -> None:
    with reading() as session:
        for case in session.scalars(select(Case).order_by(Case.id)).all():
            found = supervision_case.find(session, case.reference, province())
            shown = repr(supervision_case.sheet(session, found, TODAY))
            assert "申请人甲" not in shown
            assert "13800000000" not in shown
        department = supervisor_of(organ(session, DEPARTMENTS[0].code))
        with pytest.raises(NotFound):
            supervision_case.find(session, case.reference, department)


@pytest.mark.parametrize(
    ("first", "last"), [("2026-03-02", "2026-03-01"), ("2018-01-01", "2018-02-01"), ("2024-01-01", "2025-01-01")]
)
def test_a_period_that_cannot_be_counted_is_refused(first: str, last: str) -> None:
    with pytest.raises(Refusal):
        Period(date.fromisoformat(first), date.fromisoformat(last))
