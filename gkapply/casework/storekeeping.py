"""Which files the content store must hold, and which it need not: one whose unit rolled back is named by no row, and goes
after a day.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from gkapply.casework.arrival_records import ArrivalFile
from gkapply.casework.bundled_papers import Bundle, BundlePart, Rendition
from gkapply.casework.catalogue_records import CatalogueEdition
from gkapply.casework.disclosed import DisclosedFile
from gkapply.casework.draft_records import DraftFile
from gkapply.casework.entries import Document
from gkapply.casework.incoming_records import IncomingMail
from gkapply.casework.kept_templates import OfficeTemplate
from gkapply.casework.oa_records import OaDispatch
from gkapply.casework.papers import Letter
from gkapply.casework.register_import_records import RegisterImport
from gkapply.casework.services import store
from gkapply.casework.urge_records import UrgeAnswer
from gkapply.files import FileStore

YOUNG = timedelta(days=1)
"""Files younger than this may belong to a unit that has not ended."""
NAMED_BY: tuple[InstrumentedAttribute[Any], ...] = (
    ArrivalFile.sha256,
    Bundle.file_sha,
    BundlePart.sha256,
    BundlePart.pdf_sha,
    CatalogueEdition.file_sha,
    Rendition.pdf_sha,
    DisclosedFile.sha256,
    Document.sha256,
    DraftFile.sha256,
    IncomingMail.photo_sha,
    OaDispatch.sha256,
    Letter.file_sha,
    OfficeTemplate.sha256,
    RegisterImport.facts_sha,
    RegisterImport.file_sha,
    Letter.sealed_sha,
    UrgeAnswer.file_sha,
)
"""Every column that names a file."""
NAMED_IN = (Letter.snapshot, Letter.final)
"""Texts that name a file, the template, among other things."""
BATCH = 500


def named_files(session: Session) -> Iterator[str]:
    """SHA-256 of every file that some row names; one named twice may come twice."""
    for column in NAMED_BY:
        query = select(column).where(column != "").distinct().execution_options(yield_per=BATCH)
        with session.scalars(query) as digests:
            yield from digests
    templates: set[str] = set()
    for text in NAMED_IN:
        query = select(text).where(text != "").execution_options(yield_per=BATCH)
        with session.scalars(query) as bodies:
            templates.update(json.loads(body)["template_sha256"] for body in bodies)
    yield from sorted(templates)


def sweep_files(session: Session, since: datetime | None, now: datetime) -> int:
    """Remove the files of the store that nothing names, or that were never finished, and are older than a day; returns how many.

    ``since`` is when the last sweep began: what was already old then was judged then.
    """
    files = store(session)
    removed = files.sweep_unfinished(YOUNG, now)
    for digests in _batches(_candidates(files, since, now)):
        named = {digest for column in NAMED_BY for digest in session.scalars(select(column).where(column.in_(digests)))}
        for digest in digests:
            if digest not in named and not _is_named_in_a_text(session, digest):
                removed += files.sweep(digest, YOUNG, now)
    return removed


def _candidates(files: FileStore, since: datetime | None, now: datetime) -> Iterator[str]:
    oldest = now - since + YOUNG if since is not None else timedelta.max
    for path in files.all():
        if YOUNG <= files.age(path.name, now) <= oldest:
            yield path.name


def _batches(digests: Iterator[str]) -> Iterator[Sequence[str]]:
    batch: list[str] = []
    for digest in digests:
        batch.append(digest)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _is_named_in_a_text(session: Session, digest: str) -> bool:
    query = select(Letter.id).where(or_(*(text.contains(digest) for text in NAMED_IN))).limit(1)
    return session.scalar(query) is not None
