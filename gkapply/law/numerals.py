"""Chinese numerals for the ordinals of a letter: 第一项, 第二十三项."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def chinese_number(number: int) -> str:
    """A number from 1 to 9999 in Chinese numerals (12 → 十二, 105 → 一百零五). Raises ValueError outside of that."""
    if not 1 <= number <= 9999:
        raise ValueError(f"no numeral for {number}")
    written = ""
    digits = str(number)
    for place, digit in enumerate(digits):
        unit = _UNITS[len(digits) - place - 1]
        if digit != "0":
            written += _DIGITS[int(digit)] + unit
        elif not written.endswith("零"):
            written += "零"
    written = written.rstrip("零")
    return written[1:] if written.startswith("一十") else written


def ordinal(number: int) -> str:
    """The ordinal of an item: 第一, 第十二."""
    return "第" + chinese_number(number)
