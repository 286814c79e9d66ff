"""The letter check finds every one of these faults, each made in a good letter, and nothing in the good ones."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from gkapply.config import bundled
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.remedies import AnsweredItem
from gkapply.letters.check import check
from gkapply.letters.fields import complete, example
from gkapply.letters.finding import Point, Severity
from gkapply.letters.known import Known, KnownItem, KnownRequest
from gkapply.letters.render import preview, render
from gkapply.letters.template import load
from gkapply.letters.text import paragraphs
from tests.letters.spoiling import Edit, add, cut, drop, edited, revised, swap

FOLDER = bundled("answer_templates")
IDENTITY = "11010519491231002X"
"""The example of GB 11643: a right check digit, and nobody's."""
CARD = "4111111111111111"
"""The usual test number of cards."""


@cache
def good(kind: str) -> bytes:
    """The letter of the declared example."""
    return render(load(FOLDER, kind), example(kind))


EITHER = (
    "如对本答复不服，可以自收到本答复之日起60日内向安岳县人民政府申请行政复议，"
    "或者自收到本答复之日起6个月内向安岳县人民法院提起行政诉讼。"
)
AS_APPLIED, AS_FOUND = "龙台镇场镇道路改造工程投标文件", "该信息载有投标人的成本构成"
PUBLIC, REFUSED, PARTIAL, ABSENT = "reply_public", "reply_refused", "reply_partial", "reply_not_existing"
ASKED, FEE, MORE_TIME, LAPSED = "third_party_inquiry", "fee_notice", "extension_notice", "lapse_notice"
NUMBER = "安府办公开〔2026〕12号"
SPOILT: tuple[tuple[str, str, Edit, Point], ...] = (
    ("another title", PUBLIC, swap("政府信息公开告知书", "关于申请的说明"), Point.KIND),
    ("terms swapped", PUBLIC, swap(EITHER, EITHER.replace("60日", "六个月").replace("6个月", "60日")), Point.REMEDIES),
    (
        "terms of a refusal swapped",
        REFUSED,
        lambda xml: xml.replace("60日", "十五日").replace("15日", "60日"),
        Point.REMEDIES,
    ),
    ("a feeling as the ground", REFUSED, swap(AS_FOUND, "该信息内容敏感，不宜公开"), Point.GROUND),
    (
        "put off instead of refused",
        REFUSED,
        swap("本机关决定对该信息不予公开", "本机关决定对该信息暂缓公开"),
        Point.ITEMS,
    ),
    (
        "silence taken for consent",
        ASKED,
        add("逾期", "依照第三十二条的规定，逾期未提出意见的，视为没有异议。"),
        Point.CONTENT,
    ),
    ("title lost", PUBLIC, drop("政府信息公开告知书"), Point.KIND),
    ("nobody addressed", PUBLIC, drop("张三", "Addressee"), Point.ADDRESSEE),
    ("addressee blank", PUBLIC, swap("张三：", "："), Point.ADDRESSEE),
    ("addressee without colon", PUBLIC, swap("张三：", "张三"), Point.ADDRESSEE),
    ("no number", PUBLIC, drop(NUMBER), Point.NUMBER),
    ("square brackets", PUBLIC, swap("〔2026〕12", "[2026]12"), Point.NUMBER),
    ("round brackets", PUBLIC, swap("〔2026〕12", "（2026）12"), Point.NUMBER),
    ("padded number", PUBLIC, swap("〔2026〕12号", "〔2026〕012号"), Point.NUMBER),
    ("第 in the number", PUBLIC, swap("〔2026〕12号", "〔2026〕第12号"), Point.NUMBER),
    ("two-digit year", PUBLIC, swap("〔2026〕12号", "〔26〕12号"), Point.NUMBER),
    ("number without figure", PUBLIC, swap("〔2026〕12号", "〔2026〕号"), Point.NUMBER),
    ("number of another year", PUBLIC, swap("〔2026〕12号", "〔2025〕12号"), Point.NUMBER),
    ("slip with another number", ASKED, swap(NUMBER, "安府办公开〔2026〕13号", "TableText"), Point.NUMBER),
    ("no signature", PUBLIC, drop("安岳县人民政府办公室", "Signature"), Point.SIGNATURE),
    ("another organ signs", PUBLIC, swap("安岳县人民政府办公室", "安岳县水务局", "Signature"), Point.SIGNATURE),
    ("no date", PUBLIC, drop("2026年3月30日", "SignatureDate"), Point.DATE),
    ("padded month", PUBLIC, swap("2026年3月30日", "2026年03月30日", "SignatureDate"), Point.DATE),
    ("padded day", MORE_TIME, swap("2026年3月30日", "2026年4月03日", "SignatureDate"), Point.DATE),
    ("date in words", PUBLIC, swap("2026年3月30日", "二〇二六年三月三十日", "SignatureDate"), Point.DATE),
    ("no such day", PUBLIC, swap("2026年3月30日", "2026年2月30日", "SignatureDate"), Point.DATE),
    ("date with slashes", PUBLIC, swap("2026年3月30日", "2026/3/30", "SignatureDate"), Point.DATE),
    ("signed before the receipt", PUBLIC, swap("2026年3月30日", "2026年2月27日", "SignatureDate"), Point.DATE),
    ("receipt not told", PUBLIC, drop("本机关于2026年3月2日收到"), Point.RECEIPT),
    ("no day of receipt", PUBLIC, swap("于2026年3月2日收到", "收到"), Point.RECEIPT),
    ("padded day of receipt", PUBLIC, swap("于2026年3月2日收到", "于2026年03月02日收到"), Point.RECEIPT),
    ("no request number", PUBLIC, swap("（登记编号：511921-2026-0008）", ""), Point.RECEIPT),
    ("request not quoted", PUBLIC, swap("申请公开“安岳县2025年度财政决算报告”", "申请公开有关信息"), Point.RECEIPT),
    ("request quoted blank", PUBLIC, swap("“安岳县2025年度财政决算报告”", "“”"), Point.RECEIPT),
    ("notice without request number", MORE_TIME, swap("（登记编号：511921-2026-0008）", ""), Point.RECEIPT),
    ("question without request number", ASKED, swap("（登记编号：511921-2026-0008）", ""), Point.RECEIPT),
    ("receipt slip without number", "receipt", swap("511921-2026-0008", "", "TableText"), Point.RECEIPT),
    (
        "receipt slip without materials",
        "receipt",
        cut("1. 政府信息公开申请表（2页）", "身份证明（1份）"),
        Point.RECEIPT,
    ),
    ("combined without a number", "reply_combined", swap("登记编号511921-2026-0011", "登记编号"), Point.RECEIPT),
    ("combined announces three", "reply_combined", swap("提出的2件", "提出的3件"), Point.ITEMS),
    ("basis lost", PUBLIC, cut("依照《条例》第三十六条第一项", "的规定，"), Point.ARTICLE),
    ("words of the law lost", PUBLIC, cut("“所申请公开信息已经", "途径”"), Point.ARTICLE),
    ("words of the law changed", PUBLIC, swap("已经主动公开的，告知申请人", "已公开的，可告知申请人"), Point.ARTICLE),
    (
        "words of another item",
        ABSENT,
        swap("经检索没有所申请公开信息的", "所申请公开信息已经主动公开的"),
        Point.ARTICLE,
    ),
    ("no such item", PUBLIC, swap("第三十六条第一项", "第三十六条第八项"), Point.ARTICLE),
    ("no such article", REFUSED, swap("第三十六条第三项、第十五条", "第三十六条第三项、第六十五条"), Point.ARTICLE),
    ("article in figures", PUBLIC, swap("第三十六条第一项", "第36条第1项"), Point.ARTICLE),
    (
        "law of the past",
        ABSENT,
        swap("依照《条例》第三十六条第四项", "根据《中华人民共和国物权法》第三条"),
        Point.ARTICLE,
    ),
    ("notice without basis", "correction_notice", swap("第三十条", "有关条款"), Point.ARTICLE),
    ("extension on another paragraph", MORE_TIME, swap("第三十三条第二款", "第三十三条第一款"), Point.ARTICLE),
    (
        "no such article of the review law",
        REFUSED,
        swap("第二十三条第一款第四项", "第一百二十三条第一款第四项"),
        Point.ARTICLE,
    ),
    ("one item left out", PARTIAL, cut("第二项：“", "附件2）。"), Point.ITEMS),
    ("one item without answer", PARTIAL, drop("本机关于2026年3月16日检索了"), Point.ITEMS),
    ("items misnumbered", PARTIAL, swap("第三项：", "第四项："), Point.ITEMS),
    ("no answer at all", PUBLIC, drop("您申请公开的信息已经主动公开"), Point.ITEMS),
    ("no decision", "reply_no_processing", swap("本机关不予提供", "现予告知"), Point.ITEMS),
    ("combined request without answer", "reply_combined", drop("该信息可以公开"), Point.ITEMS),
    ("reason lost", REFUSED, cut(AS_FOUND, "有合理理由。"), Point.FACTS),
    ("search without period", ABSENT, swap("检索时段为2019年1月1日至2026年3月16日，", ""), Point.FACTS),
    ("search without words", ABSENT, swap("检索词为“龙台镇”“征地”“听证”，", ""), Point.FACTS),
    ("search without place", ABSENT, swap("办公室、文电股和档案室的公文处理系统和纸质文书档案", ""), Point.FACTS),
    ("search not told", ABSENT, cut("本机关于2026年3月16日检索了", "的记录。"), Point.FACTS),
    ("way of getting it lost", PUBLIC, cut("登录安岳县人民政府网站", "查阅点查阅。", "。"), Point.FACTS),
    ("reason of another's duty lost", "reply_not_ours", cut("该信息由安岳县自然资源", "没有获取。"), Point.FACTS),
    ("earlier number lost", "reply_repeated", swap("（文号：安府办公开〔2025〕31号）", ""), Point.FACTS),
    (
        "special law without article",
        "reply_special_rule",
        swap("《不动产登记暂行条例》第二十七条", "有关法规"),
        Point.FACTS,
    ),
    ("query place lost", "reply_special_rule", cut("持身份证明到", "12345670）", ""), Point.FACTS),
    ("channel lost", "reply_petition", cut("安岳县信访局（", "信访平台"), Point.FACTS),
    ("masked part without reason", PARTIAL, cut("理由：上述内容", "合法权益。"), Point.FACTS),
    ("masked parts not told", PARTIAL, drop("发放明细中被征收人的"), Point.FACTS),
    ("what was corrected lost", "record_corrected", cut("姓名由“张叁”", "“张三”"), Point.FACTS),
    ("refusal on 36(2)", REFUSED, swap("第三十六条第三项、第十五条", "第三十六条第二项"), Point.OUTCOME),
    ("refusal without limb", REFUSED, swap("第三十六条第三项、第十五条", "第三十六条第三项"), Point.OUTCOME),
    ("disclosed on 36(4)", "reply_disclosed", swap("第三十六条第二项", "第三十六条第四项"), Point.OUTCOME),
    ("not existing on 36(5)", ABSENT, swap("第三十六条第四项", "第三十六条第五项"), Point.OUTCOME),
    ("title of another outcome", PUBLIC, swap("政府信息公开告知书", "政府信息不予公开告知书"), Point.OUTCOME),
    ("masked part on no ground", PARTIAL, swap("依照《条例》第十五条“", "依照《条例》第四十条“"), Point.OUTCOME),
    ("工作秘密 as ground", REFUSED, swap("属于商业秘密", "属于工作秘密"), Point.GROUND),
    ("内部资料 as ground", REFUSED, swap("属于商业秘密", "属于内部资料"), Point.GROUND),
    ("工作秘密 for a masked part", PARTIAL, swap("属于个人隐私", "属于工作秘密"), Point.GROUND),
    ("correction without consequence", "correction_notice", cut("无正当理由逾期", "公开申请。"), Point.CONTENT),
    ("correction without term", "correction_notice", swap("自收到本告知书之日起10个工作日内", "尽快"), Point.CONTENT),
    ("correction of nothing", "correction_notice", cut("1. 所申请的", "2. 请提供身份证明。"), Point.CONTENT),
    ("extension over twenty days", MORE_TIME, swap("延长10个工作日", "延长30个工作日"), Point.CONTENT),
    ("extension without new day", MORE_TIME, swap("，至2026年4月29日届满", ""), Point.CONTENT),
    ("extension without the head", MORE_TIME, swap("经本机关政府信息公开工作机构负责人同意，", ""), Point.CONTENT),
    ("third party has ten days", ASKED, swap("15个工作日", "10个工作日"), Point.CONTENT),
    (
        "third party's silence as consent",
        ASKED,
        swap("由本机关依照该条例的规定决定是否公开", "视为同意公开"),
        Point.CONTENT,
    ),
    ("fee without amount", FEE, swap("1300元（", "（"), Point.CONTENT),
    ("fee to be paid in ten days", FEE, swap("20个工作日", "10个工作日"), Point.CONTENT),
    ("lapse without proof", LAPSED, swap("（给据邮件号码1234567890123，投递签收记录）", ""), Point.CONTENT),
    ("no remedies", PUBLIC, drop("如对本答复不服"), Point.REMEDIES),
    ("thirty days", PUBLIC, swap("60日内", "30日内"), Point.REMEDIES),
    ("three months", PUBLIC, swap("6个月内", "3个月内"), Point.REMEDIES),
    ("no suit", PUBLIC, cut("，或者自收到本答复之日起6个月", "行政诉讼"), Point.REMEDIES),
    ("refusal with free choice", REFUSED, cut("如对本不予公开决定", "提起行政诉讼。", EITHER), Point.REMEDIES),
    ("refusal without 先", REFUSED, swap("先向安岳县", "向安岳县"), Point.REMEDIES),
    ("refusal without 应当", REFUSED, swap("应当自收到", "可以自收到"), Point.REMEDIES),
    ("refusal with thirty days for the suit", REFUSED, swap("15日内", "30日内"), Point.REMEDIES),
    ("review first for all of a partial reply", PARTIAL, drop("如对本答复的其他内容不服"), Point.REMEDIES),
    ("choice for all of a partial reply", PARTIAL, drop("如对其中不予公开的部分"), Point.REMEDIES),
    (
        "review first where nothing is refused",
        PUBLIC,
        cut(
            "，可以自收到本答复之日起60日内向",
            "提起行政诉讼",
            (
                "，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本答复之日起60日内先向安岳县人民政府申请行政复议；"
                "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安岳县人民法院提起行政诉讼"
            ),
        ),
        Point.REMEDIES,
    ),
    ("remedies in a notice", MORE_TIME, add("该申请不能在原答复期限", EITHER), Point.REMEDIES),
    ("free choice against a fee", FEE, swap("不能单独就该决定", "可以就该决定"), Point.REMEDIES),
    ("authority lost", PUBLIC, swap("向安岳县人民政府申请", "申请"), Point.AUTHORITY),
    ("court lost", PUBLIC, swap("向安岳县人民法院提起", "提起"), Point.AUTHORITY),
    ("the organ reviews itself", PUBLIC, swap("向安岳县人民政府申请", "向安岳县人民政府办公室申请"), Point.AUTHORITY),
    (
        "two authorities",
        PARTIAL,
        swap("本答复之日起60日内向安岳县人民政府", "本答复之日起60日内向资阳市人民政府"),
        Point.AUTHORITY,
    ),
    ("no court", PUBLIC, swap("安岳县人民法院", "安岳县司法局"), Point.AUTHORITY),
    ("enclosure not listed", "reply_disclosed", drop("附件：2025年"), Point.ENCLOSURES),
    ("second enclosure not listed", PARTIAL, drop("2. 2025年龙台镇征地补偿安置方案（12页）"), Point.ENCLOSURES),
    (
        "enclosure without name",
        "reply_disclosed",
        swap("附件：2025年龙台镇征地补偿安置方案（12页）", "附件："),
        Point.ENCLOSURES,
    ),
    ("enclosure that nothing speaks of", PARTIAL, swap("（附件2）", ""), Point.ENCLOSURES),
    ("slip not listed", ASKED, drop("附件：意见回执"), Point.ENCLOSURES),
    ("braces left", PUBLIC, swap("到县档案馆", "到{{ place }}"), Point.PLACEHOLDER),
    ("××", PUBLIC, swap("县档案馆", "××档案馆"), Point.PLACEHOLDER),
    ("「××」", PUBLIC, swap("县档案馆", "「××档案馆」"), Point.PLACEHOLDER),
    ("underscores", PUBLIC, swap("县档案馆", "____档案馆"), Point.PLACEHOLDER),
    ("某某", PUBLIC, swap("县档案馆", "某某档案馆"), Point.PLACEHOLDER),
    ("某年某月", ABSENT, swap("于2026年3月16日检索", "于某年某月某日检索"), Point.PLACEHOLDER),
    ("待填", PUBLIC, swap("县档案馆", "（待填）"), Point.PLACEHOLDER),
    ("TODO", PUBLIC, swap("县档案馆", "TODO"), Point.PLACEHOLDER),
    ("empty date", ABSENT, swap("于2026年3月16日检索", "于　　年　　月　　日检索"), Point.PLACEHOLDER),
    ("identity number", PARTIAL, swap("被征收人的身份", f"被征收人（{IDENTITY}）的身份"), Point.PERSONAL),
    (
        "labelled identity number",
        REFUSED,
        swap("投标人的成本", "投标人（身份证号：110105194912310）的成本"),
        Point.PERSONAL,
    ),
    ("mobile telephone", PARTIAL, swap("银行账号和联系电话", "联系电话13800000000"), Point.PERSONAL),
    ("bank card", PARTIAL, swap("银行账号和", f"银行卡{CARD}和"), Point.PERSONAL),
    ("mark of secrecy", PUBLIC, add("您申请公开的信息已经主动公开", "机密★"), Point.SECRECY),
    ("revision left", PUBLIC, revised, Point.REVISION),
)


def request(**more: Any) -> KnownRequest:
    """The request of the examples, as its case knows it."""
    item = KnownItem("安岳县2025年度财政决算报告", "disclosed_public")
    return replace(
        KnownRequest(
            number="511921-2026-0008",
            quote="安岳县2025年度财政决算报告",
            received_on=date(2026, 3, 2),
            correction_asked_on=date(2026, 3, 5),
            correction_received_on=date(2026, 3, 12),
            items=(item,),
            due_on=date(2026, 4, 10),
        ),
        **more,
    )


def known(kind: str = PUBLIC, **more: Any) -> Known:
    """What the case of the examples knows."""
    return replace(
        Known(
            kind=kind,
            signing_name="安岳县人民政府办公室",
            code_word="安府办公开",
            review_authority="安岳县人民政府",
            court="安岳县人民法院",
            addressee="张三",
            requests=(request(),),
            composed_on=date(2026, 3, 30),
            answered=(AnsweredItem(1, frozenset({None})),),
            enclosures=(),
            number=NUMBER,
            signed_on=date(2026, 3, 30),
        ),
        **more,
    )


PARTS = known(
    PARTIAL,
    requests=(
        request(
            quote="2025年龙台镇征地补偿款发放明细；2025年龙台镇征地补偿安置方案；2025年龙台镇征地听证会的会议纪要",
            items=(
                KnownItem("2025年龙台镇征地补偿款发放明细", "partial", ("refused_third_party",)),
                KnownItem("2025年龙台镇征地补偿安置方案", "disclosed"),
                KnownItem("2025年龙台镇征地听证会的会议纪要", "not_existing"),
            ),
        ),
    ),
    answered=(
        AnsweredItem(1, frozenset({None, "15"})),
        AnsweredItem(2, frozenset({None})),
        AnsweredItem(3, frozenset({None})),
    ),
    enclosures=("2025年龙台镇征地补偿款发放明细（隐去部分内容，26页）", "2025年龙台镇征地补偿安置方案（12页）"),
)
BESIDE_THE_CASE: tuple[tuple[str, str, Known, Edit, Point], ...] = (
    ("another's letter", PUBLIC, known(), swap("张三：", "李四："), Point.ADDRESSEE),
    (
        "request reworded",
        PUBLIC,
        known(),
        swap("公开“安岳县2025年度财政决算报告", "公开“安岳县2025年度决算"),
        Point.QUOTE,
    ),
    ("item reworded", PARTIAL, PARTS, swap("第二项：“2025年龙台镇征地补偿安置方案", "第二项：“征地方案"), Point.QUOTE),
    ("another request number", PUBLIC, known(), swap("511921-2026-0008", "511921-2026-0009"), Point.LEDGER),
    ("another day of receipt", PUBLIC, known(), swap("于2026年3月2日收到", "于2026年3月3日收到"), Point.LEDGER),
    (
        "another day of correction",
        PUBLIC,
        known(),
        swap("并于2026年3月12日收到", "并于2026年3月11日收到"),
        Point.LEDGER,
    ),
    ("a correction that never was", PUBLIC, known(requests=(request(correction_asked_on=None),)), str, Point.LEDGER),
    ("another series", PUBLIC, known(), swap("安府办公开〔", "安府公开〔"), Point.SERIES),
    ("another number than registered", PUBLIC, known(), swap("〔2026〕12号", "〔2026〕13号"), Point.SERIES),
    ("another signing name", PUBLIC, known(signing_name="安岳县人民政府"), str, Point.SIGNATURE),
    ("another day than signed", PUBLIC, known(signed_on=date(2026, 3, 31)), str, Point.LEDGER),
    ("another authority", PUBLIC, known(review_authority="资阳市人民政府"), str, Point.AUTHORITY),
    ("another court", PUBLIC, known(court="资阳市中级人民法院"), str, Point.AUTHORITY),
    ("refused in the case", PUBLIC, known(answered=(AnsweredItem(1, frozenset({"15"})),)), str, Point.REMEDIES),
    ("other items refused", PARTIAL, PARTS, swap("第一项中不予公开的内容", "第二项中不予公开的内容"), Point.REMEDIES),
    (
        "online without the channel",
        PUBLIC,
        known(delivered_online=True, online_review="行政复议服务平台"),
        str,
        Point.REMEDIES,
    ),
    ("an item not answered", PUBLIC, known(requests=(request(items=PARTS.requests[0].items),)), str, Point.ITEMS),
    (
        "decided otherwise",
        PUBLIC,
        known(requests=(request(items=(KnownItem("安岳县2025年度财政决算报告", "not_existing"),)),)),
        str,
        Point.OUTCOME,
    ),
    ("kind of another outcome", PUBLIC, known(REFUSED), str, Point.KIND),
    ("enclosure too few", PARTIAL, replace(PARTS, enclosures=("甲", "乙", "丙")), str, Point.ENCLOSURES),
    (
        "the applicant named to a third party",
        ASKED,
        known(ASKED, private_names=("张三",), addressee="四川某建设工程有限公司"),
        swap("征求意见的理由：", "申请人张三。征求意见的理由："),
        Point.PERSONAL,
    ),
)
"""Faults that only the case shows; where the edit is ``str``, the letter is good and the case another."""


@pytest.mark.parametrize("kind", LetterKind)
def test_a_good_letter_has_no_fault(kind: LetterKind) -> None:
    report = check(good(kind.value))
    assert (report.kind, report.findings, report.ok) == (kind.value, (), True)
    assert {Point.QUOTE, Point.LEDGER, Point.SERIES, Point.TERM} <= {one.point for one in report.unchecked}


@pytest.mark.parametrize(("kind", "case"), [(PUBLIC, known()), (PARTIAL, PARTS)])
def test_a_good_letter_beside_its_case_has_none_either(kind: str, case: Known) -> None:
    report = check(good(kind), case)
    assert (report.findings, report.unchecked) == ((), ())


@pytest.mark.parametrize(("name", "kind", "edit", "point"), SPOILT, ids=[one[0] for one in SPOILT])
def test_a_spoilt_letter_is_found_out(name: str, kind: str, edit: Edit, point: Point) -> None:
    report = check(edited(good(kind), edit))
    found = [one for one in report.findings if one.point is point]
    assert found, f"{name}: {[(one.point.value, one.problem) for one in report.findings]}"
    assert not report.ok
    assert all(one.problem and one.do for one in found)


@pytest.mark.parametrize(
    ("name", "kind", "case", "edit", "point"), BESIDE_THE_CASE, ids=[one[0] for one in BESIDE_THE_CASE]
)
def test_what_only_the_case_shows_is_found_beside_it(
    name: str, kind: str, case: Known, edit: Edit, point: Point
) -> None:
    report = check(edited(good(kind), edit), case)
    assert point in {one.point for one in report.errors}, [(one.point.value, one.problem) for one in report.findings]


def test_enough_letters_are_spoilt_one_fault_each() -> None:
    names = [one[0] for one in (*SPOILT, *BESIDE_THE_CASE)]
    assert len(set(names)) == len(names) >= 60
    assert {one[-1] for one in (*SPOILT, *BESIDE_THE_CASE)} == set(Point) - {Point.TERM}


def test_a_rest_day_and_a_late_day_are_warnings() -> None:
    on_sunday = edited(good(PUBLIC), swap("2026年3月30日", "2026年3月29日", "SignatureDate"))
    (found,) = check(on_sunday).findings
    assert (found.point, found.severity) == (Point.DATE, Severity.WARNING)
    (late,) = check(good(PUBLIC), known(requests=(request(due_on=date(2026, 3, 27)),))).findings
    assert (late.point, late.severity) == (Point.TERM, Severity.WARNING)


def test_a_draft_has_neither_number_nor_date_yet() -> None:
    draft = preview(load(FOLDER, PUBLIC), {**example(PUBLIC), "document_number": "", "date_text": ""})
    report = check(draft, known(number=None, signed_on=None))
    assert report.findings == ()
    assert {one.point for one in report.unchecked} == {Point.NUMBER, Point.SERIES, Point.DATE, Point.TERM}
    assert {one.point for one in check(draft).errors} >= {Point.NUMBER, Point.DATE, Point.PLACEHOLDER}


def test_the_words_of_the_applicant_are_nobodys_fault() -> None:
    quote = "请公开“某某”项目的 {{ 全部 }} 材料（联系13800000000）<&>"
    fields = example("reply_refused")
    items = [{**fields["items"][0], "quote": quote}]  # type: ignore[index]
    fields = complete("reply_refused", {**fields, "request_quote": quote, "items": items, "addressee": "𠮷田{{镕}}"})
    assert check(render(load(FOLDER, REFUSED), fields)).findings == ()


def test_a_letter_that_lost_its_styles_in_word_is_read_all_the_same() -> None:
    plain: Edit = lambda xml: re.sub(r'<w:pStyle w:val="[^"]*"/>', "", xml)  # noqa: E731
    for kind in (PUBLIC, REFUSED, PARTIAL, "reply_combined", MORE_TIME, "correction_notice", FEE):
        assert check(edited(good(kind), plain)).findings == (), kind
    renamed: Mapping[str, str] = {"LetterTitle": "a3", "LetterBody": "a5", "Remedies": "a7", "SignatureDate": "a9"}

    def other_ids(xml: str) -> str:
        for old, new in renamed.items():
            xml = xml.replace(f'"{old}"', f'"{new}"')
        return xml

    docx = edited(edited(good(REFUSED), other_ids), other_ids, "word/styles.xml")
    assert check(docx).findings == ()


def test_own_numbers_are_allowed_when_the_case_knows_them() -> None:
    with_phone = edited(good(PUBLIC), swap("到县档案馆", "电话13800000000，到县档案馆"))
    assert not check(with_phone, known()).ok
    assert check(with_phone, known(own_numbers=frozenset({"138-0000-0000"}))).ok


def test_what_is_no_letter_is_refused() -> None:
    for content in (b"", b"PK", b"text"):
        with pytest.raises(Refusal, match=r"文书不是 \.docx 文件"):
            check(content)
    broken = edited(good(PUBLIC), lambda xml: xml[:-20])
    with pytest.raises(Refusal, match="已损坏"):
        check(broken)


def test_every_paragraph_of_the_letter_is_read() -> None:
    """The check reads what a person reads."""
    from_word = "".join("".join(one.split()) for one in paragraphs(good(PARTIAL)))
    assert len(from_word) > 1000
