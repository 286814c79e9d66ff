"""What the search reads of one thing."""

import json

from gkapply.casework import case_words
from gkapply.casework.entries import Note


def test_codes_of_the_program_are_not_read() -> None:
    told = case_words.of_note(Note(content=json.dumps({"outcome": "wholly_disclosed", "said": "资金安排表 a_1.xlsx"})))
    assert "wholly" not in told
    assert "资金安排表" in told
    assert "xlsx" in told
