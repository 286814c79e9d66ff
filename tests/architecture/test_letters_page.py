"""docs/letters.md says of every kind of letter and sheet what its row and its author's fields say."""

import re

from gkapply.casework.author_fields import AUTHORS_FIELDS, OPTIONAL_FIELDS
from gkapply.law.forms import FormKind
from gkapply.law.letters import Addressee, Ladder, LetterKind, RemedyRule
from tests.architecture.source import ROOT

LINE = re.compile(r"^\| (?P<row>[0-9]+|—) \| (?P<label>[^|]+) \| `(?P<code>[a-z_]+)` \| (?P<rest>.+) \|$", re.MULTILINE)
LADDERS = {
    Ladder.REPLY: "起草—审核—签发",
    Ladder.EXTENSION: "起草—公开机构负责人",
    Ladder.NOTICE: "起草—另一人签发",
    Ladder.NONE: "当场出具",
}
ADDRESSEES = {
    Addressee.APPLICANT: "申请人",
    Addressee.THIRD_PARTY: "第三方",
    Addressee.OTHER_ORGAN: "其他机关",
    Addressee.REVIEW_AUTHORITY: "行政复议机关",
    Addressee.COURT: "人民法院",
}
REMEDIES = {None: "—", RemedyRule.BY_ITEMS: "按各项", RemedyRule.A: "A", RemedyRule.E: "E"}


def test_the_page_says_what_the_rows_say() -> None:
    page = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")
    told = {match["code"]: (match["row"], match["label"], match["rest"].split(" | ")) for match in LINE.finditer(page)}
    assert list(told) == [kind.value for kind in (*LetterKind, *FormKind)]
    for form in FormKind:
        assert told[form.value] == (form.row or "—", form.label, [form.basis])
    for kind in LetterKind:
        row, label, (basis, ladder, addressee, remedies, fields) = told[kind.value]
        assert (row, label, basis) == (kind.row or "—", kind.label, kind.basis)
        assert (ladder, addressee) == (LADDERS[kind.ladder], ADDRESSEES[kind.addressee])
        assert remedies == REMEDIES[kind.remedies]
        written = (*AUTHORS_FIELDS.get(kind, ()), *OPTIONAL_FIELDS.get(kind, ()))
        assert tuple(re.findall(r"`([a-z_]+)`", fields)) == written
