"""What changed between two texts of a letter."""

from gkapply.letters.differences import Mark, Piece, differences, sentences

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


def test_sentences_are_kept_whole_and_only_the_changed_one_is_marked() -> None:
    before = ["经检索没有该信息。依照规定不予公开。特此告知。"]
    after = ["经检索没有该信息。依照规定部分公开。特此告知。"]
    assert differences(before, after) == [
        [
            Piece(Mark.KEPT, "经检索没有该信息。依照规定"),
            Piece(Mark.REMOVED, "不予"),
            Piece(Mark.ADDED, "部分"),
            Piece(Mark.KEPT, "公开。特此告知。"),
        ]
    ]


def test_a_sentence_of_other_words_is_shown_as_one_that_left_and_one_that_came() -> None:
    before = ["该信息涉及第三方的商业秘密。特此告知。"]
    after = ["经向档案室核对，无此文件。特此告知。"]
    assert differences(before, after) == [
        [
            Piece(Mark.REMOVED, "该信息涉及第三方的商业秘密。"),
            Piece(Mark.ADDED, "经向档案室核对，无此文件。"),
            Piece(Mark.KEPT, "特此告知。"),
        ]
    ]


def test_sentences_of_a_paragraph_join_to_the_paragraph() -> None:
    text = "本机关于2026年3月2日收到“甲。乙”的申请；现答复如下：\n第一行\n没有句号"
    assert "".join(sentences(text)) == text
    assert sentences(text)[0] == "本机关于2026年3月2日收到“甲。"


def test_what_repeats_itself_is_shown_whole() -> None:
    """Matching these character by character, or sentence by sentence, would take minutes."""
    assert differences(["2024年" * 400], ["2025年" * 400]) == [
        [Piece(Mark.REMOVED, "2024年" * 400), Piece(Mark.ADDED, "2025年" * 400)]
    ]
    (changed,) = differences(["甲。乙。" * 500], ["甲。丙。" * 500])
    assert "".join(one.text for one in changed if one.mark is not Mark.ADDED) == "甲。乙。" * 500
