"""What a request keeps about the wording of what it asks for, so that like ones are found."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

UNREAD = "wording_hash IS NULL AND kind = 'application'"
"""Requests whose words are not indexed yet."""


class Likened:
    """Column of ``Case`` that only ``likeness_index`` writes."""

    wording_hash: Mapped[int | None] = mapped_column(BigInteger)
    """Of the words asked for, without form and marks (``likeness_words.wording_hash``); empty until they are indexed."""
