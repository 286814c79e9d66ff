"""The flow chart says what the rows say, and the committed page is the one that they give."""

from pathlib import Path
from xml.etree import ElementTree

from scripts.flow_chart import PAGE, PICTURE, page
from workflows.application import APPLICATION
from workflows.chart import mermaid, moves, svg

ROOT = Path(__file__).parent.parent.parent
SVG = "{http://www.w3.org/2000/svg}"


def test_the_committed_page_and_picture_are_those_of_the_rows() -> None:
    advice = "the workflows changed: run python -m scripts.flow_chart and commit its two files"
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page(), advice
    assert (ROOT / PICTURE).read_text(encoding="utf-8") == svg(APPLICATION), advice


def test_every_row_stands_in_the_diagram() -> None:
    text = mermaid(APPLICATION)
    for step in APPLICATION.steps:
        for source in step.sources:
            assert f"{source.value} --> {(step.dest or source).value} : {step.label}（" in text


def test_every_move_has_its_line_and_its_sentence() -> None:
    picture = ElementTree.fromstring(svg(APPLICATION))
    lines = picture.findall(f"{SVG}path")
    texts = ["".join(text.itertext()) for text in picture.findall(f"{SVG}text")]
    assert len(lines) == len({(source, step.dest) for step in moves(APPLICATION) for source in step.sources})
    for number, step in enumerate(moves(APPLICATION), start=1):
        assert any(text.startswith(f"{number} {step.label}：") and step.article in text for text in texts)


def test_links_are_columns_in_their_order() -> None:
    picture = ElementTree.fromstring(svg(APPLICATION))
    heads = [text for text in picture.findall(f"{SVG}text") if text.get("font-size") == "18"]
    assert [head.text for head in heads] == ["接收", "登记", "审核", "办理", "答复", "送达", "归档"]
    assert [int(head.get("x", "0")) for head in heads] == sorted(int(head.get("x", "0")) for head in heads)
