"""``python -m benchmarks [name …]``: run all benches or the named ones, print one table; exit code 1 when a goal is missed."""

import sys
from collections.abc import Callable, Iterator, Mapping

from benchmarks import (
    deadlines,
    desk,
    desk_search,
    errands,
    histories,
    letters,
    likeness,
    memory,
    public_search,
    redating,
    register_export,
    register_import,
    report,
    service,
    steps,
    sweep,
)
from benchmarks.measure import Goal

BENCHES: Mapping[str, Callable[[], Iterator[Goal]]] = {
    "deadlines": deadlines.run,
    "steps": steps.run,
    "redating": redating.run,
    "register_import": register_import.run,
    "sweep": sweep.run,
    "errands": errands.run,
    "memory": memory.run,
    "service": service.run,
    "letters": letters.run,
    "public_search": public_search.run,
    "likeness": likeness.run,
    "desk_search": desk_search.run,
    "desk": desk.run,
    "report": report.run,
    "histories": histories.run,
    "register_export": register_export.run,
}


def main(names: list[str]) -> int:
    """Run the benches and return the exit code: 0 all goals met, 1 one was missed, 2 no such bench."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no bench {', '.join(unknown)}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    goals = []
    for name in names or BENCHES:
        for goal in BENCHES[name]():
            print(goal.line(), flush=True)
            goals.append(goal)
    missed = sum(not goal.met for goal in goals)
    print(f"{len(goals)} figures, {missed} goals missed" if missed else f"{len(goals)} figures, every goal met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
