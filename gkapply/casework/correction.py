"""Asking for a correction once (补正告知) and taking the corrected request in, 条例第三十条."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import letterbook, likeness_index
from gkapply.casework.access import Actor
from gkapply.casework.dating import enter_fact
from gkapply.casework.documents import Upload, add_document, as_file
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.receipt import CONFIRMED_BY
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.term_of_applicant import term_of_applicant
from gkapply.clock import day_of
from gkapply.law.channels import CHANNELS, COUNTER, ONLINE
from gkapply.law.clocks import reckon
from gkapply.law.facts import FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.letters.notation import chinese_date

LONGEST_ANSWER = 60
"""Working days: beyond this a 合理的补正期限 is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """What the applicant is to correct: each point, the guidance (指导和释明), the working days for it."""

    points: str
    guidance: str
    answer_within: int
    override: bool = False
    """The head lets it go out after the seventh working day; the restart of the clock then hangs on a setting."""

    def fields(self) -> dict[str, Any]:
        """The notice as the letter's own fields. Raises Refusal when it says too little, or too long a term."""
        if not self.points.strip():
            raise Refusal("请逐条写明需要补正的事项", "条例第三十条", field="points")
        if not self.guidance.strip():
            raise Refusal("请写明指导和释明，使申请人知道如何补正", "条例第三十条", field="guidance")
        if not 1 <= self.answer_within <= LONGEST_ANSWER:
            raise Refusal(f"补正期限须为1至{LONGEST_ANSWER}个工作日", "条例第三十条", field="answer_within")
        refuse_secret_marks(self.points, field="points")
        refuse_secret_marks(self.guidance, field="guidance")
        return {
            "points": [line.strip() for line in self.points.splitlines() if line.strip()],
            "guidance": self.guidance.strip(),
            "answer_within": self.answer_within,
            "override": self.override,
        }


@dataclass(frozen=True, slots=True)
class Arrival:
    """By which channel a correction came; where both sides confirm the day (条例第三十一条), how it was confirmed.

    ``late_reason``: why one that comes after its term is taken all the same.
    """

    channel: str
    confirmed: str = ""
    late_reason: str = ""

    def check(self) -> None:
        """Raises Refusal for an unknown channel, and for one whose day must be confirmed and was not."""
        if self.channel not in CHANNELS:
            raise Refusal("请选择补正到达的渠道", "条例第三十一条", field="channel")
        if not CHANNELS[self.channel].fixes_the_day and self.confirmed not in CONFIRMED_BY:
            raise Refusal(
                f"{CHANNELS[self.channel].label}提交的，以双方确认之日为收到之日，须登记确认方式",
                "条例第三十一条",
                field="confirmed",
            )


AT_THE_COUNTER = Arrival(COUNTER)
ONLINE_CONFIRMED = Arrival(ONLINE, "online")
LATE_NOTE = "late_accepted"


def propose(session: Session, case: Case, notice: CorrectionNotice, actor: Actor, now: datetime) -> Letter:
    """Draft the one 补正告知书. Raises Refusal when it may no longer be asked for, or says too little."""
    fields = notice.fields()
    fire(session, case, "propose_correction", actor, now, override=notice.override)
    return letterbook.draft(session, case, LetterKind.CORRECTION_NOTICE, fields, actor, now)


def submit_online(session: Session, case: Case, text: str, upload: Upload | None, actor: Actor, now: datetime) -> None:
    """The applicant's correction through the web: kept, waiting for the day on which both sides confirm it (条例第三十一条)."""
    if not text.strip() and upload is None:
        raise Refusal("请填写补正后的申请内容，或上传补正材料", "条例第三十条", field="text")
    refuse_secret_marks(text, field="text")
    fire(session, case, "submit_correction", actor, now)
    add_document(
        session,
        case,
        "correction_pending",
        upload or as_file(text, "补正内容"),
        day_of(now),
        actor,
        now,
        text=text.strip(),
    )


def receive(
    session: Session,
    case: Case,
    on: date,
    text: str,
    upload: Upload | None,
    actor: Actor,
    now: datetime,
    *,
    arrival: Arrival = AT_THE_COUNTER,
) -> None:
    """The corrected request is received on ``on``: the reply term starts anew in full (条例第三十条).

    ``text`` is the corrected description; with a correction waiting from the web it may be left as that one's text. The
    request as first written stays as it is; a single undecided item takes the corrected words. Raises Refusal for a day in
    the future or before the notice, for a channel whose day nobody confirmed, and for a late one without good reason.
    """
    term = term_of_applicant(case)
    if term is not None and on > term and not arrival.late_reason.strip():
        raise Refusal(
            f"补正期限至{term.isoformat()}届满，逾期补正须写明接受的理由", "条例第三十条", field="late_reason",
            do="例如：期限内已经交邮；因病住院",
        )  # fmt: skip
    fire(session, case, "receive_correction", actor, now, on=on, detail={"on": on.isoformat()})
    if arrival.late_reason.strip():
        refuse_secret_marks(arrival.late_reason, field="late_reason")
        add_note(session, case, LATE_NOTE, {"text": arrival.late_reason.strip()}, day_of(now), actor, now)
    take(session, case, on, text, upload, actor, now, arrival=arrival)


def take(
    session: Session,
    case: Case,
    on: date,
    text: str,
    upload: Upload | None,
    actor: Actor,
    now: datetime,
    *,
    arrival: Arrival = AT_THE_COUNTER,
) -> None:
    """Enter the correction whose step has been fired. Raises Refusal as ``receive``."""
    if on > day_of(now):
        raise Refusal("收到补正的日期不能晚于今天", "条例第三十一条", field="on")
    waiting = case.correction_waiting
    arrival = ONLINE_CONFIRMED if waiting is not None and arrival is AT_THE_COUNTER else arrival
    arrival.check()
    corrected = text.strip() or (waiting.text if waiting else "")
    if not corrected and upload is None and waiting is None:
        raise Refusal("请填写补正后的申请内容，或上传补正材料", "条例第三十条", field="text")
    refuse_secret_marks(corrected, field="text")
    document, asked = waiting, likeness_index.text_of(case)
    if waiting is not None:
        waiting.taken_on = on
    if upload is not None or waiting is None:
        paper = upload or as_file(corrected, "补正内容")
        document = add_document(session, case, "correction", paper, on, actor, now, text=corrected)
    if corrected and len(case.items) == 1 and case.items[0].outcome is None:
        case.items[0].quote = corrected
    likeness_index.reword(session, case, asked)
    case.lapse_proposed_on = case.lapse_waits_until = None
    enter_fact(
        session,
        case,
        FactKind.CORRECTION_RECEIVED,
        on,
        actor,
        now,
        article="条例第三十条",
        document=document,
        detail={"channel": arrival.channel, "confirmed": arrival.confirmed},
    )


def dates_of_a_late_notice(case: Case) -> tuple[date | None, date | None] | None:
    """The last day for the reply without and with a restart, where the notice went out late; None where it did not.

    Article 30 does not say whether a notice sent too late restarts the clock; the office's setting decides, and both days
    are shown.
    """
    facts = case.law_facts()
    if case.received_on is None or not any(fact.override for fact in facts):
        return None
    settings = case.clock_settings()
    found = [
        reckon(case.received_on, facts, case.calendar(), replace(settings, late_correction_restarts=restarts))
        for restarts in (False, True)
    ]
    return found[0].reply_due_on, found[1].reply_due_on


def words_of_a_late_notice(case: Case, today: date) -> str:
    """What asking for a correction on ``today`` would do to the reply term, where it is late."""
    if case.received_on is None:
        return ""
    result = reckon(case.received_on, case.law_facts(), case.calendar(), case.clock_settings())
    last, due = result.correction_notice_due_on, result.reply_due_on
    if today <= last:
        return f"可以补正告知的期限至{chinese_date(last)}，尚未届满，不需要勾选"
    stays = f"不重新起算的，仍须在{chinese_date(due)}前答复" if due else "不重新起算的，答复期限不变"
    chosen = "重新起算" if case.clock_settings().late_correction_restarts else "不重新起算"
    return (
        f"已超过{chinese_date(last)}，须由公开机构负责人签发。条例没有规定此时答复期限是否重新起算：{stays}；"
        f"重新起算的，自收到补正之日的次日起20个工作日。本机关设置为{chosen}"
    )
