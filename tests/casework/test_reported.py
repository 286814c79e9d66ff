"""A case counts by its first-named applicant, and keeps that one's kind itself."""

import importlib.util
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text, update

from gkapply.casework.records import Applicant, Case
from gkapply.database import reading, transaction
from gkapply.law.annual_rows import COLUMNS
from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk

__all__ = ["full_desk"]

MIGRATIONS = Path(__file__).parents[2] / "migrations" / "versions"


def kept_and_true() -> list[tuple[str, str]]:
    """Of every case the kind that it keeps and the kind of its first applicant."""
    with reading() as session:
        query = select(Case.applicant_kind, Applicant.kind).join(Applicant, Applicant.case_id == Case.id)
        return [(kept, true) for kept, true in session.execute(query.where(Applicant.ordinal == 1))]


def migration() -> Any:
    [path] = MIGRATIONS.glob("*_applicant_kind_of_cases.py")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_first_named_applicant_is_the_one_that_counts() -> None:
    case = Case(applicants=[Applicant(ordinal=2, kind="enterprise"), Applicant(ordinal=1, kind="research")])
    assert case.applicant_kind == "research"
    other = Case()
    other.applicants.append(Applicant(ordinal=1, kind="welfare"))
    other.applicants.append(Applicant(ordinal=2, kind="other"))
    assert other.applicant_kind == "welfare"


def test_every_way_in_writes_it_and_the_migration_fills_old_cases(full_desk: Office) -> None:
    found = kept_and_true()
    assert {kept for kept, _ in found} <= {column.code for column in COLUMNS}
    assert len({kept for kept, _ in found}) >= 3
    assert all(kept == true for kept, true in found)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == len(found)
        session.execute(update(Case).values(applicant_kind=""))
        session.execute(text(migration().FILL))
    assert kept_and_true() == found
