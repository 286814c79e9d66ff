"""Electronic seals: a letter is handed to the office's seal system, and its use entered when it comes back sealed.

The system is outside: it may take a second or until somebody has confirmed there. So nothing waits for it: an errand looks, and
looks again later, as long as the letter has neither left nor been stamped otherwise.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.adapters.seals import Sealer
from gkapply.casework import letterbook, outbox, sealing_register
from gkapply.casework.access import Actor, system_in
from gkapply.casework.documents import Upload
from gkapply.casework.journal import record
from gkapply.casework.papers import Letter
from gkapply.casework.sealing_register import Stamping
from gkapply.casework.services import store
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.law.seals import SealKind
from workflows.letter import LetterState

SYSTEM = "电子签章系统"
"""Who stamped, as the register names it."""
LONGEST_PAUSE = timedelta(hours=1)
"""Between two looks; the first ones come after one, two, four … minutes."""


def order(session: Session, letter: Letter, stamping: Stamping, actor: Actor, now: datetime) -> None:
    """Have the letter sealed; ordered twice it is ordered once. Raises Refusal for what would be refused when it comes back."""
    sealing_register.require_sound(letter, stamping, day_of(now))
    given = {"seal": stamping.seal, "applied_by": stamping.applied_by, "approved_by": stamping.approved_by}
    _post(session, letter.uid, given, 0, now)
    record(
        session,
        letter.organ_id,
        "letter.order_seal",
        actor.signature,
        now,
        case_id=letter.case_id,
        of=letter.uid,
        seal=stamping.seal,
    )


def fetch(arguments: Mapping[str, Any], now: datetime, sealer: Sealer | None) -> None:
    """Errand: take the sealed letter in, or look again later; nothing when it left or was stamped meanwhile.

    Raises Refusal when there is no seal system, or what came back is no PDF.
    """
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.uid == arguments["letter"])).one()
        organ_id, file = letter.organ_id, letter.file_sha
        if not _waits(letter):
            return
        content = store(session).get(file)
    if sealer is None:
        raise Refusal("本系统没有配置电子签章系统", do="请配置后重试，或者盖章后上传扫描件")
    sealed = sealer.seal(content, "docx", SealKind(arguments["seal"]).label, arguments["letter"])
    with transaction() as session:
        if sealed is None:
            _post(session, arguments["letter"], arguments, arguments["turn"] + 1, now)
            return
        actor = system_in(organ_id)
        letter = letterbook.open_letter(session, arguments["letter"], actor, for_step=True)
        if _waits(letter):
            stamping = Stamping(
                arguments["seal"], arguments["applied_by"], arguments["approved_by"], SYSTEM, day_of(now), 1
            )
            scan = Upload(f"{sealing_register.title_of(letter)}.pdf", sealed)
            sealing_register.seal(session, [letter], stamping, scan, actor, now)


def _waits(letter: Letter) -> bool:
    return letter.state is LetterState.SIGNED and not letter.sealed_sha


def _post(session: Session, uid: str, given: Mapping[str, Any], turn: int, now: datetime) -> None:
    pause = min(timedelta(minutes=2**turn // 2), LONGEST_PAUSE) if turn < 10 else LONGEST_PAUSE
    particulars = {name: given[name] for name in ("seal", "applied_by", "approved_by")}
    key = f"{outbox.STAMP_LETTER}:{uid}:{turn}"
    outbox.post(session, outbox.STAMP_LETTER, key, now, run_at=now + pause, letter=uid, turn=turn, **particulars)
