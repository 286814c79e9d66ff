"""Marks of state secrets (国家秘密标志) in text: this is a non-classified system, nothing so marked may enter.

A mark is the grade with its star, 「机密★」 or 「秘密★10年」, however it was typed: with spaces, full-width or invisible
characters between, in traditional characters, with another star. The words alone are no mark: a request may speak of them.
"""

import re

from gkapply.law.refusal import Refusal

_GAP = "[\\s\u200b-\u200f\u2060\ufeff\u00ad]*"
_STARS = "★☆✩✪✫✬✭✮✯✰⭐🌟🟊"
_MARK = re.compile(f"([绝絕机機秘祕]){_GAP}密{_GAP}[{_STARS}]")
_GRADES = {"绝": "绝密", "絕": "绝密", "机": "机密", "機": "机密", "秘": "秘密", "祕": "秘密"}
_CAUTIONS = ("工作秘密", "内部资料", "内部文件", "内部使用")


def secret_mark(text: str) -> str | None:
    """The first secrecy mark in ``text``, in its standard form (「机密★」); None when there is none."""
    found = _MARK.search(text)
    return None if found is None else _GRADES[found.group(1)] + "★"


def refuse_secret_marks(text: str, field: str | None = None) -> None:
    """Raises Refusal when ``text`` (a file's name, its text, what was typed) carries a secrecy mark; names ``field``."""
    mark = secret_mark(text)
    if mark is not None:
        raise Refusal(
            f"内容带有国家秘密标志“{mark}”，本系统是非涉密系统，不得上传、录入涉密信息",
            "《保守国家秘密法》第三十一条第三项",
            do="请改用纸质方式，按保密规定通过机要渠道办理",
            field=field,
        )


def cautions(text: str) -> tuple[str, ...]:
    """Words that call for a second look (工作秘密, 内部资料 …): a warning, never a refusal."""
    return tuple(word for word in _CAUTIONS if word in text)
