"""The places that the head of a page leads to: for everybody, and by the viewer's duties."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gkapply.casework.tasks import DECIDERS
from workflows.duties import CASE_DUTIES, UNIT_DUTIES, Duty


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the navigation names."""

    label: str
    href: str


HOME = Place("首页", "/")
SEARCH = Place("查已公开的", "/search")
APPLY = Place("申请公开", "/apply")
TRACK = Place("查询进度", "/track")
PUBLIC = (
    HOME,
    SEARCH,
    Place("公开目录", "/catalogue"),
    Place("公开阅览", "/reading"),
    APPLY,
    Place("咨询", "/ask"),
    TRACK,
    Place("我的申请", "/me"),
    Place("公开指南", "/guide"),
    Place("办理流程", "/flow"),
)
_PUBLIC_PATHS = frozenset(place.href for place in PUBLIC)
MAIN = (HOME, SEARCH, APPLY, TRACK)
"""All that the head of a page leads to in 长辈版 and on a phone, beside the map (全部栏目)."""
ALL = Place("全部栏目", "/sitemap")
SITEMAP: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "申请",
        (
            Place("申请公开政府信息", "/apply"),
            Place("申请公开政府信息（一页填写）", "/apply/whole"),
            Place("要求更正政府信息记录", "/apply/records"),
            Place("咨询", "/ask"),
        ),
    ),
    (
        "查询",
        (
            Place("查询进度、补正、领取答复", "/track"),
            Place("查询码遗失", "/track/code"),
            Place("查已经公开的信息", "/search"),
            Place("政务公开事项目录", "/catalogue"),
            Place("公开阅览室", "/reading"),
            Place("订阅新公开的信息", "/subscribe"),
        ),
    ),
    (
        "账号",
        (
            Place("我的申请", "/me"),
            Place("登录", "/me/login"),
            Place("注册", "/me/register"),
            Place("忘记口令", "/me/forgot"),
        ),
    ),
    (
        "了解",
        (
            HOME,
            Place("政府信息公开指南", "/guide"),
            Place("工作流程和期限", "/flow"),
            Place("依申请公开情况统计", "/figures"),
            Place("评估审查和清理结果", "/reappraisals"),
            Place("群众申请了什么", "/figures/demand"),
        ),
    ),
    ("本站", (Place("无障碍说明", "/accessibility"), Place("网站地图", "/sitemap"), Place("工作人员登录", "/login"))),
)
"""Every page that anybody may open without a number or a link, in groups (网站地图); a test finds what is missing."""
BY_DUTY: tuple[tuple[str, tuple[tuple[frozenset[Duty], Place], ...]], ...] = (
    (
        "工作台",
        (
            (CASE_DUTIES, Place("工作台", "/desk")),
            (CASE_DUTIES, Place("检索案件", "/desk/search")),
            (DECIDERS, Place("集中批阅", "/desk/reading")),
            (CASE_DUTIES, Place("登记台账", "/desk/ledger")),
            (CASE_DUTIES, Place("在办分布", "/desk/load")),
        ),
    ),
    (
        "收件",
        (
            (frozenset({Duty.REGISTRAR, Duty.HEAD}), Place("收文登记", "/desk/incoming")),
            (frozenset({Duty.REGISTRAR, Duty.HEAD}), Place("其他来源的来件", "/desk/arrivals")),
            (frozenset({Duty.REGISTRAR}), Place("待确认的来件", "/desk/intake")),
            (frozenset({Duty.REGISTRAR}), Place("登记申请", "/desk/register")),
            (frozenset({Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD}), Place("咨询", "/desk/enquiries")),
            (frozenset({Duty.REGISTRAR}), Place("大厅自助机", "/desk/hall")),
        ),
    ),
    (
        "办理",
        (
            (UNIT_DUTIES, Place("转办", "/desk/referrals")),
            (CASE_DUTIES, Place("会商", "/desk/deliberations")),
            (CASE_DUTIES, Place("复议诉讼", "/desk/disputes")),
        ),
    ),
    (
        "送达",
        (
            (frozenset({Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD}), Place("送达台账", "/desk/deliveries")),
            (frozenset({Duty.REGISTRAR}), Place("待领取的文书", "/desk/pickups")),
            (frozenset({Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST}), Place("文号登记簿", "/desk/numbers")),
            (frozenset({Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST}), Place("用印登记簿", "/desk/seals")),
        ),
    ),
    (
        "公开",
        (
            (frozenset({Duty.HEAD, Duty.OFFICER}), Place("公开目录", "/desk/catalogue")),
            (frozenset({Duty.HEAD, Duty.OFFICER, Duty.REVIEWER}), Place("转主动公开", "/desk/publications")),
            (CASE_DUTIES, Place("公文属性", "/desk/official-documents")),
            (CASE_DUTIES, Place("评估审查", "/desk/reappraisals")),
            (frozenset({Duty.HEAD}), Place("公开指南", "/desk/guide")),
        ),
    ),
    (
        "监督",
        (
            (frozenset({Duty.SUPERVISOR}), Place("监督概览", "/supervise")),
            (frozenset({Duty.SUPERVISOR}), Place("督办", "/supervise/urges")),
            (frozenset({Duty.SUPERVISOR}), Place("报送情况", "/supervise/reports")),
            (frozenset({Duty.HEAD}), Place("回复督办", "/desk/urges")),
            (frozenset({Duty.SUPERVISOR, Duty.HEAD}), Place("考核通报", "/supervise/assessments")),
        ),
    ),
    (
        "统计",
        (
            (frozenset({Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR}), Place("年度报告", "/report")),
            (frozenset({Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR}), Place("核对年度报告", "/report/reading")),
            (frozenset({Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR}), Place("需求分析", "/report/demand")),
            (frozenset({Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR}), Place("时段统计", "/report/periods")),
            (frozenset({Duty.HEAD, Duty.SUPERVISOR}), Place("满意度", "/report/satisfaction")),
        ),
    ),
    (
        "管理",
        (
            (frozenset({Duty.HEAD}), Place("承办单位", "/desk/units")),
            (frozenset({Duty.HEAD}), Place("工作移交", "/desk/handover")),
            (frozenset({Duty.TEMPLATE_KEEPER, Duty.HEAD}), Place("文书模板", "/templates")),
            (frozenset({Duty.SYSADMIN, Duty.SECURITY, Duty.AUDITOR}), Place("系统管理", "/admin")),
        ),
    ),
)
"""What officials find in the head of their pages, in groups; a new page is one line more in its group."""


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one group that a viewer has; ``here`` when the page shown is one of them or lies below one."""

    name: str
    places: tuple[Place, ...]
    here: Place | None = None

    @property
    def door(self) -> Place:
        """Where the group's own link leads: a group of one place goes by the name of that place."""
        first = self.places[0]
        return first if len(self.places) == 1 else Place(self.name, first.href)


@lru_cache(maxsize=1024)
def groups(duties: frozenset[Duty], path: str) -> Sequence[Group]:
    """The groups of places for an official with these duties on the page ``path``."""
    held = [
        Group(name, tuple(place for wanted, place in lines if not wanted.isdisjoint(duties))) for name, lines in BY_DUTY
    ]
    above = [
        place for group in held for place in group.places if path == place.href or path.startswith(f"{place.href}/")
    ]
    nearest = max(above, key=lambda place: len(place.href), default=None)
    return [replace(group, here=nearest if nearest in group.places else None) for group in held if group.places]


def standing(duties: frozenset[Duty] | None, path: str) -> str:
    """What of ``path`` the head of a page depends on: the place shown, or that the page lies below one."""
    if duties is None:
        return path if path in _PUBLIC_PATHS else ""
    nearest = next((group.here for group in groups(duties, path) if group.here), None)
    return "" if nearest is None else path if path == nearest.href else f"{nearest.href}/"


def may_search(duties: frozenset[Duty]) -> bool:
    """Whether the head of the page has the search over cases."""
    return not CASE_DUTIES.isdisjoint(duties)


def places(duties: frozenset[Duty] | None, *, simple: bool = False) -> Sequence[Place]:
    """The places for a viewer with these duties; None: nobody is logged in, and ``simple`` leaves the main ones."""
    if duties is None:
        return MAIN if simple else PUBLIC
    return [place for group in groups(duties, "") for place in group.places] + [HOME]


def trail(path: str) -> Sequence[Place]:
    """The places above a public page (当前位置): home, and every place of the map under which its path lies."""
    if path == HOME.href:
        return ()
    above = {place.href: place for place in PUBLIC if place is not HOME and path.startswith(f"{place.href}/")}
    return (HOME, *sorted(above.values(), key=lambda place: len(place.href)))
