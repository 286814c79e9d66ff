"""Rows of the table of reply kinds: nothing is given for other reasons than a refusal, or records are corrected.

无法提供, 不予处理, 其他处理 and 依照特别规定办理 of the annual report, and the three answers to a request to correct records (条例第四十一条).
"""

from gkapply.law import evidence as proof
from gkapply.law.evidence import Evidence, EvidenceForm
from gkapply.law.letters import LetterKind
from gkapply.law.reply_row import ReplyRow
from gkapply.law.special_rules import SPECIAL_RULES

_ART_41 = "条例第四十一条"
_DEFINITION = "本条例所称政府信息，是指行政机关在履行行政管理职能过程中制作或者获取的，以一定形式记录、保存的信息"
SPECIAL_LAW = Evidence(
    "special_law", "有特别规定的法律、行政法规", "条例第三十六条第七项", EvidenceForm.CHOICE, choices=SPECIAL_RULES
)

NOT_EXISTING = ReplyRow(
    "政府信息不存在",
    "条例第三十六条第四项",
    "经检索没有所申请公开信息的，告知申请人该政府信息不存在",
    LetterKind.REPLY_NOT_EXISTING,
    "3.4.1",
    (proof.SEARCH_RECORD,),
)
NOT_OURS = ReplyRow(
    "非本机关负责公开",
    "条例第三十六条第五项",
    "所申请公开信息不属于本行政机关负责公开的，告知申请人并说明理由；能够确定负责公开该政府信息的行政机关的，"
    "告知申请人该行政机关的名称、联系方式",
    LetterKind.REPLY_NOT_OURS,
    "3.4.1",
    (proof.reason("条例第三十六条第五项"), proof.COMPETENT_ORGAN),
)
NO_PROCESSING = ReplyRow(
    "需加工、分析",
    "条例第三十八条",
    "除依照本条例第三十七条的规定能够作区分处理的外，需要行政机关对现有政府信息进行加工、分析的，行政机关可以不予提供",
    LetterKind.REPLY_NO_PROCESSING,
    "3.4.2",
    (proof.reason("条例第三十八条"),),
)
STILL_UNCLEAR = ReplyRow(
    "补正后仍不明确",
    "条例第三十条",
    "政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日起7个工作日内一次性告知申请人作出补正",
    LetterKind.REPLY_STILL_UNCLEAR,
    "3.4.3",
    (proof.CORRECTION_RECORD, proof.STILL_UNCLEAR_POINTS),
)
PETITION = ReplyRow(
    "信访、投诉、举报类",
    "条例第三十九条第一款",
    "申请人以政府信息公开申请的形式进行信访、投诉、举报等活动，行政机关应当告知申请人不作为政府信息公开申请处理"
    "并可以告知通过相应渠道提出",
    LetterKind.REPLY_PETITION,
    "3.5.1",
    (proof.reason("条例第三十九条第一款"), proof.CHANNEL),
)
REPEATED = ReplyRow(
    "不予重复处理",
    "条例第三十六条第六项",
    "行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人不予重复处理",
    LetterKind.REPLY_REPEATED,
    "3.5.2",
    (proof.EARLIER_NUMBER, proof.EARLIER_ON, proof.EARLIER_BASIS),
)
PUBLICATION = ReplyRow(
    "公开出版物",
    "条例第三十九条第二款",
    "申请人提出的申请内容为要求行政机关提供政府公报、报刊、书籍等公开出版物的，行政机关可以告知获取的途径",
    LetterKind.REPLY_PUBLICATION,
    "3.5.3",
    (proof.PUBLICATION_PLACE,),
)
EXCESSIVE = ReplyRow(
    "无正当理由大量反复申请",
    "条例第三十五条",
    "申请人申请公开政府信息的数量、频次明显超过合理范围，行政机关可以要求申请人说明理由。行政机关认为申请理由不合理的，"
    "告知申请人不予处理",
    LetterKind.REPLY_EXCESSIVE,
    "3.5.4",
    (proof.COUNTS, proof.COUNTED_PERIOD, proof.HEAD_JUDGMENT),
)
# No article of its own: nothing new is asked for, as the earlier 文号 proves; legal review is never left out.
ALREADY_OBTAINED = ReplyRow(
    "要求确认或重新出具已获取信息",
    "条例第二条",
    _DEFINITION,
    LetterKind.REPLY_ALREADY_OBTAINED,
    "3.5.5",
    (proof.EARLIER_NUMBER, proof.EARLIER_ON, proof.EARLIER_BASIS, proof.EARLIER_DELIVERY, proof.LEGAL_REVIEW),
)
NOT_GOVERNMENT_INFORMATION = ReplyRow(
    "非政府信息",
    "条例第二条",
    _DEFINITION,
    LetterKind.REPLY_NOT_INFORMATION,
    "3.6.3",
    (proof.CONTENT_KIND, proof.reason("条例第二条"), proof.GOVERNING_RULE),
)
ARCHIVES = ReplyRow(
    "已移交国家档案馆",
    "国办公开办函〔2019〕14号",
    "可以告知申请人按照档案法的规定办理",
    LetterKind.REPLY_ARCHIVES,
    "3.6.3",
    (proof.ARCHIVE_NAME, proof.TRANSFER_DUE),
)
ENQUIRY = ReplyRow(
    "咨询",
    "条例第二条",
    _DEFINITION,
    LetterKind.REPLY_ENQUIRY,
    "3.6.3",
    (proof.ENQUIRY_ANSWER,),
)
SPECIAL_RULE = ReplyRow(
    "依照特别规定办理",
    "条例第三十六条第七项",
    "所申请公开信息属于工商、不动产登记资料等信息，有关法律、行政法规对信息的获取有特别规定的，告知申请人依照有关法律、"
    "行政法规的规定办理",
    LetterKind.REPLY_SPECIAL_RULE,
    "3.3.8",
    (SPECIAL_LAW, proof.SPECIAL_LAW_NAMED, proof.QUERY_PLACE),
)
RECORD_CORRECTED = ReplyRow(
    "予以更正",
    _ART_41,
    "有权更正的行政机关审核属实的，应当予以更正并告知申请人",
    LetterKind.RECORD_CORRECTED,
    None,
    (proof.RECORD_CHECK, proof.CORRECTED_CONTENT),
)
RECORD_NOT_CORRECTED = ReplyRow(
    "不予更正",
    _ART_41,
    "公民、法人或者其他组织有证据证明行政机关提供的与其自身相关的政府信息记录不准确的，可以要求行政机关更正",
    LetterKind.RECORD_NOT_CORRECTED,
    None,
    (proof.RECORD_CHECK, proof.reason(_ART_41)),
)
RECORD_FORWARDED = ReplyRow(
    "转送或者告知向有权更正的机关提出",
    _ART_41,
    "不属于本行政机关职能范围的，行政机关可以转送有权更正的行政机关处理并告知申请人，或者告知申请人向有权更正的"
    "行政机关提出",
    LetterKind.RECORD_FORWARDED,
    None,
    (proof.reason(_ART_41), proof.FORWARDED_TO, proof.FORWARDED_HOW),
)
