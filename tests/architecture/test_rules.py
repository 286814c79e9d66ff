"""The rules of rules.py over the whole program, and a proof for each that it catches what it forbids."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.source import ROOT, Module, files, modules

Rule = Callable[[Module], Iterator[str]]
PROGRAM = ("gkapply", "workflows", "wsgi.py")
ROOMS = ("gkapply/law", "workflows", "gkapply/casework", "gkapply/letters")

RULES: dict[Rule, tuple[str, ...]] = {
    rules.reads_the_wall_clock: (*PROGRAM, "migrations"),
    rules.commits: (*PROGRAM, "migrations"),
    rules.imports_late: PROGRAM,
    rules.imports_the_root: (*PROGRAM, "migrations"),
    rules.assigns_state: PROGRAM,
    rules.swallows_errors: (*PROGRAM, "migrations", "scripts", "tests", "benchmarks"),
    rules.lacks_docstrings: PROGRAM,
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_nothing_breaks_the_rule(rule: Rule) -> None:
    found = breaches()[rule]
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


@cache
def breaches() -> Mapping[Rule, Sequence[str]]:
    """What breaks each rule, every file being read once for all of them."""
    found: dict[Rule, list[str]] = {rule: [] for rule in RULES}
    for module in modules(*{folder for folders in RULES.values() for folder in folders}):
        for rule in RULES:
            if _concerns(rule, module):
                found[rule] += rule(module)
    return found


def _concerns(rule: Rule, module: Module) -> bool:
    inside = module.path.parts[0] in RULES[rule] or str(module.path) in RULES[rule]
    return inside and (rule is not rules.lacks_docstrings or str(module.path).startswith(ROOMS))


def test_no_template_reads_the_clock() -> None:
    found = []
    for path in files():
        if path.parts[0] == "gkapply" and path.suffix in (".html", ".txt", ".xml", ".svg"):
            for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1):
                if rules.TEMPLATE_CLOCK.search(line):
                    found.append(f"{path}:{number}: {line.strip()}")
    assert not found, "A template shows the instant it is given; hand `now` or `today` to it.\n" + "\n".join(found)


BROKEN: list[tuple[Rule, str]] = [
    (rules.reads_the_wall_clock, "from datetime import datetime\ndatetime.now()"),
    (rules.reads_the_wall_clock, "from datetime import datetime as moment\ndefault = moment.utcnow"),
    (rules.reads_the_wall_clock, "import datetime as dt\ndt.date.today()"),
    (rules.reads_the_wall_clock, "from time import time\ntime()"),
    (rules.reads_the_wall_clock, "import sqlalchemy as sa\nsa.Column(server_default=sa.func.now())"),
    (rules.reads_the_wall_clock, "text('INSERT INTO fact VALUES (current_timestamp)')"),
    (rules.reads_the_wall_clock, "text(\"SELECT date('now')\")"),
    (rules.commits, "session.commit()"),
    (rules.commits, "connection.exec_driver_sql('COMMIT')"),
    (rules.imports_late, "def reply():\n    import json"),
    (rules.imports_late, "import importlib\nimportlib.import_module('gkapply.web')"),
    (rules.imports_the_root, "from gkapply import create_app"),
    (rules.imports_the_root, "from gkapply import db"),
    (rules.assigns_state, "case.state = 'handling'"),
    (rules.assigns_state, "setattr(case, 'state', 'handling')"),
    (rules.assigns_state, "update(Case).values(state='handling')"),
    (rules.swallows_errors, "try:\n    send()\nexcept:\n    raise"),
    (rules.swallows_errors, "try:\n    send()\nexcept Exception:\n    pass"),
    (rules.swallows_errors, "try:\n    send()\nexcept (ValueError, BaseException):\n    ..."),
    (rules.swallows_errors, "from contextlib import suppress\nwith suppress(Exception):\n    send()"),
    (rules.lacks_docstrings, "'''Room.'''\ndef reply(): ..."),
    (rules.lacks_docstrings, "'''Room.'''\nclass Reply:\n    '''One.'''\n    def send(self): ..."),
]


@pytest.mark.parametrize(("rule", "code"), BROKEN, ids=lambda value: getattr(value, "__name__", None))
def test_a_breach_is_found(rule: Rule, code: str) -> None:
    findings = list(rule(Module(Path("gkapply/casework/reply.py"), code)))
    assert len([finding for finding in findings if finding.startswith("gkapply/casework/reply.py:")]) == 1


KEPT: list[tuple[Rule, str]] = [
    (rules.reads_the_wall_clock, "from gkapply import clock\nclock.now()\nclock.today()"),
    (rules.reads_the_wall_clock, "import time\ntime.monotonic()"),
    (rules.reads_the_wall_clock, "def due(now):\n    '''CURRENT_TIMESTAMP is never asked: see now().'''"),
    (rules.commits, "with transaction() as session:\n    session.add(case)"),
    (rules.imports_the_root, "from gkapply import clock"),
    (rules.assigns_state, "if case.state == 'handling':\n    fire(case, 'reply')"),
    (rules.swallows_errors, "try:\n    send()\nexcept OSError as error:\n    raise Failed from error"),
    (rules.lacks_docstrings, "'''Room.'''\ndef _inner(): ..."),
]


@pytest.mark.parametrize(("rule", "code"), KEPT, ids=lambda value: getattr(value, "__name__", None))
def test_what_is_lawful_passes(rule: Rule, code: str) -> None:
    assert list(rule(Module(Path("gkapply/casework/reply.py"), code))) == []
