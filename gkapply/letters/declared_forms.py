"""The fields of the internal sheets. What is optional may be left blank and written in by hand."""

from collections.abc import Mapping

from gkapply.letters import examples
from gkapply.letters import examples_forms as sheet
from gkapply.letters.declared_supervision import SUPERVISION
from gkapply.letters.field import REQUEST_NUMBER, Field, needed

_ORGAN = needed("organ_name", "制作单位", examples.ORGAN)
_DATE = needed("date_text", "制作日期", "2026年3月30日")
_HEAD = (_ORGAN, _DATE, REQUEST_NUMBER)
_QUOTE = needed("request_quote", "申请内容（按申请原文）", examples.REQUEST)
_APPLICANT = needed("applicant_name", "申请人", "张三")
_RECEIVED = needed("received_on_text", "收到申请的日期", "2026年3月2日")
_DUE = Field("due_text", "答复期限届满之日", "2026年3月30日")


def _opinions(*roles: str) -> Field:
    """The signatures under a sheet, in their order; what is blank is written by hand."""
    return needed(
        "opinions",
        "各环节的意见",
        tuple({"role": role, "text": "", "name": "", "on_text": ""} for role in roles),
        needed("role", "环节（承办人、审核人、签发人……）", ""),
        Field("text", "意见", ""),
        Field("name", "签名人", ""),
        Field("on_text", "签名日期", ""),
    )


FORMS: Mapping[str, tuple[Field, ...]] = {
    "delivery_record": (
        *_HEAD,
        needed("addressee", "受送达人", "张三"),
        Field("address", "送达地点", "四川省资阳市安岳县岳城街道"),
        Field("phone", "受送达人联系电话", "13800000000"),
        needed("way", "送达方式", "直接送达"),
        needed(
            "documents",
            "送达的文书",
            sheet.DELIVERED,
            needed("title", "文书名称", ""),
            Field("number", "文号", ""),
            Field("copies_text", "份数、页数", ""),
        ),
        Field("received_by", "收件人", ""),
        Field("relation", "收件人与受送达人的关系", ""),
        Field("delivered_on_text", "收到日期", ""),
        Field("refusal", "拒收、无人签收、留置的情况", ""),
        Field("witness_name", "见证人", ""),
        Field("server_name", "送达人", "王五"),
        Field("remark", "备注", ""),
    ),
    "secrecy_sheet": (
        *_HEAD,
        Field("unit", "承办科室", "政务公开股"),
        _QUOTE,
        needed(
            "documents",
            "逐件审查的信息",
            sheet.REVIEWED,
            needed("title", "信息名称", ""),
            Field("maker", "制作机关", ""),
            Field("mark", "密级标志或者工作秘密标志", ""),
            Field("result", "审查结论", ""),
        ),
        _opinions("承办人", "承办科室负责人", "保密审查机构", "机关负责人"),
    ),
    "approval_sheet": (
        *_HEAD,
        _APPLICANT,
        _RECEIVED,
        _DUE,
        _QUOTE,
        needed("letter_title", "呈批的文书", "政府信息公开申请部分公开告知书"),
        Field("letter_number", "呈批文书的文号", ""),
        needed("draft_text", "拟办意见", "对第一项部分公开，对第二项予以公开，第三项告知信息不存在"),
        Field("basis", "依据", "条例第三十六条第二项、第四项，第三十七条"),
        Field("enclosures", "附件", ("部分公开告知书（草稿，3页）", "检索记录（1页）")),
        needed("author_name", "承办人", "李四"),
        Field("round_text", "审签稿", "第1稿"),
        Field("draft_hash", "审签稿校验值（SHA-256）", examples.HASH),
        Field("check_code", "二维码所载的文字", "AYX-2026-0008/1/9f2b1c7d"),
        _opinions("审核人", "合法性审查", "签发人"),
    ),
    "consultation_minutes": (
        *_HEAD,
        _QUOTE,
        Field("minutes_number", "编号", "安府公开会商〔2026〕1号"),
        needed("topic", "会商事项", "补偿款发放明细能否作区分处理"),
        needed("held_on_text", "会商时间", "2026年3月18日"),
        Field("place", "会商地点", "政府办公室小会议室"),
        Field("host_name", "主持人", "赵六"),
        needed("attendees", "参加单位和人员", ("政务公开股 李四", "法制审核机构 钱七", "自然资源和规划局 孙八")),
        needed(
            "views",
            "各方意见",
            sheet.VIEWS,
            needed("unit", "单位", ""),
            needed("text", "意见", ""),
        ),
        needed("conclusion", "会商结论", "隐去身份证件号码、银行账号和联系电话后予以公开"),
        Field("dissent", "不同意见及其理由", "自然资源和规划局 孙八：保留意见。建议先征求领款人意见"),
        Field("recorder_name", "记录人", "李四"),
    ),
    "evidence_index": (
        *_HEAD,
        needed("dispute_number", "案号", "安府复〔2026〕8号"),
        needed("authority_name", "提交的机关", "安岳县人民政府"),
        needed("applicant_name", "申请人或者原告", "张三"),
        needed(
            "documents",
            "证据",
            sheet.EVIDENCE,
            needed("title", "证据名称", ""),
            Field("proves", "证明内容", ""),
            Field("pages_text", "页码或者页数", ""),
        ),
    ),
    "referral_slip": (
        *_HEAD,
        needed("to_unit", "承办单位", "征地拆迁股"),
        _APPLICANT,
        _RECEIVED,
        _DUE,
        _QUOTE,
        needed("matter", "转办（交办）事项和要求", "请核对补偿款发放明细，提出能否公开的意见并附原件"),
        needed("answer_by_text", "办结时限", "2026年3月13日"),
        Field("referred_by", "转办人", "李四"),
    ),
    "urging_slip": (
        *_HEAD,
        needed("to_unit", "承办单位或者承办人", "征地拆迁股"),
        needed("times_text", "第几次催办", "第1次"),
        _QUOTE,
        needed("due_text", "应当办结的日期", "2026年3月30日"),
        Field("left_text", "剩余或者逾期的工作日", "还有3个工作日"),
        needed("matter", "催办（督办）事项和要求", "答复书尚未送审，请于2026年3月26日前送审"),
        Field("urged_by", "催办人", "赵六"),
    ),
    "telephone_note": (
        *_HEAD,
        needed("called_on_text", "通话时间", "2026年3月4日10时20分"),
        needed("direction", "来电或者去电", "去电"),
        needed("other_name", "对方姓名或者单位", "张三"),
        Field("phone", "对方电话", "13800000000"),
        needed("content", "通话内容", "与申请人核对所申请信息的征地批次，申请人表示以书面补正为准"),
        Field("outcome", "处理情况", "发出补正告知书"),
        needed("recorder_name", "记录人", "李四"),
    ),
    "seal_register": (
        _ORGAN,
        _DATE,
        needed("seal_name", "印章名称", "安岳县人民政府办公室政府信息公开专用章"),
        Field("period_text", "登记的起止时段", "2026年3月1日至3月30日"),
        needed(
            "uses",
            "用印记录",
            sheet.USES,
            needed("on_text", "用印日期", ""),
            needed("title", "文书名称和文号", ""),
            Field("copies_text", "份数", ""),
            Field("applied_by", "申请人", ""),
            Field("approved_by", "批准人", ""),
            Field("sealed_by", "用印人", ""),
            Field("remark", "备注", ""),
        ),
    ),
    "arrival_slip": (
        *_HEAD,
        needed("arrived_on_text", "收文日期", "2026年3月2日"),
        needed("channel", "来件方式", "邮寄"),
        Field("carrier_number", "邮件号码", "1234567890123"),
        _APPLICANT,
        _QUOTE,
        needed("materials", "收到的材料", ("政府信息公开申请表（2页）", "身份证明（1份）")),
        _DUE,
        Field("proposal", "拟办意见", "请征地拆迁股承办，3月13日前提出意见"),
        needed("registrar_name", "登记人", "王五"),
        _opinions("公开机构负责人", "机关领导"),
    ),
    "handover_list": (
        _ORGAN,
        _DATE,
        needed("from_name", "移交人", "李四"),
        needed("to_name", "接收人", "周九"),
        needed("reason", "移交原因", "岗位调整"),
        needed(
            "requests",
            "移交的申请",
            sheet.HANDED,
            needed("number", "登记编号", ""),
            needed("quote", "申请内容", ""),
            Field("state_text", "办理情况", ""),
            Field("due_text", "到期日", ""),
            Field("papers_text", "材料", ""),
        ),
        Field("witness_name", "监交人", "赵六"),
    ),
    "archive_index": (
        needed("organ_name", "立卷机关", examples.ORGAN),
        needed("request_number", "登记编号", "511921-2026-0008"),
        _APPLICANT,
        _QUOTE,
        _RECEIVED,
        Field("replied_on_text", "答复日期", "2026年4月28日"),
        needed("date_text", "立卷日期", "2026年5月6日"),
        Field("retention", "保管期限", "30年"),
        Field("archivist_name", "立卷人", "王五"),
        needed(
            "documents",
            "卷内材料",
            sheet.PAPERS,
            needed("title", "材料", ""),
            Field("on_text", "日期", ""),
            Field("pages_text", "页数或者份数", ""),
            needed("sha256", "SHA-256 校验值", ""),
        ),
    ),
    **SUPERVISION,
}
"""The fields of every sheet of ``gkapply.law.forms``."""
