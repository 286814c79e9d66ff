"""The places that the head of a page leads to: for everybody, and by the viewer's duties."""

from collections.abc import Sequence
from dataclasses import dataclass

from gkapply.casework.tasks import DECIDERS
from workflows.duties import CASE_DUTIES, Duty


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the navigation names."""

    label: str
    href: str


PUBLIC = (
    Place("首页", "/"),
    Place("查已公开的", "/search"),
    Place("公开目录", "/catalogue"),
    Place("公开阅览", "/reading"),
    Place("申请公开", "/apply"),
    Place("查询进度", "/track"),
    Place("我的申请", "/me"),
    Place("公开指南", "/guide"),
    Place("办理流程", "/flow"),
)
BY_DUTY: tuple[tuple[frozenset[Duty], Place], ...] = (
    (CASE_DUTIES, Place("工作台", "/desk")),
    (DECIDERS, Place("集中批阅", "/desk/reading")),
    (frozenset({Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD}), Place("送达台账", "/desk/deliveries")),
    (CASE_DUTIES, Place("复议诉讼", "/desk/disputes")),
    (frozenset({Duty.HEAD, Duty.OFFICER}), Place("公开目录", "/desk/catalogue")),
    (frozenset({Duty.HEAD, Duty.OFFICER, Duty.REVIEWER}), Place("转主动公开", "/desk/publications")),
    (frozenset({Duty.REGISTRAR}), Place("待确认的来件", "/desk/intake")),
    (frozenset({Duty.REGISTRAR}), Place("登记申请", "/desk/register")),
    (frozenset({Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST}), Place("文号登记簿", "/desk/numbers")),
    (frozenset({Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST}), Place("用印登记簿", "/desk/seals")),
    (frozenset({Duty.HEAD}), Place("公开指南", "/desk/guide")),
    (frozenset({Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR}), Place("年度报告", "/report")),
    (frozenset({Duty.TEMPLATE_KEEPER, Duty.HEAD}), Place("文书模板", "/templates")),
    (frozenset({Duty.SYSADMIN, Duty.SECURITY, Duty.AUDITOR}), Place("系统管理", "/admin")),
)


def places(duties: frozenset[Duty] | None) -> Sequence[Place]:
    """The places for a viewer with these duties; None: nobody is logged in."""
    if duties is None:
        return PUBLIC
    return [place for wanted, place in BY_DUTY if not wanted.isdisjoint(duties)] + [PUBLIC[0]]
