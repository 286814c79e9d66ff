"""Where a letter stands (文书状态)."""

from workflows.step import Stage, State


class LetterState(State):
    """Where a letter stands."""

    NEW = "new", "未起草", Stage.REPLY
    DRAFT = "draft", "起草中", Stage.REPLY
    REVIEW = "review", "待审核", Stage.REPLY
    SIGNATURE = "signature", "待签发", Stage.REPLY
    SIGNED = "signed", "已签发待发出", Stage.REPLY
    SENT = "sent", "已发出", Stage.DELIVER
    RETURNED = "returned", "退件", Stage.DELIVER
    DELIVERED = "delivered", "已送达", Stage.DELIVER
    DISCARDED = "discarded", "已作废", Stage.ARCHIVE
