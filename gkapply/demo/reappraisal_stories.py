"""Reappraisals (评估审查) of the demonstration: a round that is over and public, and one on whose work list something is still open."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gkapply.casework import official_documents, reappraisal_effects, reappraisals, reappraising
from gkapply.casework.access import Actor
from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.official_documents import DocumentDetails, years_on
from gkapply.casework.reappraisal_lines import title_of
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem
from gkapply.casework.reappraisals import Plan
from gkapply.casework.reappraising import Finding
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.law.attributes import Attribute
from gkapply.law.reappraisal import KEPT, Outcome
from gkapply.law.replies import ReplyKind
from gkapply.law.secrecy_results import SecrecyResult
from workflows.duties import Duty

Staff = Mapping[Duty, Actor]
_OPEN, _ASKED, _CLOSED = Attribute.PROACTIVE, Attribute.ON_REQUEST, Attribute.WITHHELD
_DRAFTS, _INSIDE = ReplyKind.REFUSED_PROCESS.value, ReplyKind.REFUSED_INTERNAL.value
FIRST = (
    (_CLOSED, "关于调整县城公交线路的请示", "安府〔演示〕11号", 2, _DRAFTS, "报上级决定之前的请示"),
    (_CLOSED, "县政府办公室岗位轮换方案", "安府办〔演示〕7号", 2, _INSIDE, "人事管理信息"),
    (_ASKED, "县城道路改造工程初步设计批复", "安发改〔演示〕8号", 1, "", "篇幅较大，按需提供"),
    (_OPEN, "农村公路养护管理暂行办法", "安府规〔演示〕1号", 6, "", ""),
)
"""Attribute, title, number, years since it was formed, ground, reason; the numbers are made up."""
SECOND = (
    (_CLOSED, "全县防汛物资储备库选址比选方案", "安府办〔演示〕21号", 1, _DRAFTS, "决定之前的比选方案"),
    (_CLOSED, "政务服务中心后勤保障方案", "安府办〔演示〕22号", 2, _INSIDE, "后勤管理信息"),
    (_ASKED, "2005年以前的地名标志登记册", "", 3, "", "查阅较少，按需提供"),
)
TURNED, WHERE = "关于调整县城公交线路的请示", "安岳县人民政府门户网站“政府信息公开”专栏（演示）"


def look_again(staff: Staff, now: datetime) -> None:
    """One round from the register of documents to the public page, and one that is half decided."""
    moment = _moments(now)
    _register(staff, FIRST, next(moment))
    first = _begin(staff, next(moment))
    _decide(staff, first, next(moment), rest=True)
    _let_through(staff, first, next(moment))
    _finish(staff, first, moment)
    _register(staff, SECOND, next(moment))
    _decide(staff, _begin(staff, next(moment)), next(moment), rest=False)


def _moments(now: datetime) -> Iterator[datetime]:
    while True:
        now += timedelta(minutes=1)
        yield now


def _register(staff: Staff, rows: Sequence[tuple[Attribute, str, str, int, str, str]], now: datetime) -> None:
    today = day_of(now)
    with transaction() as session:
        for attribute, title, number, years, ground, reason in rows:
            details = DocumentDetails(
                title=title,
                attribute=attribute,
                number=number,
                formed_on=years_on(today, -years),
                ground=ground,
                reason=reason,
                next_review_on=None if attribute is _OPEN else today,
                keeper="政务公开股",
                normative="规" in number,
            )
            official_documents.register(session, details, True, staff[Duty.OFFICER], now)


def _begin(staff: Staff, now: datetime) -> str:
    today = day_of(now)
    with transaction() as session:
        made = reappraisals.begin(session, Plan(today.year, years_on(today, -1), today), staff[Duty.OFFICER], now)
        return made.uid


def _decide(staff: Staff, uid: str, now: datetime, *, rest: bool) -> None:
    """The officer decides every thing, or with ``rest`` False all but the last."""
    actor = staff[Duty.OFFICER]
    with transaction() as session:
        one = reappraisals.open_round(session, uid, actor, for_step=True)
        for item in one.items if rest else one.items[:-1]:
            reappraising.decide(session, one, item, _finding(session, item), actor, now)


def _finding(session: Session, item: ReappraisalItem) -> Finding:
    title = title_of(session, item)
    if title == TURNED:
        return Finding(Outcome.TO_PUBLIC.value, "事项已经决定并实施，不再是过程性信息", public_title=title)
    if Outcome.CLEANED in item.possible and item.before is _OPEN:
        return Finding(Outcome.CLEANED.value, "已由新的办法代替", public_title=title)
    return Finding(KEPT[item.before].value, "情势没有变化", ground=item.grounds[0].value if item.grounds else "")


def _let_through(staff: Staff, uid: str, now: datetime) -> None:
    """The reviewer's secrecy review of what turns public."""
    actor = staff[Duty.REVIEWER]
    with transaction() as session:
        one = reappraisals.open_round(session, uid, actor, for_step=True)
        for item in one.items:
            if not item.is_released:
                given = (SecrecyResult.OPEN, "经审查不涉及国家秘密、工作秘密", day_of(now))
                reappraising.review_secrecy(session, one, item, *given, actor, now)


def _finish(staff: Staff, uid: str, moment: Iterator[datetime]) -> None:
    """Handed over, confirmed, the document published, the results released."""
    officer, head = staff[Duty.OFFICER], staff[Duty.HEAD]
    with transaction() as session:
        one = reappraisals.open_round(session, uid, officer, for_step=True)
        reappraisals.submit(session, one, officer, next(moment))
        reappraisals.confirm(session, one, head, next(moment))
        for document in _to_publish(one):
            at = next(moment)
            reappraisal_effects.note_publication(session, document, day_of(at), WHERE, officer, at)
        reappraisals.release(session, one, "本年度评估审查已经完成，转为主动公开的信息已经发布。", head, next(moment))


def _to_publish(one: Reappraisal) -> list[OfficialDocument]:
    return [item.document for item in one.items if item.document is not None and item.document.publish_by is not None]
