"""The catalogue of the demonstration county: the shipped file, imported, submitted and published through the same deeds as the pages."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files

from gkapply.casework import catalogue, catalogue_drafts, catalogue_import
from gkapply.casework.access import Actor
from gkapply.casework.catalogue_access import find_edition
from gkapply.database import transaction
from workflows.duties import Duty


def publish_catalogue(staff: Mapping[Duty, Actor], now: datetime) -> None:
    """Publish the first edition of every area; the officer imports and submits, the head publishes an hour later."""
    content = files("gkapply.demo").joinpath("catalogue.csv").read_bytes()
    officer, head = staff[Duty.OFFICER], staff[Duty.HEAD]
    with transaction() as session:
        file = catalogue_import.read(session, content, "", officer, now)
        basis = catalogue_import.plan(session, file, officer, now).basis
        editions = catalogue_import.carry_out(session, file, content, basis, officer, now)
        for edition in editions:
            catalogue_drafts.set_note(edition, "依照各领域基层政务公开标准指引编制", officer)
            catalogue.submit(session, edition, officer, now)
    later = now + timedelta(hours=1)
    with transaction() as session:
        for edition in editions:
            found = find_edition(session, edition.uid, head, for_change=True)
            catalogue.publish(session, found, head, later)
