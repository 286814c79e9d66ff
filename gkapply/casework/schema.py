"""All tables, imported in one place: what migrations are compared with, and how a database is brought up to date."""

from alembic import command
from alembic.config import Config

from gkapply.casework import access_log, journal, numbering, outbox, papers, people, records
from gkapply.config import bundled
from gkapply.database import Base

TABLES = (people, records, papers, numbering, journal, access_log, outbox)
PROTECTED = ("journal", "fact", "access_log", "approval", "letter_round")
"""Tables that only ever grow; the database itself refuses anything else."""
metadata = Base.metadata


def migration_config(url: str) -> Config:
    """The Alembic configuration for the database at ``url``, with the migrations that are shipped with the program."""
    config = Config()
    config.set_main_option("script_location", str(bundled("migrations")))
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Bring the database at ``url`` to the newest schema; nothing happens when it is there already."""
    command.upgrade(migration_config(url), "head")
