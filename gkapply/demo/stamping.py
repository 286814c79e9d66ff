"""What the demonstration's registrar does with the seal: every signed letter is stamped and its use of the seal entered."""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import letters_together, sealing_register
from gkapply.casework.access import Actor
from gkapply.casework.documents import Upload
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.sealing_register import Stamping
from gkapply.clock import day_of
from gkapply.law.seals import SealKind
from workflows.letter import LetterState

SCAN = Upload("盖章扫描件.pdf", "%PDF-1.4 盖章扫描件".encode())


def stamp_all(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """Stamp what is signed, has its file and was not stamped before."""
    for letter in case.letters:
        if letter.state is LetterState.SIGNED and letter.file_sha and letter.sealed_on is None:
            stamp(session, letter, actor, now)


def stamp(session: Session, letter: Letter, actor: Actor, now: datetime) -> None:
    """Stamp the letter, and those that put the same question to others."""
    applied, approved = sealing_register.names_known(letter)
    stamping = Stamping(SealKind.DISCLOSURE, applied or actor.name, approved or actor.name, actor.name, day_of(now), 2)
    sealing_register.seal(session, letters_together.together(letter), stamping, SCAN, actor, now)
