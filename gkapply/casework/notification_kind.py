"""What a kind of notification is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """A kind of notification: its code, label, who is told (in words), under which article, and its text.

    ``text`` is filled with the case's ``reference`` and the codes given to ``notification.tell``: names that end in ``_on``
    are days, ``clock`` is a clock, ``fields`` are fields of a contact, ``way`` is a way of getting the reply.
    """

    code: str
    label: str
    who: str
    article: str
    text: str
