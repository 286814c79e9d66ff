"""What the pages say of the site itself: its name, who runs it, its numbers, the columns of the organ's own site.

《政府网站发展指引》（国办发〔2017〕47号）names what stands at the foot of a government site; 国办公开办函〔2019〕61号 the four columns
of the platform. All of it is told by the installation; what is not told is not shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "政府信息依申请公开"
ADDRESS = ("https://", "http://")
LARGEST_BADGE = 30 * 1024
"""Bytes of the badge's picture: a page stays below 100 KB in all."""


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """Texts and addresses; an empty one is not shown."""

    name: str = NAME
    practice: bool = False
    """Whether people only practise here (练习环境): every page says so."""
    sponsor: str = ""
    """主办单位."""
    operator: str = ""
    """承办单位."""
    contact: str = ""
    """联系方式."""
    code: str = ""
    """政府网站标识码: ten digits."""
    icp: str = ""
    """ICP备案号."""
    police: str = ""
    """公安机关备案号."""
    badge: str = ""
    """Address to which the 党政机关网站标识 leads."""
    badge_picture: Path | None = None
    """Its picture (PNG); None: it is named in words."""
    columns: tuple[tuple[str, str], ...] = ()
    """(name, address) of the columns of the organ's own site, such as 政府信息公开指南."""


def read_identity(env: Mapping[str, str], problems: list[str]) -> SiteIdentity:
    """The identity from the environment; what is wrong is added to ``problems``."""
    code = env.get("GKAPPLY_SITE_CODE", "").strip()
    if code and not re.fullmatch(r"[0-9A-Za-z]{10}", code):
        problems.append("GKAPPLY_SITE_CODE 须为政府网站标识码，10位")
    badge = env.get("GKAPPLY_SITE_BADGE", "").strip()
    if badge and not badge.startswith(ADDRESS):
        problems.append("GKAPPLY_SITE_BADGE 须为党政机关网站标识指向的网址，以 https:// 开头")
    return SiteIdentity(
        name=env.get("GKAPPLY_SITE_NAME", "").strip() or NAME,
        sponsor=env.get("GKAPPLY_SITE_SPONSOR", "").strip(),
        operator=env.get("GKAPPLY_SITE_OPERATOR", "").strip(),
        contact=env.get("GKAPPLY_SITE_CONTACT", "").strip(),
        code=code,
        icp=env.get("GKAPPLY_SITE_ICP", "").strip(),
        police=env.get("GKAPPLY_SITE_POLICE", "").strip(),
        badge=badge,
        badge_picture=_picture(env.get("GKAPPLY_SITE_BADGE_PICTURE", "").strip(), problems),
        columns=_columns(env.get("GKAPPLY_SITE_COLUMNS", ""), problems),
    )


def _picture(text: str, problems: list[str]) -> Path | None:
    if not text:
        return None
    path = Path(text)
    if not path.is_file() or path.suffix.lower() != ".png" or path.stat().st_size > LARGEST_BADGE:
        problems.append(f"GKAPPLY_SITE_BADGE_PICTURE 须为一个不超过 {LARGEST_BADGE // 1024} KB 的 PNG 文件")
        return None
    return path


def _columns(text: str, problems: list[str]) -> tuple[tuple[str, str], ...]:
    """``名称=网址`` parted by white space."""
    pairs = [part.partition("=") for part in text.split()]
    if not all(name and address.startswith(ADDRESS) for name, _, address in pairs):
        problems.append(
            "GKAPPLY_SITE_COLUMNS 须为以空格分隔的 名称=网址，例如 政府信息公开指南=https://www.example.gov.cn/zhinan"
        )
        return ()
    return tuple((name, address) for name, _, address in pairs)
