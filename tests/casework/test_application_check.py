"""What an application must say, and how what is wrong with it is told: no database."""

from dataclasses import replace
from datetime import date

import pytest

from gkapply.casework.application import Application
from gkapply.casework.application_check import BadForm, check, gaps

TODAY = date(2026, 3, 2)
CITIZEN = Application(
    kind="natural_person",
    name="𠮷田·买买提",
    id_number="11010119900101004X",
    phone="13800000000",
    description="2025年龙台镇征地补偿安置方案",
    carrier="paper",
    way="pickup",
)
COMPANY = replace(CITIZEN, kind="enterprise", name="某某有限公司", id_number="91350100M000100Y43")


def wrong(application: Application, *, on_paper: bool = False) -> dict[str, str]:
    """Field → sentence of everything that the check refuses."""
    with pytest.raises(BadForm) as caught:
        check(application, TODAY, on_paper=on_paper)
    return {field: str(error) for field, error in caught.value.errors.items()}


def test_the_usual_identity_paper_is_filled_in_by_the_kind_of_applicant() -> None:
    assert check(CITIZEN, TODAY).id_type == "resident_id"
    assert check(COMPANY, TODAY).id_type == "credit_code"


def test_numbers_are_written_in_one_form() -> None:
    written = check(
        replace(CITIZEN, id_number=" 110101 19900101 004x", phone="０２８-２４５３００００", postcode="６４２３５０"),
        TODAY,
    )
    assert (written.id_number, written.phone, written.postcode) == ("11010119900101004X", "028-24530000", "642350")


def test_any_script_and_rare_character_is_kept_and_control_characters_are_not() -> None:
    written = check(replace(CITIZEN, description="\x00 𠮷野家·ئۇيغۇر \r\n第二行\x0b𱁬 "), TODAY)
    assert written.description == "𠮷野家·ئۇيغۇر \n第二行𱁬"
    assert written.name == "𠮷田·买买提"


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"kind": ""}, "kind", "请选择申请人类型（条例第二十九条第二款）"),
        ({"kind": "citizen"}, "kind", "请选择申请人类型"),
        ({"name": "  "}, "name", "请填写申请人的姓名或者名称"),
        ({"id_number": "110101199001011234"}, "id_number", "身份证号码的校验位不符"),
        ({"id_number": ""}, "id_number", "请填写证件号码"),
        ({"phone": ""}, "phone", "至少填写一项"),
        ({"phone": "12"}, "phone", "联系电话应为7至20位数字"),
        ({"email": "a b@example.cn"}, "email", "电子邮箱地址的格式不对"),
        ({"postcode": "?"}, "postcode", "邮政编码的格式不对"),
        ({"description": " \n\x00 "}, "description", "请写明所申请的政府信息"),
        ({"description": "长" * 5001}, "description", "最多5000个字，现有5001个字"),
        ({"description": "附件标有机密★10年"}, "description", "本系统是非涉密系统"),
        ({"suggests_disclosure": "机 密 ★"}, "suggests_disclosure", "请改用纸质方式"),
        ({"carrier": "usb"}, "carrier", "请选择提供政府信息的载体形式"),
        ({"way": ""}, "way", "请选择获取政府信息的方式"),
        ({"way": "post"}, "address", "选择邮寄的，请填写通信地址"),
        ({"way": "email"}, "email", "选择电子邮件的，请填写电子邮箱"),
        ({"way": "fax"}, "fax", "选择传真的，请填写传真号码"),
        ({"agent_phone": "13900000000"}, "agent_name", "请填写代理人姓名"),
        ({"agent_name": "李四", "agent_id_number": "110101199001011234"}, "agent_id_number", "校验位不符"),
        ({"id_type": "credit_code"}, "id_type", "证件名称与申请人类型不符"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(change: dict[str, str], field: str, words: str) -> None:
    errors = wrong(replace(CITIZEN, **change))  # type: ignore[arg-type]
    assert list(errors) == [field]
    assert words in errors[field]


def test_an_organisation_is_checked_by_its_credit_code() -> None:
    assert "统一社会信用代码的校验位不符" in wrong(replace(COMPANY, id_number="91350100M000100Y44"))["id_number"]


def test_every_wrong_field_is_told_at_once() -> None:
    assert set(wrong(Application(phone="1", email="x"))) == {
        "kind", "carrier", "way", "description", "name", "id_number", "phone", "email",
    }  # fmt: skip


def test_online_needs_no_further_contact_than_one() -> None:
    assert check(replace(CITIZEN, phone="", email="a@example.cn", way="online"), TODAY).email == "a@example.cn"


def test_other_papers_are_taken_as_they_are() -> None:
    passport = replace(CITIZEN, id_type="passport", id_number="E１２３４５６７８")
    assert check(passport, TODAY).id_number == "E12345678"
    agent = replace(CITIZEN, agent_name="李四", agent_id_number="护照 G12345678")
    assert check(agent, TODAY).agent_id_number == "护照 G12345678"


def test_a_letter_that_says_too_little_is_entered_all_the_same_and_its_gaps_are_listed() -> None:
    letter = Application(kind="natural_person", name="未署名", description="来信", carrier="paper", way="post")
    assert check(letter, TODAY, on_paper=True).id_number == ""
    assert gaps(letter) == [
        "请填写证件号码，以证明申请人身份",
        "联系电话、电子邮箱、通信地址至少填写一项",
        "选择邮寄的，请填写通信地址",
    ]
    assert gaps(CITIZEN) == []


def test_a_wrong_number_on_paper_is_refused_too() -> None:
    assert "校验位不符" in wrong(replace(CITIZEN, id_number="110101199001011234"), on_paper=True)["id_number"]
