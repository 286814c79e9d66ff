"""What in a request must agree for it to ask for the same (须一致的要素): 文号, years and other times, numbers, places and bodies.

Read from a text by its form alone, without a gazetteer: a place is a name before 村, 镇, 路, 公司 …
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_DIGITS = "〇一二三四五六七八九"
_COUNTED = "年|个?月|日|号|号?楼|栋|幢|单元|期|批次?|岁|周岁|次|季度|届|标段|元|万元|亩|组|户|米|公里|件|名|类"
# Neither begins inside a run of its own: a long one would be walked to its end from each of its signs.
_CHINESE_NUMBER = re.compile(
    rf"(?<![〇零一二三四五六七八九十百])([〇零一二三四五六七八九十百]{{1,20}})(?=(?:{_COUNTED}|·))"
)
_QUOTES = re.compile("[\"“”‘’']")
_CLASSES: tuple[tuple[str, str], ...] = (
    ("学校", "小学|中学|幼儿园|大学|学校|职中|高中|初中"),
    ("医疗机构", "人民医院|中医院|医院|卫生院|福利院|敬老院|养老院|诊所"),
    (
        "单位",
        "有限责任公司|有限公司|公司|合作社|厂|煤矿|银行|派出所|图书馆|文化馆|博物馆|档案馆|客运站|车站|法律援助中心|局|委员会",
    ),
    ("路段", "大道|路|街(?!道)|巷|桥|高速"),
    ("场所", "小区|花园|名苑|家园|广场|水库|景区|农贸市场|市场|大厦|公园"),
    ("村、社区", "社区|村"),
    ("乡镇、街道", "街道|镇|乡"),
    ("县、区", "县|区"),
    ("省、市", "省|市"),
)
# The characters with which an ending may begin stand first: most places of a text are left at the first look.
_SUFFIX = re.compile(
    f"(?=[{''.join(sorted({word[0] for _, words in _CLASSES for word in words.split('|')}))}])(?:"
    + "|".join(f"(?P<c{at}>{words})" for at, (_, words) in enumerate(_CLASSES))
    + ")"
)
_BREAK = re.compile(
    r".*(?:公开|申请|获取|提供|我们|我|贵|本|位于|关于|对于|其中|以及|年度|年|月|日|季度|批次?|期|带老人去|带|去|通到|查处|销售|受理|改造|那条|这条|那个|这个|哪[家个所]|同一[条个]?|通过|印发|结合|依托|指导|督促|加强|建立|完善|探索|"
    r"推动|成立|鼓励|形成|报送|落实|选择|设立|支持|影响|开展|纳入|负责|领域|治理|修|归|涉及|坐落|位置|地址|经办|"
    r"自|在|的|至|到|由|向|将|给|为|是|从|让|以来|·|被|把|罚|岁|次|得|想|看|知道|要|请|了|各|全|该|门口|村民)"
)
_JOINED = re.compile(r".*[对和与及或中于通住有内里](?=..)")
"""Characters that end what stands before a name, unless too little is left of it: 和平社区."""
_BODIES = ("学校", "医疗机构", "单位")
_GENERIC = {
    "",
    "农",
    "城",
    "城市",
    "城区",
    "县城",
    "老城",
    "新城",
    "主城",
    "中心城",
    "辖",
    "地",
    "片",
    "山",
    "小",
    "道",
    "公",
    "乡",
    "大",
    "新",
    "老",
    "安置",
    "居住",
    "社",
}
_NOT_A_PLACE = re.compile(
    r"道路|公路|线路|铁路|电路|思路|路灯|路口|路面|路线|路网|地区|城区|辖区|社区[矫]|片区|市场监|市政|市民|"
    r"乡村振兴|乡村医|城乡|下乡|村庄|村级|村民|村委|村干|村务|乡镇企|县级|县城|区域|区划|区分|学区|库区|省级|街面|厂家|公司法|局长|布局|结局|"
    r"市场价|委员|邮局|灾区|城镇|村两委|街道办|文化市场|人才市场|旅游市场|建筑市场|市场主体|出厂|工厂|超市|农村|牧区|专区|功能区|示范区|自治区|军分区|设区|旗县|县市|乡镇|城市|省市|市县|中小学|民办学校|大局|格局|村、|"
    r"智慧|银行卡|小镇|都市|夜市|上市|股市|超限"
)  # fmt: skip
_SURELY_A_NAME = 4
"""Characters of a name with its ending, beyond which words that stand before it may have been cut out with it."""
_LONGEST_NAME = 6
_LOOKED_BACK = 12
"""Characters before an ending in which its name is looked for: a name is shorter, and so is what ends the words before it."""
_BEFORE = 2
"""Characters on either side of an ending that show that it ends no name."""


class Kind(StrEnum):
    """In what two requests may differ."""

    DOCUMENT = "文号"
    PERIOD = "年份或者期间"
    DAY = "日期"
    NUMBER = "期次、编号"
    PLACE = "地点、单位"
    PROJECT = "项目或者事项"


_FORMS = (
    (Kind.DOCUMENT, re.compile(r"[\[(]?((?:19|20)\d{2})[\])]?(?:年)?第?(\d{1,4})号"), "〔{0}〕{1}号"),
    (Kind.PERIOD, re.compile(r"((?:19|20)\d{2})\s*年?\s*(?:-|—|–|~|至|到)+\s*((?:19|20)\d{2})\s*年?"), "{0}年至{1}年"),
    (Kind.PERIOD, re.compile(r"((?:19|20)\d{2})年?(?:以来|之后|以后|至今|起)"), "{0}年以来"),
    (Kind.PERIOD, re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度?|(?!\d))"), "{0}年"),
    (Kind.DAY, re.compile(r"(\d{1,2})(?:月|·|\.)(\d{1,2})日?"), "{0}月{1}日"),
    (Kind.DAY, re.compile(r"(\d{1,2})月(?:份)?"), "{0}月"),
    (
        Kind.NUMBER,
        re.compile(r"第?(?<!\d)(\d+(?:\.\d+)?)\s*(季度|批|期|次|栋|幢|单元|号楼|岁|届|标段|组|号|a(?![a-z]))"),
        "{0}{1}",
    ),
)
"""What is read out of a text by its form, in this order, and how it is said."""


@dataclass(frozen=True, slots=True)
class Difference:
    """In what two requests do not agree, with what either says; empty where it says nothing."""

    kind: Kind
    mine: str
    theirs: str

    @property
    def words(self) -> str:
        """The difference as a clause."""
        return f"{self.kind}不同：本件{_quoted(self.mine)}，该件{_quoted(self.theirs)}"


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in one request: of each kind, the things named; places by the class of place."""

    named: Mapping[Kind, frozenset[str]]
    places: Mapping[str, frozenset[str]]
    rest: str
    """The text without them."""
    text: str
    """The text with them, numbers in digits."""

    def shared_with(self, other: "Marks") -> list[str]:
        """What both name: places first."""
        places = [
            name for kind, names in self.places.items() for name in sorted(names & other.places.get(kind, frozenset()))
        ]
        return places + [name for kind, names in self.named.items() for name in sorted(names & other.named[kind])]

    def says(self, place: str) -> bool:
        """Whether the place, or its name without its kind, stands anywhere in the text."""
        ending = list(_SUFFIX.finditer(place))[-1:]
        name = place[: ending[0].start()] if ending else place
        return place in self.text or (len(name) > 1 and name not in _GENERIC and name in self.text)


def marks_of(text: str) -> Marks:
    """What must agree, out of a ``plain`` text whose asking words are gone."""
    text = _CHINESE_NUMBER.sub(lambda found: str(_value(found[1])), text)
    whole = text = _QUOTES.sub("", text.replace("周岁", "岁").replace("批次", "批"))
    named: dict[Kind, frozenset[str]] = {kind: frozenset() for kind in Kind if kind not in (Kind.PLACE, Kind.PROJECT)}
    for kind, form, says in _FORMS:
        if found := [one.groups() for one in form.finditer(text)]:
            named[kind] |= {says.format(*(part.lstrip("0") or part for part in parts)) for parts in found}
            text = form.sub("，", text)
    places, rest = _places(text)
    return Marks(named, places, rest, whole)


def _value(said: str) -> int:
    """A Chinese number up to 999, or digits written one by one."""
    if not set(said) & set("十百"):
        return int("".join(str(max(_DIGITS.find(one), 0)) for one in said.replace("零", "〇")))
    hundreds, _, rest = said.rpartition("百")
    tens, has_ten, ones = rest.rpartition("十")
    value = 100 * (max(_DIGITS.find(hundreds), 1) if "百" in said else 0)
    value += 10 * (max(_DIGITS.find(tens.strip("零")), 1) if tens.strip("零") else 1) if has_ten else 0
    ones = ones.strip("零")
    return value + (max(_DIGITS.find(ones), 0) if ones else 0)


def _places(text: str) -> tuple[dict[str, frozenset[str]], str]:
    """The named places and bodies by class, and the text without them."""
    places: dict[str, set[str]] = {}
    rest = []
    for part in re.split(r"[^\w·]+", text):
        kept = 0
        for kind, begin, end in _places_in(part):
            places.setdefault(kind, set()).add(part[begin:end])
            rest.append(part[kept:begin])
            kept = end
        rest.append(part[kept:])
    return {kind: frozenset(names) for kind, names in places.items()}, "".join(rest)


def _places_in(part: str) -> Iterator[tuple[str, int, int]]:
    """Class, begin and end of each named place in an unbroken piece of text."""
    begun = 0
    for found in _SUFFIX.finditer(part):
        if _ends_no_name(part, found) or _SUFFIX.match(part, found.end()):
            continue
        name = _behind(_JOINED, _behind(_BREAK, part[max(begun, found.start() - _LOOKED_BACK) : found.start()]))
        name = name[-_LONGEST_NAME:]
        kind = _CLASSES[int(str(found.lastgroup)[1:])][0]
        follows, begun = begun > 0 and found.start() == begun, found.end()
        if name not in _GENERIC or (follows and kind in _BODIES):
            yield kind, found.start() - len(name), found.end()


def _behind(words: re.Pattern[str], text: str) -> str:
    """What stands behind the last of the words."""
    found = words.match(text)
    return text[found.end() :] if found else text


def _ends_no_name(part: str, found: re.Match[str]) -> bool:
    begin = max(found.start() - _BEFORE, 0)
    at = found.start() - begin
    return any(one.start() <= at < one.end() for one in _NOT_A_PLACE.finditer(part[begin : found.end() + _BEFORE]))


def differences(mine: Marks, theirs: Marks) -> Iterator[Difference]:
    """In what the two do not agree; what one alone names counts as well."""
    for kind, names in mine.named.items():
        others = theirs.named[kind]
        if names != others:
            yield Difference(kind, _said(names - others), _said(others - names))
    for kind_of_place in sorted({*mine.places, *theirs.places}):
        here, there = mine.places.get(kind_of_place, frozenset()), theirs.places.get(kind_of_place, frozenset())
        only = frozenset(one for one in here if not any(_agree(one, two) for two in there) and not theirs.says(one))
        other = frozenset(one for one in there if not any(_agree(one, two) for two in here) and not mine.says(one))
        if only or other:
            yield Difference(Kind.PLACE, _said(only), _said(other))


def _agree(one: str, other: str) -> bool:
    """Whether one name is the other, or short for it."""
    short, long = sorted((one, other), key=len)
    if long.endswith(short):
        return True
    if len(short) > _SURELY_A_NAME and _SUFFIX.match(one[-1]) and one[-3:] == other[-3:]:
        # More than a name was cut out of both: what stands before the ending decides.
        return True
    places = iter(long)
    return len(short) > 2 and short[0] == long[0] and all(each in places for each in short)


def _said(names: frozenset[str]) -> str:
    return "、".join(sorted(names))


def _quoted(said: str) -> str:
    return f"“{said}”" if said else "没有写明"
