"""Letters word for word."""

from gkapply.config import bundled
from gkapply.letters import examples
from gkapply.letters.fields import complete, example
from gkapply.letters.render import render
from gkapply.letters.template import load
from gkapply.letters.text import paragraphs


def lines_of(kind: str, **given: object) -> list[str]:
    return paragraphs(render(load(bundled("answer_templates"), kind), {**example(kind), **given}))


def test_a_correction_notice_word_for_word() -> None:
    assert lines_of("correction_notice") == [
        "安岳县人民政府办公室",
        "安府办公开〔2026〕12号",
        "政府信息公开申请补正告知书",
        "张三：",
        "本机关于2026年3月2日收到您通过互联网提交的政府信息公开申请（登记编号：511921-2026-0008），"
        "申请公开“2025年龙台镇征地补偿安置方案及补偿款发放明细”。",
        "经审查，该申请需要补正。依照《中华人民共和国政府信息公开条例》第三十条的规定，现一次性告知您补正下列事项：",
        "1. 所申请的“补偿款发放明细”没有写明涉及哪一批次征地，请写明征地批次或者批准文号。",
        "2. 请提供身份证明。",
        "补正指引：批准文号可以在镇、村张贴的征收土地公告中查到；也可以写明所在村组，由本机关据此查找。",
        "请自收到本告知书之日起10个工作日内，向本机关提交补正后的申请。补正材料可以当面提交，也可以邮寄至"
        "四川省资阳市安岳县岳城街道政府街1号，还可以在网上提交，网址：https://ysq.example.gov.cn/track",
        "本机关的答复期限自收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃申请，"
        "本机关不再处理该政府信息公开申请。",
        "特此告知。",
        "安岳县人民政府办公室",
        "2026年3月30日",
        "（联系人：政务公开股，联系电话：028-12345678）",
    ]


def test_a_refusal_word_for_word() -> None:
    lines = lines_of("reply_refused", you="贵单位", addressee="某律师事务所", extended_text="2026年4月1日")
    assert lines[3:] == [
        "某律师事务所：",
        "本机关于2026年3月2日收到贵单位通过互联网提交的政府信息公开申请（登记编号：511921-2026-0008），申请公开"
        "“龙台镇场镇道路改造工程投标文件”。因申请内容需要补正，本机关于2026年3月5日告知贵单位补正，"
        "并于2026年3月12日收到补正后的申请。经政府信息公开工作机构负责人同意，本机关于2026年4月1日告知贵单位延期答复。"
        "本机关依照《中华人民共和国政府信息公开条例》（以下简称《条例》）的规定办理。",
        "经审查，现答复如下：",
        "贵单位申请公开的信息属于不予公开的政府信息。该信息载有投标人的成本构成、施工工艺和报价策略，属于商业秘密，"
        "公开会损害投标人的合法权益。本机关已依照《条例》第三十二条的规定书面征求投标人的意见，投标人不同意公开且有合理理由。"
        "该信息不能作区分处理。依照《条例》第三十六条第三项、第十五条“涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的"
        "政府信息，行政机关不得公开”的规定，本机关决定对该信息不予公开。",
        "如对本不予公开决定不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本决定之日起60日内"
        "先向安岳县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安岳县人民法院提起"
        "行政诉讼。",
        "特此告知。",
        "安岳县人民政府办公室",
        "2026年3月30日",
        "（联系人：政务公开股，联系电话：028-12345678）",
    ]


def test_a_combined_reply_word_for_word() -> None:
    lines = lines_of("reply_combined")
    assert lines[1:9] == [
        "安府办公开〔2026〕12号",
        "政府信息公开申请一并答复书",
        "张三：",
        "您向本机关提出的2件政府信息公开申请，本机关依照《中华人民共和国政府信息公开条例》（以下简称《条例》）的规定办理，"
        "现一并答复如下：",
        "1. 登记编号511921-2026-0008",
        "本机关于2026年3月2日收到您通过互联网提交的政府信息公开申请，申请公开“2025年龙台镇征地补偿安置方案”。",
        "该信息可以公开。依照《条例》第三十六条第二项“所申请公开信息可以公开的，向申请人提供该政府信息，或者告知申请人获取该政府"
        "信息的方式、途径和时间”的规定，本机关向您提供该信息：征地补偿安置方案纸质复印件一份，共12页（见附件）。",
        "2. 登记编号511921-2026-0011",
    ]


def test_a_fee_notice_word_for_word() -> None:
    lines = lines_of("fee_notice")
    assert lines[5:11] == [
        "您申请公开政府信息的数量、频次明显超过合理范围。依照《中华人民共和国政府信息公开条例》第四十二条和《政府信息公开信息处理费"
        "管理办法》（国办函〔2020〕109号）的规定，本机关决定对该申请收取信息处理费。",
        "一、收费标准：按量计收：30页以下（含30页）的，不收费；31—100页（含100页）的部分，10元/页；101—200页（含200页）的部分，"
        "20元/页；201页以上的部分，40元/页。该申请须提供的信息共130页。",
        "二、收费金额：1300元（第31至100页：70页×10元=700元；第101至130页：30页×20元=600元）。",
        "三、缴纳方式：持本通知书到安岳县政务服务中心非税收入窗口缴纳，或者扫描所附缴款码缴纳。",
        "四、缴纳期限：自收到本通知书次日起20个工作日内。逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。",
        "对收取信息处理费的决定有异议的，不能单独就该决定申请行政复议或者提起行政诉讼；缴费期满后，可以就本机关不再处理该申请的行为"
        "依法申请行政复议或者提起行政诉讼。",
    ]


def test_a_lapse_tells_which_term_was_missed() -> None:
    unpaid = "\n".join(lines_of("lapse_notice", cause="payment"))
    assert "发出收费通知书" in unpaid
    assert "没有缴清信息处理费" in unpaid
    assert "补正" not in unpaid
    assert "没有补正，也没有说明正当理由" in "\n".join(lines_of("lapse_notice"))


def test_sector_rules_come_with_the_appeal_of_their_own() -> None:
    item = {**examples.NOT_INFORMATION, "content_code": "public_body", "content_words": "供水企业的信息"}
    fields = complete("reply_not_information", {**example("reply_not_information"), "items": [item], "remedies": []})
    text = "\n".join(lines_of("reply_not_information", **fields))
    assert "供水企业的信息，不适用政府信息公开申请的规定。" in text
    assert "可以依照《条例》第五十五条第二款的规定向有关主管部门或者机构申诉。" in text
    assert "行政复议" not in text


def test_an_extension_names_who_agreed_how_long_and_until_when() -> None:
    text = "\n".join(lines_of("extension_notice"))
    assert (
        "依照《中华人民共和国政府信息公开条例》第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，"
        "答复期限延长10个工作日，至2026年4月29日届满。"
    ) in text


def test_a_defence_of_a_request_without_reply_claims_none() -> None:
    for kind, words in (
        (
            "review_defence",
            "认为本机关未在法定期限内对其政府信息公开申请（登记编号：511921-2026-0008）作出答复，申请行政复议",
        ),
        ("suit_defence", "诉本机关未依法答复其政府信息公开申请（登记编号：511921-2026-0008）一案"),
    ):
        told = lines_of(kind, reply_number="")
        assert any(words in line for line in told)
        assert not any("文号：" in line for line in told)
