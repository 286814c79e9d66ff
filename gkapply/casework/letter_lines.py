"""The lines of a case page about letters and their approvals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gkapply.casework.author_fields import NAMED_BY_AUTHOR
from gkapply.casework.case_lines import Pairs
from gkapply.casework.climbing import PASSES
from gkapply.casework.delivery import WAYS
from gkapply.casework.finding_override import LABELS
from gkapply.casework.marks import Mark, read_marks
from gkapply.casework.papers import Approval, Letter
from gkapply.casework.records import Case
from gkapply.casework.sealing_register import stamped_scan
from gkapply.law.letters import Addressee, LetterKind
from gkapply.letters.notation import chinese_date
from workflows.letter import LETTER, LetterState


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One decision on a letter; ``holds`` when it was given over the text as it stands now."""

    label: str
    who: str
    at: datetime
    comment: str
    holds: bool
    on_paper: str
    """How a decision that was signed on paper is marked; empty for one made here."""
    scan: str
    """uid of the signed sheet in the file; empty without one."""
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter of the case."""

    uid: str
    title: str
    state: LetterState
    number: str
    author: str
    addressee: str
    dates: Pairs
    has_file: bool
    scan: str
    """The paper that shows the letter under the seal; empty when there is none."""
    approvals: Sequence[ApprovalLine]


def letter_line(letter: Letter) -> LetterLine:
    """The letter in words."""
    kind = LetterKind(letter.kind)
    dates = (
        ("签发", letter.signed_on),
        ("用印", letter.sealed_on),
        ("发出", letter.sent_on),
        ("送达", letter.delivered_on),
    )
    pairs = [(label, chinese_date(day)) for label, day in dates if day is not None]
    if letter.way:
        pairs.append(("送达方式", WAYS[letter.way]))
    if letter.tracking:
        pairs.append(("邮件号码", letter.tracking))
    return LetterLine(
        uid=letter.uid,
        title=kind.label,
        state=letter.state,
        number=letter.number or "",
        author=letter.author.name if letter.author else "系统",
        addressee=_addressee(letter, kind),
        dates=pairs,
        has_file=bool(letter.file_sha),
        scan=scan.uid if (scan := stamped_scan(letter)) is not None else "",
        approvals=approval_lines(letter),
    )


def _addressee(letter: Letter, kind: LetterKind) -> str:
    if kind in NAMED_BY_AUTHOR:
        return str(letter.field(NAMED_BY_AUTHOR[kind]))
    if kind.addressee is not Addressee.APPLICANT and letter.consultation is not None:
        return letter.consultation.name
    return "申请人"


def approval_lines(letter: Letter) -> list[ApprovalLine]:
    """Every decision on the letter in its order."""
    return [
        ApprovalLine(
            _deed(letter, one),
            one.user.name,
            one.at,
            one.comment,
            one.snapshot_hash == letter.snapshot_hash,
            paper_words(one),
            one.scan.uid if one.scan else "",
            read_marks(one.marks),
        )
        for one in letter.approvals
    ]


def _deed(letter: Letter, decision: Approval) -> str:
    """What was done, with the rung on which, where the ladder has several."""
    label = LABELS.get(decision.deed) or LETTER.step(decision.deed).label
    if decision.deed not in PASSES:
        return label
    return next((f"{rung.label}通过" for rung in letter.rungs if rung.code == decision.rung), label)


def paper_words(decision: Approval) -> str:
    """How a decision made on paper is marked; empty for one made here."""
    if decision.entered_by is None or decision.on_ is None:
        return ""
    clerk = decision.clerk.name if decision.clerk else ""
    return f"纸质签批（{chinese_date(decision.on_)}，{clerk}代录）"


def letter_lines(case: Case) -> list[LetterLine]:
    """The letters of the case in the order of drafting."""
    return [letter_line(letter) for letter in case.all_letters]
