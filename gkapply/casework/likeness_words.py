"""The words of a request by which it is likened to others: one width, without what forms and courtesy add, everyday words made official.

What is compared is what is asked for. Nothing here looks anything up; the same text gives the same words in every process.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

CUT = 1
"""The edition of the cutting below: where it changes, the rows of all requests are written anew."""
_HASH_BYTES = 8

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (word, re.compile(form))
    for word, form in (
        (
            "条例",
            r"(?:申请人)?(?:现)?(?:根据|依据|依照|按照)[^。；\n]{0,24}?条例》?(?:第[^，,。；\n]{1,12}条)?(?:的?(?:有关|相关)?规定|之规定)?",
        ),
        ("贵", r"(?:特|现)?此?[向请]?贵(?:机关|单位|局|府|委|办)?(?:提出|提交)?(?:政府)?(?:信息公开申请)?"),
        ("提出", r"提出(?:本|政府信息公开|信息公开)*申请"),
        ("描述", r"所需政府信息的?(?:内容)?描述"),
        ("信息的", r"(?:获取|提供)(?:政府)?信息的?(?:方式|途径|形式)[^。；\n]*"),
        ("载体", r"(?:信息的?)?载体形式[^。；\n]*"),
        ("获取方式", r"获取方式[^。；\n]*"),
        ("用途", r"用途[:：][^。；\n]*"),
        ("合法权益", r"(?:为了?)?维护(?:自身|本人|自己的?)?合法权益"),
        ("理由", r"事实[和与]理由[:：][^\n]*"),
        ("公开", r"[如若](?:不属于|不予|属于|不能|无法|该信息)[^。\n]*"),
        ("法定期限", r"请?[在于]?法定期限内[^。；\n]*"),
        ("公章", r"[并请]?加盖(?:贵机关)?公章"),
        ("申请日期", r"申请日期[:：]?\s*\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"),
        ("联系", r"联系(?:人|电话|地址)[:：][^。；\n]*"),
        ("政府信息公开申请", r"政府信息公开申请[书表]"),
        ("申请事项", r"申请事项[:：]"),
        ("此致", r"此致"),
        ("敬礼", r"敬礼"),
        ("盼复", r"盼复"),
        ("谢谢", r"谢谢"),
        ("答复", r"望(?:尽快)?答复"),
        ("", r"(?m:^\s*(?:[(（]?[一二三四五六七八九十]{1,2}[)）]?[、.．]|\d{1,2}[、.．)](?!\d)))"),
    )
)
"""What forms and courtesy add: a word that is there whenever the form is, so that most texts are not searched for it, and the form."""
_ASKING = re.compile(
    r"(?:依法|现|特|想|要求|请求|申请|希望|恳请|烦请|麻烦|请|能不能|可不可以|能否|可否)*"
    r"(?:公开一?下?|获取|提供|给我看?看?|给我一份|看一?下|看看|想?知道|了解)(?:吗)?|我想要|我要|想要|都?想看|申请|请求"
)
_BRACKETS = str.maketrans("〔〕【】", "[][]")
_NOT_WORDS = re.compile(r"[\W_]+")
_FILLERS = re.compile(
    r"有关|相关|关于|以及|及其|情况|文件|材料|信息|资料|复印件|文本|全文|一份|请问|我们|我县|本县|我们县|贵|本人|的|了|和|与|及|并|或|那件事|"
    r"怎么样|怎么|什么|哪些|哪个|哪家|在哪|有没有|最后|上面|那个|这个|那条|那片|那儿|是|都|请|在|里|中|被|对|把|从|到|过|得|没"
)
OFFICIAL = (
    ("批文", "批复"), ("批准文件", "批复"), ("批复文件", "批复"), ("审批文件", "批复"), ("拆迁", "房屋征收"), ("棚改", "棚户区改造"),
    ("可研", "可行性研究报告"), ("可行性研究报告报告", "可行性研究报告"), ("环评", "环境影响评价"), ("公租房", "公共租赁住房"),
    ("低保", "最低生活保障"), ("违建", "违法建设"), ("违章建筑", "违法建设"), ("违法建筑", "违法建设"), ("个体户", "个体工商户"),
    ("电脑", "计算机"), ("农残", "农药残留"), ("发大水", "洪灾"), ("洪涝灾害", "洪灾"), ("捐款捐物", "捐赠款物"), ("道路", "公路"), ("工程", "项目"), ("体系", "系统"), ("检验", "检测"),
    ("价格", "价"), ("票价", "门票价"), ("名录", "名单"), ("政府办公室", "政府办"), ("人民政府", "政府"), ("查处", "处理"),
    ("罚", "处罚"), ("处罚处罚", "处罚"), ("经费", "资金"), ("补助", "补贴"), ("补偿款", "补偿费用"), ("补偿费支付", "补偿费用支付"),
    ("多少钱", "金额"), ("花了多少", "金额"), ("多少人", "人数"), ("哪些人", "名单"), ("哪几户", "对象名单"), ("什么标准", "标准"),
    ("占地", "征地"), ("地征", "征地"), ("征收集体土地", "征地"), ("集体土地征收", "征地"), ("土地征收", "征地"), ("搬迁新建", "迁建"),
    ("改建", "改造"), ("一季度", "第一季度"), ("年度", "年"), ("年末", "年"), ("周岁", "岁"), ("塔吊倒", "塔吊倒塌"), ("塌塌", "塌"),
)  # fmt: skip
"""What people write, and the word that is compared in its place; in this order."""


@lru_cache(maxsize=64)
def one_width(text: str) -> str:
    """The text in one width and case (NFKC); kept for the last few, since a new text is asked for several times."""
    return unicodedata.normalize("NFKC", text).casefold()


def plain(text: str) -> str:
    """The text in one width and case, without what forms, courtesy and the article of the law add to it."""
    text = one_width(text).translate(_BRACKETS)
    for word, form in _FORMS:
        if word in text:
            text = form.sub("。", text)
    return text


def bare(text: str) -> str:
    """The ``plain`` text without marks and spaces: two requests with the same bare text ask in the same words."""
    return without_marks(asked(plain(text)))


def without_marks(text: str) -> str:
    """The letters, characters and digits of a text."""
    return _NOT_WORDS.sub("", text)


def asked(text: str) -> str:
    """What a ``plain`` text asks for, without the words of asking."""
    return _ASKING.sub("，", text)


def wording_hash(text: str) -> int:
    """A number for the bare text (64 bits, signed); two texts with the same number are taken for the same words."""
    digest = hashlib.blake2b(bare(text).encode(), digest_size=_HASH_BYTES).digest()
    return int.from_bytes(digest, signed=True)


@lru_cache(maxsize=4096)
def official(words: str) -> str:
    """Words without fillers, the everyday ones replaced by those of the office."""
    for said, instead in OFFICIAL:
        words = words.replace(said, instead)
    return _FILLERS.sub("", words)
