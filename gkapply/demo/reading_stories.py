"""Replies that turned public: cleaned, checked by a second person, and to be read in the reading room (公开阅览)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import anonymising, disclosing, showing, turning_public
from gkapply.casework.access import Actor
from gkapply.casework.disclosing import EXCUSE, REPLACE, Answer, Draft
from gkapply.casework.documents import Upload
from gkapply.casework.publications import Publication
from gkapply.casework.records import Case
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.demo.likeness_story import asked_before
from gkapply.demo.walk import Story
from workflows.duties import Duty

ROADS = """项目,资金（万元）,实施单位
龙台镇农村公路日常养护,42.5,龙台镇人民政府
岳阳镇农村公路日常养护,38.0,岳阳镇人民政府
石桥铺镇农村公路水毁修复,61.2,县交通运输局
"""
HOUSES = """2024年本县农村危房改造采用自愿申请、村民评议、乡镇审核、县级审批的办法，补助标准按照改造方式和户的类别确定。
修缮加固的，每户补助0.8万元至1.2万元；拆除重建的，每户补助2.2万元至3.5万元。补助资金通过“一卡通”直接发放到户。
全县当年改造完成的户数和各乡镇的资金安排见附表。附表按乡镇汇总，不列户主姓名、身份证号码和账号。
政策咨询可以拨打县住房和城乡建设局电话028-24500000。
"""
HOUSES_TABLE = """乡镇,改造户数,补助资金（万元）
龙台镇,21,48.6
岳阳镇,17,39.2
石桥铺镇,26,60.4
"""
OPEN_TELEPHONE = "是机关对外公布的办公电话"


@dataclass(frozen=True, slots=True)
class Piece:
    """What is to be read: the words (empty: those of the reply) and a table beside."""

    title: str
    area: str
    words: str
    table: Upload


def roads(life: Life) -> Story:
    """依申请公开的资金安排表，转主动公开；正文取自答复书."""
    yield 34
    _asked(life, "2024年农村公路养护资金的安排文件", COMPANY.name)
    yield 24
    publish(life, Piece("2024年农村公路养护资金安排", "财政预决算", "", Upload("资金安排表.csv", ROADS.encode())))


def houses(life: Life) -> Story:
    """农村危房改造的补助办法，转主动公开；正文另行整理."""
    yield 28
    _asked(life, "2024年农村危房改造补助标准和资金安排", PERSON.name)
    yield 14
    table = Upload("危房改造资金汇总表.csv", HOUSES_TABLE.encode())
    publish(life, Piece("2024年农村危房改造补助标准和各乡镇资金安排", "农村危房改造", HOUSES, table))


READING_STORIES: list[Callable[[Life], Story]] = [roads, houses, asked_before]


def _asked(life: Life, what: str, who: str) -> None:
    """A request whose applicant suggested to publish the information, answered by giving it."""
    applicant = next(one for one in (PERSON, COMPANY) if one.name == who)
    wanted = replace(walked_in(applicant, what), suggests_disclosure="群众普遍关心，建议向社会公开")
    life.register(wanted, life.at_the_counter()).assign().accept()
    life.decide(1, "disclosed", {"enclosures": "资金安排表（1份）", "release_review": "经审查可以公开"})
    life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand")


def publish(life: Life, piece: Piece) -> None:
    """From the head's decision to the public page, each step by the duty that it is for."""

    def step(duty: Duty, deed: Callable[[Session, Publication, Actor], object]) -> None:
        def on_case(session: Session, case: Case, actor: Actor, now: object) -> None:
            found = select(Publication).where(Publication.case_id == case.id)
            deed(session, session.scalars(found).one(), actor)

        life.do(duty, on_case)

    def prepare(session: Session, publication: Publication, actor: Actor) -> None:
        words = piece.words or disclosing.original_text(session, publication)
        draft = Draft(piece.title, piece.area, words, uploads=(piece.table,))
        disclosing.prepare(session, publication, draft, actor, life.now)

    step(Duty.HEAD, lambda s, one, a: turning_public.accept(s, one, "不涉及不予公开的情形，群众普遍关心", a, life.now))
    step(Duty.OFFICER, prepare)
    step(Duty.OFFICER, lambda s, one, a: _settle(s, one, a, life))
    step(Duty.OFFICER, lambda s, one, a: disclosing.hand_for_check(s, one, a, life.now))
    step(Duty.REVIEWER, lambda s, one, a: disclosing.confirm(s, one, (), a, life.now))
    review = "经审查不涉及国家秘密、商业秘密和个人隐私"
    step(Duty.HEAD, lambda s, one, a: showing.show(s, one, review, "", a, life.now))


def _settle(session: Session, publication: Publication, actor: Actor, life: Life) -> None:
    """Whatever was found in the words is replaced as proposed; an office telephone stays, with the reason."""
    assert publication.draft is not None
    found: Sequence[anonymising.Finding] = anonymising.check(session, publication, publication.draft).open
    answers = {
        one.digest: Answer(EXCUSE, OPEN_TELEPHONE) if one.kind == "landline" else Answer(REPLACE, one.instead)
        for one in found
    }
    if answers:
        disclosing.settle(session, publication, answers, actor, life.now)
