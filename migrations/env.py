"""Runs the migrations on the engine that the project itself makes, for SQLite and PostgreSQL alike."""

from alembic import context
from sqlalchemy import Connection

from gkapply.casework.schema import metadata
from gkapply.database import open_engine


def migrate(connection: Connection) -> None:
    """Apply what is missing in one transaction; SQLite rebuilds tables in batches with foreign keys off, then checks them."""
    sqlite = connection.dialect.name == "sqlite"
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=sqlite, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"migration leaves broken references: {broken[:5]}")


engine = open_engine(context.config.attributes["url"]).execution_options(gkapply_writes=True)
try:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        migrate(connection)
finally:
    engine.dispose()
