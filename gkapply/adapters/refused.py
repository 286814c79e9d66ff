"""What an adapter says when it will never take something: trying again is of no use."""


class NotTaken(Exception):
    """The receiving side refused for good: an address that does not exist, a number that takes no messages.

    A refusal for now is an OSError, and the message is tried again.
    """
