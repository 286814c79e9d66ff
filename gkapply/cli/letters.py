"""Letters from the command line: their kinds, a letter from its fields, and the letter check. No database is needed."""

import json
from pathlib import Path
from typing import Any

import click

from gkapply.cli.chinese import ChineseGroup
from gkapply.config import bundled
from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.letters.check import check as check_letter
from gkapply.letters.fields import complete, example, letter_fields
from gkapply.letters.finding import Report, Severity
from gkapply.letters.render import render as render_letter
from gkapply.letters.template import load

FAULTY = 1
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}


@click.group(cls=ChineseGroup, help="文书：kinds 列出，render 生成，check 体检")
def letter() -> None:
    """Letters."""


@letter.command(help="列出全部文书和内部表单")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，附各文书的字段和字段示例")
def kinds(as_json: bool) -> None:
    """Every kind with its number in the catalogue and its fields."""
    found = [*LetterKind, *FormKind]
    if as_json:
        click.echo(json.dumps([_described(kind) for kind in found], ensure_ascii=False, indent=1))
        return
    for kind in found:
        click.echo(f"{kind.row or '—':>3}  {kind.value:<24} {kind.label}")


def _described(kind: LetterKind | FormKind) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "label": kind.label,
        "row": kind.row,
        "fields": [field.name for field in letter_fields(kind.value)],
        "required": [field.name for field in letter_fields(kind.value) if field.required],
        "example": example(kind.value),
    }


@letter.command(help="按字段文件生成文书（字段名见 letter kinds --json）")
@click.argument("kind", metavar="文书代码")
@click.argument("fields", metavar="字段文件", type=_FILE)
@click.argument("output", metavar="输出文件", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def render(kind: str, fields: Path, output: Path) -> None:
    """Write the .docx of one letter from the shipped template."""
    letter_fields(kind)
    values = _fields(fields)
    try:
        whole = complete(kind, values)
    except ValueError as wrong:
        raise Refusal(
            f"字段文件与该类文书不符：{wrong}", do=f"请对照 letter kinds --json 中 {kind} 的字段和示例"
        ) from wrong
    output.write_bytes(render_letter(load(bundled("answer_templates"), kind), whole))
    click.echo(f"已写入 {output}")


def _fields(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refusal(f"文件「{path}」不是 UTF-8 编码", do="请另存为 UTF-8 编码") from error
    except ValueError as error:
        raise Refusal(f"文件「{path}」不是 JSON", do="请检查括号、引号和逗号") from error
    if not isinstance(values, dict):
        raise Refusal(f"文件「{path}」应为一个 JSON 对象", do='请写成 {"字段": "内容"}')
    return values


@letter.command(help="文书体检：检查一份 .docx 文书；有错误时退出码为1")
@click.argument("path", metavar="文书文件", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def check(path: Path, as_json: bool) -> int:
    """Every fault of a letter; what needs the case is listed as 未核."""
    report = check_letter(path.read_bytes())
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        for line in _told(report):
            click.echo(line)
    return 0 if report.ok else FAULTY


def _told(report: Report) -> list[str]:
    label = next((kind.label for kind in (*LetterKind, *FormKind) if kind.value == report.kind), "未认出的文书")
    lines = [f"《{label}》：" + ("没有发现错误" if report.ok else f"发现{len(report.errors)}处错误")]
    for one in report.findings:
        lines.append(
            f"{_WORDS[one.severity]}　{one.point.label}：{one.problem}" + (f"（{one.article}）" if one.article else "")
        )
        lines += [f"　　原文：{one.sentence}"] if one.sentence else []
        lines += [f"　　处理：{one.do}"] if one.do else []
    return lines + [f"未核　{one.point.label}：{one.because}" for one in report.unchecked]
