"""What each kind of sent letter means for its case: facts for the clocks, the end of the case, the row of the report."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import consultation, dispute, excess, fee, ledger, notices, transfer, turning_public
from gkapply.casework.access import Actor
from gkapply.casework.answers import evidence_of
from gkapply.casework.dating import Particulars, enter_fact, redate
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case, Item
from gkapply.law.counting_rules import row_of_case, row_of_item
from gkapply.law.delivery_ways import DeliveryWay
from gkapply.law.evidence import CONTENT_KIND
from gkapply.law.facts import FactKind
from gkapply.law.letters import INQUIRIES, LetterKind
from gkapply.law.replies import reply_kind
from gkapply.law.settings_of_report import ReportSettings


def take_effect(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    """The letter has left for the first time: everything that follows for its case. Raises what the law refuses about the day."""
    kind = LetterKind(letter.kind)
    effect = _reply_is_sent if kind.ends_case else _EFFECTS.get(kind)
    if effect is not None:
        effect(session, letter, dispatch, actor, now)


def _correction_is_asked(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    case = letter.case
    fire(session, case, "ask_correction", actor, now, on=dispatch.on, override=letter.field("override"))
    enter_fact(
        session,
        case,
        FactKind.CORRECTION_ASKED,
        dispatch.on,
        actor,
        now,
        article="条例第三十条",
        document=dispatch.proof,
        particulars=Particulars(answer_within=letter.field("answer_within"), override=letter.field("override")),
    )


def _extension_is_told(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    case, working_days = letter.case, letter.field("working_days")
    fire(session, case, "extend", actor, now)
    enter_fact(
        session,
        case,
        FactKind.EXTENSION,
        letter.signed_on or dispatch.on,
        actor,
        now,
        article="条例第三十三条第二款",
        document=dispatch.proof,
        particulars=Particulars(working_days=working_days, told_on=dispatch.on),
    )


def _question_is_asked(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    if letter.consultation is not None:
        fire(session, letter.case, "ask_opinion", actor, now)
        by_link = dispatch.way is DeliveryWay.ONLINE
        consultation.ask(session, letter.consultation, dispatch.on, actor, now, proof=dispatch.proof, by_link=by_link)
        if by_link:
            notices.send_link(session, letter.consultation, now)


def _explanation_is_asked(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    excess.explanation_is_asked(session, letter, dispatch.on, dispatch.proof, actor, now)


def _delay_is_told(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    excess.delay_is_told(session, letter, dispatch.on, dispatch.proof, actor, now)


def _fee_is_noticed(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    fee.fee_is_noticed(session, letter, dispatch.on, dispatch.proof, actor, now)


def _reply_is_sent(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    """Every request that the letter answers is answered: each has its day, the end of its clock, its row of the report."""
    for case in letter.cases:
        _is_answered(session, case, letter, dispatch, actor, now)


def _is_answered(session: Session, case: Case, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    detail = {"on": dispatch.on.isoformat(), "way": dispatch.way}
    fire(session, case, "dispatch_reply", actor, now, detail=detail, on=dispatch.on)
    case.replied_on = case.ended_on = dispatch.on
    enter_fact(
        session,
        case,
        FactKind.REPLIED,
        dispatch.on,
        actor,
        now,
        article="条例第三十三条",
        document=dispatch.proof,
        detail={"number": letter.number, "file": letter.file_sha, "way": dispatch.way},
    )
    set_report_row(case)
    turning_public.propose_after_reply(session, case, now)


def set_report_row(case: Case) -> None:
    """Fix the one row of table 三 in which the case counts, with the rule that chose it; 更正申请 counts in none."""
    settings = case.office_settings()
    rows = [_row_of(item, settings) for item in case.items if item.outcome]
    counted = [row for row in rows if row is not None]
    if counted:
        case.report_row, case.report_reason = row_of_case(counted, settings.mixed_result_rule)
    redate(case)


def _row_of(item: Item, settings: ReportSettings) -> str | None:
    said = str(evidence_of(item).get(CONTENT_KIND.code, ""))
    return row_of_item(reply_kind(item.outcome or ""), said, settings)


def _entrustment_is_told(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    article = LetterKind.ENTRUSTMENT_NOTICE.basis
    on, proof = dispatch.on, dispatch.proof
    enter_fact(session, letter.case, ledger.ENTRUSTED, on, actor, now, article=article, document=proof)


def _request_is_transferred(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    transfer.arrive(session, letter, dispatch.on)


_Effect = Callable[[Session, Letter, Dispatch, Actor, datetime], None]


def _defence_is_sent(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    dispute.defence_is_sent(session, letter, dispatch.on, actor, now)


_EFFECTS: dict[LetterKind, _Effect] = {
    **dict.fromkeys((LetterKind.REVIEW_DEFENCE, LetterKind.SUIT_DEFENCE), _defence_is_sent),
    LetterKind.CORRECTION_NOTICE: _correction_is_asked,
    LetterKind.EXTENSION_NOTICE: _extension_is_told,
    LetterKind.ENTRUSTMENT_NOTICE: _entrustment_is_told,
    LetterKind.TRANSFER_NOTICE: _request_is_transferred,
    **dict.fromkeys(INQUIRIES, _question_is_asked),
    LetterKind.EXPLANATION_NOTICE: _explanation_is_asked,
    LetterKind.DELAY_NOTICE: _delay_is_told,
    LetterKind.FEE_NOTICE: _fee_is_noticed,
}
"""What a sent letter means for its case; kinds that change no date have no entry."""
