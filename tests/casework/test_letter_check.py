"""The letter check in the life of a letter: an error keeps it back until two persons pass it over, for that very text alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply.casework import letter_check, letterbook
from gkapply.casework.letter_lines import approval_lines
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.verification import verify
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, WrongState
from gkapply.letters.finding import Point
from workflows.duties import Duty
from workflows.letter import LetterState

NewLife = Callable[..., Life]
FAULT = {
    "reason": "该材料属于工作秘密",
    "discretion_reason": "公开会影响日常管理",
    "separation_considered": True,
}


@pytest.fixture
def database_kind() -> str:
    """What the check does is the same on both databases; its table is tried on both elsewhere."""
    return "sqlite"


def drafted(new_life: NewLife) -> Life:
    """A refusal whose reason is no ground of the law, not yet handed on."""
    life = new_life()
    life.register(walked_in(PERSON, "值班安排"), life.at_the_counter()).assign().accept()
    return life.itemise("值班安排").decide(1, "refused_internal", FAULT).draft_reply()


def letter_of(life: Life) -> str:
    with reading() as session:
        return (
            session.scalars(
                select(Letter.uid)
                .join(Case, Letter.case_id == Case.id)
                .where(Case.reference == life.reference)
                .order_by(Letter.id.desc())
            ).first()
            or ""
        )


def errors(life: Life) -> list[letter_check.Judged]:
    """What keeps the newest letter back now."""
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == letter_of(life))).one()
        text = letter_check.text_of(session, letter, life.today)
        overrides = letter_check.overrides_of(session, letter, text.snapshot_hash)
        return [one for one in letter_check.judge(letter_check.examine(text), overrides) if one.keeps_back]


def passed_over(life: Life, key: str) -> None:
    """The officer says why, the reviewer confirms."""
    life._on_letter(
        None, Duty.OFFICER, lambda s, one, a, now: letter_check.ask_override(s, one, key, "领导已经批示", a, now)
    )
    life._on_letter(None, Duty.REVIEWER, lambda s, one, a, now: letter_check.confirm_override(s, one, key, a, now))


def test_an_error_keeps_the_letter_back_and_says_what_to_do(new_life: NewLife) -> None:
    life = drafted(new_life)
    with pytest.raises(
        Refusal, match=r"答复体检发现1处错误：1\. 不予公开的理由：“工作秘密”不是不予公开的法定理由"
    ) as refused:
        life.submit_reply()
    assert "逐处改正" in (refused.value.do or "")
    with reading() as session:
        assert session.scalars(select(Letter.state).where(Letter.uid == letter_of(life))).one() is LetterState.DRAFT


def test_two_persons_pass_an_error_over_and_both_stand_in_the_record(new_life: NewLife, tmp_path: Path) -> None:
    life = drafted(new_life)
    (found,) = errors(life)
    assert found.finding.point is Point.GROUND
    passed_over(life, found.key)
    assert errors(life) == []
    life.submit_reply().pass_review().sign_reply()
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == letter_of(life))).one()
        assert letter.state is LetterState.SIGNED
        assert [one["point"] for one in json.loads(letter.rounds[-1].findings)] == ["ground"]
        said = [(line.label, line.comment, line.holds) for line in approval_lines(letter)]
        assert said[:2] == [
            ("说明放行体检错误的理由", "不予公开的理由：“工作秘密”不是不予公开的法定理由。理由：领导已经批示", True),
            ("确认放行体检错误", "不予公开的理由：“工作秘密”不是不予公开的法定理由。", True),
        ]
        assert len({line.who for line in approval_lines(letter)[:2]}) == 2
        assert verify(session, tmp_path / "anchors") is None


def test_nobody_confirms_alone_and_nobody_else_than_those_who_may(new_life: NewLife) -> None:
    life = drafted(new_life)
    (found,) = errors(life)

    def ask(duty: Duty, reason: str = "领导已经批示") -> None:
        life._on_letter(None, duty, lambda s, one, a, now: letter_check.ask_override(s, one, found.key, reason, a, now))

    def confirm(duty: Duty) -> None:
        life._on_letter(None, duty, lambda s, one, a, now: letter_check.confirm_override(s, one, found.key, a, now))

    with pytest.raises(Refusal, match="还没有人说明放行的理由"):
        confirm(Duty.REVIEWER)
    with pytest.raises(NotPermitted, match="没有放行体检错误的职责"):
        ask(Duty.REGISTRAR)
    for reason in ("", " 短 ", "长" * 501):
        with pytest.raises(Refusal, match="请说明放行的理由"):
            ask(Duty.REVIEWER, reason)
    ask(Duty.REVIEWER)
    with pytest.raises(Refusal, match="已经有人说明理由"):
        ask(Duty.OFFICER)
    with pytest.raises(NotPermitted, match="须为不同的人"):
        confirm(Duty.REVIEWER)
    with pytest.raises(NotPermitted):
        confirm(Duty.OFFICER)
    with pytest.raises(Refusal, match="答复体检发现1处错误"):
        life.submit_reply()
    confirm(Duty.HEAD)
    with pytest.raises(Refusal, match="已经确认放行"):
        confirm(Duty.SIGNER)


def test_an_override_holds_for_one_text_alone(new_life: NewLife) -> None:
    life = drafted(new_life)
    (found,) = errors(life)
    passed_over(life, found.key)
    life.submit_reply().return_reply("请改写理由")
    other = {**FAULT, "reason": "该材料属于工作秘密，也属于内部资料"}
    life.decide(1, "refused_internal", other)
    (again,) = errors(life)
    assert again.key != found.key
    with pytest.raises(Refusal, match="答复体检发现1处错误"):
        life.submit_reply()
    with pytest.raises(NotFound, match="没有这处错误"):
        passed_over(life, found.key)


def test_a_signed_letter_has_nothing_to_pass_over(new_life: NewLife) -> None:
    life = drafted(new_life)
    (found,) = errors(life)
    passed_over(life, found.key)
    life.submit_reply().pass_review().sign_reply()
    with pytest.raises(WrongState):
        passed_over(life, found.key)


def test_it_is_checked_again_at_the_signature(new_life: NewLife, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came into force between review and signature is found by the signature."""
    life = drafted(new_life).decide(1, "refused_internal", {**FAULT, "reason": "属于机关值班安排"})
    life.submit_reply().pass_review()
    checked: list[bool] = []
    plain = letter_check.examine

    def watched(text: letter_check.Text) -> object:
        checked.append(text.is_signed)
        return plain(text)

    monkeypatch.setattr(letter_check, "examine", watched)
    life.sign_reply()
    assert checked == [True], "once, over the text with number and date"


def test_no_other_organ_sees_the_override(new_life: NewLife) -> None:
    life = drafted(new_life)
    (found,) = errors(life)
    with transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == letter_of(life))).one()
        assert letter_check.overrides_of(session, letter, "0" * 64) == {}
        assert found.override is None
        assert letterbook.open_letter(session, letter.uid, life.staff[Duty.OFFICER]) is letter
