"""Every kind of letter from its draft to its file: composed from the case, approved on its ladder, rendered, counted."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from gkapply.casework import composition, letterbook
from gkapply.casework.author_fields import AUTHORS_FIELDS, require_fields
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.config import bundled
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.case_kinds import CaseKind
from gkapply.law.fees import fee_of_pages
from gkapply.law.letters import Ladder, LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind, kinds_for
from gkapply.letters.render import preview
from gkapply.letters.template import load
from gkapply.letters.text import paragraphs
from workflows.duties import Duty

NewLife = Callable[..., Life]
REQUEST = "某工程的批复和监理日志"
DEFENCE = {
    "dispute_number": "某复〔2026〕8号",
    "applicant_name": "张三",
    "reply_number": "某公开〔2026〕3号",
    "facts": ["2026年3月2日收到申请"],
    "reasons": ["依据充分"],
    "evidence": ["申请表"],
    "request": "请求维持答复",
}
WRITTEN: Mapping[LetterKind, tuple[dict[str, Any], str]] = {
    LetterKind.EXPLANATION_NOTICE: (
        {"counts_text": "46件", "period_text": "2026年1月1日至3月2日", "answer_within": 10},
        "2026年1月1日至3月2日期间，您向本机关提出政府信息公开申请46件，数量、频次明显超过合理范围。",
    ),
    LetterKind.DELAY_NOTICE: (
        {"until": "2026-06-30", "reason": "须逐件检索"},
        "须逐件检索。\n依照《中华人民共和国政府信息公开条例》第三十五条的规定，本机关延迟答复，答复期限至2026年6月30日届满。",
    ),
    LetterKind.FEE_NOTICE: (
        {
            "mode": "page",
            "quantity": 68,
            "yuan": 380,
            "working": list(fee_of_pages(68, date(2026, 3, 2)).working),
            "pay_how": "到窗口缴纳",
        },
        "380元",
    ),
    LetterKind.LAPSE_NOTICE: (
        {
            "cause": "payment",
            "told_on": "2026-03-05",
            "delivered_on": "2026-03-09",
            "delivery_proof": "邮件签收记录",
            "term_ended_on": "2026-04-07",
        },
        "本机关于2026年3月5日发出收费通知书，2026年3月9日送达您（邮件签收记录）。缴费期限于2026年4月7日届满，您没有缴清信息处理费。",
    ),
    LetterKind.WITHDRAWAL_NOTICE: (
        {"withdrawn_on": "2026-03-12", "how": "本人签名的书面声明"},
        "2026年3月12日，您自愿撤回该申请（本人签名的书面声明）。",
    ),
    LetterKind.ENTRUSTMENT_NOTICE: (
        {"entrusted_organ": "县水务局", "reason": "由其承办并保存"},
        "本机关委托县水务局具体办理该申请。由其承办并保存。",
    ),
    LetterKind.SPLIT_NOTICE: (
        {"children": [{"number": "2026-0002", "quote": "批复"}, {"number": "2026-0003", "quote": "监理日志"}]},
        "2. 登记编号2026-0003：监理日志。",
    ),
    LetterKind.ASSISTANCE_LETTER: (
        {"to": "县水务局", "what": "核对附件", "deadline": "2026-03-16"},
        "请于2026年3月16日前书面回复本机关。",
    ),
    LetterKind.TRANSFER_NOTICE: (
        {"to_organ": "县水务局", "reason": "该信息由贵机关制作"},
        "现将该申请移送贵机关，请贵机关依法处理。",
    ),
    LetterKind.REVIEW_DEFENCE: (
        {**DEFENCE, "authority_name": "某市人民政府"},
        "申请人张三不服本机关对其政府信息公开申请",
    ),
    LetterKind.SUIT_DEFENCE: ({**DEFENCE, "authority_name": "某县人民法院"}, "原告张三诉本机关政府信息公开一案"),
}
ANSWERED: Mapping[ReplyKind, tuple[dict[str, Any], str]] = {
    ReplyKind.SPECIAL_RULE: (
        {"special_law": "immovable_property", "query_place": "不动产登记中心"},
        "请您依照《不动产登记暂行条例》第二十七条的规定办理。查询的地点和方式：不动产登记中心。",
    ),
    ReplyKind.NO_PROCESSING: ({"reason": "没有汇总过"}, "没有汇总过。依照《条例》第三十八条“除依照本条例第三十七条"),
    ReplyKind.STILL_UNCLEAR: ({"unclear_points": "没有写明年度"}, "您补正后的申请内容仍不明确：没有写明年度。"),
    ReplyKind.PETITION: ({"reason": "是催办", "channel": "县信访局"}, "您可以通过下列渠道提出：县信访局。"),
    ReplyKind.PUBLICATION: ({"publication_place": "县图书馆"}, "现告知您获取的途径：县图书馆。"),
    ReplyKind.EXCESSIVE: (
        {"counts": "86件", "counted_period": "2026年1月至2月", "head_judgment": "均已答复"},
        "2026年1月至2月期间，您向本机关提出政府信息公开申请86件，数量、频次明显超过合理范围。本机关认为申请理由不合理：均已答复。",
    ),
    ReplyKind.ALREADY_OBTAINED: (
        {
            "earlier_number": "某公开〔2025〕3号",
            "earlier_on": "2025-11-18",
            "earlier_basis": "纸质案卷",
            "earlier_delivery": "已邮寄",
            "legal_review": "合法",
        },
        "本机关已于2025年11月18日作出答复（文号：某公开〔2025〕3号），提供该信息的情况：已邮寄。",
    ),
    ReplyKind.ARCHIVES: (
        {"archive_name": "县档案馆", "transfer_due": True},
        "依照国办公开办函〔2019〕14号“可以告知申请人按照档案法的规定办理”的规定，",
    ),
    ReplyKind.ENQUIRY: ({"enquiry_answer": "请拨打12345"}, "现就咨询事项告知如下：请拨打12345。"),
    ReplyKind.NOT_GOVERNMENT_INFORMATION: (
        {"content_kind": "public_body", "reason": "是供水企业的信息", "governing_rule": "适用供水行业规定"},
        "依照《条例》第五十五条第一款“与人民群众利益密切相关的公共企事业单位，",
    ),
    ReplyKind.RECORD_CORRECTED: (
        {"record_check": "系录入错误", "corrected_content": "改为“张三”"},
        "本机关已对您要求更正的记录予以更正：改为“张三”。",
    ),
    ReplyKind.RECORD_NOT_CORRECTED: ({"record_check": "与原件一致", "reason": "没有证据"}, "不予更正。"),
    ReplyKind.RECORD_FORWARDED: (
        {"reason": "由公安机关登记", "forwarded_to": "县公安局", "forwarded_how": "referred"},
        "请向有权更正的行政机关提出更正申请。有权更正的行政机关：县公安局。",
    ),
}
NO_REMEDY = (ReplyKind.ENQUIRY, ReplyKind.NOT_GOVERNMENT_INFORMATION)


def begun(new_life: NewLife) -> Life:
    """A request at hand, received on 2 March 2026."""
    life = new_life(date(2026, 3, 2))
    return life.register(walked_in(PERSON, REQUEST), life.at_the_counter()).assign()


def corrected(life: Life) -> Life:
    """The request after its correction."""
    life.come_to(date(2026, 3, 4)).ask_correction("请写明年度", "可以写明起止年份")
    return life.come_to(date(2026, 3, 9)).receive_correction("某工程的全部材料")


def text_of(life: Life, kind: LetterKind) -> str:
    """The text of the newest letter of the kind, from its file."""
    with reading() as session:
        query = select(Letter).join(Case).where(Case.reference == life.reference, Letter.kind == kind)
        letter = session.scalars(query.order_by(Letter.id.desc())).first()
        assert letter is not None
        return "\n".join(paragraphs(store(session).get(letter.file_sha)))


def signed(life: Life, kind: LetterKind) -> str:
    """Take the draft over its ladder, and read the file."""
    life._on_letter(kind, Duty.OFFICER, letterbook.submit)
    if kind.ladder is Ladder.REPLY:
        life._on_letter(kind, Duty.REVIEWER, letterbook.pass_review)
    life._on_letter(kind, Duty.SIGNER if kind.ladder is Ladder.REPLY else Duty.HEAD, letterbook.sign)
    life.render()
    return text_of(life, kind)


def set_organ(life: Life, settings: str) -> None:
    with transaction() as session:
        session.scalars(select(Organ).where(Organ.code == life.organ_code)).one().settings = settings


def test_the_tables_above_are_whole() -> None:
    earlier = {LetterKind.CORRECTION_NOTICE, LetterKind.EXTENSION_NOTICE, LetterKind.DISCLOSURE_NOTICE}
    assert set(WRITTEN) == set(AUTHORS_FIELDS) - earlier
    first = set(list(ReplyKind)[: list(ReplyKind).index(ReplyKind.SPECIAL_RULE)])
    assert set(ANSWERED) - {ReplyKind.NOT_GOVERNMENT_INFORMATION} == set(ReplyKind) - first


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_letter_goes_from_its_authors_words_to_its_file(new_life: NewLife, kind: LetterKind) -> None:
    fields, sentence = WRITTEN[kind]
    life = begun(new_life).accept()
    life.do(Duty.OFFICER, lambda s, case, actor, now: letterbook.draft(s, case, kind, fields, actor, now))
    text = signed(life, kind)
    assert sentence in text
    assert life.reference in text
    assert ("行政复议" in text) == (kind.remedies is not None or kind is LetterKind.REVIEW_DEFENCE)


@pytest.mark.parametrize("kind", [LetterKind.ASSISTANCE_LETTER, LetterKind.TRANSFER_NOTICE])
def test_who_gets_a_copy_of_a_letter_to_another_organ_is_named_last(new_life: NewLife, kind: LetterKind) -> None:
    fields = {**WRITTEN[kind][0], "copies": "县司法局、县审计局"}
    life = begun(new_life).accept()
    life.do(Duty.OFFICER, lambda s, case, actor, now: letterbook.draft(s, case, kind, fields, actor, now))
    assert signed(life, kind).endswith("\n抄送：县司法局、县审计局。")


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_letter_without_one_of_its_authors_fields_is_refused(kind: LetterKind) -> None:
    for name in AUTHORS_FIELDS[kind]:
        with pytest.raises(Refusal, match="还有内容没有填写") as refused:
            require_fields(kind, {**WRITTEN[kind][0], name: ""})
        assert refused.value.field == name


@pytest.mark.parametrize("kind", ANSWERED)
def test_an_item_is_answered_in_the_letter_of_its_kind_and_counted(new_life: NewLife, kind: ReplyKind) -> None:
    evidence, sentence = ANSWERED[kind]
    life = begun(new_life)
    if kind is ReplyKind.STILL_UNCLEAR:
        corrected(life)
    if kind is ReplyKind.EXCESSIVE:
        life.accept().ask_explanation("86件", "2026年1月至2月").explain("为核实补偿标准").judge(
            "unreasonable", "均已答复"
        )
    if kind.for_records:
        with transaction() as session:
            session.scalars(
                select(Case).where(Case.reference == life.reference)
            ).one().kind = CaseKind.RECORD_CORRECTION
    if kind is not ReplyKind.EXCESSIVE:
        life.accept()
    life.itemise(REQUEST).decide(1, kind.value, evidence).draft_reply()
    if kind is ReplyKind.EXCESSIVE:
        life.waive_deliberation()
    text = signed(life, kind.letter)
    assert sentence in text
    assert f"“{REQUEST}”" in text
    assert ("行政复议" in text) is (kind not in NO_REMEDY)
    assert ("向有关主管部门或者机构申诉" in text) is (kind is ReplyKind.NOT_GOVERNMENT_INFORMATION)
    life.send_reply("post")
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        assert (case.report_row or None) == kind.row


@pytest.mark.parametrize(
    ("kind", "setting", "words"),
    [
        (ReplyKind.ENQUIRY, "enquiry_remedies", "如对本答复不服，可以自收到本答复之日起60日内"),
        (ReplyKind.NOT_GOVERNMENT_INFORMATION, "public_body_remedies", "如对本答复不服，可以自收到本答复之日起60日内"),
        (ReplyKind.SPECIAL_RULE, "special_rule_review_first", "应当自收到本答复之日起60日内先向"),
    ],
)
def test_the_office_may_set_what_remedy_is_told(new_life: NewLife, kind: ReplyKind, setting: str, words: str) -> None:
    life = begun(new_life).accept().itemise(REQUEST).decide(1, kind.value, ANSWERED[kind][0])
    set_organ(life, f'{{"{setting}":true}}')
    assert words in signed(life.draft_reply(), kind.letter)


def test_still_unclear_needs_a_correction_that_was_asked_and_came(new_life: NewLife) -> None:
    life = begun(new_life).accept().itemise(REQUEST)
    with pytest.raises(Refusal, match="缺少：补正告知和收到补正的日期"):
        life.decide(1, "still_unclear", {"unclear_points": "没有写明年度"})


def test_a_choice_brings_what_it_needs(new_life: NewLife) -> None:
    life = begun(new_life).accept().itemise(REQUEST)
    with pytest.raises(Refusal, match="缺少：所依照的法律、行政法规名称和条款") as refused:
        life.decide(1, "special_rule", {"special_law": "other", "query_place": "某处"})
    assert refused.value.field == "special_law_named"
    with pytest.raises(Refusal, match="没有这一选项"):
        life.decide(1, "special_rule", {"special_law": "secret_rule", "query_place": "某处"})
    life.decide(
        1, "special_rule", {"special_law": "other", "special_law_named": "《某条例》第三条", "query_place": "某处"}
    )
    assert "依照《某条例》第三条的规定办理" in signed(life.draft_reply(), LetterKind.REPLY_SPECIAL_RULE)


@pytest.mark.parametrize("kind", kinds_for(CaseKind.RECORD_CORRECTION))
def test_a_request_for_information_is_not_answered_as_one_for_correction(new_life: NewLife, kind: ReplyKind) -> None:
    life = begun(new_life).accept().itemise(REQUEST)
    with pytest.raises(Refusal, match="不是政府信息公开申请的答复类型"):
        life.decide(1, kind.value, ANSWERED[kind][0])


def test_a_combined_reply_lists_the_number_and_names_the_items_of_its_remedies(new_life: NewLife) -> None:
    life = begun(new_life).accept().itemise("批复", "监理日志")
    refused = {"reason": "内部安排", "discretion_reason": "影响管理", "separation_considered": True}
    life.decide(1, "refused_internal", refused).decide(2, "publication", {"publication_place": "县图书馆"})
    life.do(
        Duty.OFFICER,
        lambda s, case, actor, now: letterbook.draft(s, case, LetterKind.REPLY_COMBINED, {}, actor, now),
    )
    text = signed(life, LetterKind.REPLY_COMBINED)
    assert f"1. 登记编号{life.reference}\n" in text
    assert "第一项：“批复”\n该信息属于不予公开的政府信息。" in text
    assert f"如对其中不予公开的部分（{life.reference}号申请第一项）不服" in text


def test_the_record_of_an_answer_on_the_spot_is_signed_by_the_applicant(new_life: NewLife) -> None:
    life = begun(new_life).accept().itemise(REQUEST)
    life.decide(1, "disclosed_public", {"where_to_find": "县政府网站"})

    def record(session: Any, case: Case, actor: Any, now: Any) -> str:
        letter = letterbook.draft(session, case, LetterKind.ON_THE_SPOT_RECORD, {}, actor, now)
        fields = composition.compose(session, letter, date(2026, 3, 2))
        return "\n".join(paragraphs(preview(load(bundled("answer_templates"), letter.kind), fields)))

    text = life.do(Duty.OFFICER, record)
    assert "本机关依照《条例》第三十三条第一款的规定当场予以答复。" in text
    assert text.endswith("以上内容申请人已经知悉。\n申请人（签名）：　　　　　　　　年　　月　　日")
