"""The glossary holds every word that the code fixes: the code and the Chinese that users read stand in one line."""

import re
from collections.abc import Iterable, Mapping

import pytest
from sqlalchemy import Table

from gkapply.casework import ledger
from gkapply.casework.application import CARRIERS, CHANNELS, WAYS
from gkapply.casework.catalogue_records import EditionState
from gkapply.casework.consultation import PARTY_KINDS
from gkapply.casework.delivery import WAYS as SENDING_WAYS
from gkapply.casework.kept_templates import TemplateState
from gkapply.casework.schema import metadata
from gkapply.casework.stances import Stance
from gkapply.law.annual_report import DisputeResult
from gkapply.law.annual_rows import COLUMNS
from gkapply.law.attributes import Attribute
from gkapply.law.clocks import Clock
from gkapply.law.deliberation_triggers import Trigger
from gkapply.law.dispute_kinds import ComplaintResult, DisputeKind
from gkapply.law.facts import FactKind
from gkapply.law.fees import FeeMode
from gkapply.law.forms import FormKind
from gkapply.law.letter_numbers import NumberClass
from gkapply.law.letters import LetterKind
from gkapply.law.reappraisal import Outcome, Source
from gkapply.law.replies import ReplyKind
from gkapply.law.seals import SealKind
from gkapply.law.secrecy_results import SecrecyResult
from tests.architecture.source import ROOT
from workflows.annual_report import ANNUAL_REPORT
from workflows.application import APPLICATION
from workflows.consultation import CONSULTATION
from workflows.deliberation import DELIBERATION
from workflows.dispute import DISPUTE
from workflows.duties import Duty
from workflows.letter import LETTER
from workflows.publication import PUBLICATION
from workflows.reappraisal import REAPPRAISAL
from workflows.referral import REFERRAL
from workflows.step import Stage, Workflow

PAGE = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
Labelled = Duty | FactKind | FormKind | LetterKind | ReplyKind | DisputeKind | DisputeResult | ComplaintResult
LINE = re.compile(r"^\| (?P<chinese>[^|]+) \| `(?P<code>[^`]+)` \|", re.MULTILINE)


def section(head: str) -> str:
    """The part of the page under the heading that begins with ``head``."""
    found = [part for part in PAGE.split("\n## ") if part.startswith(head)]
    assert len(found) == 1, f"docs/terms.md needs one section 「{head}」, not {len(found)}"
    return found[0]


def terms(head: str) -> dict[str, str]:
    """Code and Chinese of every line of the section."""
    lines = [(match["code"], match["chinese"]) for match in LINE.finditer(section(head))]
    assert len(dict(lines)) == len(lines), f"a code stands twice under 「{head}」"
    return dict(lines)


def labels(
    members: Iterable[
        Attribute
        | Duty
        | EditionState
        | FactKind
        | FeeMode
        | FormKind
        | LetterKind
        | NumberClass
        | ReplyKind
        | SealKind
        | SecrecyResult
        | Stance
        | TemplateState
        | Trigger
    ],
) -> dict[str, str]:
    return {member.value: member.label for member in members}


FIXED: Mapping[str, Mapping[str, str]] = {
    "职责 Duty": labels(Duty),
    "环节 Stage": {stage.name: stage.value for stage in Stage},
    "期限事实 FactKind": labels(FactKind),
    "信息处理费的计收方式": labels(FeeMode),
    "文号的类别 NumberClass": labels(NumberClass),
    "本机关模板的状态": labels(TemplateState),
    "公文的公开属性": labels(Attribute),
    "评估审查的来源 Source": {one.value: one.label for one in Source},
    "评估结论 Outcome": {one.value: one.label for one in Outcome},
    "目录版次的状态": labels(EditionState),
    "印章 SealKind": labels(SealKind),
    "文书种类 LetterKind": labels(LetterKind),
    "内部表单 FormKind": labels(FormKind),
    "保密审查结论 SecrecyResult": labels(SecrecyResult),
    "答复类型 ReplyKind": labels(ReplyKind),
    "申请人类型": {column.code: column.label for column in COLUMNS},
    "受理渠道": CHANNELS,
    "载体形式": CARRIERS,
    "获取方式": WAYS,
    "送达方式": SENDING_WAYS,
    "征求意见的对象": PARTY_KINDS,
    "会商的情形 Trigger": labels(Trigger),
    "会商意见 Stance": labels(Stance),
    "争议种类 DisputeKind": labels(DisputeKind),
    "争议结果": labels((*DisputeResult, *ComplaintResult)),
}
WORKFLOWS: Mapping[str, Workflow] = {
    "申请": APPLICATION,
    "文书": LETTER,
    "征求意见": CONSULTATION,
    "争议": DISPUTE,
    "转主动公开": PUBLICATION,
    "转办": REFERRAL,
    "会商": DELIBERATION,
    "评估审查": REAPPRAISAL,
    "年度报告": ANNUAL_REPORT,
}


@pytest.mark.parametrize("head", FIXED)
def test_the_glossary_says_what_the_code_says(head: str) -> None:
    assert terms(head) == dict(FIXED[head])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_state_and_step_has_its_line(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert terms(f"{name}的状态") == {state.value: state.label for state in workflow.states}
    assert terms(f"{name}的步骤") == {step.trigger: step.label for step in workflow.steps}


def test_every_fact_of_the_ledger_clock_and_table_has_its_line() -> None:
    law = {kind.value for kind in FactKind}
    own = {
        value for name, value in vars(ledger).items() if name.isupper() and isinstance(value, str) and value not in law
    }
    assert terms("台账自有的事实") == {kind: ledger.label_of(kind) for kind in own}
    assert terms("期限 Clock").keys() == {clock.value for clock in Clock}
    tables: list[Table] = metadata.sorted_tables
    assert terms("数据表").keys() == {table.name for table in tables}
