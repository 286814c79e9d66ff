"""What an official is told before a step or a kind of reply: the rules that leave the judgement to a person.

Nothing here refuses. What the law forbids outright stands in the guards; here stands what is easily got wrong, in words for the
page on which it is decided, each with its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gkapply.law.replies import REFUSALS, ReplyKind

K = ReplyKind


@dataclass(frozen=True, slots=True)
class Hint:
    """One piece of advice in words for the page, with the article or source that it rests on."""

    text: str
    article: str


_SEPARATION = Hint(
    "能够作区分处理的，应当提供可以公开的内容，用“部分公开”；全部不予公开的，须已考虑区分处理。", "条例第三十七条"
)
_FORM = Hint(
    "按申请人要求的形式提供；可能危及载体安全或者公开成本过高的，可以改用电子数据等形式或者安排查阅、抄录，但须写明理由。",
    "条例第四十条",
)
_ONE_REQUEST_ONE_MATTER = Hint(
    "一件申请可以含多项内容，逐项答复。可以建议申请人分别申请，不得强制；仅为按件收费不得拆分。", "国办函〔2020〕109号"
)
_NO_PURPOSE = Hint("不得要求申请人说明用途或者与自身的关系，也不得以此要求补正。", "条例第二十七条、第二十九条第二款")
_ALL_DOCUMENTS = Hint(
    "申请“关于某事项的全部材料”等内容笼统的，先一次性告知补正、缩小范围；补正后仍不明确的，认定为“补正后仍不明确”；"
    "内容明确但数量过多的，依照第三十五条要求说明理由。",
    "条例第三十条、第三十五条",
)

_BY_KIND: Mapping[ReplyKind, tuple[Hint, ...]] = {
    K.NOT_GOVERNMENT_INFORMATION: (
        Hint(
            "党委（党组）文件和党政联合发文，看文号、主办机关和保存情况：编党组织文号或者由党组织主办、保存的，选“党务信息”；"
            "编行政机关文号的联合发文是政府信息，按一般程序办理。",
            "条例第二条",
        ),
        Hint(
            "学校、医院和供水、供电、供气、公共交通等公共企事业单位的信息，选“公共企事业单位信息”，告知依照行业规定向该单位"
            "提出，可以向其主管部门申诉；不用“非本机关负责公开”。",
            "条例第五十五条",
        ),
    ),
    K.NOT_OURS: (
        Hint(
            "说明理由，能够确定负责公开的行政机关的，写明其名称、联系方式。条例没有转送申请的规定（第四十一条的转送只用于更正），"
            "不得以转送代替答复；另行移送的，对方机关自其收到之日起计算期限。",
            "条例第三十六条第五项",
        ),
        Hint(
            "两个以上行政机关共同制作的信息，由牵头制作的机关负责公开：本机关不是牵头机关的，写明牵头机关。",
            "条例第十条第三款",
        ),
        Hint(
            "本机关保存的其他行政机关的信息，由制作或者最初获取它的机关负责公开；从公民、法人和其他组织获取的，由保存的机关"
            "负责公开。",
            "条例第十条第一款",
        ),
        Hint(
            "机构改革中职权已划出的，可以征求划入机关意见后处理，也可以告知申请人向划入机关提出；职权划入的，不得以信息尚未"
            "移交为由拒绝。",
            "国办公开办函〔2019〕14号",
        ),
    ),
    K.NOT_EXISTING: (
        Hint(
            "法院审查检索是否全面、合理：写明部门、系统、时段和检索词。本机关档案室保管的材料仍由本机关负责，须一并检索。",
            "条例第三十六条第四项、最高人民法院指导案例101号",
        ),
    ),
    K.ARCHIVES: (
        Hint("提前移交档案馆、移交期限尚未届满的，仍由原机关负责公开，不用本类型。", "《档案法》第十五条第二款"),
    ),
    K.REPEATED: (
        Hint(
            "只用于本机关已经作出答复、申请的信息相同的。前一件尚未答复的，用“一并答复”，或者由申请人书面撤回其中一件，"
            "不得自行合并。",
            "条例第三十六条第六项",
        ),
    ),
    K.SPECIAL_RULE: (
        Hint(
            "申请人查询自己的个人信息的，告知可以依照《个人信息保护法》第四十五条向处理者查阅、复制，或者按行业规定查询；"
            "只有法律、行政法规对获取该信息有特别规定的，才用本类型，规章不在其内。",
            "条例第三十六条第七项、《个人信息保护法》第四十五条",
        ),
    ),
    K.REFUSED_ENFORCEMENT: (
        Hint(
            "申请人是该案当事人的，在理由中告知其作为当事人查阅、复制案卷材料的权利和途径；有特别规定的，用“依照特别规定办理”。",
            "条例第十六条第二款、第三十六条第七项",
        ),
    ),
    K.REFUSED_THIRD_PARTY: (
        Hint(
            "第三方不同意公开且有合理理由的，才不予公开；没有理由或者逾期未提出意见的，由本机关决定。", "条例第三十二条"
        ),
    ),
    K.ENQUIRY: (
        Hint(
            "咨询、要求解释说明的，不是申请获取政府信息，答复内容或者告知咨询渠道；实为信访、投诉、举报的，用相应类型。",
            "条例第二条、第三十九条第一款",
        ),
    ),
    K.STILL_UNCLEAR: (_ALL_DOCUMENTS,),
    K.EXCESSIVE: (_ALL_DOCUMENTS,),
    K.PARTIAL: (_FORM,),
    K.DISCLOSED: (
        _FORM,
        Hint(
            "多个申请人申请相同信息、可以公开的，可以纳入主动公开的范围。",
            "条例第四十四条第一款",
        ),
    ),
}
_BY_STEP: Mapping[str, tuple[Hint, ...]] = {
    "propose_correction": (_NO_PURPOSE, _ALL_DOCUMENTS),
    "itemise": (_ONE_REQUEST_ONE_MATTER,),
    "divide": (_ONE_REQUEST_ONE_MATTER,),
    "propose_fee": (
        Hint(
            "提供政府信息不收取复制、邮寄等成本费用；只有数量、频次明显超过合理范围的，才可以收取信息处理费。",
            "条例第四十二条",
        ),
    ),
}


STEPS = tuple(_BY_STEP)
"""The triggers of the steps before which something is said."""


def for_step(trigger: str) -> tuple[Hint, ...]:
    """What is said on the page of the step with that trigger; mostly nothing."""
    return _BY_STEP.get(trigger, ())


def for_reply(kind: ReplyKind) -> tuple[Hint, ...]:
    """What is said where an item is decided as ``kind``; every refusal is asked whether a part can be given."""
    return (*_BY_KIND.get(kind, ()), *((_SEPARATION,) if kind in REFUSALS else ()))
