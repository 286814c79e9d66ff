"""Whose information it is, and whether it is government information at all: which reply, which letter, which row of table 三."""

from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import transfer
from gkapply.casework.access import Actor
from gkapply.casework.consultation import Question
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.transfer import Wanted
from gkapply.database import reading
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from tests.casework.edge_cases.lives import (
    DUE,
    MONDAY,
    Login,
    NewLife,
    answered,
    case_of,
    counted,
    handled,
    told_when_deciding,
)
from workflows.case_states import CaseState
from workflows.duties import Duty

K = ReplyKind


@pytest.fixture
def database_kind() -> str:
    """Here it is the pages that tell: they are tried on SQLite alone."""
    return "sqlite"


def letter_of(office: Office, kind: LetterKind, life: object) -> str:
    """The text of the reply as it left."""
    case = case_of(life)  # type: ignore[arg-type]
    sent = next(one for one in case.letters if one.kind == kind)
    return "\n".join(paragraphs(office.store.get(sent.file_sha)))


def test_document_of_the_party(new_life: NewLife, login: Login, office: Office) -> None:
    """党委文件、党政联合发文：看文号、主办机关和保存情况；党务信息用非政府信息告知书，行政文号的联合发文照常办理。"""
    life = handled(new_life, "县委办公室印发的有关通知")
    told = told_when_deciding(login, life, K.NOT_GOVERNMENT_INFORMATION)
    assert "看文号、主办机关和保存情况" in told
    assert "编行政机关文号的联合发文是政府信息，按一般程序办理" in told
    with pytest.raises(Refusal, match="缺少：该内容属于"):
        life.decide(1, "not_government_information", {"reason": "由党组织制作、保存"})
    case = answered(
        life,
        "not_government_information",
        {"content_kind": "party", "reason": "该文件编党组织文号，由党组织制作、保存"},
    )
    assert (case.letters[-1].kind, case.report_row) == ("reply_not_information", "3.6.3")
    assert "属于党务信息" in letter_of(office, LetterKind.REPLY_NOT_INFORMATION, life)


def test_school_hospital_or_public_utility(new_life: NewLife, login: Login, office: Office) -> None:
    """学校、医院、公用企业：条例第五十五条，依行业规定、向主管部门申诉；用非政府信息告知书，不用“非本机关负责公开”。"""
    life = handled(new_life, "县人民医院的收费明细")
    told = told_when_deciding(login, life, K.NOT_GOVERNMENT_INFORMATION)
    assert "公共企事业单位信息" in told
    assert "不用“非本机关负责公开”" in told
    given = {"content_kind": "public_body", "reason": "由县人民医院在提供医疗服务过程中制作、保存"}
    with pytest.raises(Refusal, match="缺少：另有规定的，所适用的规定和获取途径"):
        life.decide(1, "not_government_information", given)
    answered(life, "not_government_information", {**given, "governing_rule": "《医疗卫生机构信息公开管理办法》"})
    text = letter_of(office, LetterKind.REPLY_NOT_INFORMATION, life)
    assert "第五十五条" in text
    assert "申诉" in text
    assert "行政诉讼" not in text


def test_own_personal_data(new_life: NewLife, login: Login) -> None:
    """申请人自己的个人信息：告知依照《个人信息保护法》第四十五条或者行业查询；第三十六条第七项只限法律、行政法规有规定的。"""
    life = handled(new_life, "本人的社会保险缴费记录")
    told = told_when_deciding(login, life, K.SPECIAL_RULE)
    assert "《个人信息保护法》第四十五条" in told
    assert "规章不在其内" in told
    with pytest.raises(Refusal, match="缺少：有特别规定的法律、行政法规"):
        life.decide(1, "special_rule", {"query_place": "政务服务大厅社保窗口"})
    law = {"special_law": "other", "query_place": "政务服务大厅社保窗口"}
    with pytest.raises(Refusal, match="缺少：所依照的法律、行政法规名称和条款"):
        life.decide(1, "special_rule", law)
    assert (
        answered(life, "special_rule", {**law, "special_law_named": "《社会保险法》第七十四条"}).report_row == "3.3.8"
    )


def test_material_in_the_own_archive_room(new_life: NewLife, login: Login) -> None:
    """材料在本机关档案室：仍是本机关的信息，检索记录必须写明档案室的检索情况，否则不能告知不存在。"""
    life = handled(new_life, "2009年征地批复")
    assert "本机关档案室保管的材料仍由本机关负责" in told_when_deciding(login, life, K.NOT_EXISTING)
    with pytest.raises(Refusal, match="请填写本机关档案室的检索情况") as refused:
        life.search("“征地”", "没有记录", archive_room=" ")
    assert refused.value.field == "archive_room"
    with pytest.raises(Refusal, match="缺少：检索记录"):
        life.decide(1, "not_existing", {})
    life.search("“征地”", "没有记录", archive_room="已检索2009年文书档案目录")
    assert answered(life, "not_existing", {}).report_row == "3.4.1"


def test_enquiry_or_demand_for_explanation(new_life: NewLife, login: Login, office: Office) -> None:
    """咨询、要求解释说明：不是申请获取政府信息，按咨询答复；实为信访投诉的用相应类型；均有各自的行次。"""
    life = handled(new_life, "请解释为什么我家没有分到宅基地")
    assert "咨询、要求解释说明的，不是申请获取政府信息" in told_when_deciding(login, life, K.ENQUIRY)
    assert answered(life, "enquiry", {"enquiry_answer": "可以向县自然资源局咨询"}).report_row == "3.6.3"
    assert "行政诉讼" not in letter_of(office, LetterKind.REPLY_ENQUIRY, life)
    complaint = handled(new_life, "要求查处邻居违建")
    with pytest.raises(Refusal, match="缺少：可以提出信访、投诉、举报的相应渠道"):
        complaint.decide(1, "petition", {"reason": "内容是举报"})
    assert (
        answered(complaint, "petition", {"reason": "内容是举报", "channel": "综合执法局举报电话"}).report_row == "3.5.1"
    )
    assert counted() == {"1": 2, "3.6.3": 1, "3.5.1": 1, "3.7": 2}


def test_wrong_organ(new_life: NewLife, login: Login, office: Office) -> None:
    """向无关机关提出：说明理由并写明负责机关；条例没有转送申请的规定，另行移送不替代答复，对方自收到之日起算。"""
    life = handled(new_life, "省道改建工程的施工许可")
    told = told_when_deciding(login, life, K.NOT_OURS)
    assert "条例没有转送申请的规定" in told
    assert "对方机关自其收到之日起计算期限" in told
    with pytest.raises(Refusal, match="缺少：理由"):
        life.decide(1, "not_ours", {"competent_organ": "省交通运输厅"})
    case = answered(life, "not_ours", {"reason": "由省交通运输厅制作", "competent_organ": "省交通运输厅，028-00000000"})
    assert (case.state.value, case.report_row) == ("replied", "3.4.1")
    assert "省交通运输厅，028-00000000" in letter_of(office, LetterKind.REPLY_NOT_OURS, life)
    sent_on = handled(new_life, "教体局的学区划分方案").decide(1, "not_ours", {"reason": "由该局制作"})
    with reading() as session:
        there = session.scalars(select(Organ.id).where(Organ.code == "AYX-JYTY")).one()
    wanted = Wanted(there, "", "", "由该局负责公开", "")
    sent_on.do(Duty.OFFICER, lambda s, c, a, now: transfer.propose(s, c, wanted, a, now))
    sent_on.issue(LetterKind.TRANSFER_NOTICE, "hand")
    with reading() as session:
        actor = Actor("user", there, frozenset({Duty.REGISTRAR}), user_id=1)
        assert [one.sent_on for one in transfer.arrived(session, actor)] == [MONDAY]
        assert session.scalars(select(Case).where(Case.organ_id == there)).all() == []
    assert (case_of(sent_on).state, case_of(sent_on).due_on) == (CaseState.HANDLING, DUE)


def test_co_producer_that_does_not_lead(new_life: NewLife, login: Login, office: Office) -> None:
    """非牵头的共同制作机关：依照第三十六条第五项告知，并写明牵头机关。"""
    life = handled(new_life, "三部门联合印发的实施方案")
    assert "由牵头制作的机关负责公开：本机关不是牵头机关的，写明牵头机关" in told_when_deciding(login, life, K.NOT_OURS)
    given = {"reason": "该方案由县发展改革局牵头制作", "competent_organ": "县发展改革局，028-11111111"}
    assert answered(life, "not_ours", given).report_row == "3.4.1"
    assert "县发展改革局" in letter_of(office, LetterKind.REPLY_NOT_OURS, life)


def test_information_of_another_organ_held_here(new_life: NewLife, login: Login) -> None:
    """本机关保存的其他机关信息：由制作或者最初获取的机关负责公开；从公民、法人获取的由保存机关负责。"""
    life = handled(new_life, "市政府下发的批复")
    told = told_when_deciding(login, life, K.NOT_OURS)
    assert "由制作或者最初获取它的机关负责公开" in told
    assert "从公民、法人和其他组织获取的，由保存的机关负责公开" in told
    assert answered(life, "not_ours", {"reason": "由市政府制作", "competent_organ": "市政府"}).report_row == "3.4.1"


def test_reorganisation(new_life: NewLife, login: Login) -> None:
    """机构改革：职权划出的可征求划入机关意见或者告知向其提出；划入机关不得以未移交为由拒绝。征求意见停止计算期限。"""
    life = handled(new_life, "原县粮食局2017年的储备文件")
    told = told_when_deciding(login, life, K.NOT_OURS)
    assert "可以征求划入机关意见后处理，也可以告知申请人向划入机关提出" in told
    assert "不得以信息尚未移交为由拒绝" in told
    life.come_to(date(2026, 3, 10)).consult(
        Question("organ", "某市粮食和物资储备局", "", "", "储备文件", "职权已划入该局")
    )
    assert (case_of(life).due_on, case_of(life).stopped_since) == (None, date(2026, 3, 10))
    life.come_to(date(2026, 3, 13)).party_answers("agree", "")
    # 11 to 13 March do not count.
    assert case_of(life).due_on == date(2026, 4, 2)


def test_transferred_to_a_state_archive(new_life: NewLife, login: Login) -> None:
    """已移交国家档案馆：告知依照档案法办理；提前移交、移交期限未满的仍由本机关负责，须核对。"""
    life = handled(new_life, "1985年的县志编纂材料")
    assert "提前移交档案馆、移交期限尚未届满的，仍由原机关负责公开" in told_when_deciding(login, life, K.ARCHIVES)
    with pytest.raises(Refusal, match="缺少：已核对：不是移交期限届满之前提前移交的档案"):
        life.decide(1, "archives", {"archive_name": "安岳县档案馆"})
    assert answered(life, "archives", {"archive_name": "安岳县档案馆", "transfer_due": True}).report_row == "3.6.3"


def test_not_existing_needs_a_search(new_life: NewLife, login: Login, office: Office) -> None:
    """政府信息不存在：须有全面、合理的检索记录（部门、系统、档案室、时段、检索词、结果），并写入答复书。"""
    life = handled(new_life, "路灯的立项文件")
    assert "法院审查检索是否全面、合理" in told_when_deciding(login, life, K.NOT_EXISTING)
    with pytest.raises(Refusal, match="缺少：检索记录（部门、系统、时段、关键词）"):
        life.decide(1, "not_existing", {})
    life.search("“路灯”“立项”", "没有制作或者获取的记录")
    answered(life, "not_existing", {})
    text = letter_of(office, LetterKind.REPLY_NOT_EXISTING, life)
    assert "检索词为“路灯”“立项”" in text
    assert "公文处理系统、纸质文书档案" in text


def test_whole_refusal_though_a_part_could_be_given(new_life: NewLife, login: Login) -> None:
    """可以区分处理却全部不予公开：不勾选“已考虑区分处理，不能区分”就不能认定不予公开。"""
    life = handled(new_life, "执法检查方案")
    for kind in (K.REFUSED_INTERNAL, K.REFUSED_STATE_SECRET, K.REFUSED_THIRD_PARTY):
        assert "能够作区分处理的，应当提供可以公开的内容" in told_when_deciding(login, life, kind)
    given = {"reason": "内部工作安排", "discretion_reason": "公开影响工作"}
    with pytest.raises(Refusal, match="缺少：已考虑区分处理，不能区分") as refused:
        life.decide(1, "refused_internal", given)
    assert refused.value.article == "条例第三十七条"
    assert answered(life, "refused_internal", {**given, "separation_considered": True}).report_row == "3.3.5"


def test_party_to_a_case_who_wants_its_file(new_life: NewLife, login: Login, office: Office) -> None:
    """案件当事人申请公开案卷：行政执法案卷可以不予公开，但在理由中告知其作为当事人查阅案卷的权利；有特别规定的用第三十六条第七项。"""
    life = handled(new_life, "对本人行政处罚案的案卷")
    assert "申请人是该案当事人的，在理由中告知其作为当事人查阅、复制案卷材料的权利" in told_when_deciding(
        login, life, K.REFUSED_ENFORCEMENT
    )
    given = {
        "discretion_reason": "案件尚在办理",
        "no_duty_to_disclose": True,
        "reason": "属于行政执法案卷。您是该案当事人，可以持身份证明到综合执法局查阅、复制案卷材料",
        "separation_considered": True,
    }
    assert answered(life, "refused_enforcement", given).report_row == "3.3.7"
    assert "您是该案当事人，可以持身份证明到综合执法局查阅" in letter_of(office, LetterKind.REPLY_REFUSED, life)
