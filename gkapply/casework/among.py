"""Many keys as one parameter of a statement: its text stays the same, and nothing is spelt, parsed or planned anew for each number of them."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Keys(FunctionElement[int]):
    """The keys in a JSON list, as a subquery."""

    inherit_cache = True
    name = "keys"
    type = BigInteger()


@compiles(_Keys, "sqlite")
def _on_sqlite(element: _Keys, compiler: Any, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"


@compiles(_Keys, "postgresql")
def _on_postgresql(element: _Keys, compiler: Any, **options: Any) -> str:
    listed = f"CAST({compiler.process(element.clauses, **options)} AS json)"
    return f"(SELECT CAST(value AS bigint) FROM json_array_elements_text({listed}))"


def among(column: Any, name: str) -> ColumnElement[bool]:
    """The condition that ``column`` is one of the keys given as the parameter ``name`` (``as_keys``)."""
    condition: ColumnElement[bool] = column.op("IN", is_comparison=True)(_Keys(bindparam(name, type_=String)))
    return condition


def as_keys(keys: Iterable[int]) -> str:
    """The value of such a parameter."""
    return json.dumps(list(keys))
