"""What leaders write on a matter: entered, waited for, reminded of, noted, in the file."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from gkapply.casework import casefile, file_index, instruction, notification, sweep
from gkapply.casework.documents import Upload
from gkapply.casework.history import history
from gkapply.casework.instruction import Said
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from tests.casework.test_ladder import database_kind, waits_for
from workflows.duties import Duty

__all__ = ["database_kind"]
NewLife = Callable[..., Life]
ON = date(2026, 3, 3)
DUE = date(2026, 3, 10)
SCAN = Upload("批示.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)


def instructed(life: Life, **more: object) -> Life:
    """A leader's instruction with a term, entered by the registrar."""
    told = {
        "leader": "张某（副县长）",
        "text": "请依法依规办理",
        "on": ON,
        "follows": "会同自然资源局核实",
        "due_on": DUE,
    }
    said = Said(**{**told, **more})  # type: ignore[arg-type]
    life.do(Duty.REGISTRAR, lambda s, case, actor, now: instruction.enter(s, case, said, actor, now))
    return life


def at_hand(new_life: NewLife) -> Life:
    life = new_life()
    return life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign().accept().come_to(ON)


def carry_out(life: Life, note: str = "已会同核实") -> None:
    def deed(session: object, case: Case, actor: object, now: object) -> None:
        (one,) = instruction.open_instructions(session, case)  # type: ignore[arg-type]
        instruction.carry_out(session, case, one.uid, life.today, note, actor, now)  # type: ignore[arg-type]

    life.do(Duty.OFFICER, deed)


def told(office: Office, duty: Duty) -> list[str]:
    """What the holder of the duty was told of instructions."""
    with reading() as session:
        user_id = office.staff[duty].user_id
        assert user_id is not None
        return [one.text for one in notification.messages(session, user_id) if one.label == "领导批示期限"]


def test_it_waits_on_the_desk_and_stands_on_the_case_until_it_is_carried_out(new_life: NewLife, office: Office) -> None:
    life = instructed(at_hand(new_life), scan=SCAN)
    officer, head = office.staff[Duty.OFFICER], office.staff[Duty.HEAD]
    assert "instruction" in waits_for(life, officer)
    assert "instruction" in waits_for(life, head)
    carry_out(life.come_to(date(2026, 3, 6)))
    assert "instruction" not in waits_for(life, officer) + waits_for(life, head)
    with reading() as session:
        case = casefile.find(session, life.reference, officer)
        (line,) = casefile.casefile(session, case, life.today).instructions
        assert (line.leader, line.done_on, line.done_note) == ("张某（副县长）", date(2026, 3, 6), "已会同核实")
        assert line.scan
        titles = [part.title for part in file_index.parts(session, case) if part.section.label == "审批单"]
        assert titles == ["领导批示（扫描件）：批示.png", "领导批示（张某（副县长））"]
        said = " ".join(entry.what for entry in history(session, case))
        assert "登记领导批示（2026年3月3日）" in said
        assert "张某" not in said, "the journal keeps codes and days alone"


def test_one_that_only_takes_note_waits_for_nothing(new_life: NewLife, office: Office) -> None:
    life = instructed(at_hand(new_life), follows="", due_on=None)
    assert "instruction" not in waits_for(life, office.staff[Duty.OFFICER])


def test_the_officer_is_told_the_day_before_the_head_when_it_is_over(new_life: NewLife, office: Office) -> None:
    life = instructed(at_hand(new_life))
    sweep.sweep(life.come_to(DUE - timedelta(days=2)).now)
    assert told(office, Duty.OFFICER) == []
    for _ in range(2):
        sweep.sweep(life.come_to(DUE - timedelta(days=1)).now)
    assert told(office, Duty.OFFICER) == [
        f"申请 {life.reference} 有领导批示须于2026年3月10日前落实，尚未登记落实情况。"
    ]
    assert told(office, Duty.HEAD) == []
    with reading() as session:
        assert sweep.is_due(session, DUE + timedelta(days=1))
    for _ in range(2):
        sweep.sweep(life.come_to(DUE + timedelta(days=1)).now)
    assert (len(told(office, Duty.OFFICER)), len(told(office, Duty.HEAD))) == (2, 1)
    carry_out(life)


def test_no_file_is_closed_before_it_is_carried_out(new_life: NewLife, office: Office) -> None:
    life = instructed(at_hand(new_life)).withdraw()
    with pytest.raises(Refusal, match="没有登记落实情况"):
        life.archive()
    carry_out(life)
    with reading() as session:
        assert session.scalars(select(Case).where(Case.reference == life.reference)).one().archived_on is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"leader": " "}, "请填写批示领导"),
        ({"text": ""}, "请填写批示内容"),
        ({"on": date(2026, 3, 4)}, "批示日期不能晚于今天"),
        ({"follows": ""}, "须写明要办什么"),
        ({"due_on": date(2026, 3, 2)}, "办结期限早于批示日期"),
        ({"text": "机密★ 请阅"}, "密"),
    ],
)
def test_what_cannot_be_is_refused(new_life: NewLife, change: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        instructed(at_hand(new_life), **change)
