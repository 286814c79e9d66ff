"""Addresses, birth dates and labelled names of persons in a folded text."""

import re
from collections.abc import Iterator

from gkapply.traces.numbers import Hit
from gkapply.traces.trace import TraceKind

_HAN = r"[一-鿿]"
_COUNT = r"[0-9一二三四五六七八九十百零〇]{1,5}"
_NOT_A_HOUSE = r"(?!文|令|公告|通知|批|地块|宗|隧道|桥|线|机组|泵|井|标段?|段|站|工程|变电|坑|矿|台|窗口|会议室|仓|点位?|样|监测|断面)"
_STREET = r"(?:(?<![公铁电线网管水])路|大道|(?<!大)街|巷|弄|胡同|里|坊|村|组|社|小区|花园|苑|庭|家园|公寓|社区)"
_INSIDE = rf"(?:{_COUNT}(?:栋|幢|座|号楼|单元|楼|层|室|号|房)){{1,4}}"
_ADDRESS = re.compile(
    rf"(?:{_HAN}{{2,8}}?(?:省|市|区|县|州|镇|乡|街道|村)){{0,4}}{_HAN}{{1,6}}?{_STREET}"
    rf"(?:[东西南北中上下]|{_COUNT}?(?:段|组|社|队)|第|附){{0,3}}{_COUNT}(?:[-—]{_COUNT})?号{_NOT_A_HOUSE}"
    rf"(?:院|附{_COUNT}号)?(?:{_INSIDE})?"
    rf"|{_COUNT}(?:栋|幢|座|号楼)(?:{_COUNT}单元)?(?:{_COUNT}(?:层|楼))?{_COUNT}(?:室|号|房)"
    rf"|{_COUNT}单元{_COUNT}(?:室|号|房)"
)
_LEADING = re.compile(r"^.*?(?:位于|家住|现住|居住在|住在|住址|地址|住所|住|在|于|至|到|的|及|和)(?=.{3})")
_BIRTH = re.compile(
    r"(?:出生|生于)[^0-9\n]{0,6}[0-9]{4}[年./\-][0-9]{1,2}[月./\-][0-9]{1,2}日?"
    r"|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:出生|生(?![效产育态成]))"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常乐于时傅卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛狄米贝明臧成戴宋茅庞熊纪舒屈项祝董"
    "梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房解应宗丁宣邓洪包左石崔吉龚程邢"
    "裴陆荣翁荀甄曲家封储靳段焦巴牧山谷车侯班仰伊宁仇甘厉戎祖武符刘景詹龙叶幸司黎薄印白怀蒲从索赖卓蔺屠蒙池乔阴胥苍"
    "双闻党翟谭劳姬申扶冉郦桑桂牛寿通边燕冀尚温庄晏柴瞿阎连习容向古易廖庾终居衡步耿满匡国文寇广东欧沃利越师巩聂晁"
    "勾敖冷辛阚那简饶空曾沙丰关查荆游竺权盖益桓公覃肖付代闫涂"
)
_ROLES = (
    "姓名|户主|联系人|委托代理人|代理人|申请人|当事人|被征收人|被拆迁人|投诉人|举报人|信访人|患者|学生|家长|监护人|承包户|死者|"
    "伤者|受益人|权利人|产权人|使用权人|经办人|村民|居民|业主|住户"
)
_NAMED = re.compile(
    rf"(?:{_ROLES})(?:姓名)?\s{{0,2}}[:：]\s{{0,3}}(?P<name>[{_SURNAMES}](?:\s?{_HAN}){{1,3}}|[一-鿿]{{1,6}}·[一-鿿]{{1,10}})"
    r"(?=$|[\s,，。;；、()（）\[\]【】/|0-9])"
)


def words_in(text: str) -> Iterator[Hit]:
    """Addresses with a house number, birth dates and names after a label in the folded ``text``."""
    for match in _ADDRESS.finditer(text):
        leading = _LEADING.match(match.group())
        start = match.start() + (leading.end() if leading else 0)
        yield Hit(TraceKind.ADDRESS, start, match.end(), text[start : match.end()])
    for match in _BIRTH.finditer(text):
        yield Hit(TraceKind.BIRTH, match.start(), match.end(), "".join(re.findall(r"[0-9]+", match.group())))
    for match in _NAMED.finditer(text):
        name = re.sub(r"\s", "", match.group("name"))
        if "某" not in name:
            yield Hit(TraceKind.NAME, *match.span("name"), name)
