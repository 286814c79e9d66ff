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
        ),
    ),
    ("本站", (Place("无障碍说明", "/accessibility"), Place("网站地图", "/sitemap"), Place("工作人员登录", "/login"))),
)
"""Every page that anybody may open without a number or a link, in groups (网站地图); a test finds what is missing."""
BY_DUTY: tuple[tuple[frozenset[Duty], Place], ...] = (
    (CASE_DUTIES, Place("工作台", "/desk")),
    (DECIDERS, Place("集中批阅", "/desk/reading")),
    (frozenset({Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD}), Place("送达台账", "/desk/deliveries")),
    (CASE_DUTIES, Place("复议诉讼", "/desk/disputes")),
    (frozenset({Duty.HEAD, Duty.OFFICER}), Place("公开目录", "/desk/catalogue")),
    (frozenset({Duty.HEAD, Duty.OFFICER, Duty.REVIEWER}), Place("转主动公开", "/desk/publications")),
    (frozenset({Duty.REGISTRAR}), Place("待确认的来件", "/desk/intake")),
    (frozenset({Duty.REGISTRAR}), Place("登记申请", "/desk/register")),
    (frozenset({Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD}), Place("咨询", "/desk/enquiries")),
    (frozenset({Duty.REGISTRAR}), Place("大厅自助机", "/desk/hall")),
    (frozenset({Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST}), Place("文号登记簿", "/desk/numbers")),
    (frozenset({Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST}), Place("用印登记簿", "/desk/seals")),
    (frozenset({Duty.HEAD}), Place("公开指南", "/desk/guide")),
    (frozenset({Duty.STATISTICIAN, Duty.HEAD, Duty.SUPERVISOR}), Place("年度报告", "/report")),
    (frozenset({Duty.HEAD, Duty.SUPERVISOR}), Place("满意度", "/report/satisfaction")),
    (frozenset({Duty.TEMPLATE_KEEPER, Duty.HEAD}), Place("文书模板", "/templates")),
    (frozenset({Duty.SYSADMIN, Duty.SECURITY, Duty.AUDITOR}), Place("系统管理", "/admin")),
)


def places(duties: frozenset[Duty] | None, *, simple: bool = False) -> Sequence[Place]:
    """The places for a viewer with these duties; None: nobody is logged in, and ``simple`` leaves the main ones."""
    if duties is None:
        return MAIN if simple else PUBLIC
    return [place for wanted, place in BY_DUTY if not wanted.isdisjoint(duties)] + [HOME]


def trail(path: str) -> Sequence[Place]:
    """The places above a public page (当前位置): home, and every place of the map under which its path lies."""
    if path == HOME.href:
        return ()
    above = {place.href: place for place in PUBLIC if place is not HOME and path.startswith(f"{place.href}/")}
    return (HOME, *sorted(above.values(), key=lambda place: len(place.href)))
