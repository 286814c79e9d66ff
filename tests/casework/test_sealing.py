"""Use of the seal: nothing leaves unstamped, the scan is what is delivered, the register is kept and printed."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document as read_docx
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from gkapply import database
from gkapply.adapters.seals import SealFolder
from gkapply.casework import (
    electronic_seal,
    letterbook,
    letters_together,
    office_settings,
    outbox,
    seal_sheet,
    sealing_register,
)
from gkapply.casework.access import Actor
from gkapply.casework.correction import CorrectionNotice, propose
from gkapply.casework.documents import Upload
from gkapply.casework.errands import HANDLERS, Equipment
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.sealing_register import Stamping
from gkapply.casework.verification import verify
from gkapply.config import bundled
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.demo.stamping import SCAN
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.seals import SealKind, is_stamped
from gkapply.law.setting_choices import SealDemand
from gkapply.letters.fields import complete
from gkapply.letters.render import render
from gkapply.letters.template import load
from tests.casework.conftest import BEFORE, MONDAY, Office
from workflows.duties import Duty

NOTICE = LetterKind.CORRECTION_NOTICE
STAMPING = Stamping("disclosure", "承办人", "负责人", "登记员", MONDAY, 2)


@pytest.fixture
def database_kind() -> str:
    """One database: nothing here is written in SQL of its own."""
    return "sqlite"


@pytest.fixture
def signed(new_life: Callable[..., Life]) -> Life:
    """A request received on Monday, 2 March 2026, with a correction notice that is signed and has its file."""
    life = new_life()
    life.register(walked_in(PERSON, "某工程"), life.at_the_counter()).assign()
    life.do(
        Duty.OFFICER,
        lambda s, case, actor, now: propose(
            s, case, CorrectionNotice("请写明工程的年度", "写明年度可以帮助检索", 15), actor, now
        ),
    )
    life._on_letter(NOTICE, Duty.OFFICER, letterbook.submit)._on_letter(NOTICE, Duty.HEAD, letterbook.sign)
    with reading() as session:
        uid = session.scalars(select(Letter.uid).where(Letter.kind == NOTICE)).one()
    letterbook.render_file(uid, life.now)
    return life


def letter() -> Letter:
    with reading() as session:
        found = session.scalars(select(Letter).where(Letter.kind == NOTICE)).one()
        _ = [use.scan for use in found.seal_uses]
        return found


def stamp(life: Life, stamping: Stamping = STAMPING, scan: Upload | None = SCAN) -> Life:
    return life._on_letter(
        NOTICE,
        Duty.REGISTRAR,
        lambda s, one, actor, now: sealing_register.seal(s, letters_together.together(one), stamping, scan, actor, now),
    )


def demand(office: Office, what: SealDemand) -> None:
    with transaction() as session:
        organ, actor = session.get_one(Organ, office.organ_id), office.staff[Duty.SYSADMIN]
        office_settings.change_settings(session, organ, {"seal_before_sending": what.value}, actor, BEFORE)


def test_every_letter_that_somebody_signs_is_stamped() -> None:
    assert {kind for kind in LetterKind if not is_stamped(kind)} == {
        LetterKind.RECEIPT,
        LetterKind.ON_THE_SPOT_RECORD,
    }


def test_a_letter_leaves_once_its_scan_is_there(signed: Life, office: Office) -> None:
    with pytest.raises(Refusal, match="还没有登记用印"):
        signed._send(NOTICE, "")
    with pytest.raises(Refusal, match="请上传盖章后的扫描件") as refused:
        stamp(signed, scan=None)
    assert refused.value.field == "scan"
    stamp(signed)._send(NOTICE, "")
    found = letter()
    (use,) = found.seal_uses
    assert use.scan is not None
    assert (found.state.value, found.sealed_on, found.sealed_sha) == ("sent", MONDAY, use.scan.sha256)
    assert (use.file_sha, use.copies, use.entered_by) == (found.file_sha, 2, office.staff[Duty.REGISTRAR].signature)
    assert sealing_register.delivered_file(found).media_type == "application/pdf"
    with pytest.raises(Refusal, match="不能「登记用印」"):
        stamp(signed)


def test_what_the_office_demands(signed: Life, office: Office) -> None:
    demand(office, SealDemand.REGISTER)
    with pytest.raises(Refusal, match="还没有登记用印"):
        signed._send(NOTICE, "")
    stamp(signed, scan=None)
    demand(office, SealDemand.SCAN)
    with pytest.raises(Refusal, match="还没有盖章扫描件"):
        signed._send(NOTICE, "")
    demand(office, SealDemand.REGISTER)
    signed._send(NOTICE, "")
    assert sealing_register.delivered_file(letter()).ending == "docx", "without a scan the file itself is delivered"


def test_an_office_that_seals_elsewhere_enters_nothing(signed: Life, office: Office) -> None:
    demand(office, SealDemand.NONE)
    signed._send(NOTICE, "")
    assert letter().seal_uses == []


@pytest.mark.parametrize(
    ("wrong", "scan", "field", "why"),
    [
        (replace(STAMPING, seal="x"), SCAN, "seal", "请选择所用的印章"),
        (replace(STAMPING, on=date(2026, 3, 3)), SCAN, "on", "不能晚于今天"),
        (replace(STAMPING, on=date(2026, 3, 1)), SCAN, "on", "早于签发日期"),
        (replace(STAMPING, approved_by=" "), SCAN, "approved_by", "批准人须为1至60个字"),
        (replace(STAMPING, copies=0), SCAN, "copies", "份数"),
        (STAMPING, Upload("盖章.txt", "盖章".encode()), "scan", "不是扫描件"),
        (STAMPING, Upload("盖章.pdf", b"\xff\xd8\xff0"), "scan", "扩展名与内容不符"),
    ],
)
def test_what_is_refused_changes_nothing(signed: Life, wrong: Stamping, scan: Upload, field: str, why: str) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        stamp(signed, wrong, scan)
    assert refused.value.field == field
    assert letter().sealed_on is None


def test_a_letter_does_not_leave_before_it_was_stamped(signed: Life) -> None:
    day = date(2026, 3, 3)
    stamp(signed.come_to(day), replace(STAMPING, on=day))
    signed.now = signed.now.replace(day=2)
    with pytest.raises(Refusal, match="早于用印日期"):
        signed._send(NOTICE, "")


def test_stamped_once_more_the_newer_scan_counts(signed: Life) -> None:
    newer = Upload("重新盖章.png", b"\x89PNG\r\n\x1a\n0")
    stamp(stamp(signed), scan=newer)
    found = letter()
    assert [use.copies for use in found.seal_uses] == [2, 2]
    assert sealing_register.delivered_file(found).ending == "png"


def test_the_journal_vouches_for_every_use(signed: Life, office: Office) -> None:
    stamp(signed)
    anchors = office.store.folder.parent / "anchors"
    with reading() as session:
        assert verify(session, anchors, files=True) is None
    with database.engine().connect() as connection:
        connection.execute(text("DROP TRIGGER seal_use_no_update"))
        connection.execute(text("UPDATE seal_use SET approved_by = '他人'"))
        connection.commit()
    with reading() as session:
        found = verify(session, anchors, files=True)
    assert found is not None
    assert "用印登记" in str(found)


def test_a_letter_is_sealed_by_the_offices_system(signed: Life, office: Office, tmp_path: Path) -> None:
    def order(session: Session, one: Letter, actor: Actor, now: datetime) -> None:
        electronic_seal.order(session, one, STAMPING, actor, now)

    def errands_at(moment: datetime) -> int:
        tools, done = Equipment(tmp_path, None, sealer=SealFolder(tmp_path / "seals")), 0  # type: ignore[arg-type]
        for one in outbox.claim(moment, limit=50):
            if one.task == outbox.STAMP_LETTER:
                HANDLERS[one.task](one.arguments, moment, tools)
                done += 1
            outbox.finish(one.id, moment)
        return done

    signed._on_letter(NOTICE, Duty.REGISTRAR, order)._on_letter(NOTICE, Duty.REGISTRAR, order)
    assert errands_at(signed.now) == 1, "ordered twice is ordered once"
    (left,) = (tmp_path / "seals" / "in" / "政府信息公开专用章").iterdir()
    assert left.read_bytes() == office.store.get(letter().file_sha)
    assert errands_at(signed.now) == 0, "it looks again after a minute"
    assert letter().sealed_on is None
    out = tmp_path / "seals" / "out"
    out.mkdir()
    (out / left.with_suffix(".pdf").name).write_bytes(SCAN.content)
    assert errands_at(signed.now + timedelta(minutes=2)) == 1
    (use,) = letter().seal_uses
    assert (use.stamped_by, use.entered_by, use.approved_by, use.copies) == ("电子签章系统", "system", "负责人", 1)
    assert sealing_register.delivered_file(letter()).sha256 == hashlib.sha256(SCAN.content).hexdigest()
    signed._send(NOTICE, "")
    arguments = {"letter": letter().uid, "turn": 9, "seal": "organ", "applied_by": "甲", "approved_by": "乙"}
    electronic_seal.fetch(arguments, signed.now, None)
    assert len(letter().seal_uses) == 1, "what has left is not sealed again"


def test_the_sheet_of_a_month_is_printed(signed: Life, office: Office) -> None:
    stamp(signed)
    actor: Actor = office.staff[Duty.ARCHIVIST]
    with reading() as session:
        fields = seal_sheet.fields(session, actor, SealKind.DISCLOSURE, "2026-03", MONDAY)
        with pytest.raises(Refusal, match="2026年2月没有使用机关印章的登记"):
            seal_sheet.fields(session, actor, SealKind.ORGAN, "2026-02", MONDAY)
        with pytest.raises(Refusal, match="月份应写作"):
            seal_sheet.fields(session, actor, SealKind.ORGAN, "2026年3月", MONDAY)
        stranger = Actor("user", office.organ_id + 1, frozenset({Duty.REGISTRAR}), user_id=1)
        assert sealing_register.uses_of(session, stranger, MONDAY, MONDAY) == []
    sheet = render(load(bundled("answer_templates"), "seal_register"), complete("seal_register", fields))
    cells = [cell.text for table in read_docx(io.BytesIO(sheet)).tables for row in table.rows for cell in row.cells]
    for wanted in (
        "3月2日",
        f"补正告知书（{letter().number}）",
        "2",
        "承办人",
        "负责人",
        "登记员",
        signed.reference.removeprefix("AYX-"),
    ):
        assert wanted in cells
