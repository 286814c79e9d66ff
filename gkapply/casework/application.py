"""The application form (政府信息公开申请表): what an applicant says, and the words to choose from.

Only what 条例第二十九条第二款 names may be asked as obligatory. No purpose is ever asked: the special needs of the 2008 text
are gone (条例第二十七条).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gkapply.casework.joint_applicants import OtherApplicant
from gkapply.casework.several_items import Wanted
from gkapply.law import channels
from gkapply.law.annual_rows import COLUMNS, NATURAL_PERSON

KINDS: Mapping[str, str] = {column.code: column.label for column in COLUMNS}
"""申请人类型: the columns of table 三, asked at entry; without it the annual report could not be filled."""

RESIDENT_ID, RESIDENCE_PERMIT, CREDIT_CODE = "resident_id", "residence_permit", "credit_code"
PERSONAL_PAPERS: Mapping[str, str] = {
    RESIDENT_ID: "居民身份证",
    RESIDENCE_PERMIT: "港澳台居民居住证",
    "hk_macao_permit": "港澳居民来往内地通行证",
    "taiwan_permit": "台湾居民来往大陆通行证",
    "passport": "护照",
    "foreign_permit": "外国人永久居留身份证",
    "other_id": "其他有效证件",
}
ORGANISATION_PAPERS: Mapping[str, str] = {
    CREDIT_CODE: "统一社会信用代码",
    "other_registration": "其他登记证书",
}
IDENTITY_PAPERS: Mapping[str, str] = {**PERSONAL_PAPERS, **ORGANISATION_PAPERS}
"""证件名称. Numbers with a check digit are checked by it; of the others only that there is one."""

CHANNELS: Mapping[str, str] = {code: channel.label for code, channel in channels.CHANNELS.items()}
"""受理渠道; what each means for the day of receipt stands in ``gkapply.law.channels``."""
CARRIERS: Mapping[str, str] = {"paper": "纸质", "electronic": "电子文档", "disc": "光盘", "other": "其他"}
"""提供政府信息的载体形式."""
WAYS: Mapping[str, str] = {
    "online": "网上获取",
    "post": "邮寄",
    "pickup": "当面领取",
    "email": "电子邮件",
    "fax": "传真",
    "read": "当场阅读、抄录",
}
"""获取政府信息的方式."""
CHANGEABLE: Mapping[str, str] = {
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "postcode": "邮政编码",
}
"""The fields of the contact that may change while a request is under way; who applies may not."""

PAPERS: Mapping[str, str] = {
    "identity": "身份证明",
    "authorisation": "授权委托书",
    "guardianship": "监护关系证明",
    "other": "其他材料",
}
"""What may be attached; the code is the role of the document in the file."""
EVIDENCE_PAPER = "evidence"
"""What proves that a record is wrong (更正申请, 条例第四十一条)."""
APPLICATION_PAPER, PROOF = "application", "proof"
"""Roles that only the office gives: the paper application as it came, the proof of a receipt date."""

LONGEST: Mapping[str, int] = {
    "name": 200,
    "id_number": 40,
    "employer": 200,
    "representative": 60,
    "contact_name": 60,
    "phone": 40,
    "email": 254,
    "fax": 40,
    "address": 300,
    "postcode": 10,
    "agent_name": 60,
    "agent_id_number": 60,
    "agent_phone": 40,
    "agent_relation": 60,
    "guardian_name": 60,
    "guardian_id_number": 60,
    "guardian_phone": 40,
    "guardian_relation": 60,
    "information_name": 200,
    "information_number": 100,
    "description": 5000,
    "assistance": 200,
    "suggests_disclosure": 1000,
    "joint": 3000,
}
"""Characters that each field written by hand may hold."""


@dataclass(frozen=True, slots=True)
class Application:
    """One application as it was filled in. Every field but ``others`` and ``further`` is a text, empty when nothing was said.

    ``kind`` is a code of KINDS, ``id_type`` of IDENTITY_PAPERS (empty: the usual one of the kind), ``carrier`` of CARRIERS,
    ``way`` of WAYS. ``assistance`` is the help that an applicant with reading, sight or hearing difficulties needs
    (条例第四十三条); ``joint`` names those who apply together with the first-named applicant, one a line, ``others`` one by one;
    ``further`` is what is applied for besides what name, number and description say;
    ``suggests_disclosure`` why the information should be made public to all (条例第四十四条第二款).
    """

    kind: str = ""
    name: str = ""
    id_type: str = ""
    id_number: str = ""
    employer: str = ""
    representative: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    fax: str = ""
    address: str = ""
    postcode: str = ""
    agent_name: str = ""
    agent_id_number: str = ""
    agent_phone: str = ""
    agent_relation: str = ""
    guardian_name: str = ""
    guardian_id_number: str = ""
    guardian_phone: str = ""
    guardian_relation: str = ""
    information_name: str = ""
    information_number: str = ""
    description: str = ""
    carrier: str = ""
    way: str = ""
    accepts_other_form: bool = False
    assistance: str = ""
    suggests_disclosure: str = ""
    joint: str = ""
    others: tuple[OtherApplicant, ...] = ()
    further: tuple[Wanted, ...] = ()

    @property
    def papers(self) -> Mapping[str, str]:
        """The identity papers that an applicant of this kind may name."""
        return PERSONAL_PAPERS if self.kind == NATURAL_PERSON else ORGANISATION_PAPERS

    @property
    def has_agent(self) -> bool:
        """Whether anything was said about an agent (代理人)."""
        return any((self.agent_name, self.agent_id_number, self.agent_phone, self.agent_relation))

    @property
    def has_guardian(self) -> bool:
        """Whether anything was said about a guardian (监护人)."""
        return any((self.guardian_name, self.guardian_id_number, self.guardian_phone, self.guardian_relation))

    @property
    def things(self) -> tuple[Wanted, ...]:
        """Everything applied for, the first-named thing first."""
        return Wanted(self.information_name, self.information_number, self.description), *self.further
