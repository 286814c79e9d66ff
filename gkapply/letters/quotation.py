"""Quotations inside a paragraph: what a letter quotes (the request, the law) is not what it says itself."""

import re
from collections.abc import Iterator

OPEN, CLOSE = "“", "”"
_QUOTED_REQUEST = re.compile("(?:申请公开|要求更正|申请内容为|^第[一二三四五六七八九十百零]+项[：:])“")


def end_of_quotation(text: str, start: int) -> int:
    """The place of the mark that closes the quotation opened at ``start``; marks inside it come in pairs.

    The last closing mark where they do not, and the end of the text where there is none.
    """
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == OPEN) - (text[place] == CLOSE)
        if depth == 0:
            return place
    last = text.rfind(CLOSE, start)
    return last if last > start else len(text)


def spoken(text: str) -> str:
    """The text without what stands in quotation marks."""
    found, place = [], 0
    while (start := text.find(OPEN, place)) >= 0:
        found.append(text[place:start])
        place = end_of_quotation(text, start) + 1
    return "".join(found) + text[place:]


def requests_quoted(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of an applicant stand in the paragraph: from after the opening mark to the closing one."""
    place = 0
    while found := _QUOTED_REQUEST.search(text, place):
        end = end_of_quotation(text, found.end() - 1)
        yield found.end(), end
        place = end + 1


def without_requests(text: str) -> str:
    """The paragraph with 「略」 in place of the applicant's words, which a letter repeats as they are."""
    found, place = [], 0
    for start, end in requests_quoted(text):
        found += [text[place:start], "略"]
        place = end
    return "".join(found) + text[place:]
