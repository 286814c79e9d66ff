"""Cases of the demonstration's county in which every kind of letter is written: what the contact sheet of letters shows.

They are walked through the same deeds as the pages, after the stories of the demonstration itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import disclosure, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.consultation import Question
from gkapply.casework.record_correction import RecordWish
from gkapply.casework.records import Case
from gkapply.demo.applicants import LAWYERS, PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from workflows.duties import Duty


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked, its outcome, and the evidence."""

    asked: str
    outcome: str
    evidence: Mapping[str, Any]


def _one(asked: str, outcome: str, **evidence: Any) -> Answered:
    return Answered(asked, outcome, evidence)


ANSWERS: Mapping[LetterKind, Answered] = {
    LetterKind.REPLY_PUBLIC: _one(
        "本县2025年财政决算报告",
        "disclosed_public",
        where_to_find="安岳县人民政府门户网站“政府信息公开”专栏“财政预决算”栏目",
    ),
    LetterKind.REPLY_DISCLOSED: _one(
        "龙台镇场镇道路改造工程的立项批复",
        "disclosed",
        enclosures="关于龙台镇场镇道路改造工程立项的批复（纸质复印件，3页）",
        release_review="经审查不涉及国家秘密、商业秘密和个人隐私，可以公开",
    ),
    LetterKind.REPLY_REFUSED: _one(
        "县政府办公室2025年度考核的内部评分表",
        "refused_internal",
        reason="该评分表只用于本机关内部人事管理，不对外产生影响",
        discretion_reason="公开会影响内部管理的正常进行，没有法律、行政法规规定应当公开",
        separation_considered=True,
    ),
    LetterKind.REPLY_NOT_OURS: _one(
        "2025年本县土地利用现状图",
        "not_ours",
        reason="该图由自然资源主管部门制作并保存，本机关没有制作，也没有获取",
        competent_organ="安岳县自然资源和规划局（联系方式以该机关政府信息公开指南公布的为准）",
    ),
    LetterKind.REPLY_NOT_INFORMATION: _one(
        "某村2024年村集体经济组织收支账目",
        "not_government_information",
        content_kind="village",
        reason="该账目由村民委员会在村民自治活动中形成，不是行政机关在履行行政管理职能过程中制作或者获取的",
        governing_rule="可以依照《中华人民共和国村民委员会组织法》的规定向村民委员会查询",
    ),
    LetterKind.REPLY_REPEATED: _one(
        "龙台镇征地补偿安置方案",
        "repeated",
        earlier_number="安府办公开〔2025〕31号",
        earlier_on="2025-11-18",
        earlier_basis="纸质案卷",
    ),
    LetterKind.REPLY_SPECIAL_RULE: _one(
        "石羊镇某宗地的不动产登记资料",
        "special_rule",
        special_law="immovable_property",
        query_place="安岳县不动产登记中心",
    ),
    LetterKind.REPLY_NO_PROCESSING: _one(
        "2020年至2025年各镇补偿款发放数额的对比分析",
        "no_processing",
        reason="本机关保存各年度的发放表，没有制作过对比分析",
    ),
    LetterKind.REPLY_STILL_UNCLEAR: _one(
        "有关某工程的全部材料", "still_unclear", unclear_points="没有写明工程的名称、地点和年度"
    ),
    LetterKind.REPLY_PETITION: _one(
        "要求处理某施工单位夜间施工扰民",
        "petition",
        reason="所述内容是对施工扰民的投诉",
        channel="安岳县综合行政执法局，或者县信访局",
    ),
    LetterKind.REPLY_PUBLICATION: _one(
        "《安岳年鉴（2024）》全书", "publication", publication_place="安岳县图书馆、县档案馆"
    ),
    LetterKind.REPLY_EXCESSIVE: _one(
        "2000年以来本县全部发文登记簿",
        "excessive",
        counts="86件",
        counted_period="2026年9月至10月",
        head_judgment="所述理由与所申请信息没有联系，其中大部分已经答复",
    ),
    LetterKind.REPLY_ALREADY_OBTAINED: _one(
        "在2025年提供的批复复印件上加盖印章确认",
        "already_obtained",
        earlier_number="安府办公开〔2025〕31号",
        earlier_on="2025-11-18",
        earlier_basis="纸质案卷",
        earlier_delivery="以邮寄方式提供批复复印件一份",
        legal_review="没有提出新的申请内容，不予处理合法",
    ),
    LetterKind.REPLY_ARCHIVES: _one(
        "1985年龙台区公所征地批文", "archives", archive_name="安岳县档案馆", transfer_due=True
    ),
    LetterKind.REPLY_ENQUIRY: _one(
        "办理宅基地审批要多长时间",
        "enquiry",
        enquiry_answer="宅基地审批的条件和时限可以到镇便民服务中心咨询，或者拨打12345",
    ),
}
"""The replies that no story of the demonstration signs."""
_WISH = RecordWish(
    record="2025年度公租房轮候名册", wrong="家庭人口2人", right="家庭人口3人", evidence_text="户口簿载明家庭人口3人"
)
RECORDS: Mapping[LetterKind, tuple[str, Mapping[str, Any]]] = {
    LetterKind.RECORD_NOT_CORRECTED: (
        "record_not_corrected",
        {"record_check": "名册依照申请当日的户口簿登记，与原件一致", "reason": "申请之后的变动不属于记录不准确"},
    ),
    LetterKind.RECORD_FORWARDED: (
        "record_forwarded",
        {"reason": "该名册由住房保障部门登记", "forwarded_to": "安岳县房管局", "forwarded_how": "referred"},
    ),
}
_DEFENCE = {
    "dispute_number": "资府复〔演示〕2号",
    "applicant_name": "演示律师事务所",
    "reply_number": "安府办公开〔2026〕3号",
    "facts": [
        "2026年9月1日，本机关收到申请人当面提交的政府信息公开申请。",
        "2026年9月22日，本机关作出答复并于同日交邮。",
    ],
    "reasons": [
        "本机关在法定期限内答复，依照《条例》第三十六条第一项告知获取的方式和途径，认定事实清楚，适用依据正确。"
    ],
    "evidence": ["政府信息公开申请表（2页）", "答复书及送达凭证（3页）"],
    "request": "请求维持本机关作出的答复",
}
WRITTEN: Mapping[LetterKind, Mapping[str, Any]] = {
    LetterKind.LAPSE_NOTICE: {
        "cause": "correction",
        "told_on": "2026-09-15",
        "delivered_on": "2026-09-18",
        "delivery_proof": "邮件签收记录",
        "term_ended_on": "2026-10-16",
    },
    LetterKind.WITHDRAWAL_NOTICE: {"withdrawn_on": "2026-10-12", "how": "提交本人签名的书面声明"},
    LetterKind.ENTRUSTMENT_NOTICE: {"entrusted_organ": "安岳县财政局", "reason": "所申请信息由该局具体承办并保存"},
    LetterKind.SPLIT_NOTICE: {
        "children": [
            {"number": "AYX-2026-0101", "quote": "县城公交线路调整的听证材料"},
            {"number": "AYX-2026-0102", "quote": "2024年小学招生片区划分的文件"},
        ],
        "reason": "两部分由不同单位保存，互不相关",
    },
    LetterKind.ASSISTANCE_LETTER: {
        "to": "安岳县财政局",
        "what": "核对所附发放表与贵机关存档文本是否一致",
        "deadline": "2026-11-06",
    },
    LetterKind.TRANSFER_NOTICE: {"to_organ": "安岳县自然资源和规划局", "reason": "所申请信息由贵机关制作并负责公开"},
    LetterKind.REVIEW_DEFENCE: {**_DEFENCE, "authority_name": "资阳市人民政府"},
    LetterKind.SUIT_DEFENCE: {
        **_DEFENCE,
        "dispute_number": "（演示）川20行初2号",
        "authority_name": "资阳市中级人民法院",
    },
}
"""What the author of the other letters writes."""
_THIRD = Question(
    "third_party",
    "演示建设工程有限公司",
    "四川省资阳市安岳县",
    "",
    "道路改造工程施工合同",
    "合同载有报价明细和银行账号",
)
_CO_PRODUCER = Question(
    "co_producer",
    "安岳县自然资源和规划局",
    "四川省资阳市安岳县",
    "",
    "征地补偿安置方案",
    "该方案由本机关与贵机关共同制作",
)


def walk_all(new_life: Callable[[], Life], on: date) -> None:
    """Walk a case to each kind of letter that the demonstration's own stories do not sign."""
    for answered in ANSWERS.values():
        _answer(new_life().come_to(on), answered)
    for outcome, evidence in RECORDS.values():
        life = new_life().come_to(on).apply_for_correction(PERSON, _WISH).confirm().assign().accept()
        _reply(life.decide(1, outcome, evidence))
    for kind, fields in WRITTEN.items():
        _write(
            _begun(new_life().come_to(on), "县城公交线路调整的听证材料；2024年小学招生片区划分的文件").accept(),
            kind,
            fields,
        )
    _begun(new_life().come_to(on), "征地补偿安置方案").accept().consult(_CO_PRODUCER)
    _disclose(new_life().come_to(on))


def _begun(life: Life, asked: str) -> Life:
    return life.register(walked_in(LAWYERS, asked), life.at_the_counter()).assign()


def _reply(life: Life) -> Life:
    return life.draft_reply().submit_reply().pass_review().sign_reply()


def _answer(life: Life, answered: Answered) -> None:
    """The case up to its signed reply."""
    outcome = answered.outcome
    if outcome == "excessive":
        life.apply_online(request(PERSON, answered.asked)).confirm().assign().accept()
        life.ask_explanation("86件", "2026年9月至10月").explain("了解情况").judge(
            "unreasonable", "所述理由与所申请信息没有联系"
        )
    else:
        _begun(life, answered.asked)
    if outcome == "still_unclear":
        life.ask_correction("请写明工程的名称、地点和年度", "可以写明立项文件的文号").receive_correction(
            "某工程的全部材料"
        )
    if outcome != "excessive":
        life.accept()
    _reply(life.decide(1, outcome, answered.evidence))


def _write(life: Life, kind: LetterKind, fields: Mapping[str, Any]) -> None:
    """A letter with what its author writes, up to its signature."""
    life.do(Duty.OFFICER, lambda s, case, actor, now: letterbook.draft(s, case, kind, dict(fields), actor, now))
    life.sign(kind)


def _disclose(life: Life) -> None:
    """A third party refused, and is told that its information is disclosed all the same."""
    _begun(life, "道路改造工程施工合同").accept().consult(_THIRD).party_got_it()
    life.party_answers("disagree", "报价明细属于商业秘密，不同意公开")

    def tell(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        told = "道路改造工程施工合同（隐去银行账号）"
        reason = "该工程使用财政资金，合同价款和工期关系沿线群众的切身利益，不公开可能对公共利益造成重大影响"
        disclosure.propose_disclosure_notice(session, case.consultations[-1], told, reason, actor, now)

    life.do(Duty.OFFICER, tell)
    life.sign(LetterKind.DISCLOSURE_NOTICE)
