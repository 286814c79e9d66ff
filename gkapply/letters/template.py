"""Templates (文书模板): where they lie, and what one must be before a letter is made from it."""

import io
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError

from gkapply.law.refusal import NotFound, Refusal
from gkapply.letters import package
from gkapply.letters.grammar import Reading, read
from gkapply.letters.sandbox import environment

SUFFIX = ".docx"

_MACROS = re.compile(r"(?i)vbaProject|vbaData|activeX/")
_EMBEDDED = re.compile(r"(?i)^word/(embeddings|afchunk)")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FETCHING_FIELD = re.compile(r"(?i)\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|HYPERLINK)\b")
_INSTRUCTION = re.compile(r'<w:instrText[^>]*>(.*?)</w:instrText>|w:instr="([^"]*)"', re.DOTALL)
_UNSETTLED = re.compile(rb"<w:(ins|del|moveFrom|moveTo|commentReference)[ />]")
_TAG = re.compile(r"{[{%#].*?[#%}]}", re.DOTALL)
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
"""The parts whose tags are filled in."""


def load(folder: Path, kind: str) -> bytes:
    """The template of that kind of letter: ``folder/<kind>.docx``. Raises NotFound when there is none."""
    try:
        return (folder / f"{kind}{SUFFIX}").read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"没有文书模板「{kind}{SUFFIX}」", do="请模板管理员补齐模板") from error


def check(template: bytes, allowed: Collection[str], obligatory: Collection[str] = ()) -> None:
    """A template may be used: it is a plain .docx, prints ``allowed`` fields only and all ``obligatory`` ones.

    Names as ``fields.allowed`` gives them. Raises Refusal that names everything wrong of the first kind found: what the
    file carries (macros, links to outside, embedded files, unsettled revisions), then each unsafe expression, each
    unknown field, each obligatory field left out.
    """
    contents = package.parts(template)
    _refuse_baggage(contents)
    reading = _read(template, contents)
    if reading.unsafe:
        raise Refusal(f"模板中有不允许的写法：{_listed(reading.unsafe)}", do="模板只能填写字段、按条件显示和逐行重复")
    unknown = sorted(reading.used - set(allowed))
    if unknown:
        raise Refusal(f"模板中有未知字段：{_listed(unknown)}", do="请对照该类文书的字段表改正", field=unknown[0])
    left_out = sorted(set(obligatory) - reading.used)
    if left_out:
        raise Refusal(f"模板缺少必备字段：{_listed(left_out)}", do="请在模板中补上", field=left_out[0])


def _refuse_baggage(contents: Mapping[str, bytes]) -> None:
    """Refuse what a letter must not bring along."""
    if any(_MACROS.search(name) for name in contents) or b"macroEnabled" in contents["[Content_Types].xml"]:
        raise Refusal("模板含有宏", do="请另存为不含宏的 .docx 后再上传")
    if any(_EMBEDDED.search(name) for name in contents):
        raise Refusal("模板中嵌有其他文件", do="请删除嵌入的对象后再上传")
    for name, content in contents.items():
        if name.endswith(".rels") and _EXTERNAL.search(content):
            raise Refusal("模板含有指向外部的链接或者引用", do="请删除超链接、外部图片和附加模板后再上传")
        if name.endswith((".xml", ".rels")) and _ENTITIES.search(content):
            raise Refusal("模板文件含有不允许的 XML 声明")
        if name.startswith("word/") and name.endswith(".xml"):
            _refuse_word_features(content)


def _refuse_word_features(content: bytes) -> None:
    instructions = "".join(one or other for one, other in _INSTRUCTION.findall(content.decode("utf-8", "replace")))
    if _FETCHING_FIELD.search(instructions):
        raise Refusal("模板含有会读取外部内容的域", do="请删除该域（域代码 DDE、INCLUDE、LINK 等）后再上传")
    if _UNSETTLED.search(content):
        raise Refusal("模板中有未处理的修订或者批注", do="请接受或者拒绝全部修订、删除批注后再上传")


def _read(template: bytes, contents: Mapping[str, bytes]) -> Reading:
    """What all parts that are filled in say, the file's own properties included."""
    patched = DocxTemplate(io.BytesIO(template))
    whole = Reading()
    for name, content in contents.items():
        text = content.decode("utf-8", "replace")
        if _FILLED.fullmatch(name) or name == package.CORE:
            one = _parsed(name, patched.patch_xml(text))
            whole.used |= one.used
            whole.unsafe += [found for found in one.unsafe if found not in whole.unsafe]
        elif name.endswith(".xml") and _TAG.search(re.sub(r"<[^>]*>", "", text)):
            raise Refusal("模板的标记写在了不会被填写的位置（尾注、文本样式等）", do="请移到正文、页眉、页脚或者脚注中")
    return whole


def _parsed(name: str, source: str) -> Reading:
    try:
        return read(environment().parse(source))
    except TemplateSyntaxError as error:
        raise Refusal(f"模板的标记写错（{name}）：{error.message}", do="请检查成对的标记和括号") from error


def _listed(found: Collection[str]) -> str:
    return "、".join(found)
