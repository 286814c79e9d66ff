"""The Jinja environment in which templates run: values, conditions and loops, and nothing that can be called."""

from collections.abc import Mapping
from functools import cache, lru_cache

from jinja2 import DictLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gkapply.letters.notation import sentence

FILTERS: Mapping[str, str] = {
    "sentence": "补足句末的句号",
    "length": "列表的行数",
}
"""The filters that a template may use, with what they do."""

KEPT = 256
"""Compiled texts that are kept: some forty templates of three parts each, in an earlier and a newer version."""


class MissingField(StrictUndefined):
    """A field that the template prints and nobody gave; its message is the name alone."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox without globals and without calls. Everything printed is escaped."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=MissingField, loader=DictLoader({}))
        self.globals.clear()
        counting = self.filters["length"]
        self.filters = {"sentence": sentence, "length": counting}

    def is_safe_callable(self, obj: object) -> bool:
        """Nothing is called from a template."""
        return False


@cache
def environment() -> LetterEnvironment:
    """The one environment of this process."""
    return LetterEnvironment()


@lru_cache(KEPT)
def compiled(source: str) -> Template:
    """The template of this text in the one environment. Compiling costs twice as much as all the rest of a letter, so the
    templates in use are kept; a template holds no state of a rendering, threads may share it. Raises TemplateError."""
    return environment().from_string(source)
