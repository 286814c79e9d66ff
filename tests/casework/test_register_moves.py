"""A register that one office hands out is one that another takes in: the same report, the same due days."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from gkapply import database
from gkapply.casework import register_export
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.report import annual
from gkapply.clock import OFFICE_ZONE
from gkapply.demo.county import DEPARTMENTS
from gkapply.workbook_stream import workbook_pieces
from tests.casework.conftest import Office
from tests.casework.full_desk import TODAY, full_desk
from tests.casework.registers import take

__all__ = ["full_desk"]
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=OFFICE_ZONE)


def handed_out(office: Office) -> io.BytesIO:
    with database.reading() as session:
        organ = session.get_one(Organ, office.organ_id)
        extent = register_export.require_extent(organ, date(2026, 1, 1), date(2026, 12, 31), in_clear=True)
        return io.BytesIO(b"".join(workbook_pieces(register_export.tables(session, extent, TODAY))))


def test_what_one_office_hands_out_another_takes_in(full_desk: Office) -> None:
    with database.reading() as session:
        other = session.scalars(select(Organ.id).where(Organ.code == DEPARTMENTS[0].code)).one()
    found = take(replace(full_desk, organ_id=other), handed_out(full_desk), now=NOW)
    assert [str(one) for one in found.problems] == []
    assert found.fresh > 10
    with database.reading() as session:
        organs = [session.get_one(Organ, organ_id) for organ_id in (full_desk.organ_id, other)]
        ours, theirs = (annual(session, organ, 2026)["table3"]["rows"] for organ in organs)
        assert theirs == ours
        due = [
            dict(session.execute(select(Case.number, Case.due_on).where(Case.organ_id == one.id)).all())
            for one in organs
        ]
        unchecked = set(session.scalars(select(Case.number).where(Case.organ_id == other, Case.term_unchecked)))
    assert len(due[1]) - len(unchecked) > 3
    assert {number: day for number, day in due[1].items() if number not in unchecked} == {
        number: day for number, day in due[0].items() if number in due[1] and number not in unchecked
    }
