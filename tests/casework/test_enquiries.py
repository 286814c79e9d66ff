"""Enquiries: a term that somebody watches, one organ that sees them, an answer that is read with number and code."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from gkapply.casework import enquiries, enquiry_answers, enquiry_contact, enquiry_list, enquiry_terms, message_contents
from gkapply.casework.application_check import BadForm
from gkapply.casework.calendars import calendar_of
from gkapply.casework.enquiries import Question
from gkapply.casework.enquiry_outcomes import GIVEN, Outcome
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.journal import JournalEntry
from gkapply.casework.message_records import Message
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, Organ
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal, Stale
from tests.casework.conftest import MONDAY, Office
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
READER = "reader@example.cn"
HOW = Question("落户材料", "大学毕业生落户要带什么材料？", READER)
TOKEN = "a token of a form, long"


def ask(office: Office, question: Question = HOW, token: str = TOKEN) -> str:
    """Ask the county on the web; the number of the question."""
    with transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        return enquiries.ask(session, organ, question, token, NOW).reference


def told() -> list[tuple[str, int]]:
    """Kind and reader of every notification, oldest first."""
    with reading() as session:
        return [(one.kind, one.user_id) for one in session.scalars(select(Notification).order_by(Notification.id))]


def remind(now: datetime) -> None:
    """What the sweep does about enquiries."""
    with transaction() as session:
        enquiry_terms.remind(session, now)


def test_a_question_from_the_web_to_its_answer(office: Office) -> None:
    reference = ask(office)
    assert reference == "AYX-2026-Z0001"
    assert ask(office) == reference, "sent twice it is one question"
    assert ask(office, token=TOKEN * 2) == "AYX-2026-Z0002", "and takes no number"
    officer = office.staff[Duty.OFFICER]
    with transaction() as session:
        enquiry = enquiries.open_enquiry(session, reference, officer, for_step=True)
        assert enquiry.due_on == calendar_of(enquiry.organ).add(MONDAY, 5)
        enquiry_answers.answer(session, enquiry, "answered", "身份证、毕业证和户口簿", officer, NOW + DAY)
    with reading() as session:
        code = enquiries.query_code(session, enquiry)
        found = enquiries.find_by_code(session, f" {reference.lower()}", code.lower())
        assert found is not None
        assert (found.answer, found.outcome) == ("身份证、毕业证和户口簿", Outcome.ANSWERED)
        assert found.signed_as == found.organ.contact_unit
        assert enquiries.find_by_code(session, reference, "A" * 10) is None
        assert enquiries.find_by_code(session, "AYX-2026-Z0099", code) is None
        ended = enquiry_list.listed(session, officer, MONDAY + DAY, enquiry_list.ENDED)
        assert [line.reference for line in ended.lines] == [reference]
        waiting = enquiry_list.listed(session, officer, MONDAY + DAY, enquiry_list.OPEN)
        assert [line.reference for line in waiting.lines] == ["AYX-2026-Z0002"]
        assert enquiry_list.years(session, officer) == [(2026, 2)]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_term_that_ends_is_told_before_and_after(office: Office) -> None:
    ask(office)
    people = [office.staff[duty].user_id for duty in (Duty.REGISTRAR, Duty.HEAD)]
    came = [("enquiry_came", one) for one in people]
    assert told() == came
    due = datetime(2026, 3, 9, 1, tzinfo=UTC)
    remind(due - 4 * DAY)
    assert told() == came, "the last working day before is Friday, the sixth"
    for _ in range(2):
        remind(due - 3 * DAY)
    soon = [*came, *(("enquiry_due", one) for one in people)]
    assert told() == soon
    for later in (DAY, 2 * DAY):
        remind(due + later)
    assert told() == [*soon, *(("enquiry_overdue", one) for one in people)]
    with reading() as session:
        assert not enquiry_terms.is_due(session, date(2026, 3, 20))


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_handed_on_it_is_seen_by_the_other_organ_alone(office: Office) -> None:
    reference, registrar = ask(office), office.staff[Duty.REGISTRAR]
    with transaction() as session:
        enquiry = enquiries.open_enquiry(session, reference, registrar)
        assert enquiry_answers.others(session, enquiry, NOW) == [], "nobody there would be told"
        elsewhere = session.scalars(select(Organ.id).where(Organ.code == "AYX-GAJ")).one()
        duty = {"duty": Duty.HEAD.value, "organ_id": elsewhere, "valid_from": MONDAY}
        session.add(DutyHolding(user_id=office.staff[Duty.AUDITOR].user_id, **duty))
    with transaction() as session:
        enquiry = enquiries.open_enquiry(session, reference, registrar, for_step=True)
        before, other = enquiry.due_on, enquiry_answers.others(session, enquiry, NOW)[0]
        with pytest.raises(Refusal, match="理由"):
            enquiry_answers.hand_on(session, enquiry, other.code, " ", registrar, NOW)
        with pytest.raises(Refusal, match="选择"):
            enquiry_answers.hand_on(session, enquiry, "AYX", "不由本机关负责", registrar, NOW)
        enquiry_answers.hand_on(session, enquiry, other.code, "户籍由该机关负责", registrar, NOW)
    with reading() as session:
        with pytest.raises(NotFound):
            enquiries.open_enquiry(session, reference, registrar)
        found = enquiries.find(session, reference)
        assert (found.organ_id, found.due_on) == (other.id, before)
        assert told()[-1] == ("enquiry_came", office.staff[Duty.AUDITOR].user_id)
        assert [(move.to_organ.name, move.reason) for move in found.moves] == [(other.name, "户籍由该机关负责")]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_the_journal_and_the_mail_name_neither_question_nor_reader(office: Office) -> None:
    reference, head = ask(office), office.staff[Duty.HEAD]
    with transaction() as session:
        enquiry = enquiries.open_enquiry(session, reference, head, for_step=True)
        enquiry_answers.answer(session, enquiry, "hotline", "", head, NOW)
        assert "12345" in enquiry.answer
        with pytest.raises(Stale):
            enquiry_answers.answer(session, enquiry, "answered", "再答一次", head, NOW)
    with reading() as session:
        entries = session.scalars(select(JournalEntry).where(JournalEntry.deed.startswith("enquiry."))).all()
        assert [one.deed for one in entries] == ["enquiry.ask", "enquiry.answer"]
        assert all("落户" not in one.body and "reader" not in one.body for one in entries)
        enquiry = session.scalars(select(Enquiry)).one()
        assert enquiry.sealed is not None
        assert READER.encode() not in enquiry.sealed
        (mail,) = session.scalars(select(Message))
        contents = message_contents.contents_of(session, mail)
        assert contents is not None
        assert contents.to == READER
        assert reference in contents.text
        assert "12345" not in contents.text
        assert enquiries.query_code(session, enquiry) not in contents.text


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_everything_wrong_is_told_at_once(office: Office) -> None:
    with pytest.raises(BadForm) as wrong:
        enquiries.checked(Question("长" * 61, " ", "028-12345678"))
    assert set(wrong.value.errors) == {"subject", "text", "contact"}
    with pytest.raises(BadForm, match="秘密"):
        enquiries.checked(Question("问", "机密★10年"))


def test_every_other_way_has_its_words() -> None:
    assert [one for one in GIVEN if not one.words] == [Outcome.ANSWERED]
    assert enquiry_contact.normal(" ") == ""
    assert enquiry_contact.normal("138 0000 0000") == "13800000000"
