"""Other platforms that read register rows from here (平台对接): who may, of which organs, with or without names. The record alone."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base, BigKey, Instant


class ExchangePlatform(Base):
    """One grant to one platform. It is ended, never deleted; a platform that gets another token gets another grant."""

    __tablename__ = "exchange_platform"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the token, which is shown once and stored nowhere."""
    organs: Mapped[str] = mapped_column(Text)
    """JSON list of the keys of the organs whose rows it may read."""
    names: Mapped[bool]
    """Whether it gets applicants' names and the text as written; numbers and contact it never gets."""
    granted_at: Mapped[datetime] = mapped_column(Instant)
    granted_by: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def organ_ids(self) -> Sequence[int]:
        """Keys of the organs."""
        return [int(one) for one in json.loads(self.organs)]
