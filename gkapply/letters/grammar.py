"""What a template may say: print declared fields, show a part on a condition, repeat a part for each row.

A list of what is allowed, so that whatever Jinja learns next stays outside. ``read`` walks the parsed tags of a
template, never runs them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from gkapply.letters.sandbox import FILTERS

LOOP = "loop"
LOOP_WORDS = frozenset({"index", "first", "last", "length"})
"""What a template may ask of the loop it stands in."""
TESTS = frozenset({"eq", "ne", "equalto"})
_PLAIN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Concat,
)
_FORBIDDEN: Mapping[type[nodes.Node], str] = {
    nodes.Call: "调用函数",
    nodes.CallBlock: "调用宏",
    nodes.Macro: "定义宏",
    nodes.Import: "导入其他模板",
    nodes.FromImport: "导入其他模板",
    nodes.Include: "包含其他模板",
    nodes.Extends: "继承其他模板",
    nodes.Assign: "定义变量",
    nodes.AssignBlock: "定义变量",
    nodes.Getitem: "用方括号取值",
}


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a template says, and the line of the source on which it stands (from 1)."""

    what: str
    line: int


@dataclass(slots=True)
class Reading:
    """What a template says: the declared names that it prints or tests, and every expression that none may hold."""

    names: list[Said] = field(default_factory=list)
    unsafe: list[Said] = field(default_factory=list)

    @property
    def used(self) -> set[str]:
        """Every declared name that the template prints or tests."""
        return {one.what for one in self.names}


def read(tree: nodes.Template) -> Reading:
    """Every name and every forbidden expression of a parsed template; a column of a row is named 「items.quote」."""
    reading = Reading()
    _walk(tree, {}, reading)
    return reading


def _walk(node: nodes.Node, scope: Mapping[str, str], reading: Reading) -> None:
    if isinstance(node, nodes.For):
        _walk_loop(node, scope, reading)
        return
    if isinstance(node, (nodes.Name, nodes.Getattr)):
        _read_name(node, scope, reading)
        return
    if isinstance(node, nodes.Filter):
        if node.name not in FILTERS or node.args or node.kwargs:
            _refuse(reading, node, f"过滤器「{node.name}」（可用：{'、'.join(FILTERS)}）")
    elif isinstance(node, nodes.Test):
        if node.name not in TESTS:
            _refuse(reading, node, f"判断「{node.name}」")
    elif not isinstance(node, _PLAIN):
        _refuse(reading, node, _FORBIDDEN.get(type(node), f"「{type(node).__name__}」一类的写法"))
    for child in node.iter_child_nodes():
        _walk(child, scope, reading)


def _refuse(reading: Reading, node: nodes.Node, why: str) -> None:
    reading.unsafe.append(Said(why, node.lineno))


def _walk_loop(node: nodes.For, scope: Mapping[str, str], reading: Reading) -> None:
    _walk(node.iter, scope, reading)
    row = _path(node.iter, scope)
    if not isinstance(node.target, nodes.Name) or row is None:
        _refuse(reading, node, "循环对象不是字段")
        return
    if node.recursive:
        _refuse(reading, node, "递归循环")
    inner = {**scope, node.target.name: row, LOOP: LOOP}
    for child in _loop_parts(node):
        _walk(child, inner, reading)


def _loop_parts(node: nodes.For) -> Iterator[nodes.Node]:
    yield from node.body
    yield from node.else_
    if node.test is not None:
        yield node.test


def _read_name(node: nodes.Name | nodes.Getattr, scope: Mapping[str, str], reading: Reading) -> None:
    path = _path(node, scope)
    if path is None:
        _refuse(reading, node, "对表达式的结果再取值")
    elif any(part.startswith("_") for part in path.split(".")):
        _refuse(reading, node, f"「{path}」（以下划线开头的名称）")
    elif path == LOOP or path.startswith(LOOP + "."):
        word = path.removeprefix(LOOP + ".")
        if LOOP not in scope or word not in LOOP_WORDS:
            _refuse(reading, node, f"「{path}」（可用：{'、'.join(sorted(LOOP_WORDS))}）")
    else:
        reading.names.append(Said(path, node.lineno))


def _path(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    """The declared name that the expression stands for: a field, or a column of the row of a loop; None if neither."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        owner = _path(node.node, scope)
        return None if owner is None else f"{owner}.{node.attr}"
    return None
