"""The rules of the house that a syntax tree can show. Each yields what breaks it, with what to do instead."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Module

CLOCK = Path("gkapply/clock.py")
DATABASE = Path("gkapply/database.py")
FLOW = Path("gkapply/casework/flow.py")
COMMANDS = Path("gkapply/cli/__init__.py")
COMPOSITION = (Path("gkapply/cli/serving.py"), Path("wsgi.py"))

WALL_CLOCK = re.compile(
    r"(datetime\.(datetime\.(now|utcnow|today)|date\.today)"
    r"|time\.(time|time_ns|localtime|gmtime|ctime|asctime)"
    r"|sqlalchemy\.(sql\.)?func\.(now|current_timestamp|current_date|current_time|localtime|localtimestamp|sysdate))"
)
SQL_CLOCK = re.compile(
    r"\b(CURRENT_(TIMESTAMP|DATE|TIME)|LOCALTIMESTAMP)\b|\bnow\(\)|\b(datetime|date|time|julianday|strftime)\([^)]*'now'",
    re.I,
)
TEMPLATE_CLOCK = re.compile(r"\b(now|utcnow|today)\s*\(")


def reads_the_wall_clock(module: Module) -> Iterator[str]:
    """Only clock.py knows what time it is; everything else is told (``now``, ``today`` as arguments)."""
    if module.path == CLOCK:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name):
            origin = module.origin(node)
            if origin and WALL_CLOCK.fullmatch(origin):
                yield module.at(node.lineno, f"{origin} reads the wall clock: take `now` or `today` as an argument")
    for line, value in module.strings():
        if SQL_CLOCK.search(value):
            yield module.at(line, "SQL reads the database's clock: pass the instant as a parameter")


def commits(module: Module) -> Iterator[str]:
    """``transaction()`` is the only commit."""
    if module.path == DATABASE:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr == "commit":
            yield module.at(node.lineno, "`.commit` outside database.py: work inside `with transaction() as session`")
    for line, value in module.strings():
        if re.match(r"\s*(COMMIT|END TRANSACTION)\b\s*;?\s*$", value, re.I):
            yield module.at(line, "SQL COMMIT outside database.py: work inside `with transaction() as session`")


def imports_late(module: Module) -> Iterator[str]:
    """Imports stand at the top; late ones hide a cycle. Exceptions: ``create_app`` and the command table of cli."""
    if module.path == COMMANDS:
        return
    for function in ast.walk(module.tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if module.path == Path("gkapply/__init__.py") and function.name == "create_app":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield module.at(
                    node.lineno, f"import inside {function.name}(): move it to the top, or the code elsewhere"
                )
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and (
            module.origin(node.func) == "importlib.import_module"
            or (isinstance(node.func, ast.Name) and node.func.id == "__import__")
        ):
            yield module.at(node.lineno, "import by name: only the command table of cli does that")


def imports_the_root(module: Module) -> Iterator[str]:
    """``gkapply/__init__.py`` holds ``create_app`` and nothing that anyone but the composition root imports."""
    package = Path(__file__).parents[2] / "gkapply"
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ImportFrom) or node.module != "gkapply" or node.level:
            continue
        for name in node.names:
            is_module = (package / name.name).is_dir() or (package / f"{name.name}.py").is_file()
            if not is_module and not (name.name == "create_app" and module.path in COMPOSITION):
                yield module.at(
                    node.lineno, f"`from gkapply import {name.name}`: import it from the room where it lives"
                )


def assigns_state(module: Module) -> Iterator[str]:
    """A state is moved by ``flow.fire`` and by nothing else."""
    if module.path == FLOW:
        return
    advice = "a state is moved by flow.fire() alone"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store | ast.Del):
            yield module.at(node.lineno, f"`.state =`: {advice}")
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called == "setattr" and any(isinstance(each, ast.Constant) and each.value == "state" for each in node.args):
            yield module.at(node.lineno, f"setattr(…, 'state', …): {advice}")
        if called == "values" and any(keyword.arg == "state" for keyword in node.keywords):
            yield module.at(node.lineno, f".values(state=…): {advice}")


def swallows_errors(module: Module) -> Iterator[str]:
    """Errors are raised, mapped once, never swallowed."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            if node.type is None:
                yield module.at(node.lineno, "bare `except:`: name what is expected")
            names = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else set()
            silent = all(isinstance(each, ast.Pass | ast.Continue) or _says_nothing(each) for each in node.body)
            if silent and names & {"Exception", "BaseException"}:
                yield module.at(
                    node.lineno, "every error is swallowed: name what is expected and say what becomes of it"
                )
        if isinstance(node, ast.Call) and module.origin(node.func) == "contextlib.suppress":
            wide = [
                each for each in node.args if isinstance(each, ast.Name) and each.id in ("Exception", "BaseException")
            ]
            if wide:
                yield module.at(node.lineno, "suppress(Exception) swallows every error: name what is expected")


def _says_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def lacks_docstrings(module: Module) -> Iterator[str]:
    """Every module and every public function, method and class of the rooms says what it promises."""
    if ast.get_docstring(module.tree) is None:
        yield module.at(1, "no docstring: one sentence that says what belongs here")
    yield from _undocumented(module, module.tree.body, "")


def _undocumented(module: Module, body: list[ast.stmt], inside: str) -> Iterator[str]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            yield module.at(
                node.lineno, f"{inside}{node.name} has no docstring: say what it promises, units, errors, article"
            )
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(module, node.body, f"{node.name}.")
