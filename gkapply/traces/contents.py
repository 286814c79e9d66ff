"""What a file says and carries: its passages with their places, what it brings along unseen, and what cannot be read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gkapply.law.refusal import Refusal
from gkapply.traces.trace import TraceKind


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text and where it stands (第2页、页眉、工作表「名单」B3 …)."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Burden:
    """Something that a file carries besides its pages: revisions, comments, an author. ``key`` is equal for the same thing."""

    kind: TraceKind
    place: str
    words: str


MOST_SAID = 50_000_000
"""Characters of one file: a sheet may tell one long text in a hundred thousand cells."""


@dataclass(slots=True)
class Contents:
    """A file taken apart. ``unreadable`` says what a person has to look at, since no program can: pictures, scanned pages."""

    passages: list[Passage] = field(default_factory=list)
    burdens: list[Burden] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    left: int = field(default_factory=lambda: MOST_SAID)

    def say(self, place: str, text: str) -> None:
        """Add a passage, unless it is blank. Raises NotRead for more than a file has."""
        if text.strip():
            self.make_room(len(text))
            self.left -= len(text)
            self.passages.append(Passage(place, text))

    def make_room(self, characters: int) -> None:
        """Raises NotRead when so many characters are more than a file has, before anybody puts them together."""
        if characters > self.left:
            raise NotRead("文件内容过多，无法检查", do="请拆分后上传")

    def carry(self, kind: TraceKind, place: str, words: str = "") -> None:
        """Add a burden."""
        self.burdens.append(Burden(kind, place, words))


class NotRead(Refusal):
    """The file cannot be taken apart: it is damaged, locked, or of a kind that nothing here reads."""


GENERIC_AUTHORS = frozenset(
    name.strip()
    for name in [
        "\n    administrator",
        " admin",
        " user",
        " windows 用户",
        " 微软用户",
        " microsoft",
        " microsoft office user",
        " wps office",
        " wps_office",
        " python-docx",
        "\n    openpyxl",
        " gkapply",
        " apache poi",
        " unknown",
        " un-named",
        " anonymous",
        " root",
        " pc\n    ",
    ]
) | {""}
"""Authors that programs write when nobody has told them a name."""


def told_author(name: str) -> bool:
    """Whether a name in a file's properties may be somebody's."""
    return name.strip().lower() not in GENERIC_AUTHORS


Reader = Callable[[bytes], Contents]


def table_lines(rows: Iterable[tuple[str, Mapping[int, str]]], contents: Contents, place: str) -> None:
    """Add the cells of a table row by row; a cell under the head 姓名 reads 「姓名：张三」, so that it is found as a name.

    ``rows`` are pairs of the row's place and its cells by column.
    """
    heads: dict[int, str] = {}
    for name, cells in rows:
        contents.make_room(sum(map(len, cells.values())))
        under = {column: heads[column] for column in cells if column in heads}
        contents.say(f"{place}{name}", "\t".join(cells[column] for column in sorted(cells)))
        for column, head in under.items():
            if "：" not in cells[column]:
                contents.say(f"{place}{name}", f"{head}：{cells[column]}")
        heads.update({column: "姓名" for column, cell in cells.items() if _is_name_head(cell)})


def _is_name_head(cell: str) -> bool:
    word = "".join(cell.split())
    return word in (
        "姓名",
        "户主",
        "户主姓名",
        "联系人",
        "申请人",
        "权利人",
        "产权人",
        "被征收人",
        "村民",
        "家长",
        "业主",
        "名字",
    )
