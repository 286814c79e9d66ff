"""``verify`` names the first entry that was changed, removed, inserted or cut off behind the program's back.

Every tampering is done with the database's own means, the triggers dropped first, and undone by leaving the unit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from gkapply import database
from gkapply.casework import access_log, anchors, schema
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.journal import INSTALLATION, JournalHead, record, write_entries
from gkapply.casework.services import services
from gkapply.casework.storekeeping import named_files
from gkapply.casework.verification import Finding, verify
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import COUNTY_CODE, found_county
from gkapply.demo.life import Life
from gkapply.demo.staff import engage
from gkapply.files import FileStore
from gkapply.sealing import KeyRing
from tests.casework.conftest import BEFORE, KEYS, MONDAY
from tests.services import DATABASE_KINDS, Services
from workflows.duties import Duty


class Undone(Exception):
    """Leaves a unit with what was found, so that what a test did to the database is gone again."""

    def __init__(self, found: Finding | None):
        super().__init__(found)
        self.found = found


@dataclass(frozen=True)
class Told:
    """A desk whose chain tells a request from its entry to the signed reply, its access log sealed."""

    organ_id: int
    end: int
    """Number of the last entry."""
    anchors: Path
    store: FileStore

    def number_of(self, deed: str) -> int:
        """Number of the last entry of that deed; of the papers added, of one that no step asked for."""
        about = '%"role":"other"%' if deed == "document.add" else "%"
        with reading() as session:
            query = text("SELECT max(seq) FROM journal WHERE organ_id = :organ AND deed = :deed AND body LIKE :about")
            return int(session.scalar(query, {"organ": self.organ_id, "deed": deed, "about": about}) or 0)

    def verify(self, tamper: Callable[[Session], object] | None = None, *, files: bool = False) -> Finding | None:
        """What ``verify`` finds after ``tamper``, whose traces are gone afterwards."""
        try:
            with transaction() as session:
                for table in schema.PROTECTED:
                    for verb in ("update", "delete", "truncate"):
                        _drop_trigger(session, f"{table}_no_{verb}", table)
                if tamper:
                    tamper(session)
                raise Undone(verify(session, self.anchors, files=files))
        except Undone as undone:
            return undone.found


def _drop_trigger(session: Session, name: str, table: str) -> None:
    place = "" if session.get_bind().dialect.name == "sqlite" else f" ON {table}"
    session.execute(text(f"DROP TRIGGER IF EXISTS {name}{place}"))


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def told(
    request: pytest.FixtureRequest, run_services: Services, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """One database of each kind for the whole module: every test leaves it as it was."""
    if request.param == "postgresql":
        request.getfixturevalue("postgresql_server")
    folder = tmp_path_factory.mktemp("told")
    ring = KeyRing(KEYS)
    store = FileStore(folder / "files", ring)
    with run_services.fresh_database(request.param, schema.upgrade, folder) as url:
        engine = database.connect(url, services(ring, store))
        with transaction() as session:
            desk = found_county(session, BEFORE)
            life = Life(COUNTY_CODE, engage(session, desk, "no password opens this account", BEFORE), BEFORE)
        tell(life)
        with transaction() as session:
            for _ in range(3):
                access_log.note_access(session, life.staff[Duty.OFFICER], "identity.shown", life.now)
        with transaction() as session:
            access_log.seal(session, life.now + access_log.SETTLED + timedelta(seconds=1))
        with reading() as session:
            anchors.anchor(session, folder, life.now)
            head = session.get_one(JournalHead, desk.id)
        yield Told(desk.id, head.seq, folder, store)
        engine.dispose()


def tell(life: Life) -> None:
    """Register a request with a paper, find nothing, have the reply reviewed and signed."""
    life.come_to(MONDAY).register(
        walked_in(PERSON, "2018年路灯安装的立项文件"), life.at_the_counter()
    ).assign().accept()
    paper = Upload("电话记录.txt", "与申请人通话".encode())
    life.do(Duty.OFFICER, lambda s, case, actor, now: add_document(s, case, "other", paper, life.today, actor, now))
    life.search("“路灯”“立项”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply().pass_review().sign_reply()


def run(session: Session, sql: str, **values: object) -> None:
    assert session.connection().execute(text(sql), values).rowcount > 0, f"the tampering touched no row: {sql}"


def test_an_untouched_journal_is_whole(told: Told) -> None:
    assert told.end > 15
    assert told.verify(files=True) is None


ENTRY = "organ_id = :organ AND seq = :seq"
COPY = (
    "INSERT INTO journal (organ_id, seq, case_id, deed, actor, recorded_at, body, key_id, hash) "
    "SELECT organ_id, :new, case_id, deed, actor, recorded_at, body, key_id, hash FROM journal WHERE " + ENTRY
)


def change(assignment: str, seq: int) -> Callable[[Session, Told], None]:
    return lambda session, told: run(
        session, f"UPDATE journal SET {assignment} WHERE {ENTRY}", organ=told.organ_id, seq=seq
    )


def remove(seq: int) -> Callable[[Session, Told], None]:
    return lambda session, told: run(session, f"DELETE FROM journal WHERE {ENTRY}", organ=told.organ_id, seq=seq)


def move(session: Session, told: Told, seq: int, by: int) -> None:
    run(session, f"UPDATE journal SET seq = seq + :by WHERE {ENTRY}", organ=told.organ_id, seq=seq, by=by)


def remove_and_close_the_gap(session: Session, told: Told) -> None:
    remove(5)(session, told)
    for seq in range(6, told.end + 1):
        move(session, told, seq, -1)
    rewind_the_head(session, told, 1)


def insert_in_the_middle(session: Session, told: Told) -> None:
    for seq in range(told.end, 4, -1):
        move(session, told, seq, 1)
    run(session, COPY, organ=told.organ_id, seq=4, new=5)


def rewind_the_head(session: Session, told: Told, by: int) -> None:
    query = "UPDATE journal_head SET seq = seq - :by, hash = (SELECT hash FROM journal WHERE organ_id = :organ AND seq = :end)"
    run(session, f"{query} WHERE organ_id = :organ", organ=told.organ_id, by=by, end=told.end - by)


def cut_off_two(session: Session, told: Told) -> None:
    run(session, "DELETE FROM journal WHERE organ_id = :organ AND seq > :end", organ=told.organ_id, end=told.end - 2)


def cut_off_with_the_head(session: Session, told: Told) -> None:
    cut_off_two(session, told)
    rewind_the_head(session, told, 2)


def wipe_the_chain(session: Session, told: Told) -> None:
    run(session, "DELETE FROM journal WHERE organ_id = :organ", organ=told.organ_id)
    run(session, "DELETE FROM journal_head WHERE organ_id = :organ", organ=told.organ_id)


TAMPERINGS: dict[str, tuple[Callable[[Session, Told], object], int, str]] = {
    "another actor in the text": (change('body = replace(body, \'"actor":"\', \'"actor":"x\')', 3), 3, "被改动"),
    "another deed in the column": (change("deed = 'application.void'", 4), 4, "被改动"),
    "another moment in the column": (change("recorded_at = '2026-03-03 00:00:00'", 4), 4, "被改动"),
    "another hash": (change("hash = '" + "0" * 64 + "'", 4), 4, "被改动"),
    "text that is no JSON": (change("body = '?'", 4), 4, "被改动"),
    "another key": (change("key_id = 'k9'", 4), 4, "被改动"),
    "the first removed": (remove(1), 1, "被删除"),
    "one removed": (remove(5), 5, "被删除"),
    "one removed and the gap closed": (remove_and_close_the_gap, 5, "被删除"),
    "one moved to another organ": (change("organ_id = organ_id + 1", 5), 5, "被删除"),
    "one inserted in the middle": (insert_in_the_middle, 5, "被插入"),
    "one inserted before the first": (
        lambda session, told: run(session, COPY, organ=told.organ_id, seq=4, new=0),
        0,
        "被插入",
    ),
    "the last two cut off": (cut_off_two, -1, "截去"),
    "the last two cut off and the head rewound": (cut_off_with_the_head, -1, "截去"),
    "the whole chain cut off": (wipe_the_chain, 1, "截去"),
    "the head rewound": (lambda session, told: rewind_the_head(session, told, 1), 0, "被插入"),
    "the head removed": (
        lambda session, told: run(session, "DELETE FROM journal_head WHERE organ_id = :organ", organ=told.organ_id),
        0,
        "被改动",
    ),
    "another hash in the head": (
        lambda session, told: run(
            session, "UPDATE journal_head SET hash = 'x' WHERE organ_id = :organ", organ=told.organ_id
        ),
        0,
        "被改动",
    ),
}
"""What is done → number of the first broken entry (0 and below: counted from the last), the report's word."""


@pytest.mark.parametrize("name", TAMPERINGS)
def test_the_first_broken_entry_is_named(told: Told, name: str) -> None:
    tamper, number, word = TAMPERINGS[name]
    expected = number if number > 0 or name == "one inserted before the first" else told.end + number
    found = told.verify(lambda session: tamper(session, told))
    assert found is not None, "the tampering was not noticed"
    assert (found.organ_id, found.seq) == (told.organ_id, expected), found.sentence
    assert f"安岳县人民政府（{COUNTY_CODE}）的操作日志第{expected}号" in found.sentence
    assert word in found.sentence


def test_an_entry_added_after_the_last_is_named(told: Told) -> None:
    found = told.verify(lambda session: run(session, COPY, organ=told.organ_id, seq=4, new=told.end + 1))
    assert found is not None
    assert (found.seq, "被插入" in found.sentence) == (told.end + 1, True)


def test_of_two_broken_entries_the_first_is_named(told: Told) -> None:
    found = told.verify(lambda session: (remove(9)(session, told), change("deed = 'x'", 6)(session, told)))
    assert found is not None
    assert found.seq == 6


def test_another_history_since_the_anchor_is_found(told: Told, tmp_path: Path) -> None:
    """An older copy put in the place of the database, and worked on, is whole in itself; the anchor knows better."""
    lines = (told.anchors / anchors.FILE).read_text(encoding="utf-8")
    with reading() as session:
        true = session.get_one(JournalHead, told.organ_id).hash
    (tmp_path / anchors.FILE).write_text(lines.replace(true, "f" * 64), encoding="utf-8")
    found = Told(told.organ_id, told.end, tmp_path, told.store).verify()
    assert found is not None
    assert (found.seq, "锚点" in found.sentence) == (told.end, True)


ROWS: dict[str, tuple[str, str, str]] = {
    "a fact's day": ("UPDATE fact SET on_ = '2026-02-02'", "fact.enter", "被改动"),
    "a fact's article": ("UPDATE fact SET article = '条例第一条'", "fact.enter", "被改动"),
    "who entered a fact": ("UPDATE fact SET actor = 'user:99'", "fact.enter", "被改动"),
    "a fact removed": ("DELETE FROM fact", "fact.enter", "被删除"),
    "what was approved": (
        "UPDATE approval SET snapshot_hash = 'x' WHERE deed = 'pass_review'",
        "letter.pass_review",
        "被改动",
    ),
    "who signed": ("UPDATE approval SET user_id = 1 WHERE deed = 'sign_reply'", "letter.sign_reply", "被改动"),
    "an approval removed": ("DELETE FROM approval WHERE deed = 'pass_review'", "letter.pass_review", "被改动"),
    "another paper": ("UPDATE document SET sha256 = 'x' WHERE role = 'other'", "document.add", "被改动"),
    "a paper removed": ("DELETE FROM document WHERE role = 'other'", "document.add", "被删除"),
    "another file of the letter": (
        "UPDATE letter SET file_sha = 'x' WHERE number IS NOT NULL",
        "letter.rendered",
        "被改动",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_contradicts_its_entry_is_found(told: Told, name: str) -> None:
    sql, deed, word = ROWS[name]
    found = told.verify(lambda session: run(session, sql))
    assert found is not None, "the tampering was not noticed"
    assert (found.seq, word in found.sentence) == (told.number_of(deed), True), found.sentence


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (
            "INSERT INTO fact (organ_id, case_id, kind, on_, recorded_at, actor, article, detail) "
            "SELECT organ_id, case_id, 'withdrawn', on_, recorded_at, actor, article, detail FROM fact",
            "事实第2行（",
        ),
        (
            "INSERT INTO approval (organ_id, letter_id, deed, user_id, at, snapshot_hash, comment) "
            "SELECT organ_id, letter_id, deed, 1, at, snapshot_hash, comment FROM approval WHERE deed = 'pass_review'",
            "审批意见第3行",
        ),
    ],
)
def test_a_row_without_an_entry_is_found(told: Told, sql: str, what: str) -> None:
    found = told.verify(lambda session: run(session, sql))
    assert found is not None, "the tampering was not noticed"
    assert what in found.sentence
    assert "被插入" in found.sentence


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("UPDATE access_log SET actor = 'user:99' WHERE id = 2", "被改动"),
        ("DELETE FROM access_log WHERE id = 2", "被删除"),
    ],
)
def test_a_change_in_the_sealed_access_log_is_found(told: Told, sql: str, word: str) -> None:
    found = told.verify(lambda session: run(session, sql))
    assert found is not None, "the tampering was not noticed"
    assert (found.organ_id, found.seq) == (INSTALLATION, 1)
    assert word in found.sentence
    assert "访问日志第1至3行" in found.sentence


def test_a_missing_and_a_damaged_file_are_found(told: Told) -> None:
    with reading() as session:
        digests = sorted(set(named_files(session)))
    assert len(digests) >= 3, "a paper, a template and a letter"
    for digest in digests:
        path = told.store.path(digest)
        content = path.read_bytes()
        try:
            path.unlink()
            missing = told.verify(files=True)
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
            damaged = told.verify(files=True)
        finally:
            path.write_bytes(content)
        for found in (missing, damaged):
            assert found is not None, f"{digest} is not looked at"
            assert digest in found.sentence
    assert told.verify() is None


def test_every_chain_is_examined_beyond_one_batch(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkapply.casework.verification.BATCH", 4)
    assert told.verify() is None
    for seq in (4, 5, told.end):
        found = told.verify(lambda session, seq=seq: change("deed = 'x'", seq)(session, told))  # type: ignore[misc]
        assert found is not None
        assert found.seq == seq


def test_anchors_are_added_for_chains_that_moved_and_survive_a_torn_line(told: Told, tmp_path: Path) -> None:
    now = datetime(2026, 3, 3, tzinfo=UTC)
    with reading() as session:
        chains = len(session.scalars(select(JournalHead)).all())
        assert anchors.anchor(session, tmp_path, now) == chains
        assert anchors.anchor(session, tmp_path, now) == 0
        path = tmp_path / anchors.FILE
        whole = path.read_bytes()
        path.write_bytes(whole[:-20])
        assert len(list(anchors.read_anchors(tmp_path))) == chains - 1
        assert anchors.anchor(session, tmp_path, now) == 1
        assert path.read_bytes() == whole


def test_entries_under_an_older_key_stay_sound_after_a_new_one_came(told: Told) -> None:
    def go_on_with_a_new_key(session: Session) -> None:
        session.info["ring"] = KeyRing((("k3", b"3" * 32), *KEYS))
        record(session, told.organ_id, "deed", "system", datetime(2026, 3, 3, tzinfo=UTC))
        write_entries(session)

    assert told.verify(go_on_with_a_new_key) is None


def test_a_key_that_is_gone_is_named(told: Told) -> None:
    found = told.verify(lambda session: session.info.update(ring=KeyRing((("k3", b"3" * 32),))))
    assert found is not None
    assert "密钥「k2」不在密钥环上" in found.sentence
