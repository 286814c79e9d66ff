"""The address of the desk: view, state, filters and columns. It is the view itself: whoever opens it sees the same list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from flask import request

from gkapply.casework import docket_filters
from gkapply.casework.docket_columns import USUAL, Column, read_columns
from gkapply.casework.docket_filters import Chosen
from gkapply.casework.docket_views import ALL, AWAITING, DESK_STATES
from gkapply.law.refusal import Refusal
from workflows.case_states import CaseState


@dataclass(frozen=True, slots=True)
class Address:
    """What an address of the desk asks for."""

    view: str
    state: CaseState | None
    chosen: Chosen
    columns: Sequence[Column]

    def query(self, **instead: str | None) -> str:
        """The parameters in one order; ``instead`` sets or (None) removes some."""
        named: dict[str, str | None] = {"view": self.view, "state": self.state.value if self.state else None}
        named |= self.chosen
        named["columns"] = None if self.columns == USUAL else ",".join(column.code for column in self.columns)
        named |= instead
        return "&".join([_spelt(name, value) for name, value in named.items() if value])

    def href(self, **instead: str | None) -> str:
        """The same list, changed so."""
        return f"/desk?{self.query(**instead)}"


def read_address(args: Mapping[str, str], tasks: bool) -> Address:
    """The address of this request; ``tasks``: whether work can wait for the viewer. Raises Refusal for what no page offers."""
    return Address(
        view=args.get("view") or (AWAITING if tasks else ALL),
        state=_state(args.get("state", "")),
        chosen=docket_filters.read(args),
        columns=read_columns(_columns()),
    )


@lru_cache(maxsize=1024)
def _spelt(name: str, value: str) -> str:
    return urlencode({name: value})


def _columns() -> str:
    """Of a form each column comes by itself, of a link all in one."""
    return ",".join(request.values.getlist("columns"))


def _state(code: str) -> CaseState | None:
    """The state of the filter; None for all. Raises Refusal for one that no page offers."""
    if not code:
        return None
    for state in DESK_STATES:
        if state.value == code:
            return state
    raise Refusal("没有这样的办理状态", do="请从列表上方选择", field="state")
