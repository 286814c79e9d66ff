"""One request or several, charged or free, answered at once, taken back: what is counted and what is not."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import fee_working, kindred, likeness_lines
from gkapply.casework.documents import Upload
from gkapply.casework.records import Case
from gkapply.casework.withdrawal import Withdrawal, record_withdrawal
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.law.replies import ReplyKind
from tests.casework.edge_cases.lives import (
    DUE,
    MONDAY,
    Login,
    NewLife,
    answered,
    case_of,
    counted,
    handled,
    told_at,
    told_when_deciding,
)
from workflows.case_states import CaseState
from workflows.duties import Duty

PUBLIC = {"where_to_find": "县政府网站"}
SIGNED = Upload("record.txt", "申请人签名".encode())
TEXT = "某工程的批复；2024年小学招生片区划分的文件"
PARTS = ("某工程的批复", "2024年小学招生片区划分的文件")


@pytest.fixture
def database_kind() -> str:
    """Here it is the pages that tell: they are tried on SQLite alone."""
    return "sqlite"


def place(life: Life) -> int:
    """The place of the request among its applicant's of the month."""
    with reading() as session:
        return fee_working.ordinal(session, session.get_one(Case, case_of(life).id))


def relations(life: Life) -> dict[str, str]:
    """The requests that belong to this one, with their relation."""
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        found = {one.reference: one.relation for one in kindred.kindred(session, case)}
        like = likeness_lines.view(session, case, life.staff[Duty.OFFICER], life.now)
        return found | {one.reference: one.advice for one in like.others if one.near}


def test_several_items_in_one_request(new_life: NewLife, login: Login) -> None:
    """一件申请多项内容：可以建议、不得强制一事一申请；逐项答复在一份答复书中，只计一件。"""
    life = handled(new_life, TEXT)
    assert "可以建议申请人分别申请，不得强制" in told_at(login, life, "itemise")
    life.itemise(*PARTS).search("“招生”", "没有记录").decide(1, "disclosed_public", PUBLIC)
    with pytest.raises(Refusal):
        life.draft_reply()
    life.decide(2, "not_existing", {}).draft_reply().submit_reply().pass_review().sign_reply().send_reply()
    case = case_of(life)
    assert (case.letters[-1].kind, case.report_row) == ("reply_partial", "3.2")
    assert counted() == {"1": 1, "3.2": 1, "3.7": 1}


def test_splitting_one_request(new_life: NewLife) -> None:
    """拆分为多件：在发出任何文书之前；各件沿用收到之日、申请人和期限，本件作封面不计数；仅为收费不得拆分。"""
    life = new_life()
    life.register(walked_in(PERSON, TEXT), life.at_the_counter()).assign()
    with pytest.raises(Refusal, match="109号"):
        life.divide(*PARTS, reason="fee", words="按件收费")
    life.come_to(date(2026, 3, 5)).divide(*PARTS)
    whole = case_of(life)
    assert whole.state is CaseState.DIVIDED
    assert {(one.received_on, one.due_on) for one in whole.offspring} == {(MONDAY, DUE)}
    assert [one.kind for one in whole.letters] == ["receipt", "split_notice"]
    assert counted() == {"1": 2, "4": 2}
    sent = handled(new_life, TEXT).extend(5, "需要核对")
    with pytest.raises(Refusal, match="已经发出"):
        sent.divide(*PARTS)


def test_duplicate_by_the_same_person(new_life: NewLife, login: Login) -> None:
    """同一人重复申请：已答复且信息相同的才“不予重复处理”；未答复的一并答复或者书面撤回一件，不自动合并，各自计数。"""
    first, second = handled(new_life, "2024年统计公报"), handled(new_life, "2024年统计公报")
    assert relations(second)[first.reference] == "同一申请人尚未答复的申请，可以一并答复"
    assert "不得自行合并" in told_when_deciding(login, second, ReplyKind.REPEATED)
    with pytest.raises(Refusal, match="缺少：此前答复的文号"):
        second.decide(1, "repeated", {})
    first.decide(1, "disclosed_public", PUBLIC)
    second.decide(1, "disclosed_public", PUBLIC)
    first.now = second.now
    first.draft_combined(second.reference).submit_reply().pass_review().sign_reply().send_reply()
    assert [case_of(one).report_row for one in (first, second)] == ["3.1", "3.1"]
    third = handled(new_life, "2024年统计公报", day=date(2026, 3, 9))
    number = case_of(first).letters[-1].number
    answered(third, "repeated", {"earlier_number": number, "earlier_on": "2026-03-02"})
    assert counted() == {"1": 3, "3.1": 2, "3.5.2": 1, "3.7": 3}


def test_same_request_by_different_persons(new_life: NewLife, login: Login) -> None:
    """不同的人申请相同信息：分别立件、分别答复；案件页提示可以公开的可纳入主动公开（第四十四条第一款）。"""
    first, second = handled(new_life, "2024年统计公报"), handled(new_life, "2024年统计公报", COMPANY)
    assert first.reference != second.reference
    assert relations(second)[first.reference] == likeness_lines.OF_OTHERS
    assert relations(handled(new_life, "2019年统计公报", COMPANY)).get(first.reference) is None
    assert "可以纳入主动公开的范围" in told_when_deciding(login, second, ReplyKind.DISCLOSED)
    numbered = new_life()
    numbered.register(
        walked_in(replace(COMPANY, information_number="安府发〔2024〕3号"), "贵府的一份文件"), numbered.at_the_counter()
    )
    same = new_life()
    same.register(
        walked_in(replace(PERSON, information_number="安府发〔2024〕3号"), "有关养老的文件"), same.at_the_counter()
    )
    assert numbered.reference in relations(same)


def test_withdrawal(new_life: NewLife) -> None:
    """申请人撤回：本人行为、答复发出之前；期限终止，计入表三3.6.3；按件累计默认不减，由设置决定。"""
    first, second = handled(new_life, "甲文件"), handled(new_life, "乙文件")
    given = Withdrawal(on=MONDAY, how="signed", proof=None)
    with pytest.raises(Refusal) as refused:
        first.do(Duty.REGISTRAR, lambda s, c, a, now: record_withdrawal(s, c, given, a, now))
    assert refused.value.field == "proof"
    proved = replace(given, proof=SIGNED)
    with pytest.raises(NotPermitted):
        first.do(Duty.OFFICER, lambda s, c, a, now: record_withdrawal(s, c, proved, a, now))
    online = new_life().apply_online(request(PERSON, "丙文件")).confirm().withdraw()
    assert (case_of(online).state, case_of(online).report_row) == (CaseState.WITHDRAWN, "3.6.3")
    assert case_of(online).ended_on == MONDAY
    assert (place(first), place(second)) == (1, 2)
    first.withdraw()
    assert place(second) == 2
    answered(second, "disclosed_public", PUBLIC)
    with pytest.raises(Refusal, match="已答复"):
        second.withdraw()


def test_cost_of_copies_and_post(new_life: NewLife, login: Login) -> None:
    """复制、邮寄成本：一律不收；只有数量、频次明显超过合理范围才可收信息处理费，未超标准的不能发收费通知。"""
    life = handled(new_life, "采购合同")
    assert "提供政府信息不收取复制、邮寄等成本费用" in told_at(login, life, "propose_fee")
    with pytest.raises(Refusal, match="不收费"):
        life.charge("page", 30, "复制、邮寄成本", "窗口")
    with pytest.raises(Refusal, match="不收费"):
        life.charge("item", None, "复制成本", "窗口")


def test_another_form_than_asked(new_life: NewLife) -> None:
    """要纸质却给电子件：须选明改变的形式并写明理由，理由写入答复书（第四十条）；未选择网上获取的不能网上送达。"""
    life = handled(new_life, "征地红线图")
    given = {"enclosures": "红线图（电子文档）", "release_review": "可以公开", "given_form": "electronic"}
    with pytest.raises(Refusal, match="缺少：未按申请人要求的形式提供的理由") as refused:
        life.decide(1, "disclosed", given)
    assert (refused.value.article, refused.value.field) == ("条例第四十条", "form_reason")
    life.decide(1, "disclosed", {**given, "form_reason": "大幅面图件，复制可能损坏原件"}).draft_reply()
    life.submit_reply().pass_review().sign_reply()
    assert "大幅面图件，复制可能损坏原件" in case_of(life).letters[-1].final
    with pytest.raises(Refusal, match="网上"):
        life.send_reply("online")


def test_answer_on_the_spot(new_life: NewLife) -> None:
    """当场答复：仍编号、计数，留申请人签名的记录；答复和送达均为当日。"""
    life = new_life()
    life.register(walked_in(PERSON, "2025年重点民生实事清单"), life.at_the_counter())
    with pytest.raises(Refusal, match="签名"):
        life.answer_on_the_spot("disclosed_public", PUBLIC, None)  # type: ignore[arg-type]
    life.answer_on_the_spot("disclosed_public", PUBLIC, SIGNED)
    case = case_of(life)
    assert (case.state, case.number, case.report_row) == (CaseState.REPLIED, "2026-0001", "3.1")
    assert (case.replied_on, case.delivered_on, case.letters[-1].kind) == (MONDAY, MONDAY, "on_the_spot_record")
    assert counted() == {"1": 1, "3.1": 1, "3.7": 1}


def test_several_on_one_day_across_the_tenth(new_life: NewLife) -> None:
    """同日多件跨过第10件、第30件：按收到之日、再按登记编号排序，决定收费时固定次序。"""
    lives = [new_life().apply_online(request(PERSON, f"第{number}份文件")).confirm() for number in range(12)]
    assert [place(one) for one in lives] == list(range(1, 13))
    tenth, eleventh = lives[9], lives[10]
    with pytest.raises(Refusal, match="不收费"):
        tenth.assign().accept().charge("item", None, "近12个月12件", "窗口")
    eleventh.assign().accept().charge("item", None, "近12个月12件", "窗口")
    lives[0].propose_void("误提交").approve_void()
    with reading() as session:
        found = session.get_one(Case, case_of(eleventh).id).fee
        assert found is not None
        assert (found.quantity, found.yuan) == (11, 100)
