"""What the migrations build is what the models say: tables, columns, keys, indexes with their condition, triggers.

Both are built for real and read back, on each database.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Connection, inspect, text

from gkapply.casework.schema import PROTECTED, metadata
from gkapply.database import open_engine, protect
from tests.services import Services

VIRTUAL = "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"
TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
Described = dict[str, Any]


@pytest.fixture
def modelled_url(database_kind: str, run_services: Services, tmp_path: Path) -> Iterator[str]:
    """A database made straight from the models."""
    folder = tmp_path / "modelled"
    folder.mkdir()
    with run_services.fresh_database(database_kind, None, folder) as url:
        engine = open_engine(url).execution_options(gkapply_writes=True)
        with engine.begin() as connection:
            metadata.create_all(connection)
            for table in PROTECTED:
                protect(connection, table)
        engine.dispose()
        yield url


def describe(url: str) -> Described:
    """Everything about the schema that the database tells, by name."""
    engine = open_engine(url)
    with engine.connect() as connection:
        reader = inspect(connection)
        tables = [name for name in reader.get_table_names() if name != "alembic_version"]
        virtual = [] if connection.dialect.name == "postgresql" else connection.execute(text(VIRTUAL)).all()
        # What makes up a virtual table is its own affair; it is as it was ordered to be.
        own = tuple(name for name, _ in virtual)
        found: Described = {
            f"table {table}": _table(connection, table) for table in tables if not table.startswith(own)
        }
        found["virtual tables"] = [tuple(row) for row in virtual]
        found["triggers"] = sorted(tuple(row) for row in connection.execute(text(TRIGGERS[connection.dialect.name])))
    engine.dispose()
    return found


def _table(connection: Connection, table: str) -> Described:
    reader, dialect = inspect(connection), connection.dialect
    return {
        "columns": {
            column["name"]: (
                column["type"].compile(dialect),
                column["nullable"],
                # a sequence's name is the database's own
                str(column["default"]).startswith("nextval(") or column["default"],
            )
            for column in reader.get_columns(table)
        },
        "primary key": reader.get_pk_constraint(table),
        "foreign keys": _by_name([_named(table, key) for key in reader.get_foreign_keys(table)]),
        "unique": _by_name(reader.get_unique_constraints(table)),
        "checks": _by_name(reader.get_check_constraints(table)),
        "indexes": _by_name(reader.get_indexes(table)),
    }


def _named(table: str, key: Any) -> Any:
    """The key with its name: of a column added to a SQLite table the reading back loses it, so the convention stands in."""
    return {**key, "name": key["name"] or f"fk_{table}_{'_'.join(key['constrained_columns'])}"}


def _by_name(things: list[Any]) -> Described:
    return {str(thing["name"]): _readable(thing) for thing in things}


def _readable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _readable(inner) for name, inner in value.items()}
    return str(value) if isinstance(value, ClauseElement) else value


def test_models_and_migrations_agree(database_url: str, modelled_url: str) -> None:
    migrated, modelled = describe(database_url), describe(modelled_url)
    advice = "the migrations build something else than the models say: add a migration (and protect() where it belongs)"
    differences = {name: (migrated.get(name), modelled.get(name)) for name in sorted({*migrated, *modelled})}
    assert not {name: two for name, two in differences.items() if two[0] != two[1]}, advice


def test_the_comparison_sees_conditions_and_triggers(database_url: str) -> None:
    """Otherwise the two would agree by both saying nothing."""
    described = describe(database_url)
    condition = described["table outbox"]["indexes"]["ix_outbox_due"]["dialect_options"]
    assert "done_at IS NULL" in str(condition)
    names = {name for name, _ in described["triggers"]}
    assert {f"{table}_no_{verb}" for table in PROTECTED for verb in ("update", "delete")} <= names
    assert described["table journal"]["unique"]
    assert described["table duty_holding"]["checks"]
    unnamed = [
        what
        for table in described
        if table.startswith("table ")
        for what in described[table].values()
        if "None" in what
    ]
    assert not unnamed, "every constraint is named"


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE note ADD COLUMN more text",
        "DROP INDEX ix_case_file_due",
        "CREATE INDEX ix_more ON note (kind)",
        "DROP TRIGGER fact_no_update{on}",
    ],
)
def test_a_difference_is_seen(database_url: str, modelled_url: str, sql: str) -> None:
    engine = open_engine(modelled_url).execution_options(gkapply_writes=True)
    with engine.begin() as connection:
        connection.execute(text(sql.format(on="" if connection.dialect.name == "sqlite" else " ON fact")))
    engine.dispose()
    assert describe(database_url) != describe(modelled_url)
