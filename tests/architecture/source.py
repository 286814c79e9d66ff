"""The project's own files, as the rules read them."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {
    ".git",
    ".venv",
    ".venv-before",
    ".tools",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
    "__pycache__",
    "node_modules",
}
MADE_HERE = {"instance", "dist", "build", "wheelhouse", "test-results"}
"""Folders directly under the root that commands fill; .gitignore names them as well."""


def files() -> Iterator[Path]:
    """Every file of the tree as shipped, relative to the root, in a fixed order."""
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        left_out = NOT_OURS | (MADE_HERE if here == Path() else set())
        folders[:] = sorted(name for name in folders if name not in left_out and not name.endswith(".egg-info"))
        yield from (here / name for name in sorted(names) if name not in NOT_OURS and not name.endswith(".pyc"))


@dataclass(frozen=True)
class Module:
    """One Python file: where it stands and what it says."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def origins(self) -> dict[str, str]:
        """Local name → dotted name of what it was imported from, aliases resolved."""
        known: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for name in node.names:
                    first = name.name.partition(".")[0]
                    known[name.asname or first] = name.name if name.asname else first
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for name in node.names:
                    known[name.asname or name.name] = f"{node.module}.{name.name}"
        return known

    def origin(self, node: ast.expr) -> str | None:
        """Dotted name of an imported thing that ``node`` (a name or a chain of attributes) stands for, or None."""
        if isinstance(node, ast.Name):
            return self.origins.get(node.id)
        if isinstance(node, ast.Attribute):
            base = self.origin(node.value)
            return base and f"{base}.{node.attr}"
        return None

    @cached_property
    def docstrings(self) -> set[int]:
        """Identities of the constants that are docstrings or free-standing explanations."""
        return {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}

    def strings(self) -> Iterator[tuple[int, str]]:
        """Line and value of every string that is not a docstring."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in self.docstrings:
                yield node.lineno, node.value

    def at(self, line: int, what: str) -> str:
        """A finding: place and sentence."""
        return f"{self.path}:{line}: {what}"


def modules(*folders: str) -> list[Module]:
    """Every Python file under ``folders`` (or a single file), read."""
    chosen = [path for path in files() if path.suffix == ".py" and (path.parts[0] in folders or str(path) in folders)]
    return [Module(path, (ROOT / path).read_text(encoding="utf-8")) for path in chosen]
