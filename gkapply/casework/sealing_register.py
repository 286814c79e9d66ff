"""Use of the seal (用印登记): entered before a letter leaves, with the stamped scan, which is then what was delivered.

The file that was rendered stays the letter of record; the scan shows its print under the seal.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.documents import WORD_TYPE, Upload, add_document, examine
from gkapply.casework.entries import Document
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.seal_use import SealUse
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.seals import SealKind
from gkapply.law.setting_choices import SealDemand

SCAN_ROLE = "sealed_letter"
SCAN_TYPES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
MOST_COPIES, LONGEST_NAME = 9999, 60


@dataclass(frozen=True, slots=True)
class Stamping:
    """What is entered of one use of a seal; the names are those of officials, as the office knows them."""

    seal: str
    applied_by: str
    approved_by: str
    stamped_by: str
    on: date
    copies: int


def names_known(letter: Letter) -> tuple[str, str]:
    """Who applies for the seal and who approves its use, as far as the file tells: the author and the signer."""
    signer = next((one.user.name for one in reversed(letter.approvals) if one.user_id == letter.signed_by), "")
    return (letter.author.name if letter.author else ""), signer


def last_to_stamp(session: Session, organ_id: int) -> str:
    """Who stamped by hand last in that organ, as it was entered; empty when nobody has."""
    newest = select(SealUse.stamped_by).where(SealUse.organ_id == organ_id, SealUse.entered_by != "system")
    return session.scalar(newest.order_by(SealUse.id.desc()).limit(1)) or ""


def seal(
    session: Session,
    letters: Sequence[Letter],
    stamping: Stamping,
    scan: Upload | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Enter that these letters were stamped: one, or all that put one question to many, shown by one scan.

    Raises Refusal for a day before the signature or in the future, an unknown seal, a missing name, a scan that is neither
    pdf nor picture, or none where the office demands one.
    """
    first = letters[0]
    for letter in letters:
        require_sound(letter, stamping, day_of(now))
    document = _keep_scan(session, first, scan, stamping.on, actor, now)
    for letter in letters:
        use = SealUse(
            organ_id=letter.organ_id,
            seal=SealKind(stamping.seal).value,
            applied_by=stamping.applied_by.strip(),
            approved_by=stamping.approved_by.strip(),
            stamped_by=stamping.stamped_by.strip(),
            stamped_on=stamping.on,
            copies=stamping.copies,
            letters=len(letters),
            file_sha=letter.file_sha,
            scan=document,
            entered_at=now,
            entered_by=actor.signature,
        )
        letter.seal_uses.append(use)
        letter.sealed_on = stamping.on
        letter.sealed_sha = document.sha256 if document is not None else ""
        session.flush()
        detail = {"use": use.id, "digest": digest_of(use), "file": letter.file_sha, "scan": letter.sealed_sha}
        fire(session, letter, "seal", actor, now, detail=detail)


def digest_of(use: SealUse) -> str:
    """SHA-256 of what was entered, for the journal: it vouches for the row without naming anybody."""
    content = [use.seal, use.applied_by, use.approved_by, use.stamped_by, use.stamped_on.isoformat(), use.copies]
    return hashlib.sha256(canonical([*content, use.letters, use.file_sha, use.document_id]).encode()).hexdigest()


def stamped_copy(letter: Letter) -> Document | None:
    """The scan that is handed out as this letter: the newest one, unless it shows letters to others as well."""
    newest = letter.seal_uses[-1] if letter.seal_uses else None
    return newest.scan if newest is not None and newest.letters == 1 else None


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """What is handed out as the letter."""

    sha256: str
    media_type: str
    ending: str


def delivered_file(letter: Letter) -> DeliveredFile:
    """The stamped scan where there is one, else the file of record."""
    scan = stamped_copy(letter)
    if scan is None:
        return DeliveredFile(letter.file_sha, WORD_TYPE, "docx")
    return DeliveredFile(scan.sha256, scan.media_type, SCAN_TYPES[scan.media_type])


def stamped_scan(letter: Letter) -> Document | None:
    """The newest scan on which the letter is seen."""
    return letter.seal_uses[-1].scan if letter.seal_uses else None


def uses_of(session: Session, actor: Actor, begins: date, ends: date) -> Sequence[SealUse]:
    """Every use of a seal in the actor's organ from ``begins`` to ``ends``, in the order of stamping."""
    query = (
        select(SealUse)
        .join(SealUse.letter)
        .join(Letter.case)
        .where(visible_cases(actor), SealUse.stamped_on >= begins, SealUse.stamped_on <= ends)
        .order_by(SealUse.stamped_on, SealUse.id)
        .options(joinedload(SealUse.letter).joinedload(Letter.case), joinedload(SealUse.scan))
    )
    return session.scalars(query).all()


def require_sound(letter: Letter, stamping: Stamping, today: date) -> None:
    """Raises Refusal for what cannot be entered of a use of the seal on this letter."""
    if stamping.seal not in set(SealKind):
        raise Refusal("请选择所用的印章", field="seal")
    for field, label in (("applied_by", "用印申请人"), ("approved_by", "批准人"), ("stamped_by", "用印人")):
        if not 1 <= len(getattr(stamping, field).strip()) <= LONGEST_NAME:
            raise Refusal(f"{label}须为1至{LONGEST_NAME}个字", field=field)
    if stamping.on > today:
        raise Refusal("用印日期不能晚于今天", field="on")
    if letter.signed_on is not None and stamping.on < letter.signed_on:
        raise Refusal(
            f"用印日期早于签发日期{letter.signed_on.isoformat()}", field="on", do="先签发、后用印，请核对日期"
        )
    if not 1 <= stamping.copies <= MOST_COPIES:
        raise Refusal(f"份数须为1至{MOST_COPIES}的整数", field="copies")


def _keep_scan(
    session: Session, letter: Letter, scan: Upload | None, on: date, actor: Actor, now: datetime
) -> Document | None:
    if scan is None:
        if demand_of(letter.case) is SealDemand.SCAN:
            raise Refusal(
                "请上传盖章后的扫描件", field="scan", do="打印、盖章后扫描为pdf或者图片；机关可以改为只登记用印"
            )
        return None
    if examine(scan, field="scan") not in SCAN_TYPES:
        raise Refusal(f"「{scan.name}」不是扫描件", field="scan", do=f"请上传{'、'.join(SCAN_TYPES.values())}文件")
    if not letter.file_sha:
        raise Refusal("文书文件正在生成，尚不能用印", do="请稍候片刻再试")
    return add_document(session, letter.case, SCAN_ROLE, scan, on, actor, now, field="scan")


def demand_of(case: Case) -> SealDemand:
    """What the office demands before a letter leaves."""
    return case.organ.office_settings().seal_before_sending


def title_of(letter: Letter) -> str:
    """The letter with its number, as the register names it."""
    label = LetterKind(letter.kind).label
    return f"{label}（{letter.number}）" if letter.number else label
