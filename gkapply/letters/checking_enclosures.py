"""The letter check: what the text says is enclosed is listed, and what is listed is there."""

import re

from gkapply.law.letters import INQUIRIES, LetterKind
from gkapply.letters.finding import Findings, Point, error
from gkapply.letters.known import Known
from gkapply.letters.quotation import without_requests
from gkapply.letters.reading import Reading
from gkapply.letters.titles import squeezed

ARTICLE = "条例第四十条"
_NUMBERED = re.compile(r"附件\s*(\d+)")
_MENTIONED = re.compile(r"[见（(]\s*附件")


def check_enclosures(letter: Reading, kind: LetterKind, known: Known | None) -> Findings:
    """Every enclosure that the text speaks of stands in the list; with the case at hand the list is that of the case."""
    listed = letter.enclosures
    said = [without_requests(line.text) for line in letter.said]
    for name in listed:
        if not name:
            yield error(Point.ENCLOSURES, "附件：", "附件名称是空的", "请写明附件的名称和页数", ARTICLE)
    for text in said:
        numbers = [int(one) for one in _NUMBERED.findall(text)]
        if not listed and (numbers or _MENTIONED.search(text)):
            yield error(Point.ENCLOSURES, text, "正文提到附件，但没有列出附件", "请在正文之下列明附件的名称", ARTICLE)
        elif numbers and max(numbers) > len(listed):
            yield error(
                Point.ENCLOSURES, text, f"正文提到附件{max(numbers)}，附件只列了{len(listed)}件", "请核对附件", ARTICLE
            )
    mentioned = {int(one) for text in said for one in _NUMBERED.findall(text)}
    if mentioned and len(listed) > max(mentioned):
        yield error(
            Point.ENCLOSURES,
            listed[-1],
            "附件中列有正文没有提到的材料",
            "请在答复中写明所提供的信息，或者删去该附件",
            ARTICLE,
        )
    if kind in INQUIRIES:
        if not any("回执" in name for name in listed):
            yield error(Point.ENCLOSURES, letter.title, "没有列明所附的意见回执", "请写明“附件：意见回执”", kind.basis)
        if not any(squeezed(row[0]) in ("意见", "意　见") for row in letter.rows if row):
            yield error(Point.ENCLOSURES, letter.title, "没有附意见回执", "请恢复标准文本所附的意见回执", kind.basis)
    wanted = None if known is None else known.enclosures
    if wanted is not None and [squeezed(one) for one in listed] != [squeezed(one) for one in wanted]:
        yield error(
            Point.ENCLOSURES,
            "；".join(listed) or letter.title,
            "附件与案卷登记的不一致",
            f"应为：{'；'.join(wanted) or '（无）'}",
            ARTICLE,
        )
