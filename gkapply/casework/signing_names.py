"""Signing names (落款): remedies (复议机关、法院) and letter numbers (文号) hang on them.

The deeds raise NotPermitted unless the actor is the system administrator or the operator of the server, and are journaled
in the organ's own chain.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.letter_numbers import word_taken_by
from gkapply.casework.organs import entered_hash, require_validity
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ, SigningName
from gkapply.law.letter_numbers import NUMBER_RULE, is_code_word
from gkapply.law.periods import REGULATION_SINCE
from gkapply.law.refusal import NotFound, Refusal
from workflows.duties import Duty

LIMITS = {
    "full_name": (120, "落款全称"),
    "review_authority": (120, "行政复议机关"),
    "court": (120, "有管辖权的人民法院"),
    "online_review": (200, "网上行政复议渠道"),
}
OBLIGATORY = ("full_name", "review_authority", "court")


@dataclass(frozen=True, slots=True)
class SigningNameDetails:
    """What is entered of a signing name."""

    full_name: str
    code_word: str
    """机关代字, without year and number."""
    review_authority: str
    court: str
    online_review: str = ""
    is_default: bool = False
    valid_from: date = REGULATION_SINCE
    valid_to: date | None = None

    def tidy(self) -> "SigningNameDetails":
        """The same without blanks around the texts."""
        return replace(self, code_word=self.code_word.strip(), **{name: getattr(self, name).strip() for name in LIMITS})


def add_signing_name(
    session: Session, organ: Organ, details: SigningNameDetails, actor: Actor, now: datetime
) -> SigningName:
    """Enter a signing name of ``organ``; its first one is the default. Raises NotPermitted, Refusal."""
    require(actor, Duty.SYSADMIN)
    details = details.tidy()
    if not organ.signing_names:
        details = replace(details, is_default=True)
    _require_sound(session, details, organ, own=None)
    signing_name = SigningName(organ=organ, **asdict(details))
    session.add(signing_name)
    _sole_default(signing_name)
    session.flush()
    _journal(session, "signing_name.add", signing_name, details, actor, now)
    return signing_name


def change_signing_name(
    session: Session, signing_name: SigningName, details: SigningNameDetails, actor: Actor, now: datetime
) -> None:
    """Replace what is entered; the name and 代字 under which letters went out stay. Raises NotPermitted, Refusal."""
    require(actor, Duty.SYSADMIN)
    details = details.tidy()
    _require_sound(session, details, signing_name.organ, own=signing_name.id)
    kept = (signing_name.full_name, signing_name.code_word) == (details.full_name, details.code_word)
    if not kept and _has_numbered(session, signing_name):
        raise Refusal(
            "已有文书以这一落款编号，全称和代字不能再改",
            do="请为它填写截止日期，另行添加新的落款",
            field="full_name" if signing_name.full_name != details.full_name else "code_word",
        )
    if signing_name.is_default and not details.is_default:
        raise Refusal("机关须有一个默认落款", do="请把另一个落款设为默认", field="is_default")
    for name, value in asdict(details).items():
        setattr(signing_name, name, value)
    _sole_default(signing_name)
    session.flush()
    _journal(session, "signing_name.change", signing_name, details, actor, now)


def find_signing_name(session: Session, organ: Organ, code_word: str) -> SigningName:
    """The signing name of that organ with that 代字. Raises NotFound."""
    found = session.scalars(
        select(SigningName).where(SigningName.code_word == code_word, SigningName.organ_id == organ.id)
    ).one_or_none()
    if found is None:
        raise NotFound("没有这个落款", do="请从机关页面重新进入")
    return found


def details_of(signing_name: SigningName) -> SigningNameDetails:
    """What stands of a signing name now."""
    return SigningNameDetails(**{name: getattr(signing_name, name) for name in SigningNameDetails.__dataclass_fields__})


def _require_sound(session: Session, details: SigningNameDetails, organ: Organ, own: int | None) -> None:
    for name, (longest, label) in LIMITS.items():
        if name in OBLIGATORY and len(getattr(details, name)) < 2:
            raise Refusal(f"没有填写{label}", do=f"请填写{label}的全称", field=name)
        if len(getattr(details, name)) > longest:
            raise Refusal(f"{label}超过{longest}个字", do="请缩短", field=name)
    if not is_code_word(details.code_word):
        raise Refusal(
            "机关代字须为2至20个汉字，不含年份、括号和序号",
            NUMBER_RULE,
            do="例如填写「安府公开」，文号即为「安府公开〔2026〕12号」",
            field="code_word",
        )
    taken = word_taken_by(session, details.code_word, own or 0)
    if taken is not None:
        raise Refusal(
            f"代字「{details.code_word}」已用于「{taken.full_name}」",
            do="代字重复会使文号重复，请换一个",
            field="code_word",
        )
    if any(one.full_name == details.full_name and one.id != own for one in organ.signing_names):
        raise Refusal(f"落款「{details.full_name}」已经存在", do="请修改已有的落款", field="full_name")
    require_validity(details.valid_from, details.valid_to)


def _sole_default(signing_name: SigningName) -> None:
    if signing_name.is_default:
        for other in signing_name.organ.signing_names:
            other.is_default = other is signing_name


def _has_numbered(session: Session, signing_name: SigningName) -> bool:
    query = select(Letter.id).where(Letter.signing_name_id == signing_name.id, Letter.number.is_not(None)).limit(1)
    return session.scalar(query) is not None


def _journal(
    session: Session,
    deed: str,
    signing_name: SigningName,
    details: SigningNameDetails,
    actor: Actor,
    now: datetime,
) -> None:
    journal.record(
        session,
        signing_name.organ_id,
        deed,
        actor.signature,
        now,
        signing_name=signing_name.id,
        entered=entered_hash(asdict(details)),
    )
