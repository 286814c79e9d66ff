"""The letters to an applicant, as their page shows and hands them out: the first fetching of a letter is its delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gkapply.casework import delivery, letter_pdf, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.papers import Letter, LetterCase
from gkapply.casework.records import Case
from gkapply.casework.sealing_register import delivered_file, stamped_copy
from gkapply.casework.services import store
from gkapply.clock import day_of
from gkapply.files import MissingFile
from gkapply.law.letters import Addressee, LetterKind
from gkapply.law.refusal import NotFound
from workflows.letter import LetterState

_OUT = (LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED)
_WAYS = {**delivery.WAYS, delivery.ONLINE: "在本页领取", delivery.POST: "邮寄"}


@dataclass(frozen=True, slots=True)
class LetterCopy:
    """One file of a letter: what it is, its format, its size in bytes (None while the store does not hold it), its SHA-256."""

    label: str
    ending: str
    size: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter to the applicant. ``online``: it is fetched here; ``has_file``: its file has been made."""

    uid: str
    title: str
    number: str
    sent_on: date | None
    way: str
    tracking: str
    delivered_on: date | None
    online: bool
    has_file: bool
    is_receipt: bool
    returned: bool
    copies: Sequence[LetterCopy]
    """What is handed out, the first of them the letter itself; then its PDF, or the file of record behind a stamped scan."""
    has_pdf: bool = False
    """Whether there is a PDF of it besides."""

    @property
    def waits(self) -> bool:
        """Whether it asks to be fetched and has not been yet; the 收件回执 may be left lying."""
        return self.online and self.has_file and self.delivered_on is None and not self.is_receipt


def letters_out(case: Case) -> list[Letter]:
    """The letters of the case that left the office for its applicant."""
    return [letter for letter in case.all_letters if _is_out(letter)]


def own_letters(session: Session, letters: Sequence[Letter]) -> list[OwnLetter]:
    """The letters as their applicant sees them, each with its files."""
    # Pages without the stamp are no letter where the stamped scan is what was delivered.
    pdfs = letter_pdf.having_pdf(session, [letter for letter in letters if stamped_copy(letter) is None])
    return [_with_copies(session, letter, pdfs) for letter in letters]


def is_read(letter: Letter) -> bool:
    """Whether a letter that left the office is in the applicant's hands, or on its way there."""
    return not own_letter(letter).waits


def letter_to_fetch(session: Session, actor: Actor, uid: str, *, for_step: bool = False) -> Letter:
    """The letter with that uid that the applicant may fetch here. Raises NotFound for every other one."""
    together = select(LetterCase.letter_id).where(LetterCase.case_id == actor.case_id)
    own = or_(Letter.case_id == actor.case_id, Letter.id.in_(together))
    found = session.scalars(select(Letter.case_id).where(Letter.uid == uid, own)).one_or_none()
    letter = None
    if found is not None:
        reader = replace(actor, case_id=found)
        letter = letterbook.open_letter(session, uid, reader, for_step=for_step)
    if letter is None or not _is_out(letter) or not (shown := own_letter(letter)).online or not shown.has_file:
        raise NotFound("没有可以在网上领取的这份文书", do="请回到进度页查看")
    return letter


def fetch(session: Session, actor: Actor, uid: str, now: datetime) -> Letter:
    """The applicant fetches a letter: its first fetching is its delivery. Raises NotFound."""
    letter = letter_to_fetch(session, actor, uid, for_step=True)
    if letter.state is LetterState.SENT:
        delivery.note_delivery(session, letter, day_of(now), None, actor, now)
    return letter


def own_letter(letter: Letter) -> OwnLetter:
    """The letter without its files."""
    kind = LetterKind(letter.kind)
    online = letter.way == delivery.ONLINE or kind is LetterKind.RECEIPT
    return OwnLetter(
        uid=letter.uid,
        title=kind.label,
        number=letter.number or "",
        sent_on=letter.sent_on,
        way=_WAYS[delivery.ONLINE if online else letter.way],
        tracking=letter.tracking,
        delivered_on=letter.delivered_on,
        online=online,
        has_file=bool(letter.file_sha),
        is_receipt=kind is LetterKind.RECEIPT,
        returned=letter.state is LetterState.RETURNED,
        copies=(),
    )


def _is_out(letter: Letter) -> bool:
    return letter.state in _OUT and LetterKind(letter.kind).addressee is Addressee.APPLICANT


def _with_copies(session: Session, letter: Letter, pdfs: Mapping[str, str]) -> OwnLetter:
    shown = own_letter(letter)
    if not letter.file_sha:
        return shown
    handed, pdf = delivered_file(letter), pdfs.get(letter.uid, "")
    stamped = handed.sha256 != letter.file_sha
    found = [("盖章扫描件" if stamped else "文书文件", handed.ending, handed.sha256)]
    if pdf:
        found.append(("PDF版", "pdf", pdf))
    if stamped:
        found.append(("机关存档的文书文件", "docx", letter.file_sha))
    copies = [LetterCopy(label, ending, _size(session, digest), digest) for label, ending, digest in found]
    return replace(shown, copies=copies, has_pdf=bool(pdf))


def _size(session: Session, digest: str) -> int | None:
    try:
        return store(session).size(digest)
    except MissingFile:
        return None
