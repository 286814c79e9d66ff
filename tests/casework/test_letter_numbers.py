"""Series of letter numbers: one or several, given here or outside, and the register of what was given and left out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select

from gkapply.casework import letter_numbers, letterbook, number_register, signing_names
from gkapply.casework.access import Actor
from gkapply.casework.correction import CorrectionNotice, propose
from gkapply.casework.number_register import Series
from gkapply.casework.papers import Letter
from gkapply.casework.people import SigningName
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letter_numbers import NumberClass, NumberSource
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from tests.casework.conftest import BEFORE, Office
from workflows.duties import Duty

NewLife = Callable[..., Life]
WORD = "安府办公开"
NOTICE = LetterKind.CORRECTION_NOTICE


@pytest.fixture
def database_kind() -> str:
    """The counters themselves are tried on both databases in test_parallel."""
    return "sqlite"


def choose(
    office: Office,
    words: Mapping[NumberClass, str],
    source: NumberSource = NumberSource.HERE,
    *,
    word: str = WORD,
    duty: Duty = Duty.SYSADMIN,
) -> None:
    with transaction() as session:
        name = session.scalars(select(SigningName).where(SigningName.code_word == word)).one()
        letter_numbers.choose_series(session, name, words, source, office.staff[duty], BEFORE)


def rename(office: Office, word: str, to: str) -> None:
    """Give a signing name another 代字."""
    with transaction() as session:
        name = session.scalars(select(SigningName).where(SigningName.code_word == word)).one()
        details = replace(signing_names.details_of(name), code_word=to)
        signing_names.change_signing_name(session, name, details, office.staff[Duty.SYSADMIN], BEFORE)


def proposed(new_life: NewLife) -> Life:
    """A request with a correction notice that waits for its signature."""
    life = new_life().register(walked_in(PERSON, "某工程"), Life.at_the_counter(new_life())).assign()
    life.do(
        Duty.OFFICER,
        lambda s, case, actor, now: propose(
            s, case, CorrectionNotice("请写明工程的年度", "写明年度可以帮助检索", 15), actor, now
        ),
    )
    return life._on_letter(NOTICE, Duty.OFFICER, letterbook.submit)


def signed(new_life: NewLife, number: str = "") -> str:
    """The number under which such a notice is signed."""
    return sign(proposed(new_life), number)


def sign(life: Life, number: str = "") -> str:
    def deed(session: object, letter: Letter, actor: Actor, now: object) -> None:
        letterbook.sign(session, letter, actor, now, number=number)  # type: ignore[arg-type]

    life._on_letter(NOTICE, Duty.HEAD, deed)
    with reading() as session:
        return str(session.scalars(select(Letter.number).order_by(Letter.id.desc())).first())


def cancel(life: Life, reason: str) -> None:
    life._on_letter(NOTICE, Duty.HEAD, lambda s, one, actor, now: letterbook.cancel(s, one, actor, now, reason))


def registered(office: Office, word: str, duty: Duty = Duty.REGISTRAR) -> number_register.NumberRegister:
    with reading() as session:
        name = session.scalars(select(SigningName).where(SigningName.code_word == WORD)).one()
        series = number_register.find_series(session, office.staff[duty], name.id, word, 2026)
        return number_register.register(session, office.staff[duty], series)


def test_a_change_of_series_holds_from_the_next_number_on(office: Office, new_life: NewLife) -> None:
    assert signed(new_life) == "安府办公开〔2026〕1号"
    choose(office, {NumberClass.CORRECTION: "安府补告", NumberClass.MORE_TIME: "安府补告"})
    assert signed(new_life) == "安府补告〔2026〕1号"
    assert signed(new_life) == "安府补告〔2026〕2号"
    choose(office, {})
    assert signed(new_life) == "安府办公开〔2026〕2号", "the common series goes on where it was"
    choose(office, {NumberClass.CORRECTION: "安府补告"})
    assert signed(new_life) == "安府补告〔2026〕3号"
    assert [str(line.number) for line in registered(office, "安府补告").lines] == [
        f"安府补告〔2026〕{one}号" for one in (1, 2, 3)
    ]


def test_a_word_belongs_to_one_signing_name(office: Office) -> None:
    with pytest.raises(Refusal, match="代字「安府公开」已用于") as refused:
        choose(office, {NumberClass.INQUIRY: "安府公开"})
    assert refused.value.field == "inquiry"
    with pytest.raises(Refusal, match="不含年份、括号和序号"):
        choose(office, {NumberClass.INQUIRY: "安府2026"})
    choose(office, {NumberClass.INQUIRY: "安府征函"})
    choose(office, {})
    with pytest.raises(Refusal, match="代字「安府征函」已用于"):
        choose(office, {NumberClass.REST: "安府征函"}, word="安府公开")
    with pytest.raises(Refusal, match="代字「安府征函」已用于"):
        rename(office, "安府公开", "安府征函")


def test_only_the_system_administrator_chooses(office: Office) -> None:
    with pytest.raises(NotPermitted):
        choose(office, {}, duty=Duty.HEAD)


def test_a_cancelled_letter_keeps_its_number_with_the_reason(office: Office, new_life: NewLife) -> None:
    life = proposed(new_life)
    assert sign(life) == "安府办公开〔2026〕1号"
    cancel(life, "申请人已来电说明，不需要补正")
    assert signed(new_life) == "安府办公开〔2026〕2号"
    first, second = registered(office, WORD).lines
    assert (first.cancelled, first.reason) == (True, "申请人已来电说明，不需要补正")
    assert (second.cancelled, second.reason) == (False, "")
    assert registered(office, WORD).gaps == []


def test_numbers_from_outside_are_typed_once_each(office: Office, new_life: NewLife) -> None:
    choose(office, {}, NumberSource.OUTSIDE)
    life = proposed(new_life)
    with pytest.raises(Refusal, match="请填写文号"):
        sign(life)
    assert sign(life, "安府办公开〔2026〕7号") == "安府办公开〔2026〕7号"
    other = proposed(new_life)
    with pytest.raises(Refusal, match="文号安府办公开〔2026〕7号已用于") as refused:
        sign(other, "安府办公开〔2026〕7号")
    assert life.reference in refused.value.reason
    assert sign(other, "安府办公开〔2026〕12号") == "安府办公开〔2026〕12号"
    choose(office, {}, NumberSource.HERE)
    third = proposed(new_life)
    with pytest.raises(Refusal, match="由本系统编"):
        sign(third, "安府办公开〔2026〕13号")
    assert sign(third) == "安府办公开〔2026〕13号", "the series is taken over where it stood"


def test_the_gaps_of_a_series_from_outside_are_explained_for_ever(office: Office, new_life: NewLife) -> None:
    choose(office, {}, NumberSource.OUTSIDE)
    for ordinal in (7, 12):
        signed(new_life, f"安府办公开〔2026〕{ordinal}号")
    found = registered(office, WORD)
    assert [(gap.first, gap.last, gap.reason) for gap in found.gaps] == [(8, 11, "")]
    assert found.unexplained == 4
    explain(office, found.series, 9, 10, "用于本机关其他公文")
    with pytest.raises(Refusal, match="不是待说明的空号"):
        explain(office, found.series, 10, 11, "又一次")
    with pytest.raises(Refusal, match="请写明空号的原因"):
        explain(office, found.series, 11, 11, " ")
    with pytest.raises(NotPermitted):
        explain(office, found.series, 11, 11, "归档员不能说明", Duty.ARCHIVIST)
    gaps = registered(office, WORD).gaps
    assert [(gap.first, gap.last, gap.reason) for gap in gaps] == [
        (8, 8, ""),
        (9, 10, "用于本机关其他公文"),
        (11, 11, ""),
    ]
    signed(new_life, "安府办公开〔2026〕9号")
    gaps = registered(office, WORD).gaps
    assert [(gap.first, gap.last, gap.reason) for gap in gaps][1] == (10, 10, "用于本机关其他公文")


def explain(office: Office, series: Series, first: int, last: int, reason: str, duty: Duty = Duty.REGISTRAR) -> None:
    with transaction() as session:
        number_register.explain_gap(session, series, (first, last), reason, office.staff[duty], BEFORE)


def test_another_organ_sees_nothing_of_the_register(office: Office, new_life: NewLife) -> None:
    signed(new_life)
    stranger = Actor("user", office.organ_id + 1, frozenset({Duty.REGISTRAR}), user_id=1)
    with reading() as session:
        name = session.scalars(select(SigningName).where(SigningName.code_word == WORD)).one()
        assert WORD not in [one.word for one in number_register.series_of(session, stranger, 2026)]
        with pytest.raises(NotFound):
            number_register.find_series(session, stranger, name.id, WORD, 2026)
        other = Series(name.id, name.full_name, WORD, 2026, outside=False)
        assert number_register.register(session, stranger, other).lines == []
