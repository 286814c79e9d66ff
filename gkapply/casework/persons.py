"""The person behind several requests, known by an index of their identity number alone."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base, BigKey


class Person(Base):
    """Links the snapshots of one applicant within one organ, for repeat and fee counts; holds no personal data."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("organ_id", "identity_index"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    identity_index: Mapped[str] = mapped_column(String(64))
