"""The tree itself: names, sizes, one migration head, locked packages, no trace of the machine it was made on."""

import ast
import re

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.architecture.source import ROOT, files

LONGEST, LONGEST_TEST = 300, 500
LONGER: dict[str, str] = {}
"""Files that may be longer, each with its reason."""
VAGUE = re.compile(r"(^|_)(utils?|helpers?|misc|managers?)$")
MADE_ON = re.compile(r"(?<![\w.-])/(work|root|home/\w+|Users/\w+)/[\w.]|\.\./shared\b")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[\w,-]+\])?==(?P<version>[^ ;\\]+)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_file_is_named_after_what_it_holds() -> None:
    vague = [str(path) for path in files() for part in (*path.parts[:-1], path.stem) if VAGUE.search(part)]
    assert not vague, f"Name a file after the concept it holds: {vague}"


def test_no_file_hides_a_concept() -> None:
    long = {}
    for path in files():
        lines = len(text_of(str(path)).splitlines()) if path.suffix == ".py" else 0
        limit = LONGEST_TEST if path.parts[0] == "tests" else LONGEST  # tests hold tables of cases
        if lines > limit and path.parts[0] != "migrations" and str(path) not in LONGER:
            long[str(path)] = lines
    assert not long, f"Over the limit: find the hidden concept and give it a file (or a reason in LONGER): {long}"


def test_every_python_file_parses_and_says_what_it_is() -> None:
    silent = [
        str(path)
        for path in files()
        if path.suffix == ".py" and (text := text_of(str(path))).strip() and ast.get_docstring(ast.parse(text)) is None
    ]
    assert not silent, f"One sentence at the top says what belongs in the file: {silent}"


def test_no_path_of_the_machine_it_was_made_on() -> None:
    found = []
    for path in files():
        try:
            text = text_of(str(path))
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {match.group()}" for match in MADE_ON.finditer(text)]
    assert not found, "A path of one machine means nothing on another:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "parts", [("", "work", "main"), ("", "root", ".cache"), ("..", "shared"), ("", "home", "li", "x")]
)
def test_such_a_path_is_found(parts: tuple[str, ...]) -> None:
    assert MADE_ON.search(f"see {'/'.join(parts)}")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_pin_by_hash_and_name_no_index(name: str) -> None:
    text = text_of(name)
    assert "://" not in text, "the machine's configuration says from where packages come"
    requirements = [part for part in re.split(r"\n(?=\S)", text) if not part.startswith("#")]
    assert len(requirements) >= 7
    loose = [part.splitlines()[0] for part in requirements if not PINNED.match(part) or "--hash=sha256:" not in part]
    assert not loose, f"not pinned by version and hash, run `make lock`: {loose}"


def test_lock_files_agree() -> None:
    """One environment is filled from several of them."""
    versions: dict[str, set[str]] = {}
    for name in LOCKS:
        for line in text_of(name).splitlines():
            if match := PINNED.match(line):
                versions.setdefault(match["name"], set()).add(match["version"])
    unequal = {name: found for name, found in versions.items() if len(found) > 1}
    assert not unequal, f"run `make lock`: {unequal}"


def test_one_migration_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    heads = ScriptDirectory.from_config(config).get_heads()
    assert len(heads) == 1, f"the migrations must end in one head, not {heads}: rebase the newer onto the older"
