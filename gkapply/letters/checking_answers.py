"""The letter check: every item is answered, with facts and reasons, on a provision that bears the answer."""

import re
from collections.abc import Iterator, Sequence

from gkapply.law.letters import Ladder, LetterKind
from gkapply.law.replies import ReplyKind
from gkapply.letters.answer_signs import ANSWERS_OF, DEFINING, GIVEN, PARTIAL, REFUSED, SIGNS
from gkapply.letters.answers import Answer, answers_of
from gkapply.letters.finding import Finding, Findings, Point, error, warning
from gkapply.letters.known import Known, KnownItem
from gkapply.letters.quotation import spoken
from gkapply.letters.reading import Reading
from gkapply.letters.titles import squeezed

_GROUND = re.compile(
    r"工作秘密|内部(?:资料|文件|材料)|(?:内容|较为|比较|过于|信息)敏感|不宜(?:对外)?公开|没有说明(?:申请)?用途|未说明(?:申请)?用途"
)
_MIXED = (LetterKind.REPLY_COMBINED, LetterKind.ON_THE_SPOT_RECORD)
_LEAST_REASON = 2
"""Characters."""


def is_reply(kind: LetterKind) -> bool:
    """Whether the letter answers the items of a request."""
    return kind.ends_case and (kind.ladder is Ladder.REPLY or kind is LetterKind.ON_THE_SPOT_RECORD)


def check_answers(letter: Reading, kind: LetterKind, known: Known | None) -> Findings:
    """Each item has an answer that can be recognised, its reasons, and the provision that bears it."""
    if not is_reply(kind):
        return
    answers = answers_of(letter, kind)
    if not answers:
        yield error(Point.ITEMS, letter.title, "没有答复的内容", "请逐项写明答复", "条例第三十六条")
        return
    yield from _numbering(answers)
    for answer in answers:
        yield from _answer(answer)
    yield from _title(letter, kind, answers)
    if known is not None:
        yield from _decided(letter, answers, known)


def _numbering(answers: Sequence[Answer]) -> Iterator[Finding]:
    """The items of each request are numbered one after the other."""
    last: dict[str, int] = {}
    for answer in answers:
        if answer.ordinal and answer.ordinal != last.get(answer.request, 0) + 1:
            yield error(
                Point.ITEMS,
                answer.heading,
                "各项的项次不连续，有的项没有答复",
                "请逐项答复，项次从第一项起连续",
                "条例第三十六条",
            )
        last[answer.request] = answer.ordinal


def _answer(answer: Answer) -> Iterator[Finding]:
    if not answer.text.strip():
        where = answer.heading or answer.request
        yield error(Point.ITEMS, where, "这一项没有答复", "请写明对这一项的答复", "条例第三十六条")
        return
    yield from _basis(answer)
    if not answer.decided:
        yield error(Point.ITEMS, answer.sentence, "看不出对这一项的处理结论", "请写明处理结论", "条例第三十六条")
        return
    yield from _outcome(answer)
    yield from _facts(answer)
    yield from _ground(answer)


def _basis(answer: Answer) -> Iterator[Finding]:
    main = answer.main_basis
    if main is None and not answer.bases:
        yield error(
            Point.ARTICLE,
            answer.sentence,
            "没有写明答复依据的条款",
            "请写明“依照《条例》第……条……的规定”",
            "条例第三十六条",
        )
    elif main is None:
        cited = answer.bases[0]
        yield error(
            Point.OUTCOME,
            cited.sentence,
            f"“{cited.cited}”不是答复政府信息公开申请的依据条款",
            "请按处理结论写明条款",
            "条例第三十六条",
        )
    elif not main.words:
        yield error(Point.ARTICLE, main.sentence, "只写了条号，没有引用条款原文", f"请在“{main.cited}”之后引用条款原文")


def _outcome(answer: Answer) -> Iterator[Finding]:
    main = answer.main_basis
    if main is None:
        return
    if not main.answers & answer.decided:
        yield error(
            Point.OUTCOME,
            main.sentence,
            f"处理结论与所依据的“{main.cited}”不一致",
            "请核对结论和条款",
            "条例第三十六条",
        )
    elif REFUSED in main.answers and not any(14 <= one.article <= 16 for one in main.provisions):
        yield error(
            Point.OUTCOME,
            main.sentence,
            "不予公开没有写明第十四条、第十五条或者第十六条",
            "请写明不予公开的具体条款",
            "条例第十三条",
        )
    elif len({ANSWERS_OF[one] for one in main.provisions if one in ANSWERS_OF}) > 1:
        yield error(
            Point.OUTCOME, main.sentence, f"“{main.cited}”中的条款互相矛盾", "请只写与结论一致的条款", "条例第三十六条"
        )


def _facts(answer: Answer) -> Iterator[Finding]:
    for code in sorted(answer.codes):
        sign = SIGNS[code]
        if code in DEFINING and len(answer.codes) > 1 and not _leads(code, answer):
            continue
        text = answer.spoken
        for demand in sign.demands:
            if not demand.pattern.search(answer.text if code == "reply_not_existing" else text):
                yield error(Point.FACTS, answer.sentence, f"没有写明{demand.missing}", demand.do, "条例第三十六条")
        if sign.reason and not _reasoned(text, sign.fixed):
            yield error(
                Point.FACTS, answer.sentence, f"没有写明{sign.reason}", f"请补充{sign.reason}", "条例第三十六条"
            )
    if PARTIAL in answer.codes:
        yield from _parts(answer)
    elif REFUSED in answer.codes and "区分处理" not in answer.spoken:
        yield warning(
            Point.FACTS, answer.sentence, "没有说明能否作区分处理", "请说明该信息能否作区分处理", "条例第三十七条"
        )


def _leads(code: str, answer: Answer) -> bool:
    """Of the answers that share 条例第二条, the one whose words come first."""
    first = {one: found.start() for one in answer.codes if (found := SIGNS[one].decision.search(answer.spoken))}
    return min(first, key=lambda one: first[one]) == code


def _reasoned(text: str, fixed: re.Pattern[str]) -> bool:
    """Whether a sentence stands there besides the standard ones."""
    said = (squeezed(one) for one in re.split(r"[。；！？\n]", text))
    return any(len(one) >= _LEAST_REASON and not fixed.search(one) for one in said)


def _parts(answer: Answer) -> Iterator[Finding]:
    """What is held back of an item given in part: each with its reason and its provision."""
    if not answer.withheld:
        yield error(
            Point.FACTS,
            answer.sentence,
            "部分公开没有写明不予公开的内容和理由",
            "请逐项写明隐去的内容、理由和条款",
            "条例第三十七条",
        )
    for line in answer.withheld:
        if not re.search(r"理由[：:是为]?\s*[^。\s]{2,}", spoken(line)):
            yield error(Point.FACTS, line, "没有写明这部分内容不予公开的理由", "请补充理由", "条例第三十七条")
        if not re.search(r"第十[四五六]条|第二条", line):
            yield error(
                Point.OUTCOME,
                line,
                "没有写明这部分内容不予公开的条款",
                "请写明第十四条、第十五条或者第十六条",
                "条例第十三条",
            )


def _ground(answer: Answer) -> Iterator[Finding]:
    """工作秘密 and 内部资料 are no ground of refusal."""
    if not answer.codes & {REFUSED, PARTIAL}:
        return
    for line in answer.lines:
        found = _GROUND.search(re.sub(r"《[^》]*》", "", spoken(line)))
        if found:
            yield error(
                Point.GROUND,
                line,
                f"“{found.group()}”不是不予公开的法定理由",
                "请按第十四条至第十六条重新认定，并写明对应的理由",
                "条例第十三条",
            )


def _title(letter: Reading, kind: LetterKind, answers: Sequence[Answer]) -> Iterator[Finding]:
    """The letter is the one that its answers call for (``law.replies.letter_for``)."""
    codes = [answer.codes for answer in answers]
    if kind in _MIXED or not all(codes):
        return
    if all(kind.value in one for one in codes):
        return
    given = any(one & GIVEN or PARTIAL in one for one in codes)
    if all(one & GIVEN for one in codes):
        fits = kind is LetterKind.REPLY_DISCLOSED
    elif given:
        fits = kind is LetterKind.REPLY_PARTIAL
    else:
        fits = any(kind.value in one for one in codes)
    if not fits:
        yield error(
            Point.OUTCOME, letter.title, "文书标题与各项处理结论不一致", "请按各项结论选用标准文本", "条例第三十六条"
        )


def _decided(letter: Reading, answers: Sequence[Answer], known: Known) -> Iterator[Finding]:
    """With the case at hand: all its items are answered, each as it was decided."""
    for request in known.requests:
        mine = [one for one in answers if not one.request or request.number in one.request]
        if len(mine) != len(request.items):
            yield error(
                Point.ITEMS,
                mine[-1].sentence if mine else letter.title,
                f"申请有{len(request.items)}项，文书答复了{len(mine)}项",
                "请逐项答复",
                "条例第三十六条",
            )
            continue
        for answer, item in zip(mine, request.items, strict=True):
            yield from _as_decided(answer, item)


def _as_decided(answer: Answer, item: KnownItem) -> Iterator[Finding]:
    if answer.heading and squeezed(item.quote) not in squeezed(answer.heading):
        yield error(
            Point.QUOTE,
            answer.heading,
            "这一项的内容与申请原文不一致",
            f"请按原文引用：“{item.quote}”",
            "条例第三十六条",
        )
    kind = ReplyKind(item.outcome)
    if answer.decided and kind.letter.value not in answer.codes:
        yield error(
            Point.OUTCOME, answer.sentence, f"结论与认定的答复类型“{kind.label}”不一致", "请核对各项认定", kind.article
        )
