"""The rows of which the tables of the internal sheets are made."""

from collections.abc import Sequence

from scripts.template_grid import CODE, LABEL, LIST_LABEL, LIST_NUMBER, LIST_TEXT, SIGN, TEXT, cell, row, table

UNIT, UNITS = 402, 22
"""The text area in columns of 402 twentieths of a point: every cell spans some of them."""
LABEL_UNITS, HALF_UNITS = 4, 7
WIDE_UNITS = UNITS - LABEL_UNITS
DAY_BY_HAND = "　　　年　　月　　日"

Line = tuple[str, Sequence[str]]
"""Label and paragraphs of one value."""
Column = tuple[int, str, str]
"""Units, heading and text of one column of a list."""


def spanned(units: int, style: str, *texts: str) -> str:
    """One cell over so many units."""
    return cell(units * UNIT, [(style, texts)], units)


def tag(tag: str) -> str:
    """A row that only carries a tag, and is gone in the sheet."""
    return row(spanned(UNITS, TEXT, tag))


def line(*values: Line, height: int = 0) -> str:
    """One labelled value over the whole width, or two side by side."""
    wide = WIDE_UNITS if len(values) == 1 else HALF_UNITS
    return row(
        "".join(spanned(LABEL_UNITS, LABEL, label) + spanned(wide, TEXT, *texts) for label, texts in values),
        height=height,
    )


def field(label: str, name: str) -> Line:
    """A labelled value: one declared field."""
    return label, (f"{{{{ {name} }}}}",)


def each_of(label: str, one: str, source: str) -> Line:
    """A labelled list of texts, numbered where there are several."""
    number = f"{{% if {source}|length > 1 %}}{{{{ loop.index }}}}. {{% endif %}}"
    return label, (f"{{%p for {one} in {source} %}}", f"{number}{{{{ {one} }}}}", "{%p endfor %}")


def listed(one: str, source: str, *columns: Column, heading: bool = False) -> tuple[str, ...]:
    """A row for each of ``source`` under a row of headings, which recurs on every page when it is the table's first."""
    number = (2, "序号", "")
    heads = "".join(spanned(units, LIST_LABEL, label) for units, label, _ in (number, *columns))
    cells = "".join(
        spanned(units, CODE if name == "sha256" else LIST_TEXT, f"{{{{ {one}.{name} }}}}") for units, _, name in columns
    )
    return (
        row(heads, heading=heading),
        tag(f"{{%tr for {one} in {source} %}}"),
        row(spanned(number[0], LIST_NUMBER, "{{ loop.index }}") + cells),
        tag("{%tr endfor %}"),
    )


OPINIONS = (
    tag("{%tr for opinion in opinions %}"),
    row(
        spanned(LABEL_UNITS, LABEL, "{{ opinion.role }}{% if opinion.role|length < 6 %}\n{% endif %}意见")
        + cell(
            WIDE_UNITS * UNIT,
            [
                (TEXT, ("{{ opinion.text }}",)),
                (
                    SIGN,
                    (
                        "签名：{{ opinion.name }}　　　　"
                        f"{{% if opinion.on_text %}}{{{{ opinion.on_text }}}}{{% else %}}{DAY_BY_HAND}{{% endif %}}",
                    ),
                ),
            ],
            WIDE_UNITS,
        ),
        height=900,
    ),
    tag("{%tr endfor %}"),
)
"""The signatures in their order; what is blank is written by hand."""
QUOTE = line(field("申请内容", "request_quote"))
DATES = line(field("收到日期", "received_on_text"), field("答复到期日", "due_text"))


def sheet(*rows: str | Sequence[str]) -> str:
    """The table of one sheet."""
    whole: list[str] = []
    for one in rows:
        whole.extend([one] if isinstance(one, str) else one)
    return table((UNIT,) * UNITS, whole)
