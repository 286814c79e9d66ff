"""Backup, restore, equal: on each database and from one to the other; what is damaged is refused before anything is written."""

import base64
import dataclasses
import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from gkapply import database, demo
from gkapply.casework import (
    anchors,
    backup,
    schema,
)
from gkapply.casework.backup import back_up
from gkapply.casework.journal import JournalHead, record
from gkapply.casework.people import Organ
from gkapply.casework.restore import restore
from gkapply.casework.services import open_installation
from gkapply.casework.storekeeping import named_files
from gkapply.casework.verification import verify
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from tests.casework.conftest import KEYS
from tests.casework.rest_of_tables import NOW, fill_the_rest
from tests.services import DATABASE_KINDS, Services


def settings_for(url: str, folder: Path, keys: tuple[tuple[str, bytes], ...] = KEYS) -> Settings:
    return Settings(url, folder / "files", None, folder / "anchors", b"s" * 48, keys, demo_password="Demo-1234567")


@contextmanager
def empty_place(services: Services, kind: str, folder: Path) -> Iterator[Settings]:
    """An installation with a database without tables."""
    folder.mkdir()
    with services.fresh_database(kind, None, folder) as url:
        yield settings_for(url, folder)
        database.engine().dispose()


@contextmanager
def demonstrated(services: Services, kind: str, folder: Path) -> Iterator[Settings]:
    """An installation at work with the demonstration, which is made once per run and copied."""
    made = services.folder / f"demonstration-{kind}"

    def demonstrate(url: str) -> None:
        schema.upgrade(url)
        settings = settings_for(url, made)
        open_installation(settings)
        demo.prepare(settings, NOW)
        database.engine().dispose()

    folder.mkdir(exist_ok=True)
    with services.fresh_database(kind, demonstrate, folder) as url:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        settings = settings_for(url, folder)
        open_installation(settings)
        yield settings
        database.engine().dispose()


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def original(
    request: pytest.FixtureRequest,
    run_services: Services,
    compiled_once: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Settings, Path]]:
    """An installation at work with requests in every state, and its backup."""
    if request.param == "postgresql":
        request.getfixturevalue("postgresql_server")
    folder = tmp_path_factory.mktemp("original")
    with demonstrated(run_services, request.param, folder) as settings:
        fill_the_rest()
        with reading() as session:
            anchors.anchor(session, settings.anchors, NOW)
            file = folder / "backup.tar.gz"
            kept = back_up(session, settings.anchors, file, NOW)
        assert kept.missing == frozenset()
        yield settings, file


@pytest.fixture
def busy(run_services: Services, compiled_once: None, database_kind: str, tmp_path: Path) -> Iterator[Settings]:
    """An installation in which work goes on while it is kept."""
    with demonstrated(run_services, database_kind, tmp_path / "busy") as settings:
        yield settings


def contents() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as the models read it."""
    with reading() as session:
        return {
            table.name: [
                dict(row) for row in session.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for table in schema.metadata.sorted_tables
        }


def searched() -> list[tuple[str, int]]:
    """Every gram with the case that is found by it: the index is no table that the models know."""
    with reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("CREATE VIRTUAL TABLE temp.seen USING fts5vocab('main', 'case_gram', 'instance')"))
            query = "SELECT term, 1099511627775 - doc % 1099511627776 FROM temp.seen"
        else:
            query = "SELECT lexeme, case_id FROM case_gram, unnest(grams) WHERE lexeme NOT LIKE 'organ%'"
        return sorted((gram, case_id) for gram, case_id in session.execute(text(query)))


def files(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.store.rglob("*") if path.is_file()}


def same_kind(settings: Settings) -> str:
    return settings.database_url.split(":")[0].split("+")[0]


@pytest.mark.parametrize("into", DATABASE_KINDS)
def test_what_is_restored_equals_what_was_kept(
    original: tuple[Settings, Path], run_services: Services, postgresql_server: str, tmp_path: Path, into: str
) -> None:
    settings, file = original
    open_installation(settings)
    before = contents()
    grams = searched()
    assert {case_id for _, case_id in grams} == {row["id"] for row in before["case_file"]}
    assert all(before.values()), f"nothing to compare in {[name for name, rows in before.items() if not rows]}"
    with empty_place(run_services, into, tmp_path / "new") as place:
        restored = restore(place, file, NOW)
        assert (restored.finding, restored.lost) == (None, ())
        assert contents() == before
        assert searched() == grams, "what was put in deed by deed is what the texts come to"
        assert files(place) == files(settings)
        assert (place.anchors / anchors.FILE).read_bytes() == (settings.anchors / anchors.FILE).read_bytes()
        work_goes_on(place)


def work_goes_on(place: Settings) -> None:
    """Keys go on after the restored ones, protected tables are protected, the journal can be continued."""
    with transaction() as session:
        highest = session.scalar(select(func.max(Organ.id)))
        session.add(Organ(code="NEW", name="新机关", kind="department"))
        session.flush()
        assert session.scalar(select(Organ.id).where(Organ.code == "NEW")) == (highest or 0) + 1
        record(session, None, "organ.add", "system", NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction() as session:
        session.execute(text("DELETE FROM journal"))
    with reading() as session:
        assert verify(session, place.anchors, files=True) is None


def test_the_archive_holds_no_key_and_nothing_that_was_sealed(original: tuple[Settings, Path]) -> None:
    settings, file = original
    with tarfile.open(file) as tar:
        whole = b"".join(content.read() for member in tar if (content := tar.extractfile(member)))
    for _, key in settings.data_keys:
        for written in (key, key.hex().encode(), base64.b64encode(key), base64.urlsafe_b64encode(key)):
            assert written not in whole
    assert settings.secret_key not in whole
    assert b"110101190001010014" not in whole, "the applicant's identity number"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_backup_never_takes_the_place_of_a_file(original: tuple[Settings, Path]) -> None:
    settings, file = original
    open_installation(settings)
    size = file.stat().st_size
    with reading() as session, pytest.raises(Refusal, match="已经存在"):
        back_up(session, settings.anchors, file, NOW)
    assert file.stat().st_size == size
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_the_store_lacks_is_told(original: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, _ = original
    open_installation(settings)
    with reading() as session:
        digest = next(named_files(session))
        path = settings.store / digest[:2] / digest[2:4] / digest
        content = path.read_bytes()
        path.unlink()
        try:
            kept = back_up(session, settings.anchors, tmp_path / "b.tar.gz", NOW)
        finally:
            path.write_bytes(content)
    assert kept.missing == {digest}


Change = Callable[[str, bytes, Path], Iterator[tuple[str, bytes]]]
"""Name and content of a member of the old archive → the members that take its place."""


def rewritten(file: Path, into: Path, change: Change) -> Path:
    """A copy of the archive with other members."""
    with tarfile.open(file) as old, tarfile.open(into, "w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            for name, data in change(member.name, content.read(), file):
                info = tarfile.TarInfo(name)
                info.size = len(data)
                new.addfile(info, io.BytesIO(data))
    return into


def another_row(name: str, data: bytes, old: Path) -> Iterator[tuple[str, bytes]]:
    yield name, data.replace("申请人".encode(), "别的人".encode()) if name == "tables/applicant.jsonl" else data


def without_the_files(name: str, data: bytes, old: Path) -> Iterator[tuple[str, bytes]]:
    if not name.startswith("files/"):
        yield name, data


def with_a_stranger(name: str, data: bytes, old: Path) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if name == "tables/organ.jsonl":
        yield "../outside", b"x"


def with_a_twin(name: str, data: bytes, old: Path) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if name == "tables/organ.jsonl":
        yield name, data


def with_a_manifest_to_match(name: str, data: bytes, old: Path) -> Iterator[tuple[str, bytes]]:
    """Whoever alters a row and the manifest with it has no key to seal it."""
    if name != "manifest.json":
        yield name, next(another_row(name, data, old))[1]
        return
    manifest = json.loads(data)
    with tarfile.open(old) as tar:
        content = tar.extractfile("tables/applicant.jsonl")
        assert content is not None
        altered = next(another_row("tables/applicant.jsonl", content.read(), old))[1]
    manifest["manifest"]["members"]["tables/applicant.jsonl"] = hashlib.sha256(altered).hexdigest()
    yield name, json.dumps(manifest).encode()


def without_the_manifest(name: str, data: bytes, old: Path) -> Iterator[tuple[str, bytes]]:
    if name != "manifest.json":
        yield name, data


ALTERATIONS = (
    another_row,
    without_the_files,
    with_a_stranger,
    with_a_twin,
    with_a_manifest_to_match,
    without_the_manifest,
)


def refused(services: Services, file: Path, folder: Path, keys: tuple[tuple[str, bytes], ...] = KEYS) -> str:
    """The sentence with which ``restore`` refuses ``file``; nothing may have been written."""
    with empty_place(services, "sqlite", folder) as place:
        place = dataclasses.replace(place, data_keys=keys)
        with pytest.raises(Refusal) as caught:
            restore(place, file, NOW)
        with database.engine().connect() as connection:
            assert inspect(connection).get_table_names() == []
        assert files(place) == {}
        assert not place.anchors.exists()
    return str(caught.value)


@pytest.mark.parametrize("change", ALTERATIONS)
def test_an_altered_archive_is_refused(
    original: tuple[Settings, Path], run_services: Services, tmp_path: Path, change: Change
) -> None:
    sentence = refused(run_services, rewritten(original[1], tmp_path / "altered.tar.gz", change), tmp_path / "new")
    assert "已损坏" in sentence or "不完整" in sentence


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.95])
def test_a_damaged_archive_is_refused(
    original: tuple[Settings, Path], run_services: Services, tmp_path: Path, part: float
) -> None:
    content = bytearray(original[1].read_bytes())
    (cut := tmp_path / "cut.tar.gz").write_bytes(content[: int(len(content) * part)])
    place = int(len(content) * part)
    content[place : place + 8] = bytes(byte ^ 0xFF for byte in content[place : place + 8])
    (flipped := tmp_path / "flipped.tar.gz").write_bytes(content)
    for number, file in enumerate((cut, flipped)):
        assert str(file) in refused(run_services, file, tmp_path / str(number))


def test_what_is_no_archive_is_refused(run_services: Services, tmp_path: Path) -> None:
    (file := tmp_path / "letter.txt").write_text("不是备份")
    assert "已损坏" in refused(run_services, file, tmp_path / "one")


def test_without_the_keys_nothing_is_restored(
    original: tuple[Settings, Path], run_services: Services, tmp_path: Path
) -> None:
    other = (("k2", b"2" * 32), ("k1", b"x" * 32))
    assert "缺少备份时所用的密钥：k1" in refused(run_services, original[1], tmp_path / "one", other)
    assert "k1、k2" in refused(run_services, original[1], tmp_path / "two", (("k3", b"3" * 32),))


def test_a_database_that_holds_anything_is_left_alone(original: tuple[Settings, Path]) -> None:
    settings, file = original
    open_installation(settings)
    before = contents()
    with pytest.raises(Refusal, match="数据库不是空的"):
        restore(settings, file, NOW)
    assert contents() == before


def test_a_migrated_database_without_rows_counts_as_empty(
    original: tuple[Settings, Path], run_services: Services, tmp_path: Path
) -> None:
    with empty_place(run_services, same_kind(original[0]), tmp_path / "new") as place:
        schema.upgrade(place.database_url)
        assert restore(place, original[1], NOW).finding is None


def test_entries_that_the_anchors_remember_and_the_backup_lacks_are_told(
    original: tuple[Settings, Path], run_services: Services, tmp_path: Path
) -> None:
    """The database was lost after the backup; the anchors beside it were not."""
    settings, file = original
    open_installation(settings)
    with reading() as session:
        head = session.scalars(select(JournalHead).where(JournalHead.organ_id == 1)).one()
    with empty_place(run_services, same_kind(settings), tmp_path / "new") as place:
        later = {"organ": head.organ_id, "seq": head.seq + 7, "hash": "f" * 64, "at": NOW.isoformat()}
        place.anchors.mkdir()
        (place.anchors / anchors.FILE).write_text(json.dumps(later) + "\n")
        restored = restore(place, file, NOW)
        assert restored.lost == ((head.organ_id, head.seq, head.seq + 7),)
        assert restored.finding is None
        aside = [path for path in place.anchors.iterdir() if path.name != anchors.FILE]
        assert [json.loads(path.read_text()) for path in aside] == [later]


def test_a_backup_is_of_one_moment_however_busy_the_office(
    run_services: Services, tmp_path: Path, busy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that comes in while the tables are being written is in none of them."""
    before = contents()
    write_table = backup._write_table

    def interrupted(session: Session, table: Table, archive: Any) -> Any:
        dump = write_table(session, table, archive)
        with transaction() as other:
            record(other, 1, "case.open", "system", NOW)
            other.add(Organ(code=f"LATE-{table.name}"[:20], name="新机关", kind="department"))
        return dump

    monkeypatch.setattr(backup, "_write_table", interrupted)
    file = tmp_path / "b.tar.gz"
    with reading() as session:
        back_up(session, busy.anchors, file, NOW)
    assert contents() != before
    with empty_place(run_services, same_kind(busy), tmp_path / "new") as place:
        assert restore(place, file, NOW).finding is None
        assert contents() == before
