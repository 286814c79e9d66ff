"""All tables, imported in one place: what migrations are compared with, and how a database is brought up to date."""

from enum import Enum, auto

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from gkapply.casework import (
    access_log,
    advised,
    annual_report_records,
    arrival_records,
    assessment_records,
    bundled_papers,
    calendar_records,
    case_text,
    catalogue_records,
    citizen_records,
    contact_records,
    deliberation_records,
    delivery_records,
    demand_records,
    disclosed,
    disputed,
    draft_records,
    enquiry_records,
    exchange_records,
    figure_records,
    finding_override,
    group_records,
    heartbeat,
    incoming_records,
    instructed,
    journal,
    kept_templates,
    likeness_records,
    message_records,
    notification,
    number_series,
    numbering,
    oa_records,
    official_document_records,
    organ_guides,
    outbox,
    papers,
    people,
    period_sheet_records,
    persons,
    public_text,
    publications,
    reappraisal_records,
    receipt_points,
    records,
    referral_records,
    register_import_records,
    remark_records,
    reviewed,
    satisfaction_records,
    saved_view_records,
    seal_use,
    subscription_records,
    substitution,
    transferred,
    unit_records,
    urge_records,
    webhook_records,
)
from gkapply.config import bundled
from gkapply.database import Base, open_engine

TABLES = (
    people,
    organ_guides,
    figure_records,
    exchange_records,
    persons,
    receipt_points,
    calendar_records,
    records,
    group_records,
    register_import_records,
    case_text,
    remark_records,
    citizen_records,
    contact_records,
    satisfaction_records,
    saved_view_records,
    disputed,
    delivery_records,
    demand_records,
    papers,
    deliberation_records,
    reviewed,
    finding_override,
    seal_use,
    advised,
    bundled_papers,
    disclosed,
    publications,
    draft_records,
    enquiry_records,
    incoming_records,
    arrival_records,
    oa_records,
    public_text,
    number_series,
    numbering,
    journal,
    access_log,
    outbox,
    message_records,
    notification,
    substitution,
    subscription_records,
    heartbeat,
    instructed,
    urge_records,
    assessment_records,
    annual_report_records,
    transferred,
    unit_records,
    referral_records,
    webhook_records,
    kept_templates,
    likeness_records,
    catalogue_records,
    official_document_records,
    reappraisal_records,
    period_sheet_records,
)
PROTECTED = (
    "journal",
    "fact",
    "access_log",
    "approval",
    "letter_round",
    "finding_override",
    "secrecy_review",
    "calendar_edition",
    "redating_move",
    "dispute_decision",
    "number_series",
    "number_gap",
    "delivery_attempt",
    "delivery_result",
    "seal_use",
    "contact_change",
    "disclosed_history",
    "enquiry_move",
    "assessment",
    "urge",
    "urge_answer",
    "urge_verdict",
    "likeness_judgement",
    "deliberation_cause",
    "deliberation_waiver",
    "deliberation_departure",
    "deliberation_opinion",
    "remark",
    "register_row",
    "reappraisal_review",
    "annual_report_edition",
    "annual_report_note",
    "period_sheet",
)
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


class State(Enum):
    """How a database stands to the schema of this edition."""

    EMPTY = auto()
    """No table at all."""
    OLDER = auto()
    CURRENT = auto()
    NEWER = auto()
    """Made by a newer edition, whose migrations this one does not know."""
    FOREIGN = auto()
    """Tables, but not of this program."""


def state_of(url: str) -> State:
    """How the database at ``url`` stands. Raises OperationalError when it cannot be reached."""
    known = ScriptDirectory.from_config(migration_config(url))
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
            if revision is None:
                return State.FOREIGN if inspect(connection).get_table_names() else State.EMPTY
    finally:
        engine.dispose()
    if revision == known.get_current_head():
        return State.CURRENT
    return State.OLDER if revision in {each.revision for each in known.walk_revisions()} else State.NEWER
