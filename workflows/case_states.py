"""Where a request stands (案件状态): only what changes who has to act next is a state."""

from workflows.step import Stage, State


class CaseState(State):
    """Where a request stands."""

    NEW = "new", "未入库", Stage.RECEIVE
    RECEIVED = "received", "待确认", Stage.RECEIVE
    REGISTERED = "registered", "已登记待分办", Stage.REGISTER
    REVIEWING = "reviewing", "审核中", Stage.REVIEW
    CORRECTING = "correcting", "待补正", Stage.REVIEW
    HANDLING = "handling", "办理中", Stage.HANDLE
    EXPLAINING = "explaining", "待说明理由", Stage.HANDLE
    PAYING = "paying", "待缴费", Stage.HANDLE
    APPROVING = "approving", "答复审签中", Stage.REPLY
    DELIVERING = "delivering", "待送达", Stage.DELIVER
    REPLIED = "replied", "已答复", Stage.DELIVER
    LAPSED = "lapsed", "视为放弃", Stage.ARCHIVE
    WITHDRAWN = "withdrawn", "已撤回", Stage.ARCHIVE
    ENDED = "ended", "已终止", Stage.ARCHIVE
    DIVIDED = "divided", "已拆分", Stage.ARCHIVE
    VOIDED = "voided", "未成立", Stage.ARCHIVE
    ARCHIVED = "archived", "已归档", Stage.ARCHIVE


S = CaseState

BEFORE_HANDLING = (S.RECEIVED, S.REGISTERED, S.REVIEWING)
INQUIRING = (S.HANDLING, S.EXPLAINING)
"""The office searches, asks others and prolongs the term; waiting for the applicant's reasons stops no clock."""
AFTER_ASKING = (S.HANDLING, S.EXPLAINING, S.PAYING, S.APPROVING, S.DELIVERING, S.REPLIED)
"""A late opinion is kept and weighed as long as the file is open; it changes no date."""
AWAITING_APPLICANT = (S.CORRECTING, S.PAYING)
"""The request lapses when the applicant does nothing (视为放弃)."""
BEING_WORKED_ON = (S.REGISTERED, S.REVIEWING, S.CORRECTING, *INQUIRING, S.PAYING, S.APPROVING, S.DELIVERING)
BEFORE_THE_REPLY = (S.RECEIVED, *BEING_WORKED_ON)
"""Until the reply is sent the applicant may still withdraw."""
BEFORE_THE_SIGNATURE = tuple(state for state in BEFORE_THE_REPLY if state is not S.DELIVERING)
"""Until the reply is signed the applicant may still choose another way of getting it."""
OVER_WITHOUT_REPLY = (S.LAPSED, S.WITHDRAWN, S.ENDED, S.DIVIDED)
"""The request has ended and no reply is owed; the file is still to be closed."""
