"""Leaders who sign on paper: the printed sheet, what is entered from it, by whom, of which day, and the confirmation."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy import select

from gkapply.casework import approval_sheet, extension, file_index, letterbook, letterfile, paper_approval
from gkapply.casework.access import Actor
from gkapply.casework.documents import Upload
from gkapply.casework.history import history
from gkapply.casework.paper_approval import PaperDecision
from gkapply.casework.papers import Letter
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.casework.verification import verify
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from tests.casework.test_ladder import database_kind, hired, not_existing
from workflows.duties import Duty
from workflows.letter import LetterState

__all__ = ["database_kind"]
NewLife = Callable[..., Life]
SCAN = Upload("呈批单.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
ADDRESS = "https://ysq.example.gov.cn/desk/letters/0"


def letter_of(life: Life) -> Letter:
    with reading() as session:
        query = select(Letter).join(Case, Letter.case_id == Case.id).where(Case.reference == life.reference)
        letter = session.scalars(query.order_by(Letter.id.desc())).first()
        assert letter is not None
        session.refresh(letter, ["approvals", "rounds"])
        return letter


def on_paper(
    life: Life, leader: Actor, on: date, *, clerk: Duty = Duty.REGISTRAR, kind: LetterKind | None = None, **more: object
) -> Life:
    """Enter what ``leader`` signed on that day."""
    assert leader.user_id is not None
    told: dict[str, Any] = {"agrees": True, "comment": "同意", "scan": SCAN, **more}
    said = PaperDecision(leader_id=leader.user_id, on=on, **told)
    return life._on_letter(kind, clerk, lambda s, one, a, now: paper_approval.approve_on_paper(s, one, said, a, now))


def submitted(new_life: NewLife) -> Life:
    """A refusing reply, submitted on Tuesday, 3 March 2026."""
    return not_existing(new_life).come_to(date(2026, 3, 3)).submit_reply()


def test_reviewed_and_signed_on_paper_bears_the_day_of_the_signature(
    new_life: NewLife, office: Office, tmp_path: Path
) -> None:
    life = submitted(new_life).come_to(date(2026, 3, 6))
    on_paper(life, office.staff[Duty.REVIEWER], date(2026, 3, 4))
    on_paper(life, office.staff[Duty.SIGNER], date(2026, 3, 5), comment="同意，抓紧送达")
    letter = letter_of(life)
    assert letter.state is LetterState.SIGNED
    assert (letter.signed_on, letter.signed_by) == (date(2026, 3, 5), office.staff[Duty.SIGNER].user_id)
    assert "2026年3月5日" in letter.final
    life.render().send_reply()
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        ladder = letterfile.letterfile(session, case.letters[-1], life.today).ladder
        assert [one.on_paper for one in ladder[1:]] == [
            "纸质签批（2026年3月4日，登记员代录）",
            "纸质签批（2026年3月5日，登记员代录）",
        ]
        told = [entry.what for entry in history(session, case)]
        assert "《政府信息不存在告知书》签发答复（纸质签批，代录）（2026年3月5日）" in told
        sheets = [part for part in file_index.parts(session, case) if "审查呈批单" in part.title]
        assert len(sheets) == 2
        assert verify(session, tmp_path) is None


def test_the_author_does_not_enter_it_while_somebody_else_could(new_life: NewLife, office: Office) -> None:
    life = submitted(new_life)
    with pytest.raises(Refusal, match="起草人不代录"):
        on_paper(life, office.staff[Duty.REVIEWER], life.today, clerk=Duty.OFFICER)
    with transaction() as session:
        from_now_on = session.get_one(User, office.staff[Duty.REGISTRAR].user_id)
        from_now_on.closed_at = life.now
    on_paper(life, office.staff[Duty.REVIEWER], life.today, clerk=Duty.OFFICER)


@pytest.mark.parametrize(
    ("on", "sentence"), [(date(2026, 3, 9), "不能晚于今天"), (date(2026, 3, 2), "早于送审或者上一环节的日期")]
)
def test_the_day_lies_between_the_submission_and_today(
    new_life: NewLife, office: Office, on: date, sentence: str
) -> None:
    life = submitted(new_life).come_to(date(2026, 3, 6))
    with pytest.raises(Refusal, match=sentence):
        on_paper(life, office.staff[Duty.REVIEWER], on)


def test_no_rung_is_signed_before_the_one_below_it(new_life: NewLife, office: Office) -> None:
    life = submitted(new_life).come_to(date(2026, 3, 6))
    on_paper(life, office.staff[Duty.REVIEWER], date(2026, 3, 5))
    with pytest.raises(Refusal, match="2026年3月5日"):
        on_paper(life, office.staff[Duty.SIGNER], date(2026, 3, 4))


def test_only_who_could_have_decided_is_named(new_life: NewLife, office: Office) -> None:
    both = hired(office, "科室负责人", Duty.REVIEWER, Duty.SIGNER)
    life = submitted(new_life)
    for wrong in (office.staff[Duty.SIGNER], office.staff[Duty.OFFICER]):
        with pytest.raises(Refusal, match="不能办理「合法性审查」"):
            on_paper(life, wrong, life.today)
    on_paper(life, both, life.today)
    with pytest.raises(Refusal, match="不能办理「签发」"):
        on_paper(life, both, life.today)


def test_a_scan_is_needed_and_nothing_is_entered_without(new_life: NewLife, office: Office) -> None:
    life = submitted(new_life)
    with pytest.raises(Refusal, match="请上传"):
        on_paper(life, office.staff[Duty.REVIEWER], life.today, scan=None)
    assert letter_of(life).approvals == []


def test_a_leader_may_send_it_back_on_paper(new_life: NewLife, office: Office) -> None:
    life = submitted(new_life)
    with pytest.raises(Refusal, match="退回须说明理由"):
        on_paper(life, office.staff[Duty.REVIEWER], life.today, agrees=False, comment="")
    on_paper(life, office.staff[Duty.REVIEWER], life.today, agrees=False, comment="请补充检索情况")
    letter = letter_of(life)
    assert (letter.state, letter.approvals[-1].comment) == (LetterState.DRAFT, "请补充检索情况")
    life.submit_reply().pass_review().sign_reply()


def test_the_leader_confirms_once_and_nothing_else_changes(new_life: NewLife, office: Office) -> None:
    life = submitted(new_life)
    on_paper(life, office.staff[Duty.REVIEWER], life.today)

    def confirm(duty: Duty) -> None:
        life._on_letter(None, duty, lambda s, one, a, now: paper_approval.confirm_paper(s, one, a, now, "确系本人签批"))

    with pytest.raises(Refusal, match="没有以您的名义代录"):
        confirm(Duty.SIGNER)
    before = letter_of(life)
    confirm(Duty.REVIEWER)
    after = letter_of(life)
    assert (after.state, after.snapshot_hash, after.rung) == (before.state, before.snapshot_hash, before.rung)
    assert [one.deed for one in after.approvals] == ["pass_review", "confirm_paper"]
    with pytest.raises(Refusal, match="没有以您的名义代录"):
        confirm(Duty.REVIEWER)
    life.sign_reply()


def test_an_extension_signed_on_paper_in_time_is_in_time(new_life: NewLife, office: Office) -> None:
    """The term ends on 30 March 2026; signed on that day and entered on the next, it can be told no more."""
    kind = LetterKind.EXTENSION_NOTICE
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign().accept().come_to(date(2026, 3, 26))
    life.do(Duty.OFFICER, lambda s, case, actor, now: extension.propose(s, case, 10, "需要逐件核对", actor, now))
    life._on_letter(kind, Duty.OFFICER, letterbook.submit).come_to(date(2026, 3, 30))
    on_paper(life, office.staff[Duty.HEAD], date(2026, 3, 27), kind=kind)
    life.render()._send(kind, "hand")
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        (fact,) = [one for one in case.facts if one.kind == "extension"]
        assert (fact.on_, fact.told_on) == (date(2026, 3, 27), date(2026, 3, 30))


def test_the_sheet_names_every_rung_and_leads_back_to_the_letter(new_life: NewLife, office: Office) -> None:
    life = submitted(new_life)
    on_paper(life, office.staff[Duty.REVIEWER], life.today)
    with reading() as session:
        letter = session.get_one(Letter, letter_of(life).id)
        first = approval_sheet.sheet(session, letter, ADDRESS, life.today)
        assert first == approval_sheet.sheet(session, letter, ADDRESS, life.today)
    document = docx.Document(io.BytesIO(first))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(one.text for one in document.paragraphs), *cells])
    for said in (life.reference, "政府信息不存在告知书", "2026年3月30日", "合法性审查", "签发", "第1项：", "审核人"):
        assert said in text, said
    assert [part.content_type for part in document.part.package.image_parts] == ["image/png"]
    life.sign_reply()
    with reading() as session, pytest.raises(Refusal, match="送审之后、签发之前"):
        approval_sheet.sheet(session, session.get_one(Letter, letter_of(life).id), ADDRESS, life.today)
