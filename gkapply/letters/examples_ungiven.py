"""Example rows of items that nothing is given for, of corrected records, and of several requests in one letter."""

from gkapply.law.replies import ReplyKind
from gkapply.letters import examples
from gkapply.letters.examples import Row
from gkapply.letters.notation import cite


def _row(kind: ReplyKind, quote: str, **told: object) -> Row:
    return {
        "kind": kind.letter.value,
        "ordinal_text": "第一项",
        "quote": quote,
        "basis": cite(kind.article),
        "words": kind.words,
        **told,
    }


SPECIAL_RULE = _row(
    ReplyKind.SPECIAL_RULE,
    "安岳县岳城街道某小区3栋201号房屋的登记资料",
    special_law="《不动产登记暂行条例》第二十七条",
    query_place="持身份证明到安岳县不动产登记中心查询窗口查询（地址：安岳县政务服务中心二楼，电话：028-12345670）",
)
NO_PROCESSING = _row(
    ReplyKind.NO_PROCESSING,
    "2020年至2025年龙台镇各村征地补偿款人均数额对比表",
    reason="本机关保存有各年度补偿款发放明细，没有制作过按村、按年对比的人均数额表",
)
STILL_UNCLEAR = _row(
    ReplyKind.STILL_UNCLEAR,
    "我家的有关材料",
    unclear_points="补正后的申请仍没有写明所需信息的名称、文号，也没有写明涉及的事项和时间，无法据以检索",
)
PETITION = _row(
    ReplyKind.PETITION,
    "请公开为什么至今没有处理我反映的问题",
    reason="该内容是对信访事项办理情况提出的异议和催办要求",
    channel="安岳县信访局（地址：安岳县岳城街道，电话：028-12345671），或者国家信访局网上信访平台",
)
PUBLICATION = _row(
    ReplyKind.PUBLICATION,
    "《安岳年鉴（2025）》全书",
    publication_place="该书公开发行，可以到安岳县图书馆、县档案馆借阅，或者向出版单位购买",
)
EXCESSIVE = _row(
    ReplyKind.EXCESSIVE,
    "2010年以来本机关全部发文登记簿",
    counts="86件，其中同一事项反复申请31件",
    counted_period="2025年10月1日至2026年3月2日",
    head_judgment="所述理由与此前各件相同，所涉信息均已答复，继续申请没有合理需要",
)
ALREADY_OBTAINED = _row(
    ReplyKind.ALREADY_OBTAINED,
    "请在2025年提供的补偿安置方案复印件上盖章确认",
    earlier_number="安府办公开〔2025〕31号",
    earlier_on_text="2025年11月18日",
    earlier_delivery="2025年11月20日以邮寄方式提供纸质复印件一份",
)
ARCHIVES = _row(
    ReplyKind.ARCHIVES,
    "1985年龙台区公所征地批复",
    archive_name="安岳县档案馆（地址：安岳县岳城街道，电话：028-12345672）",
)
ENQUIRY = _row(
    ReplyKind.ENQUIRY,
    "宅基地审批需要多长时间",
    enquiry_answer="宅基地审批的条件、材料和时限可以向龙台镇便民服务中心咨询，电话：028-12345673",
)
RECORD_CORRECTED = _row(
    ReplyKind.RECORD_CORRECTED,
    "征地补偿款发放明细中本人姓名登记有误",
    record_check="申请人提供的身份证明与发放明细记载不一致，经核对原始登记表，系录入错误",
    corrected_content="姓名由“张叁”更正为“张三”",
)
RECORD_NOT_CORRECTED = _row(
    ReplyKind.RECORD_NOT_CORRECTED,
    "补偿面积登记有误",
    record_check="经核对勘测定界图和本人签字的调查表，登记面积与原始记录一致",
    reason="所提供的材料不能证明该记录不准确",
)
RECORD_FORWARDED = _row(
    ReplyKind.RECORD_FORWARDED,
    "户口登记的出生日期有误",
    reason="该记录由公安机关登记和保存",
    forwarded_to="安岳县公安局（地址：安岳县岳城街道，电话：028-12345674）",
    forwarded_how="本机关已将该申请转送有权更正的行政机关处理",
)
COMBINED: tuple[Row, ...] = (
    {
        "request_number": "511921-2026-0008",
        "received_on_text": "2026年3月2日",
        "received_how": "通过互联网提交",
        "request_quote": examples.DISCLOSED["quote"],
        "answers": ({**examples.DISCLOSED, "form_reason": ""},),
    },
    {
        "request_number": "511921-2026-0011",
        "received_on_text": "2026年3月4日",
        "received_how": "通过邮寄提交",
        "request_quote": f"{examples.NOT_OURS['quote']}；{PUBLICATION['quote']}",
        "answers": (examples.NOT_OURS, {**PUBLICATION, "ordinal_text": "第二项"}),
    },
)
