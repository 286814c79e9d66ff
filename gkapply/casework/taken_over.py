"""What a case says of having been taken over from a register (台账) that the office kept before."""

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column


class TakenOver:
    """Columns of ``Case`` that taking a register over writes."""

    taken_over: Mapped[bool] = mapped_column(default=False)
    """It comes from a register; what that said of it stands in ``register_import_records.RegisterRow``."""
    term_unchecked: Mapped[bool] = mapped_column(default=False, server_default=false())
    """期限未核: nobody has said yet what happened to its clocks before it came here; it is neither late nor in time."""
