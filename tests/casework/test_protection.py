"""The database itself refuses any change of a row in a table that only ever grows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, make_url, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from gkapply import database
from gkapply.casework import access_log, accounts, calendar_import
from gkapply.casework.annual_report_records import AnnualReport, AnnualReportEdition, AnnualReportNote
from gkapply.casework.assessment_records import Assessment
from gkapply.casework.calendar_file import read_file
from gkapply.casework.calendar_records import RedatingMove
from gkapply.casework.contact_records import ContactChange
from gkapply.casework.deliberation_records import (
    Deliberation,
    DeliberationCause,
    DeliberationDeparture,
    DeliberationMember,
    DeliberationOpinion,
    DeliberationWaiver,
)
from gkapply.casework.disclosed import DisclosedEvent, DisclosedItem
from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.enquiry_records import Enquiry, EnquiryMove
from gkapply.casework.finding_override import FindingOverride
from gkapply.casework.likeness_records import Judged, LikenessJudgement
from gkapply.casework.number_series import NumberGap, NumberSeries
from gkapply.casework.papers import Letter
from gkapply.casework.publications import Publication
from gkapply.casework.remark_records import Remark
from gkapply.casework.reviewed import SecrecyReview
from gkapply.casework.schema import PROTECTED
from gkapply.casework.urge_records import Urge, UrgeAnswer, UrgeVerdict
from gkapply.database import transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.secrecy_results import SecrecyResult
from tests.casework.conftest import MONDAY, Office, life_in, walked_once
from tests.casework.rest_of_tables import add_period_sheet, add_reappraisal, add_register
from tests.services import Services
from workflows.duties import Duty

HOLIDAYS = "日期,类型,名称\n2027-01-01,放假,元旦\n".encode()


@pytest.fixture
def grown(database_kind: str, run_services: Services, compiled_once: None, tmp_path: Path) -> Iterator[Office]:
    """An office with at least one row in each protected table."""
    with walked_once(run_services, database_kind, grow, tmp_path) as office:
        yield office


def grow(office: Office) -> None:
    """Enter what is protected."""
    for _ in range(2):
        other = life_in(office)
        other.register(walked_in(PERSON, "某工程的批复"), other.at_the_counter())
    life = life_in(office)
    life.register(walked_in(PERSON, "2018年路灯安装的立项文件"), life.at_the_counter()).assign().accept()
    life.search("“路灯”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("post").delivered()
    with transaction() as session:
        access_log.note_access(session, office.staff[Duty.OFFICER], "identity.shown", life.now)
        calendar_import.import_holidays(session, read_file(HOLIDAYS), accounts.operator(), life.now)
        session.add(Remark(uid="m", organ_id=office.organ_id, case_id=1, author_id=1, text="t", at=life.now))
        add_register(session)
        session.add(RedatingMove(redating_id=1, organ_id=office.organ_id, case_id=1, problem=""))
        dispute = Dispute(
            uid="d",
            organ_id=office.organ_id,
            case_id=1,
            kind="review",
            authority="某市人民政府",
            filed_on=MONDAY,
            registered_at=life.now,
        )
        dispute.decisions.append(
            DisputeDecision(
                organ_id=office.organ_id,
                instance=1,
                result="upheld",
                decided_on=MONDAY,
                received_on=MONDAY,
                recorded_at=life.now,
                actor="user:1",
            )
        )
        session.add(dispute)
        series = {"organ_id": office.organ_id, "signing_name_id": 1, "code_word": "安府补告"}
        session.add(NumberSeries(**series, letter_class="correction", set_at=life.now, set_by="user:1"))
        session.add(
            NumberGap(**series, year=2026, first=2, last=3, reason="r", explained_at=life.now, explained_by="user:1")
        )
        session.add(
            SecrecyReview(
                organ_id=office.organ_id,
                case_id=1,
                item=1,
                sha256="s",
                result=SecrecyResult.OPEN,
                basis="b",
                on_=MONDAY,
                reviewer_id=1,
                recorded_at=life.now,
            )
        )
        found = {"case_id": 1, "other_id": 2, "judged": Judged.SAME, "reason": "r", "user_id": 1, "at": life.now}
        session.add(LikenessJudgement(organ_id=office.organ_id, **found))
        session.add(
            ContactChange(
                uid="c",
                organ_id=office.organ_id,
                case_id=1,
                fields="[]",
                sealed=b"s",
                at=life.now,
                actor="applicant",
            )
        )
        publication = Publication(
            uid="p", organ_id=office.organ_id, case_id=1, why="linked", information="i", proposed_at=life.now
        )
        item = DisclosedItem(uid="i", organ_id=office.organ_id, publication=publication)
        item.history.append(
            DisclosedEvent(organ_id=office.organ_id, version=1, deed="show", reason="r", at=life.now, user_id=1)
        )
        session.add(item)
        enquiry = Enquiry(
            uid="e",
            organ_id=office.organ_id,
            reference="AYX-2026-Z0001",
            channel="counter",
            content_hash="h",
            subject="s",
            text="t",
            asked_at=life.now,
            asked_on=MONDAY,
            due_on=MONDAY,
            remind_on=MONDAY,
        )
        enquiry.moves.append(
            EnquiryMove(organ_id=office.organ_id, to_organ_id=2, reason="r", at=life.now, actor="user:1")
        )
        session.add(enquiry)
        asked = {"organ_id": 2, "by_organ_id": 1, "reason": "r", "on_": MONDAY, "due_on": MONDAY}
        urged, other_urge = (Urge(uid=uid, number=uid, urged_at=life.now, urged_by=1, **asked) for uid in ("u", "v"))
        urged.answer = UrgeAnswer(
            organ_id=2,
            text="t",
            on_=MONDAY,
            file_sha="",
            file_name="",
            media_type="",
            answered_at=life.now,
            answered_by=1,
        )
        urged.verdict = UrgeVerdict(organ_id=2, accepted=True, text="", judged_at=life.now, judged_by=1)
        session.add(
            Assessment(
                uid="as",
                organ_id=office.organ_id,
                number="n",
                first_on=MONDAY,
                last_on=MONDAY,
                comment="",
                snapshot="{}",
                issued_on=MONDAY,
                issued_at=life.now,
                issued_by=1,
            )
        )
        report = AnnualReport(uid="ar", organ_id=office.organ_id, year=2025)
        kept = {"organ_id": office.organ_id, "report": report}
        session.add(
            AnnualReportEdition(
                **kept,
                number=1,
                source="made",
                content="{}",
                hash="h",
                cases="",
                frozen_on=MONDAY,
                frozen_at=life.now,
                frozen_by=1,
            )
        )
        session.add(AnnualReportNote(**kept, edition=1, kind="reopened", code="", text="t", at=life.now, user_id=1))
        session.add(urged)
        session.flush()
        session.add(other_urge)
        letter = session.scalars(select(Letter)).first()
        assert letter is not None
        session.add(
            FindingOverride(
                organ_id=office.organ_id,
                letter_id=letter.id,
                deed="ask_override",
                point="facts",
                sentence_hash="s",
                snapshot_hash="s",
                reason="r",
                user_id=1,
                at=life.now,
            )
        )
        confer(session, office, life)
        add_reappraisal(session, office.organ_id, 1)
        add_period_sheet(session, office.organ_id, 1)


def confer(session: Session, office: Office, life: Life) -> None:
    """What was said, waived, ticked and departed from about one request."""
    of = {"organ_id": office.organ_id, "case_id": 1}
    session.add(DeliberationCause(**of, trigger="called", code="called:k", why="w", seen_at=life.now, seen_by="user:1"))
    session.add(DeliberationWaiver(**of, codes="[]", reason="r", at=life.now, user_id=1))
    one = Deliberation(**of, uid="c", ordinal=1, topic="t", until=MONDAY, proposed_at=life.now)
    own = {"organ_id": office.organ_id, "at": life.now}
    one.explained.append(DeliberationDeparture(**own, item=1, outcome="disclosed", reason="r", user_id=1))
    member = DeliberationMember(uid="m", organ_id=office.organ_id, part="保密", name="n", added_at=life.now)
    member.opinions.append(DeliberationOpinion(**own, stance="agree", text="t", actor="user:1", digest="d"))
    one.members.append(member)
    session.add(one)


COLUMN = {"calendar_edition": "year"}
"""A calendar belongs to no organ."""
CHANGES: dict[str, dict[str, str]] = {
    "sqlite": {
        "UPDATE": "UPDATE {table} SET {column} = {column}",
        "UPDATE OR REPLACE": "UPDATE OR REPLACE {table} SET {column} = {column}",
        "DELETE": "DELETE FROM {table}",
        "INSERT OR REPLACE": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE": "REPLACE INTO {table} SELECT * FROM {table}",
        "ON CONFLICT": "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {column} = 0",
    },
    "postgresql": {
        "UPDATE": "UPDATE {table} SET {column} = {column}",
        "DELETE": "DELETE FROM {table}",
        "ON CONFLICT": "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET {column} = 0",
        "TRUNCATE": "TRUNCATE {table}",
        "TRUNCATE CASCADE": "TRUNCATE {table} CASCADE",
        "TRUNCATE of a parent": "TRUNCATE organ CASCADE",
    },
}


def contents(connection: Connection, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]


@pytest.mark.parametrize("table", PROTECTED)
def test_the_database_refuses_every_change(grown: Office, table: str) -> None:
    with database.engine().connect() as connection:
        before = contents(connection, table)
        connection.rollback()
        assert before, f"{table} is empty: nothing would be refused"
        for name, sql in CHANGES[connection.dialect.name].items():
            with pytest.raises(DatabaseError, match=r"is append-only|cannot truncate a table referenced"):
                connection.execute(text(sql.format(table=table, column=COLUMN.get(table, "organ_id"))))
            connection.rollback()
            assert contents(connection, table) == before, f"{name} changed {table}"
            connection.rollback()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "INSERT OR REPLACE", "REPLACE", "ON CONFLICT"])
def test_so_does_sqlite_for_a_connection_with_none_of_the_programs_settings(
    grown: Office, table: str, verb: str
) -> None:
    """REPLACE passes a DELETE trigger unless recursive_triggers is on, which a stranger's connection does not have."""
    file = make_url(grown.url).database
    assert file
    with closing(sqlite3.connect(file)) as stranger:
        assert stranger.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        before = stranger.execute(f"SELECT * FROM {table}").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="is append-only"):
            stranger.execute(CHANGES["sqlite"][verb].format(table=table, column=COLUMN.get(table, "organ_id")))
        assert stranger.execute(f"SELECT * FROM {table}").fetchall() == before


NEW_PLACE = {
    ("journal", "seq"): "seq + 1000",
    ("calendar_edition", "version"): "version + 1",
    ("redating_move", "case_id"): "(SELECT MAX(id) FROM case_file)",
    ("dispute_decision", "instance"): "instance + 1",
    ("contact_change", "uid"): "uid || 'd'",
    ("urge", "uid"): "uid || 'd'",
    ("assessment", "uid"): "uid || 'd'",
    ("assessment", "number"): "number || 'd'",
    ("urge", "number"): "number || 'd'",
    ("urge_answer", "urge_id"): "(SELECT MAX(id) FROM urge)",
    ("urge_verdict", "urge_id"): "(SELECT MAX(id) FROM urge)",
    ("deliberation_cause", "code"): "code || 'd'",
    ("remark", "uid"): "uid || 'd'",
    ("register_row", "edition"): "edition + 1",
    ("annual_report_edition", "number"): "number + 1",
    ("period_sheet", "edition"): "edition + 1",
}


@pytest.mark.parametrize("table", PROTECTED)
def test_new_rows_are_welcome(grown: Office, table: str) -> None:
    with database.engine().connect() as connection:
        before = contents(connection, table)
        columns = [column["name"] for column in inspect(connection).get_columns(table) if column["name"] != "id"]
        values = [NEW_PLACE.get((table, name), name) for name in columns]
        copy = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table}"
        connection.execute(text(copy))
        assert len(contents(connection, table)) == 2 * len(before)
        connection.rollback()
