"""What the documents say of the program is there: links, settings, commands, decisions."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gkapply.cli import commands
from tests.architecture.source import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#)(?P<path>[^)#\s]+)(?:#[^)]*)?\)")
SETTING = re.compile(r"GKAPPLY_[A-Z_]+")
COMMAND = re.compile(r"^\| (?P<commands>`[^|]+) \|", re.MULTILINE)
READMES = ("README.md", "README.zh-CN.md")


def section(page: str, *heads: str) -> str:
    """The part of a page of the root under the first of ``heads`` that it has."""
    parts = (ROOT / page).read_text(encoding="utf-8").split("\n## ")
    found = [part for part in parts if part.splitlines()[0] in heads]
    assert len(found) == 1, f"{page} needs one section {heads}"
    return found[0]


def broken_links(page: Path) -> Iterator[str]:
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        if not (page.parent / match["path"]).exists():
            yield match["path"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert not list(broken_links(page))


@pytest.mark.parametrize("page", READMES)
def test_every_setting_stands_in_the_table(page: str) -> None:
    sources = [ROOT / "gkapply" / name for name in ("config.py", "gateways.py", "site_identity.py")]
    known = {name for source in sources for name in SETTING.findall(source.read_text(encoding="utf-8"))}
    told = {
        match
        for line in section(page, "Settings", "设置").splitlines()
        for match in SETTING.findall(line.split(" | ")[0])
    }
    assert told == known


@pytest.mark.parametrize("page", READMES)
def test_every_command_of_the_table_exists(page: str) -> None:
    told = {
        name.split()[0]
        for match in COMMAND.finditer(section(page, "Commands", "命令"))
        for name in re.findall(r"`([^`]+)`", match["commands"])
    }
    assert told
    assert told <= set(commands.list_commands(click.Context(commands)))


def test_every_decision_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    missing = [page.name for page in folder.glob("*.md") if page.name != "README.md" and f"({page.name})" not in index]
    assert not missing


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda page: page.stem)
def test_a_decision_says_context_choice_and_consequences(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(rf"# {int(page.stem[:4])}\. \S", text), "a page begins with its number"
    heads = re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)
    assert heads == ["Context", "Choice", "Consequences"]
