"""Settings of the side that applicants see: how requests reach the office."""

from dataclasses import dataclass, field

from gkapply.law.setting_choices import ForeignApplicants, OnlineReceipt
from gkapply.law.setting_fields import choice, number, switch


@dataclass(frozen=True)
class ServiceSettings:
    """How requests are taken and what the office offers to those who apply."""

    online_receipt_basis: OnlineReceipt = field(
        default=OnlineReceipt.CONFIRMATION,
        metadata=choice(
            "网上申请的收到之日",
            {OnlineReceipt.CONFIRMATION: "双方确认之日", OnlineReceipt.SUBMISSION: "申请人提交之日"},
            "条例第三十一条第三项",
            "提交成功页面会如实告知申请人",
        ),
    )
    telephone_requests: bool = field(default=False, metadata=switch("接受以电话口头提出的申请", "条例第二十九条第一款"))
    foreign_applicants: ForeignApplicants = field(
        default=ForeignApplicants.ACCEPT,
        metadata=choice(
            "外国人、外国组织提出的申请",
            {ForeignApplicants.ACCEPT: "与公民同样办理", ForeignApplicants.RECIPROCITY: "记录对等情况后办理"},
            "条例第二十七条",
            "条例没有写明外国人，各地做法不一；不论哪种，都应当登记",
        ),
    )
    ask_satisfaction: bool = field(
        default=True,
        metadata=switch("答复送达后询问一次满意度", "", "评价不记录是哪一件申请；文字只有本机关公开机构负责人可以看"),
    )
    catalogue_checked_above: bool = field(
        default=True,
        metadata=switch(
            "政务公开事项标准目录报上级机关核对后发布",
            "国办发〔2019〕54号",
            "由上级机关的公开机构负责人核对、发布；没有上级机关，或者不设此项的，由本机关公开机构负责人发布",
        ),
    )
    enquiry_term: int = field(
        default=5,
        metadata=number(
            "咨询的答复期限（工作日）",
            1,
            20,
            "",
            "内部期限：咨询不是政府信息公开申请，条例没有规定期限；转交其他机关不重新计算",
        ),
    )
