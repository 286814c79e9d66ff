"""Requests in the wording of real ones, by the hundred thousand: what the words are about stands in lists, the rest is drawn.

Lengths are log-normal, from 44 to 533 characters with a median of about 160; most words are rare and a few stand everywhere, as in a
real file.
"""

import math
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

Drawn = TypeVar("Drawn")
SHORTEST, MEDIAN, LONGEST = 44, 160, 533
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国志玉兰春梅海燕红波辉鹏飞云龙斌宇浩凯健俊帆雪琳慧欣怡晨阳婷瑞"
)
PLACES = "安宁长清兴永太新东西南北中平和福泰昌石金银玉青白红龙凤云江河湖海山阳阴城丰盛嘉吉祥德仁义信善文武桃李松柏竹梅兰荷桂荣华光明大上下水泉溪"
ENDINGS = (
    "街道",
    "镇",
    "乡",
    "社区",
    "村",
    "路",
    "大道",
    "小区",
    "花园",
    "新村",
    "片区",
    "工业园",
    "开发区",
    "街",
    "巷",
    "家园",
    "广场",
    "里",
)
ASKING = ("申请公开", "请求公开", "现申请获取", "特向贵单位申请公开", "依法申请公开", "请贵机关提供", "要求公开")
PAPERS = (
    *(
        "征收补偿安置方案",
        "房屋征收决定",
        "国有土地使用权出让合同",
        "建设工程规划许可证",
        "建设用地规划许可证",
        "建筑工程施工许可证",
    ),
    *(
        "环境影响评价报告书及批复",
        "土地征收公告",
        "拆迁补偿安置协议",
        "社会稳定风险评估报告",
        "征地补偿费用分配明细",
        "项目立项批复文件",
    ),
    *(
        "可行性研究报告批复",
        "财政预算决算表",
        "三公经费支出明细",
        "政府采购合同",
        "行政处罚决定书",
        "行政许可档案",
        "信访事项处理意见书",
    ),
    *(
        "会议纪要",
        "低保对象名单及发放标准",
        "公租房分配方案",
        "学区划分依据",
        "教师招聘成绩",
        "医疗机构设置批准书",
        "药品抽检结果",
    ),
    *(
        "食品安全监督抽检情况",
        "道路交通事故处理卷宗",
        "宅基地审批表",
        "农村集体土地承包合同",
        "林权登记档案",
        "不动产登记信息",
    ),
    *(
        "棚户区改造计划",
        "老旧小区改造实施方案",
        "污水处理厂监测数据",
        "大气污染源自动监测数据",
        "垃圾焚烧项目验收报告",
        "安全生产事故调查报告",
    ),
    *(
        "社会保险缴费基数",
        "住房公积金使用情况",
        "退役军人安置政策文件",
        "公交线路调整方案",
        "地铁施工影响评估",
        "消防验收意见书",
    ),
    *(
        "物业专项维修资金使用明细",
        "小区规划总平面图",
        "人防工程竣工备案表",
        "水库移民后期扶持资金",
        "扶贫项目资金使用公示",
    ),
    *(
        "土地利用总体规划",
        "村庄规划",
        "控制性详细规划",
        "招标投标情况书面报告",
        "城市更新单元规划",
        "违法建设查处情况",
        "排污许可证副本",
    ),
)
REASONS = (
    *(
        "涉及本人位于该地的房屋及附属设施",
        "包括但不限于文件正文、附件、附图及会签意见",
        "以及该项目的批准机关、批准文号、批准时间",
    ),
    *(
        "本人系该项目被征收人",
        "为维护自身合法权益",
        "根据《中华人民共和国政府信息公开条例》第二十七条之规定",
        "请以纸质形式加盖公章后邮寄",
    ),
    *(
        "请提供电子版并发送至本人邮箱",
        "如属于不予公开的情形请书面说明理由和依据",
        "该项目自开工以来噪声扰民",
        "当地村民多次反映未果",
    ),
    *(
        "如不属于贵机关公开请告知公开机关的名称和联系方式",
        "补偿标准明显低于同期同类地段",
        "请说明资金来源、拨付时间和使用去向",
    ),
    *(
        "请提供该宗地的四至范围和面积",
        "请提供参与评估的机构名称及资质",
        "用于科研课题研究",
        "用于行政复议和诉讼",
        "请按项目逐项列明",
    ),
    *("申请人此前已提出过相关申请但未收到答复", "并附相关财务凭证复印件", "请公开该决定作出的事实依据和法律依据"),
    *(
        "涉及的户数、人口和补偿总额",
        "该地块原为基本农田",
        "是否办理农用地转用审批手续",
        "请提供实施单位与委托单位之间签订的委托协议",
    ),
)
TRADES = ("房地产开发", "建设集团", "科技", "投资", "物业服务", "环保工程", "农业发展", "城市建设")


class Writer:
    """Draws requests and names, always the same ones for the same seed."""

    def __init__(self, seed: int):
        self._draw = random.Random(seed)
        self._share = self._draw.random
        log = math.log(MEDIAN - SHORTEST)
        self._lengths = [min(LONGEST, SHORTEST + int(self._draw.lognormvariate(log, 0.75))) for _ in range(4096)]
        self._ways: Sequence[tuple[float, Callable[[], str]]] = (
            (0.5, lambda: f"，{self._one(REASONS)}"),
            (0.75, lambda: f"；{self._place()}{self._place()}{self._to(400)}号{self._one(PAPERS)}"),
            (
                0.88,
                lambda: (
                    f"，文号为{self._one(PLACES)}政{self._one('发办函土')}〔{2005 + self._to(21)}〕{self._to(400)}号"
                ),
            ),
            (1.0, self._firm),
        )

    def request(self) -> str:
        """What one applicant asks for."""
        length = self._one(self._lengths)
        text = (
            f"{self._one(ASKING)}{self._place()}{2003 + self._to(23)}年{self._place()}{self._place()}{self._one(PAPERS)}"
            f"，{self._one(REASONS)}"
        )
        while len(text) < length:
            share = self._share()
            text += next(way for most, way in self._ways if share < most)()
        return f"{text[: length - 1]}。"

    def name(self) -> str:
        """The name of a person, or now and then of a firm."""
        if self._share() < 0.08:
            return f"{self._place()}{self._one(TRADES)}有限公司"
        return self._one(SURNAMES) + self._one(GIVEN) + (self._one(GIVEN) if self._share() < 0.67 else "")

    def _firm(self) -> str:
        return f"，由{self._one(PLACES)}{self._one(PLACES)}{self._one(PLACES)}{self._one(TRADES)}有限公司负责实施"

    def _place(self) -> str:
        third = self._one(PLACES) if self._share() < 0.33 else ""
        return f"{self._one(PLACES)}{self._one(PLACES)}{third}{self._one(ENDINGS)}"

    def _one(self, of: Sequence[Drawn]) -> Drawn:
        return of[int(self._share() * len(of))]

    def _to(self, most: int) -> int:
        return 1 + int(self._share() * most)
