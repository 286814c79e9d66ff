"""What each errand does. A handler looks at the state before it acts, so that an errand done twice is done once."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from gkapply.adapters.mail import Mailer
from gkapply.adapters.seals import Sealer
from gkapply.adapters.sms import Texter
from gkapply.casework import (
    access_log,
    anchors,
    archive,
    batches,
    bundle_build,
    carrying,
    code_sending,
    consultation,
    deliberation_minutes,
    digest,
    drafts,
    electronic_seal,
    letter_pdf,
    letterbook,
    oa_dispatching,
    oa_intake,
    outbox,
    period_sheet_deliveries,
    reappraisal_reminder,
    redating,
    register_errands,
    returned_mail,
    storekeeping,
    subscriptions,
    sweep,
    webhooks,
)
from gkapply.casework.carrying import Adapters
from gkapply.casework.outbox import Errand
from gkapply.casework.papers import Consultation
from gkapply.casework.records import Case
from gkapply.casework.services import gateways
from gkapply.casework.upkeep_errands import UPKEEP
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.refusal import WrongState
from gkapply.pdf import Converter, OfficeConverter
from workflows.consultation import ConsultationState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Equipment:
    """What handlers need besides the database: where anchors are kept, who carries mail away, who makes PDF."""

    anchors: Path
    mailer: Mailer
    texter: Texter | None = None
    """Carries text messages away, where the office has a gateway for them."""
    converter: Converter = field(default_factory=OfficeConverter)
    """Turns office documents into PDF, where the machine can."""
    pdf: bool = False
    """Whether letters get a PDF after their file."""
    sealer: Sealer | None = None
    """Puts electronic seals on letters, where the office has a system for it."""


Handler = Callable[[Mapping[str, Any], datetime, Equipment], None]


def render_letter(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Make the file of a signed letter; its PDF follows where the machine can."""
    letterbook.render_file(arguments["letter"], now, then_pdf=equipment.pdf)
    oa_dispatching.offer_letter(arguments["letter"], now)


def make_pdf(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Make the PDF of a letter; without the program the .docx is all there is."""
    if equipment.pdf:
        letter_pdf.make(arguments["letter"], now)


def render_index(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Make the printable 卷内目录 of a closed file."""
    archive.render_index(arguments["index"], now)


def make_minutes(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Make the minutes of a concluded joint consultation (会商纪要)."""
    deliberation_minutes.make(arguments["deliberation"], now)


def stamp_letter(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Fetch a letter from the electronic seal system, or look again later."""
    electronic_seal.fetch(arguments, now, equipment.sealer)


def build_bundle(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Make the file of a bundle that was ordered."""
    bundle_build.build(arguments["bundle"], now, equipment.converter)


def enter_batch(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Enter what is not entered yet of a confirmed sheet of requests."""
    batches.carry_on(arguments["batch"], now)


def send_message(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Carry one message of the ledger away."""
    carrying.carry(arguments["message"], now, Adapters(equipment.mailer, equipment.texter))


def send_code(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Send the query code to whoever asked for it, if what they typed fits a request."""
    with transaction() as session:
        code_sending.answer_wish(session, arguments["uid"], arguments["sealed"], now)


def take_bounces(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Read the mail that came back."""
    with reading() as session:
        folder = gateways(session).bounces
    if folder is not None:
        log.info("%d messages came back", returned_mail.take_in(folder, now))


def take_oa(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Take in what the office automation system hands over."""
    with reading() as session:
        folder = gateways(session).oa
    if folder is not None:
        log.info("%d items of the OA taken", oa_intake.take_in(folder, now))


def put_oa(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Hand a letter or sheet over to the office automation system."""
    oa_dispatching.put(arguments["dispatch"], now)


def tell_webhook(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Post to an organ's webhook what its staff were told."""
    webhooks.tell(arguments["organ"], now)


def anchor_journal(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Note outside the database where every chain of the journal stands."""
    with reading() as session:
        anchors.anchor(session, equipment.anchors, now)


def seal_access_log(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Seal what has come into the access log."""
    with transaction() as session:
        access_log.seal(session, now)


def let_time_pass(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Take the step that time brings: a question whose term is over without an opinion falls silent. One unit for each."""
    with reading() as session:
        overdue = consultation.overdue_questions(session, day_of(now))
    for uid in overdue:
        try:
            _let_fall_silent(uid, now)
        except WrongState as moved:
            log.info("question %s is left as it is: %s", uid, moved)


def sweep_clocks(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Remind, escalate, alarm and propose whatever time calls for."""
    looked = sweep.sweep(now)
    log.info("time looked at %d cases", looked)


def send_digest(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Have an official sent what was not read on the page, in one message; nothing when it was read meanwhile."""
    with transaction() as session:
        digest.send(session, arguments["user"], arguments["day"], now)


def sweep_files(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Remove files that no row names."""
    with reading() as session:
        since = session.scalar(
            select(func.max(Errand.posted_at)).where(Errand.task == outbox.SWEEP_FILES, Errand.done_at.is_not(None))
        )
        removed = storekeeping.sweep_files(session, since, now)
    log.info("swept %d files that no row named", removed)


def redate_cases(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Go on with a run through the open cases."""
    redating.carry_on(arguments["redating"], now)


def check_due_dates(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Begin the day's check that the kept due days are what the facts come to; what differs is put right."""
    with transaction() as session:
        redating.begin_check(session, now)


def clear_drafts(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Delete the drafts of applications whose days are over."""
    with transaction() as session:
        cleared = drafts.clear_expired(session, now)
    log.info("cleared %d drafts whose days were over", cleared)


def tell_subscribers(arguments: Mapping[str, Any], now: datetime, equipment: Equipment) -> None:
    """Tell each reader of a subscription what is newly public."""
    told = subscriptions.tell_all(now)
    log.info("told %d subscribers what is new", told)


HANDLERS: Mapping[str, Handler] = {
    outbox.RENDER_LETTER: render_letter,
    outbox.MAKE_PDF: make_pdf,
    outbox.RENDER_INDEX: render_index,
    outbox.MAKE_MINUTES: make_minutes,
    outbox.STAMP_LETTER: stamp_letter,
    outbox.BUILD_BUNDLE: build_bundle,
    outbox.ENTER_BATCH: enter_batch,
    outbox.SEND_MESSAGE: send_message,
    outbox.SEND_CODE: send_code,
    outbox.TAKE_BOUNCES: take_bounces,
    outbox.TAKE_OA: take_oa,
    outbox.PUT_OA: put_oa,
    outbox.TELL_WEBHOOK: tell_webhook,
    outbox.ANCHOR_JOURNAL: anchor_journal,
    outbox.SEAL_ACCESS_LOG: seal_access_log,
    outbox.LET_TIME_PASS: let_time_pass,
    outbox.SWEEP_FILES: sweep_files,
    outbox.REDATE_CASES: redate_cases,
    outbox.CHECK_DUE_DATES: check_due_dates,
    outbox.SWEEP_CLOCKS: sweep_clocks,
    outbox.SEND_DIGEST: send_digest,
    outbox.CLEAR_DRAFTS: clear_drafts,
    outbox.TELL_SUBSCRIBERS: tell_subscribers,
    outbox.CHECK_REGISTER: register_errands.read,
    outbox.IMPORT_REGISTER: register_errands.go_on,
    outbox.REMIND_REAPPRAISAL: reappraisal_reminder.remind,
    outbox.REMIND_PERIOD_SHEETS: period_sheet_deliveries.remind,
    **UPKEEP,
}


def _let_fall_silent(uid: str, now: datetime) -> None:
    with transaction() as session:
        query = select(Consultation).join(Case, Consultation.case_id == Case.id).where(Consultation.uid == uid)
        question = session.scalars(query.with_for_update()).one()
        if question.state is ConsultationState.ASKED and _is_over(question.opinion_due_on, day_of(now)):
            consultation.fall_silent(session, question, now)


def _is_over(due_on: date | None, today: date) -> bool:
    return due_on is not None and due_on < today
