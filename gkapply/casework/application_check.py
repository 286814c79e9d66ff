"""Whether an application can be taken as it is filled in: every wrong field at once, each with its own sentence."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from gkapply.casework.application import (
    CARRIERS,
    CREDIT_CODE,
    KINDS,
    LONGEST,
    RESIDENCE_PERMIT,
    RESIDENT_ID,
    WAYS,
    Application,
)
from gkapply.casework.guardian import require_guardian
from gkapply.casework.joint_applicants import MOST, read_joint, read_other
from gkapply.casework.several_items import MOST_WANTED
from gkapply.casework.written_form import half_width, tidy
from gkapply.law import identifiers
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

CONTENT_ARTICLE = "条例第二十九条第二款"
_LOOKS_LIKE_IDENTITY = re.compile(r"[0-9\s-]{14,}[0-9Xx]")
_POSTCODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{2,8}[0-9A-Za-z]")
_CHOICES: tuple[tuple[str, Mapping[str, str], str], ...] = (
    ("kind", KINDS, "申请人类型"),
    ("carrier", CARRIERS, "提供政府信息的载体形式"),
    ("way", WAYS, "获取政府信息的方式"),
)
_OF_A_THING = {
    "name": LONGEST["information_name"],
    "number": LONGEST["information_number"],
    "description": LONGEST["description"],
}
"""Characters that the parts of a further thing applied for may hold."""
_WAY_NEEDS = {
    "post": ("address", "选择邮寄的，请填写通信地址"),
    "email": ("email", "选择电子邮件的，请填写电子邮箱"),
    "fax": ("fax", "选择传真的，请填写传真号码"),
}


class BadForm(Refusal):
    """Several fields are wrong at once: ``errors`` holds the Refusal of each, by the field's name ("" = the whole form)."""

    def __init__(self, errors: Mapping[str, Refusal]):
        reasons = "；".join(error.reason for error in errors.values())
        super().__init__(f"有{len(errors)}处需要更正：{reasons}", field=next(iter(errors)))
        self.errors = dict(errors)


class Findings:
    """What is wrong with a form, collected field by field; the first reason for a field stands."""

    def __init__(self) -> None:
        self.errors: dict[str, Refusal] = {}

    def add(self, field: str, reason: str, article: str | None = None, *, do: str | None = None) -> None:
        """Keep that ``field`` is wrong."""
        self.errors.setdefault(field, Refusal(reason, article, do=do, field=field))

    def keep(self, refusal: Refusal) -> None:
        """Keep a Refusal, or all that a BadForm holds, at the fields that they name."""
        several = refusal.errors if isinstance(refusal, BadForm) else {refusal.field or "": refusal}
        for field, one in several.items():
            self.errors.setdefault(field, one)

    def test(self, rule: Callable[..., object], *arguments: object, **more: object) -> None:
        """Ask a rule; its Refusal is kept instead of raised."""
        try:
            rule(*arguments, **more)
        except Refusal as refusal:
            self.keep(refusal)

    def read(self, rule: Callable[[str], str], text: str) -> str:
        """What ``rule`` makes of ``text``; the text itself when the rule refuses it."""
        try:
            return rule(text)
        except Refusal as refusal:
            self.keep(refusal)
            return text

    def settle(self) -> None:
        """Raises BadForm when anything was found."""
        if self.errors:
            raise BadForm(self.errors)


def check(application: Application, today: date, *, on_paper: bool = False) -> Application:
    """The application in its written form: trimmed, numbers half-width, the usual identity paper filled in.

    ``on_paper``: an official enters what a letter says. What the letter leaves out is no reason to refuse it (the applicant
    is asked to correct, 条例第三十条): ``gaps`` lists it. Raises BadForm with every wrong field.
    """
    found = Findings()
    given = tidy(application)
    _check_texts(given, found)
    for field, codes, label in _CHOICES:
        if getattr(given, field) not in codes:
            found.add(field, f"请选择{label}", CONTENT_ARTICLE)
    if not given.id_type and given.kind in KINDS:
        given = replace(given, id_type=next(iter(given.papers)))
    if not given.description:
        found.add(
            "description", "请写明所申请的政府信息", CONTENT_ARTICLE, do="写名称、文号或者便于查询的其他特征性描述"
        )
    if not given.name:
        found.add("name", "请填写申请人的姓名或者名称", CONTENT_ARTICLE)
    if not on_paper:
        _require(given, found)
    found.test(read_joint, given.joint, today)
    _check_several(given, today, found)
    given = replace(given, **_numbers(given, today, found))
    if not on_paper and "id_number" not in found.errors:
        found.test(require_guardian, given, today)
    found.settle()
    return given


def check_applicant(given: Application, today: date) -> Application:
    """Who applies and how to reach them, as far as it is filled in, in its written form. Raises BadForm with every wrong field."""
    found, plain = Findings(), tidy(given)
    _check_texts(plain, found)
    if plain.kind in KINDS:
        plain = replace(plain, id_type=plain.id_type or next(iter(plain.papers)))
    else:
        found.add("kind", "请选择申请人类型", CONTENT_ARTICLE)
    plain = replace(plain, **_numbers(plain, today, found))
    found.settle()
    return plain


def gaps(application: Application) -> list[str]:
    """What 条例第二十九条第二款 asks for and the application does not say: points for a 补正告知书."""
    found = Findings()
    _require(application, found)
    return [error.reason for error in found.errors.values()]


def check_contact(given: Application, today: date) -> Application:
    """Telephone, mail, fax, address and postcode alone, in their written form. Raises BadForm with every wrong field."""
    found, plain = Findings(), tidy(given)
    _check_texts(plain, found)
    plain = replace(plain, **_numbers(plain, today, found))
    found.settle()
    return plain


def way_needs(way: str) -> tuple[str, str]:
    """Which field of the contact a way of getting the information cannot do without, and the sentence that says so."""
    return _WAY_NEEDS.get(way, ("", ""))


def _require(given: Application, found: Findings) -> None:
    """Identity, one contact, and what the chosen way of getting the information needs."""
    if not given.id_number:
        found.add("id_number", "请填写证件号码，以证明申请人身份", CONTENT_ARTICLE)
    if not (given.phone or given.email or given.address):
        found.add("phone", "联系电话、电子邮箱、通信地址至少填写一项", CONTENT_ARTICLE)
    field, reason = way_needs(given.way)
    if field and not getattr(given, field):
        found.add(field, reason, CONTENT_ARTICLE)
    if given.has_agent and not given.agent_name:
        found.add("agent_name", "委托他人代理的，请填写代理人姓名", CONTENT_ARTICLE)


def _check_texts(given: Application, found: Findings) -> None:
    for field, longest in LONGEST.items():
        text = getattr(given, field)
        if len(text) > longest:
            found.add(field, f"最多{longest}个字，现有{len(text)}个字", do="请精简后再提交")
        found.test(refuse_secret_marks, text, field)


def _check_several(given: Application, today: date, found: Findings) -> None:
    """The further things applied for and the further applicants, each at its own fields."""
    if len(given.things) > MOST_WANTED:
        found.add("further", f"一份申请最多写{MOST_WANTED}项", do="请分几份提出；一事一申请，答复更快")
    for place, thing in enumerate(given.further):
        if not thing.description:
            found.add(f"further-{place}-description", f"请写明第{place + 2}项所申请的政府信息", CONTENT_ARTICLE)
        for part, longest in _OF_A_THING.items():
            text = getattr(thing, part)
            if len(text) > longest:
                found.add(f"further-{place}-{part}", f"最多{longest}个字，现有{len(text)}个字", do="请精简后再提交")
            found.test(refuse_secret_marks, text, f"further-{place}-{part}")
    if len(given.others) > MOST:
        found.add("others", f"共同申请人最多{MOST}名", do="请分别提出申请")
    for place, one in enumerate(given.others):
        found.test(read_other, one, place, today)
        for text in (one.name, one.id_number, one.phone):
            found.test(refuse_secret_marks, text, f"others-{place}-name")


def _numbers(given: Application, today: date, found: Findings) -> dict[str, Any]:
    """The numbers and addresses in their one written form; what is wrong with them goes to ``found``."""
    rules: dict[str, Callable[[str], str]] = {
        "id_number": partial(_identity, given=given, today=today),
        "phone": identifiers.phone,
        "email": identifiers.email,
        "fax": partial(identifiers.phone, field="fax"),
        "postcode": _postcode,
        "agent_id_number": partial(_other_identity, field="agent_id_number", today=today),
        "agent_phone": partial(identifiers.phone, field="agent_phone"),
        "guardian_id_number": partial(_other_identity, field="guardian_id_number", today=today),
        "guardian_phone": partial(identifiers.phone, field="guardian_phone"),
    }
    return {field: found.read(rule, text) for field, rule in rules.items() if (text := getattr(given, field))}


def _identity(text: str, given: Application, today: date) -> str:
    if given.kind in KINDS and given.id_type not in given.papers:
        who = "自然人" if given.kind == NATURAL_PERSON else "法人或者其他组织"
        raise Refusal(f"证件名称与申请人类型不符：{who}请选择{'、'.join(given.papers.values())}之一", field="id_type")
    if given.id_type in (RESIDENT_ID, RESIDENCE_PERMIT):
        return identifiers.identity_number(text, today, "id_number")
    if given.id_type == CREDIT_CODE:
        return identifiers.credit_code(text, "id_number")
    return half_width(text)


def _other_identity(text: str, field: str, today: date) -> str:
    """An identity number is checked; another paper is written with its name and taken as it is."""
    plain = half_width(text)
    if _LOOKS_LIKE_IDENTITY.fullmatch(plain):
        return identifiers.identity_number(plain, today, field)
    return plain


def _postcode(text: str) -> str:
    plain = half_width(text)
    if not _POSTCODE.fullmatch(plain):
        raise Refusal("邮政编码的格式不对", do="国内邮政编码为6位数字", field="postcode")
    return plain
