"""Changes of an applicant's contact (变更联系方式): which fields, by whom, and sealed what stood there before. It only grows."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base, BigKey, Instant


class ContactChange(Base):
    """One change of the contact in the file of a case."""

    __tablename__ = "contact_change"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    fields: Mapped[str] = mapped_column(Text)
    """Canonical JSON: the names of the fields that changed."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """What stood in them before: canonical JSON under AES-GCM."""
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(40))
