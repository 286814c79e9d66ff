"""The one error for everything that the law or a rule of the office refuses.

Every room raises it; the command line maps it to exit code 1 and the web to a page that keeps what was typed.
"""


class Refusal(Exception):
    """A step, a fact or an input is refused, with a sentence that the person concerned can act on.

    ``reason`` is a Chinese sentence without final punctuation that says what is refused and why; ``article`` names
    the provision (「条例第三十条」) where there is one; ``do`` says what to do instead; ``field`` names the input
    concerned.
    """

    def __init__(self, reason: str, article: str | None = None, *, do: str | None = None, field: str | None = None):
        super().__init__(reason)
        self.reason = reason
        self.article = article
        self.do = do
        self.field = field

    def __str__(self) -> str:
        source = f"（{self.article}）" if self.article else ""
        advice = f"。{self.do}" if self.do else ""
        return f"{self.reason}{source}{advice}"


class NotPermitted(Refusal):
    """The actor lacks the duty (职责) that the step demands; nothing was changed."""


class WrongState(Refusal):
    """The step does not start from the state in which the thing stands; nothing was changed."""


class Stale(Refusal):
    """Somebody else changed the thing after this page was opened; what was typed is kept, nothing was changed."""


class NotFound(Refusal):
    """No such thing, or not visible to the actor: the two are never told apart."""


class NotYetProvided(Exception):
    """The fact or deed is lawful, but this edition of the program does not reckon with it yet (尚未提供).

    No Refusal: the law refuses nothing here. The command line maps it to exit code 2.
    """

    def __init__(self, what: str):
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"尚未提供：{self.what}"
