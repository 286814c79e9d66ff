"""The letter check: what each notice must say besides the skeleton, by the provision that demands it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gkapply.law.letters import LetterKind
from gkapply.law.periods import PeriodName, period
from gkapply.law.provisions import number
from gkapply.letters.checking_head import first_day
from gkapply.letters.finding import Finding, Findings, Point, error
from gkapply.letters.known import Known
from gkapply.letters.quotation import spoken, without_requests
from gkapply.letters.reading import Reading

_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_WITHIN = r"自收到[^，。]{0,14}之?日起[^，。]{1,10}(?:个工作日|日)"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: how it is recognised, what is missing without it."""

    pattern: re.Pattern[str]
    missing: str


def _must(*statements: tuple[str, str]) -> tuple[Statement, ...]:
    return tuple(Statement(re.compile(pattern, re.DOTALL), missing) for pattern, missing in statements)


_OPINION = _must(
    (r"(?:信息|合同|资料)[^：:]{0,30}[：:]\s*[^。\s]{2,}", "所涉的政府信息"),
    (r"理由[：:]\s*[^。\s]{2,}", "征求意见的理由"),
    (r"自收到[^，。]{0,14}之日起[^，。]{1,10}个工作日", "提出意见的期限"),
    (r"说明理由", "不同意公开的应当说明理由"),
    (r"逾期未提出意见的", "逾期未提出意见的后果"),
)
_DEFENCE = _must(
    (r"文号[：:]\s*[^）)\s]{3,}|未[^。]{0,12}(?:答复|作出答复)", "被申请复议或者被诉的答复文号"),
    (r"案件事实和办理经过\n[^\n]{4,}", "案件事实和办理经过"),
    (r"答复的依据和理由\n[^\n]{4,}", "答复的依据和理由"),
    (r"证据\n[^\n]{3,}", "证据"),
    (r"请求\n[^\n]{3,}", "请求"),
)
STATEMENTS: Mapping[LetterKind, tuple[Statement, ...]] = {
    LetterKind.CORRECTION_NOTICE: _must(
        (r"补正下列事项[：:]\n(?!补正指引|请自)[^\n]{4,}", "需要补正的事项"),
        (_WITHIN, "补正的期限"),
        (r"提交", "提交补正材料的方式"),
        (r"逾期不补正的，?视为放弃申请", "逾期不补正的后果"),
    ),
    LetterKind.EXTENSION_NOTICE: _must(
        (r"理由(?:是|为)?[：:]\s*[^。\s]{2,}", "延期的理由"),
        (r"延长[^，。]{1,6}个工作日", "延长的工作日数"),
        (rf"至{_DAY}届满", "延长后的届满日期"),
        (r"负责人(?:同意|批准)", "公开机构负责人同意"),
    ),
    LetterKind.DELAY_NOTICE: _must(
        (r"(?:答复|理由)[：:]\s*[^。\s]{2,}", "延迟答复的理由"),
        (rf"至{_DAY}届满", "延迟答复的期限"),
    ),
    LetterKind.EXPLANATION_NOTICE: _must(
        (r"\d+件|[一二三四五六七八九十百]+件", "申请的件数和频次"),
        (r"期间|自[^，。]*至", "统计的起止时段"),
        (_WITHIN, "说明理由的期限"),
        (r"说明[^，。]{0,6}理由", "要求说明理由"),
        (r"不予处理", "理由不合理的后果"),
    ),
    LetterKind.THIRD_PARTY_INQUIRY: _OPINION,
    LetterKind.CO_PRODUCER_INQUIRY: (*_OPINION, *_must((r"视为同意公开", "逾期未提出意见视为同意公开"))),
    LetterKind.INQUIRY_NOTICE: _must(
        (r"征求[^。]{0,12}(?:第三方|机关)的?意见|征求其意见", "向谁征求意见"),
        (r"不计算在(?:答复)?期限内", "征求意见所需时间不计算在答复期限内"),
    ),
    LetterKind.DISCLOSURE_NOTICE: _must(
        (rf"{_DAY}[^。]{{0,20}}征求", "征求意见的日期"),
        (r"决定公开[^：:。]{0,12}[：:]\s*[^。\s]{2,}", "决定公开的政府信息"),
        (r"理由[：:]\s*[^。\s]{2,}", "决定公开的理由"),
    ),
    LetterKind.FEE_NOTICE: _must(
        (r"国办函〔2020〕109号", "收费所依据的管理办法"),
        (r"收费标准[：:]\s*[^。\s]{4,}", "收费标准"),
        (r"金额[：:]\s*\d+元", "收费金额"),
        (r"缴纳方式[：:]\s*[^。\s]{2,}", "缴纳方式"),
        (r"自收到[^，。]{0,14}日起\s*20个工作日", "20个工作日的缴费期限"),
        (r"逾期未缴纳的，?视为放弃申请", "逾期未缴纳的后果"),
    ),
    LetterKind.LAPSE_NOTICE: _must(
        (rf"{_DAY}发出(?:补正告知书|收费通知书)", "发出补正告知书或者收费通知书的日期"),
        (rf"{_DAY}送达", "送达的日期"),
        (r"送达[^，。（]{0,8}（[^）]{2,}）", "送达的凭证"),
        (rf"{_DAY}届满", "期限届满的日期"),
        (r"视为[^，。]{0,6}放弃申请", "视为放弃申请"),
    ),
    LetterKind.WITHDRAWAL_NOTICE: _must(
        (rf"{_DAY}，", "撤回申请的日期"),
        (r"撤回[^，。（]{0,8}（[^）]{2,}）", "撤回的方式"),
        (r"终止办理", "终止办理"),
    ),
    LetterKind.ENTRUSTMENT_NOTICE: _must(
        (r"委托[^，。]{2,40}办理", "受委托的部门"),
        (r"法律后果由本机关承担", "法律后果由本机关承担"),
    ),
    LetterKind.SPLIT_NOTICE: _must(
        (r"登记编号\S+.*登记编号\S+.*登记编号\S+", "拆分后各件的登记编号"),
        (rf"以{_DAY}为收到申请之日", "拆分后仍以原日期为收到申请之日"),
    ),
    LetterKind.ASSISTANCE_LETTER: _must(
        (r"事项[：:]\s*[^。\s]{2,}", "请求协助的事项"),
        (rf"{_DAY}前", "请求回复的日期"),
    ),
    LetterKind.TRANSFER_NOTICE: _must((r"移送", "移送的意思表示")),
    LetterKind.REVIEW_DEFENCE: _DEFENCE,
    LetterKind.SUIT_DEFENCE: _DEFENCE,
    LetterKind.RECEIPT: _must((r"20个工作日|第四十一条", "答复的期限")),
}
"""What each kind must say; a reply's items are looked at one by one elsewhere."""


def check_content(letter: Reading, kind: LetterKind, known: Known | None) -> Findings:
    """Every statement that the law demands of this kind is there, and its term is lawful."""
    text = "\n".join(without_requests(line.text) for line in letter.said)
    for statement in STATEMENTS.get(kind, ()):
        if not statement.pattern.search(text):
            yield error(
                Point.CONTENT,
                letter.said[-1].text if letter.said else letter.title,
                f"没有写明{statement.missing}",
                f"请补充{statement.missing}",
                kind.basis,
            )
    if kind is LetterKind.EXTENSION_NOTICE:
        yield from _extension(text, letter)
    if kind in (LetterKind.THIRD_PARTY_INQUIRY, LetterKind.CO_PRODUCER_INQUIRY):
        yield from _opinion(text, letter)


def _extension(text: str, letter: Reading) -> Iterator[Finding]:
    most = period(PeriodName.EXTENSION, first_day(letter.date_text or "") or date.max).amount
    found = re.search(r"延长([0-9一二三四五六七八九十]+)个工作日", text)
    if found is None:
        return
    days = int(found.group(1)) if found.group(1).isdigit() else number(found.group(1))
    if not 1 <= days <= most:
        yield error(
            Point.CONTENT,
            _line(letter, "延长"),
            f"延长的期限最长不得超过{most}个工作日",
            "请改为1至20个工作日",
            "条例第三十三条第二款",
        )


_CONSENT = re.compile(r"(?<!不)(?:视为|即为|视同|推定为?)(?:您|贵方|贵单位)?(?:同意|没有异议|无异议)")
"""What a third party's silence must not be taken for."""


def _opinion(text: str, letter: Reading) -> Iterator[Finding]:
    """The term of an opinion, and what silence means: neither for a third party, consent for a co-producer."""
    said = spoken(text)
    fixed = "第三十二条" in said or "第三十四条" in said
    if fixed and not re.search(r"起\s*(?:15|十五)个工作日", said):
        yield error(
            Point.CONTENT,
            _line(letter, "个工作日"),
            "提出意见的期限应为15个工作日",
            "请改为15个工作日",
            "条例第三十二条、第三十四条",
        )
    silence = _CONSENT.search(said) if "第三十二条" in said else None
    if silence:
        yield error(
            Point.CONTENT,
            _line(letter, silence.group()),
            "第三方逾期未提出意见，不视为同意",
            "请改为由本机关决定是否公开",
            "条例第三十二条",
        )


def _line(letter: Reading, words: str) -> str:
    return next((line.text for line in letter.said if words in line.text), letter.title)
