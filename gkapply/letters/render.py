"""From template and fields to the file of a letter, the same bytes every time."""

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence

from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError

from gkapply.law.refusal import Refusal
from gkapply.letters import package
from gkapply.letters.fields import AT_SIGNATURE
from gkapply.letters.notation import read_chinese_date
from gkapply.letters.sandbox import compiled, environment

TITLE_STYLES = frozenset({"LetterTitle", "PlainTitle", "TableTitle"})
"""Style ids of the title's paragraphs in a template; the file's title property is read from them."""
LONGEST_TEXT = 1_000_000
"""Characters in all fields together: more than a thousand pages."""
MARKS = {"document_number": "（文号待编）", "date_text": "（日期待签发）"}
"""What a preview prints for what only the signature gives."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOT_XML = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_NOT_UNICODE = re.compile("[\ud800-\udfff\ufffe\uffff]")


class _Letter(DocxTemplate):
    """A template whose values are literal: docxtpl would turn a typed 「{_{」 into 「{{」. Its texts are compiled once."""

    def render_xml_part(
        self, src_xml: str, part: object, context: dict[str, object], jinja_env: Environment | None = None
    ) -> str:
        return self.resolve_listing(compiled(src_xml).render(context))

    def render_properties(self, context: dict[str, object], jinja_env: Environment | None = None) -> None:
        """Only see that the part is there: what stands in it is written anew (``package.core_properties``)."""
        assert self.docx.core_properties is not None


def render(template: bytes, fields: Mapping[str, object]) -> bytes:
    """The .docx of a signed letter. The same template and fields give the same bytes in any process on any day.

    Every value survives literally, whatever it looks like; control characters, which no letter can hold, are left out.
    Raises Refusal when a field that the template prints is missing, or 文号 or date is still empty, or the template tries
    something that none may.
    """
    for name in AT_SIGNATURE:
        if fields.get(name) == "":
            raise Refusal(f"文书尚未签发，缺少{_label(name)}，不能生成正式文件", field=name)
    return _render(template, fields)


def preview(template: bytes, fields: Mapping[str, object]) -> bytes:
    """The .docx of a draft: 文号 and date, while empty, are printed as marks that no signed letter carries.

    Raises Refusal like ``render``.
    """
    return _render(template, {**fields, **{name: MARKS[name] for name in AT_SIGNATURE if not fields.get(name)}})


def snapshot(kind: str, template: bytes, fields: Mapping[str, object]) -> tuple[str, str]:
    """What approvals and signature are over: canonical JSON of kind, template hash and fields, and its SHA-256.

    Raises Refusal when a field holds something that is neither text, number, list nor row.
    """
    try:
        text = json.dumps(
            {"kind": kind, "template_sha256": hashlib.sha256(template).hexdigest(), "fields": dict(fields)},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
        )
        return text, hashlib.sha256(text.encode()).hexdigest()
    except (TypeError, ValueError) as error:
        raise Refusal("文书字段中有无法保存的内容", do="请检查所填文字") from error


def _render(template: bytes, fields: Mapping[str, object]) -> bytes:
    package.parts(template)
    context = {name: _literal(name, value) for name, value in fields.items()}
    if _length(context) > LONGEST_TEXT:
        raise Refusal("文书内容过长，不能生成文件", do="请将过长的内容改为附件")
    letter = _Letter(io.BytesIO(template))
    made = io.BytesIO()
    try:
        letter.render(context, jinja_env=environment())
    except UndefinedError as error:
        raise Refusal(f"文书缺少「{error.message}」，不能生成文件", field=error.message) from error
    except SecurityError as error:
        raise Refusal("模板含有不允许的写法，不能生成文件", do="请模板管理员重新检查模板") from error
    except TemplateError as error:
        raise Refusal(f"模板的标记写错，不能生成文件：{error.message}", do="请模板管理员重新检查模板") from error
    letter.save(made)
    contents = package.parts(made.getvalue())
    contents[package.CORE] = package.core_properties(
        title=_title(letter.docx),
        creator=str(context.get("organ_name", "")),
        on=read_chinese_date(str(context.get("date_text", ""))),
    )
    if package.APP in contents:
        contents[package.APP] = package.app_properties()
    return package.write(contents)


def _literal(name: str, value: object) -> object:
    """The value as Word can hold it: plain text with one kind of line end, lists and rows of such."""
    if isinstance(value, str):
        text = _NOT_XML.sub("", _LINE_ENDS.sub("\n", str.__str__(value)))
        return _NOT_UNICODE.sub("\ufffd", text)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _literal(f"{name}.{key}", one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [_literal(name, one) for one in value]
    raise Refusal(f"文书字段「{name}」没有内容，或者不是文字", do="请补充后再生成文书", field=name)


def _length(value: object) -> int:
    if isinstance(value, Mapping):
        return sum(_length(one) for one in value.values())
    if isinstance(value, list):
        return sum(_length(one) for one in value)
    return len(str(value))


def _title(document: Document) -> str:
    """The words in the title's style, lines joined."""
    titled = [one.text for one in document.paragraphs if one._p.style in TITLE_STYLES]
    return "".join("".join(titled).split())


def _label(name: str) -> str:
    return {"document_number": "文号", "date_text": "签发日期"}[name]
