"""Cells of a table that cannot be so: each is named with its sheet, line, column, value and reason, and one refuses the whole file."""

from collections.abc import Sequence
from dataclasses import dataclass

from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be so; ``sheet`` is empty for a file without sheets, ``column`` for a whole row."""

    sheet: str
    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"工作表「{self.sheet}」第{self.line}行" if self.sheet else f"第{self.line}行"
        column = f"「{self.column}」列" if self.column else ""
        return f"{where}{column}（{f'「{self.value}」' if self.value else '空白'}）：{self.reason}"


class BadCells(Refusal):
    """A file that may not be imported; ``problems`` names every bad cell."""

    def __init__(self, problems: Sequence[Problem], do: str = "请按所列各处改正后重新选择文件"):
        super().__init__(f"文件中有{len(problems)}处错误，整个文件没有导入", do=do, field="file")
        self.problems = tuple(problems)
