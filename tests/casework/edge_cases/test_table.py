"""The table of the edge cases is whole: every case has its test, every test its case, and the page tells of each."""

from collections.abc import Callable, Mapping
from inspect import getdoc
from pathlib import Path
from types import ModuleType

import pytest

from tests.casework.edge_cases import test_how_it_came as how_it_came
from tests.casework.edge_cases import test_one_or_several as one_or_several
from tests.casework.edge_cases import test_reply_and_delivery as reply_and_delivery
from tests.casework.edge_cases import test_time_and_questions as time_and_questions
from tests.casework.edge_cases import test_who_applies as who_applies
from tests.casework.edge_cases import test_whose_information as whose_information

PAGE = Path(__file__).parents[3] / "docs" / "edge-cases.md"
MODULES: tuple[ModuleType, ...] = (
    how_it_came,
    who_applies,
    whose_information,
    time_and_questions,
    one_or_several,
    reply_and_delivery,
)
CASES: Mapping[str, Callable[..., None]] = {
    "平常信函": how_it_came.test_ordinary_letter,
    "寄给本机关其他单位或者人员": how_it_came.test_sent_to_another_unit,
    "门卫、收发室签收": how_it_came.test_express_mail_signed_by_the_gatekeeper,
    "申请人用快递寄来": how_it_came.test_commercial_courier,
    "传真、互联网、电子邮件": how_it_came.test_fax_web_and_mail,
    "休息日、节假日收到": how_it_came.test_received_on_a_rest_day,
    "口头提出": how_it_came.test_oral_request,
    "补登以前收到的申请": how_it_came.test_late_registration,
    "政务服务大厅窗口、专区": how_it_came.test_counter_of_the_service_hall,
    "12345、信箱、信访转来": how_it_came.test_by_hotline_mailbox_or_petition,
    "共同申请人": who_applies.test_joint_applicants,
    "代理人": who_applies.test_agent,
    "未成年人": who_applies.test_minor,
    "外国人、外国组织": who_applies.test_foreigner,
    "申请人死亡或者终止": who_applies.test_applicant_dies_or_organisation_ends,
    "申请人联系不上": who_applies.test_applicant_unreachable,
    "要求说明用途": who_applies.test_purpose_demanded,
    "党委文件、党政联合发文": whose_information.test_document_of_the_party,
    "学校、医院、公用企业": whose_information.test_school_hospital_or_public_utility,
    "申请人自己的个人信息": whose_information.test_own_personal_data,
    "材料在本机关档案室": whose_information.test_material_in_the_own_archive_room,
    "咨询、要求解释说明": whose_information.test_enquiry_or_demand_for_explanation,
    "向无关机关提出": whose_information.test_wrong_organ,
    "非牵头的共同制作机关": whose_information.test_co_producer_that_does_not_lead,
    "本机关保存的其他机关信息": whose_information.test_information_of_another_organ_held_here,
    "机构改革": whose_information.test_reorganisation,
    "已移交国家档案馆": whose_information.test_transferred_to_a_state_archive,
    "政府信息不存在": whose_information.test_not_existing_needs_a_search,
    "可以区分处理却全部不予公开": whose_information.test_whole_refusal_though_a_part_could_be_given,
    "案件当事人申请公开案卷": whose_information.test_party_to_a_case_who_wants_its_file,
    "补正两次": time_and_questions.test_corrected_twice,
    "补正从另一渠道送来": time_and_questions.test_correction_by_another_channel,
    "逾期补正但有正当理由": time_and_questions.test_late_correction_with_good_reason,
    "征求第三方意见又延期": time_and_questions.test_third_party_and_extension_together,
    "多个第三方": time_and_questions.test_several_third_parties,
    "第三方不同意但没有理由": time_and_questions.test_third_party_refuses_without_reasons,
    "200个第三方": time_and_questions.test_two_hundred_third_parties,
    "申请“某事项的全部材料”": time_and_questions.test_all_documents_about_something,
    "一件申请多项内容": one_or_several.test_several_items_in_one_request,
    "拆分为多件": one_or_several.test_splitting_one_request,
    "同一人重复申请": one_or_several.test_duplicate_by_the_same_person,
    "不同的人申请相同信息": one_or_several.test_same_request_by_different_persons,
    "申请人撤回": one_or_several.test_withdrawal,
    "复制、邮寄成本": one_or_several.test_cost_of_copies_and_post,
    "要纸质却给电子件": one_or_several.test_another_form_than_asked,
    "当场答复": one_or_several.test_answer_on_the_spot,
    "同日多件跨过第10件、第30件": one_or_several.test_several_on_one_day_across_the_tenth,
    "答复日": reply_and_delivery.test_day_of_the_reply,
    "逾期答复": reply_and_delivery.test_reply_too_late,
    "我方文书被退回": reply_and_delivery.test_our_letter_came_back,
}
"""The case in the words of the page, and the test that shows what the system does."""


def rows_of_the_page() -> list[tuple[str, ...]]:
    """The rows of the page's table below its head, cell by cell."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[1:]]


def test_no_case_is_missing() -> None:
    assert len(CASES) == 50
    tests = {getattr(module, name) for module in MODULES for name in dir(module) if name.startswith("test_")}
    assert tests == set(CASES.values())


@pytest.mark.parametrize("title", CASES)
def test_each_test_says_which_case_it_is(title: str) -> None:
    assert (getdoc(CASES[title]) or "").startswith(f"{title}：")


def test_the_page_tells_of_each_case_and_its_test() -> None:
    rows = rows_of_the_page()
    told = {title: test for title, _, _, test in rows}
    assert told == {
        title: f"`{Path(test.__code__.co_filename).name}::{test.__name__}`" for title, test in CASES.items()
    }
    assert len(rows) == len(CASES)
    assert all(all(cells) for cells in rows)
