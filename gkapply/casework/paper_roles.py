"""What a paper is in the file for, and the place of its section in the 卷内目录."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Section(IntEnum):
    """The sections of a file in their order; the first is the index itself."""

    label: str

    def __new__(cls, value: int, label: str = "") -> "Section":
        """A member is its place."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    INDEX = 1, "卷内目录"
    REPLY = 2, "答复书"
    APPLICATION = 3, "申请表及附件、信封和邮件记录"
    IDENTITY = 4, "身份证明"
    RECEIPT = 5, "回执、确认记录"
    CORRECTION = 6, "补正告知及回复"
    OPINION = 7, "征求意见及回复"
    EXTENSION = 8, "延期审批及告知"
    FEE = 9, "收费通知、缴费凭证"
    SEARCH = 10, "检索记录"
    RELEASE_REVIEW = 11, "公开前审查记录"
    LEGAL_REVIEW = 12, "审核意见"
    CONSULTATION = 13, "会商纪要"
    APPROVAL = 14, "审批单"
    PROVIDED = 15, "提供的信息副本"
    DELIVERY = 16, "送达凭证"
    DISPUTE = 17, "复议、诉讼材料"
    LOG = 18, "操作日志摘要"
    OTHER = 19, "其他材料"


@dataclass(frozen=True, slots=True)
class Role:
    """One purpose of a paper: its label, its section, and whether an official may give it by hand (补充材料)."""

    label: str
    section: Section
    by_hand: bool = False


ROLES: Mapping[str, Role] = {
    "application": Role("申请表", Section.APPLICATION),
    "envelope": Role("来件信封", Section.APPLICATION),
    "identity": Role("身份证明", Section.IDENTITY, by_hand=True),
    "authorisation": Role("授权委托书", Section.IDENTITY, by_hand=True),
    "guardianship": Role("监护关系证明", Section.IDENTITY, by_hand=True),
    "enquiry": Role("咨询记录", Section.APPLICATION),
    "other": Role("申请人提交的其他材料", Section.APPLICATION, by_hand=True),
    "evidence": Role("记录不准确的证据", Section.APPLICATION, by_hand=True),
    "proof": Role("收到日期的凭证", Section.APPLICATION),
    "correction_pending": Role("网上提交的补正", Section.CORRECTION),
    "correction": Role("补正材料", Section.CORRECTION),
    "explanation": Role("理由说明", Section.CORRECTION),
    "payment_pending": Role("网上提交的缴费凭证", Section.FEE),
    "payment": Role("缴费票据", Section.FEE),
    "late_proof": Role("期限内交邮的凭证", Section.CORRECTION),
    "referral_answer": Role("承办单位反馈的办理结果", Section.OTHER),
    "opinion": Role("对方的意见", Section.OPINION, by_hand=True),
    "provided": Role("提供的信息副本", Section.PROVIDED, by_hand=True),
    "release_review": Role("公开前审查表", Section.RELEASE_REVIEW, by_hand=True),
    "legal_opinion": Role("法制审核意见（法律顾问）", Section.LEGAL_REVIEW),
    "consultation": Role("会商纪要", Section.CONSULTATION, by_hand=True),
    "deliberation_opinion": Role("会商意见", Section.CONSULTATION),
    "deliberation_answer": Role("报请主管部门的请示和答复", Section.CONSULTATION),
    "approval_sheet": Role("审查呈批单（签批后的扫描件）", Section.APPROVAL),
    "instruction": Role("领导批示（扫描件）", Section.APPROVAL),
    "withdrawal": Role("撤回书或者撤回的书面确认", Section.OTHER),
    "applicant_gone": Role("申请人死亡或者终止的证明", Section.OTHER),
    "sealed_letter": Role("盖章扫描件", Section.REPLY),
    "dispatch_proof": Role("发出凭证", Section.DELIVERY),
    "delivery_proof": Role("送达凭证", Section.DELIVERY, by_hand=True),
    "return_proof": Role("退件凭证", Section.DELIVERY),
    "cleaned_copy": Role("遮盖件", Section.DISPUTE),
    "dispute": Role("复议、诉讼材料", Section.DISPUTE),
    "on_the_spot": Role("申请人签名的当场答复记录", Section.DELIVERY),
    "file": Role("其他材料", Section.OTHER, by_hand=True),
    "archive_index": Role("卷内目录", Section.INDEX),
}
"""Every role by its code."""


def role_of(code: str) -> Role:
    """The role with that code. Raises KeyError for one that nothing gives."""
    return ROLES[code]
