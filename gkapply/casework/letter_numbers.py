"""Giving letters their numbers (文号), and choosing the series in which they are given.

A number is given inside the unit that signs: if the unit rolls back, it was never given. A change of the series holds from
the next number on. A 代字 belongs to one signing name, so that two counters never print the same number.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.number_series import NumberSeries
from gkapply.casework.numbering import next_number, raise_counter
from gkapply.casework.papers import Letter
from gkapply.casework.people import SigningName
from gkapply.law.letter_numbers import (
    NUMBER_RULE,
    LetterNumber,
    NumberClass,
    NumberSource,
    class_of,
    is_code_word,
    require_outside_number,
)
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from workflows.duties import Duty


def code_words(session: Session, name: SigningName) -> Mapping[NumberClass, str]:
    """The 代字 of each class of letters as it stands now: the signing name's own, unless another was chosen."""
    chosen = select(NumberSeries).where(NumberSeries.signing_name_id == name.id).order_by(NumberSeries.id)
    words = dict.fromkeys(NumberClass, name.code_word)
    words.update({NumberClass(row.letter_class): row.code_word for row in session.scalars(chosen)})
    return words


def code_word_for(session: Session, letter: Letter) -> str:
    """The 代字 under which ``letter`` is numbered if it is signed now."""
    return code_words(session, letter.signing_name)[class_of(LetterKind(letter.kind))]


def wants_outside_number(letter: Letter) -> bool:
    """Whether the number of ``letter`` is given by another system and has to be typed in."""
    return LetterKind(letter.kind).numbered and letter.signing_name.numbers_from == NumberSource.OUTSIDE


def give_number(session: Session, letter: Letter, year: int, typed: str = "") -> str:
    """The number of a letter that is being signed in ``year``: the next of its series, or the one that was ``typed``.

    Raises Refusal when a number of another system is left out, malformed or used already, or when one was typed in vain.
    """
    name = letter.signing_name
    word = code_word_for(session, letter)
    if name.numbers_from == NumberSource.HERE:
        if typed.strip():
            raise Refusal("这一落款的文号由本系统编，不需要填写", field="number")
        return str(LetterNumber(word, year, next_number(session, letter.organ_id, _counter(name, word), year)))
    number = require_outside_number(typed, word, year)
    # The counter follows, so that its lock queues those who type the same number, and the series can be taken over here.
    raise_counter(session, letter.organ_id, _counter(name, word), year, number.ordinal)
    with session.no_autoflush:
        same = select(Letter).where(Letter.organ_id == letter.organ_id, Letter.number == str(number))
        taken = session.scalars(same).first()
    if taken is not None:
        raise Refusal(
            f"文号{number}已用于{taken.case.reference}的《{LetterKind(taken.kind).label}》",
            NUMBER_RULE,
            field="number",
            do="一个文号只能用一次，请核对后重新填写",
        )
    return str(number)


def choose_series(
    session: Session,
    name: SigningName,
    words: Mapping[NumberClass, str],
    source: NumberSource,
    actor: Actor,
    now: datetime,
) -> None:
    """Set from where the numbers of ``name`` come, and the 代字 of each class; an empty one is the name's own.

    It holds from the next number on. Raises NotPermitted, or Refusal for a 代字 that is malformed or another name's.
    """
    require(actor, Duty.SYSADMIN)
    standing = code_words(session, name)
    for letter_class in NumberClass:
        word = words.get(letter_class, "").strip() or name.code_word
        if word == standing[letter_class]:
            continue
        _require_own_word(session, name, word, letter_class.value)
        session.add(
            NumberSeries(
                organ_id=name.organ_id,
                signing_name=name,
                letter_class=letter_class.value,
                code_word=word,
                set_at=now,
                set_by=actor.signature,
            )
        )
    name.numbers_from = source.value
    session.flush()
    journal.record(
        session,
        name.organ_id,
        "signing_name.series",
        actor.signature,
        now,
        signing_name=name.id,
        source=source.value,
        words={one.value: word for one, word in code_words(session, name).items()},
    )


def word_taken_by(session: Session, word: str, own: int) -> SigningName | None:
    """Another signing name than ``own`` that numbers, or has ever numbered, under this 代字."""
    used = select(NumberSeries.signing_name_id).where(NumberSeries.code_word == word)
    query = select(SigningName).where(
        SigningName.id != own, or_(SigningName.code_word == word, SigningName.id.in_(used))
    )
    return session.scalars(query).first()


def _require_own_word(session: Session, name: SigningName, word: str, field: str) -> None:
    if not is_code_word(word):
        raise Refusal(
            "代字须为2至20个汉字，不含年份、括号和序号", NUMBER_RULE, field=field, do=f"例如：{name.code_word}"
        )
    taken = word_taken_by(session, word, name.id)
    if taken is not None:
        raise Refusal(f"代字「{word}」已用于「{taken.full_name}」", field=field, do="代字重复会使文号重复，请换一个")


def _counter(name: SigningName, word: str) -> str:
    """The counter of a series: classes of one signing name that share a 代字 share it."""
    return f"letter:{name.id}" if word == name.code_word else f"letter:{name.id}:{word}"
