"""What must hold before a letter goes on: consent of the head, an open file, its print and its seal (guards of ``workflows.letter``)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.seals import is_stamped
from gkapply.law.setting_choices import SealDemand
from workflows.duties import Duty


def late_correction_by_head(letter: Any, given: Mapping[str, Any]) -> None:
    """A 补正告知 after the seventh working day goes out only with the head's consent (条例第三十条)."""
    late = letter.kind == LetterKind.CORRECTION_NOTICE and letter.field("override")
    if late and Duty.HEAD not in given["actor"].duties:
        raise Refusal("逾期补正告知须经公开机构负责人同意", "条例第三十条", do="请由公开机构负责人签发")


def more_time_is_lawful(letter: Any, given: Mapping[str, Any]) -> None:
    """The head approves, and the applicant is told, on or before the last day of the term (条例第三十三条第二款、第三十五条)."""
    case, on = letter.case, given.get("on") or given["today"]
    if letter.kind == LetterKind.DELAY_NOTICE:
        fact = Fact(FactKind.DELAYED, on, until=date.fromisoformat(letter.field("until")))
    else:
        fact = Fact(FactKind.EXTENSION, on, working_days=letter.field("working_days"), told_on=on)
    reckon(case.received_on, (*case.law_facts(), fact), case.calendar(), case.clock_settings())


def case_is_open(letter: Any, given: Mapping[str, Any]) -> None:
    """Officials change nothing in a file that is in the archive; an applicant may still fetch a letter."""
    closed = letter.case.archived_on is not None and letter.dispute_id is None
    if closed and Duty.APPLICANT not in given["actor"].duties:
        raise Refusal("案卷已经归档，不能再变动", "条例第四十五条")


def need_not_be_told(letter: Any, given: Mapping[str, Any]) -> None:
    """What the applicant has to be told in any case may be rewritten, never given up."""
    kind = LetterKind(letter.kind)
    if kind in MUST_BE_TOLD:
        raise Refusal(f"《{kind.label}》必须送达申请人，不能作废", kind.basis, do="内容有误的，请修改后送签")


MUST_BE_TOLD = (LetterKind.SPLIT_NOTICE, LetterKind.ENTRUSTMENT_NOTICE)
"""Letters that follow from what has been done already."""


def file_is_there(letter: Any, given: Mapping[str, Any]) -> None:
    """Delivery demands the rendered file; its hash stands in the journal."""
    if not letter.file_sha:
        raise Refusal("文书文件正在生成，尚不能发出", do="请稍候片刻再试")


def seal_is_entered(letter: Any, given: Mapping[str, Any]) -> None:
    """A letter that carries a seal leaves once its use is entered, with the scan, as the office has chosen."""
    demand = letter.case.organ.office_settings().seal_before_sending
    kind = LetterKind(letter.kind)
    if letter.state.value != "signed" or not is_stamped(kind) or demand is SealDemand.NONE:
        return
    if letter.sealed_on is None:
        raise Refusal(f"《{kind.label}》还没有登记用印，不能发出", do="请先盖章并「登记用印」")
    if demand is SealDemand.SCAN and not letter.sealed_sha:
        raise Refusal(f"《{kind.label}》还没有盖章扫描件，不能发出", do="请再次「登记用印」，并上传盖章扫描件")
    if given.get("on") is not None and given["on"] < letter.sealed_on:
        raise Refusal(f"发出日期早于用印日期{letter.sealed_on.isoformat()}", field="on", do="请核对日期")
