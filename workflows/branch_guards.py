"""What must hold before one of the steps of ``workflows.branch_rows`` may be taken."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal


def only_the_receipt_was_issued(case: Any, given: Mapping[str, Any]) -> None:
    """No letter but the 收件回执 has been sent or is on its way: nobody has been told of the request as it is."""
    others = [one for one in case.letters if one.kind != LetterKind.RECEIPT and one.state.value != "discarded"]
    if not others:
        return
    title = LetterKind(others[0].kind).label
    if any(one.sent_on is not None for one in others):
        raise Refusal(
            f"已经发出《{title}》，不能再拆分或者当场答复", "条例第四十五条", do="请按原申请继续办理，逐项答复"
        )
    raise Refusal(f"《{title}》正在办理", "条例第四十五条", do="请先作废这份文书")
