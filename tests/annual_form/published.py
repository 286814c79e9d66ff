"""A published report of a city for 2025, figures as printed: tables 二, 三 and 四."""

from typing import Any

from gkapply.annual_form.figures import tables_of

TABLE3 = """
1     13612 252 0 45 128 32 14069
2       535   6 0  1  18  0   560
3.1    5345 129 0 41  19 14  5548
3.2    2120  39 0  1   6  2  2168
3.3.1    13   0 0  0   0  0    13
3.3.2    30   0 0  0   0  0    30
3.3.3    11   0 0  0   0  0    11
3.3.4    49   2 0  0   0  0    51
3.3.5   103   1 0  0   0  0   104
3.3.6    84   1 0  0   0  0    85
3.3.7   282   4 0  0   0  0   286
3.3.8   147   0 0  0   1  2   150
3.4.1  3075  50 0  0  89  8  3222
3.4.2   177   3 0  0   0  0   180
3.4.3    19   0 0  0   0  0    19
3.5.1   199   1 0  0   3  0   203
3.5.2   147   1 0  0   0  0   148
3.5.3     0   0 0  0   0  0     0
3.5.4   100   1 0  0   0  0   101
3.5.5     5   0 0  0   0  0     5
3.6.1   315   3 0  0   0  0   318
3.6.2   202   0 0  1   0  0   203
3.6.3   941  17 0  1   3  3   965
3.7   13364 252 0 44 121 29 13810
4       783   6 0  2  25  3   819
"""
TABLE4: dict[str, list[Any]] = {
    "review": [376, 97, 196, 121, 790],
    "suit_direct": [16, 1, 12, 27, 56],
    "suit_after_review": [74, 1, 30, 51, 156],
}
TABLE2: dict[str, list[Any]] = {
    "regulations": [3, 5, 74],
    "normative": [564, 984, 4185],
    "licences": [11398889],
    "penalties": [6937489],
    "coercion": [166105],
    "fees": ["316441"],
}


def report(**more: Any) -> dict[str, Any]:
    """The report as the program has it, some of it replaced."""
    values: dict[tuple[str, int], Any] = {}
    for line in TABLE3.split("\n"):
        code, *figures = line.split() or [""]
        values |= {(code, place): int(figure) for place, figure in enumerate(figures)}
    for name, row in (TABLE2 | TABLE4).items():
        values |= dict(zip([(name, place) for place in range(len(row))], row, strict=True))
    made = {"organ": "安岳县人民政府", "year": 2025, "format": "30号-2021", **tables_of(values)}
    return made | {"parts": {"1": "（一）主动公开。\n（二）依申请公开。", "5": "无。", "6": "无。"}} | more
