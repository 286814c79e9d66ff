"""Every errand that is posted has somebody who does it."""

import ast

from tests.architecture.source import ROOT, Module, modules

OUTBOX = "gkapply.casework.outbox"


def posted(module: Module) -> list[tuple[int, str | None]]:
    """Line and errand constant of every ``outbox.post(session, outbox.NAME, …)``; None where the name is not a constant."""
    found: list[tuple[int, str | None]] = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and module.origin(node.func) == f"{OUTBOX}.post":
            given = (
                node.args[1] if len(node.args) > 1 else next((k.value for k in node.keywords if k.arg == "task"), None)
            )
            origin = module.origin(given) if given is not None else None
            found.append((node.lineno, origin.removeprefix(f"{OUTBOX}.") if origin else None))
    return found


def test_every_errand_has_one_handler() -> None:
    from gkapply.casework.outbox import ERRANDS
    from gkapply.jobs import HANDLERS

    assert set(HANDLERS) == set(ERRANDS), (
        "each errand of outbox.ERRANDS needs its handler in jobs.HANDLERS, and no other"
    )


def test_errands_are_posted_by_name() -> None:
    from gkapply.casework import outbox

    known = {name for name in vars(outbox) if name.isupper() and vars(outbox)[name] in outbox.ERRANDS}
    calls = [(module, line, name) for module in modules("gkapply") for line, name in posted(module)]
    unknown = [module.at(line, str(name)) for module, line, name in calls if name not in known]
    assert calls, f"nothing posts an errand any more: does this test still read {ROOT / 'gkapply'} rightly?"
    assert not unknown, f"post an errand by its constant in outbox, so that it has a handler: {unknown}"
