"""Who applies: several together, by an agent, a minor, a foreigner, somebody who is no more or cannot be found."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from gkapply.casework import delivery, fee_working
from gkapply.casework.application import Application
from gkapply.casework.application_check import BadForm
from gkapply.casework.documents import Upload
from gkapply.casework.gaps import gaps_of
from gkapply.casework.people import Organ
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.reply import record_note
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from tests.casework.edge_cases.lives import Login, NewLife, case_of, counted, told_at
from tests.web.browser import Browser, parsed, words
from workflows.case_states import CaseState
from workflows.duties import Duty

CHILD = "110101201303020016"
"""Born on 2 March 2013: thirteen years old in 2026."""
YOUTH = "110101200901010016"
PASSPORT = replace(PERSON, id_type="passport", id_number="E12345678")


@pytest.fixture
def database_kind() -> str:
    """Here it is the pages that tell: they are tried on SQLite alone."""
    return "sqlite"


def begun(new_life: NewLife, applicant: Application, text: str = "2024年统计公报") -> Life:
    """Handed in on Monday, 2 March 2026, and given to an officer."""
    life = new_life()
    return life.register(walked_in(applicant, text), life.at_the_counter()).assign()


def missing(life: Life) -> list[str]:
    """What the file does not say or prove."""
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        return gaps_of(session, case, life.today)


def test_joint_applicants(new_life: NewLife, login: Login, office: Office) -> None:
    """共同申请人：一件申请，列明全部申请人，第一人为联系人；文书写明并送达每一名；按件收费的累计只计第一人；年报只计一件。"""
    life = begun(new_life, replace(PERSON, joint=f"申请人丙，{YOUTH}，13900000000\n演示商贸有限公司"))
    case = case_of(life)
    assert [one.name for one in case.applicants] == ["申请人甲", "申请人丙", "演示商贸有限公司"]
    assert case.applicant.name == "申请人甲"
    with reading() as session:
        second = session.get_one(Case, case.id).applicants[1]
        assert contact_of(session, second)["id_number"] == YOUTH
    assert "本件有3名共同申请人" in told_at(login, life, "accept")
    life.accept().decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply()
    life.submit_reply().pass_review().sign_reply()
    reply = case_of(life).letters[-1]
    page = words(login(Duty.REGISTRAR).get(f"/desk/letters/{reply.uid}/steps/send"))
    assert "文书应当送达每一名申请人" in page
    life.send_reply()
    assert "申请人甲、申请人丙、演示商贸有限公司" in "\n".join(paragraphs(office.store.get(reply.file_sha)))
    assert counted() == {"1": 1, "3.1": 1, "3.7": 1}
    alone = begun(new_life, replace(PERSON, name="申请人丙", id_number=YOUTH))
    with reading() as session:
        assert fee_working.ordinal(session, session.get_one(Case, case_of(alone).id)) == 1
    with pytest.raises(BadForm) as refused:
        begun(new_life, replace(PERSON, joint="，110101200901010016"))
    assert set(refused.value.errors) == {"joint"}


def test_agent(new_life: NewLife, login: Login) -> None:
    """代理人：须有授权委托书和双方身份证明；缺少的登记后列为补正事项，不得拒收。"""
    life = begun(new_life, replace(PERSON, agent_name="代理人甲", agent_relation="律师"))
    wanted = [
        "没有收到授权委托书，请补交写明委托事项、权限和期限的授权委托书",
        "没有收到代理人的身份证明，请写明代理人的证件名称和号码",
    ]
    assert (case_of(life).state, missing(life)) == (CaseState.REVIEWING, wanted)
    assert all(f"可以作为补正事项：{one}" in told_at(login, life, "propose_correction") for one in wanted)
    proved = new_life()
    with_paper = replace(PERSON, agent_name="代理人甲", agent_id_number=YOUTH)
    proved.register(
        walked_in(with_paper, "统计公报"),
        proved.at_the_counter(),
        {"authorisation": [Upload("委托书.txt", "委托".encode())]},
    )
    assert missing(proved) == []


def test_minor(new_life: NewLife, login: Login) -> None:
    """未成年人：已满十四周岁的直接受理；不满十四周岁的由监护人代为申请或者同意，没有的列为补正事项。"""
    child = begun(new_life, replace(PERSON, name="申请人丁", id_number=CHILD))
    told = "申请人不满十四周岁，请由监护人代为申请，或者提交监护人同意的材料（《个人信息保护法》第三十一条）"
    assert missing(child) == [told]
    assert told in told_at(login, child, "propose_correction")
    assert missing(begun(new_life, replace(PERSON, id_number=YOUTH))) == []
    consented = new_life()
    consented.register(
        walked_in(replace(PERSON, id_number=CHILD), "统计公报"),
        consented.at_the_counter(),
        {"authorisation": [Upload("监护人同意书.txt", "同意".encode())]},
    )
    assert missing(consented) == []
    fourteen = new_life(date(2027, 3, 2))
    fourteen.register(walked_in(replace(PERSON, id_number=CHILD), "统计公报"), fourteen.at_the_counter())
    assert missing(fourteen) == []


def test_foreigner(new_life: NewLife, login: Login) -> None:
    """外国人、外国组织：条例没有写明，由设置决定；默认与公民同样办理，另一种须先记录对等情况；不论哪种都登记。"""
    taken = begun(new_life, PASSPORT)
    assert "本机关的设置是与公民同样办理" in told_at(login, taken, "accept")
    assert case_of(taken.accept()).state is CaseState.HANDLING
    with transaction() as session:
        session.execute(update(Organ).values(settings='{"foreign_applicants":"reciprocity"}'))
    waiting = begun(new_life, PASSPORT)
    assert "请先用工作记录写明其所属国的做法" in told_at(login, waiting, "accept")
    with pytest.raises(Refusal, match="还没有记录对等情况") as refused:
        waiting.accept()
    assert refused.value.article == "条例第二十七条"
    waiting.do(
        Duty.OFFICER, lambda s, c, a, now: record_note(s, c, "其所属国允许我国公民申请", "work", waiting.today, a, now)
    )
    assert case_of(waiting.accept()).state is CaseState.HANDLING
    assert case_of(begun(new_life, PERSON).accept()).state is CaseState.HANDLING


def test_applicant_dies_or_organisation_ends(new_life: NewLife) -> None:
    """申请人死亡或者终止：由公开机构负责人凭证明终止办理，附说明，计入其他处理（表三3.6.3），期限终止。"""
    life = begun(new_life, COMPANY).accept().come_to(date(2026, 3, 11))
    with pytest.raises(Refusal) as refused:
        life.end_without_applicant("dissolved", " ")
    assert refused.value.field == "finding"
    life.end_without_applicant("dissolved", "已于2026年3月5日注销登记，无承受其权利义务的组织")
    case = case_of(life)
    assert (case.state, case.ended_on, case.report_row) == (CaseState.ENDED, date(2026, 3, 11), "3.6.3")
    assert counted() == {"1": 1, "3.6.3": 1, "3.7": 1}


def test_applicant_unreachable(new_life: NewLife) -> None:
    """申请人联系不上：退回的信封存卷，答复日不变，试用其他联系方式再发；没有送达凭证不能归档；不自动公告送达。"""
    life = begun(new_life, PERSON).accept().come_to(date(2026, 3, 16))
    life.decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply().submit_reply().pass_review()
    life.sign_reply().send_reply().come_to(date(2026, 3, 23))
    life.came_back()
    life.do(
        Duty.REGISTRAR,
        lambda s, c, a, now: record_note(s, c, "致电两次无人接听，短信未回复", "phone", life.today, a, now),
    )
    case = case_of(life)
    assert (case.replied_on, case.delivered_on, case.letters[-1].state.value) == (date(2026, 3, 16), None, "returned")
    with pytest.raises(Refusal):
        life.archive()
    with pytest.raises(Refusal, match="没有启用公告送达"):
        life.send_reply("announced")
    life.send_reply(delivery.HAND)
    case = case_of(life)
    assert (case.replied_on, case.delivered_on) == (date(2026, 3, 16), date(2026, 3, 23))
    life.archive()


def test_purpose_demanded(new_life: NewLife, login: Login, client: Browser) -> None:
    """要求说明用途：2019年起不得要求；表单没有用途一栏，补正页面提示不得以此要求补正。"""
    page = client.get("/apply")
    assert "不需要说明用途" in words(page)
    assert not [name for name in parsed(page).xpath("//main//form//@name") if "purpose" in name]
    assert "不得要求申请人说明用途" in told_at(login, begun(new_life, PERSON), "propose_correction")
    assert "purpose" not in Application.__dataclass_fields__
