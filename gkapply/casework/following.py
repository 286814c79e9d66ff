"""What an applicant has chosen about following a request of theirs; it is no part of how the request is handled."""

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column


class Following:
    """Columns of ``Case`` that only the applicant's own page writes."""

    mails_stopped: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The applicant wants no more mails about this request."""
    asked_how_it_was: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The question about satisfaction was answered or passed over: it is never asked again. What was answered is kept elsewhere."""
