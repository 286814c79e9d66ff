"""What changed between two texts of a letter."""

from gkapply.letters.differences import Mark, Piece, differences

BEFORE = ["标题", "第一段不变。", "因为属于商业秘密，不予公开。", "第三段。"]


def test_the_same_text_has_no_differences() -> None:
    assert differences(BEFORE, list(BEFORE)) == []


def test_a_rewritten_paragraph_shows_what_left_and_what_came() -> None:
    after = ["标题", "第一段不变。", "因为属于个人隐私，不予公开。", "第三段。"]
    assert differences(BEFORE, after) == [
        [
            Piece(Mark.KEPT, "因为属于"),
            Piece(Mark.REMOVED, "商业秘密"),
            Piece(Mark.ADDED, "个人隐私"),
            Piece(Mark.KEPT, "，不予公开。"),
        ]
    ]


def test_whole_paragraphs_come_and_go() -> None:
    assert differences(BEFORE, [*BEFORE, "新的一段。"]) == [[Piece(Mark.ADDED, "新的一段。")]]
    assert differences(BEFORE, BEFORE[:-1]) == [[Piece(Mark.REMOVED, "第三段。")]]


def test_blank_paragraphs_are_no_difference() -> None:
    assert differences(BEFORE, [*BEFORE, "  "]) == []
    assert differences([*BEFORE, ""], BEFORE) == []
