"""Stories of joint consultations (会商): one concluded against dissent, one in which opinions are awaited, one not yet called."""

from collections.abc import Callable, Iterator

from gkapply.casework.deliberation_members import Invited
from gkapply.demo.applicants import COMPANY, LAWYERS, PERSON, walked_in
from gkapply.demo.life import Life
from workflows.duties import Duty

Story = Iterator[int]
DANGER = {
    "danger_named": "预案载有水源地和管网的薄弱环节，公开后可能危及公共安全",
    "reason": "预案的附件标明水源地、管网的位置和处置力量，公开后可能被用于破坏供水设施",
    "separation_considered": "yes",
}
FORBIDDEN = {
    "law_named": "《统计法》第十一条",
    "reason": "统计调查中获得的能够识别单个统计调查对象身份的资料，不得对外提供",
    "separation_considered": "yes",
}


def concluded_against_dissent(life: Life) -> Story:
    """拟以“三安全一稳定”不予公开，经会商形成结论，一名成员不同意；答复书待审核."""
    yield 12
    life.register(walked_in(LAWYERS, "县城供水应急预案及其附件"), life.at_the_counter()).assign()
    yield 10
    life.accept().search("“供水”“应急预案”", "查到县城供水应急预案一件，含附件三件")
    life.decide(1, "refused_security", DANGER)
    life.propose_deliberation(
        "供水应急预案全文不予公开，还是隐去水源地、管网图后部分公开？公开哪些内容可能危及公共安全？",
        (
            life.colleague("公开机构", Duty.OFFICER),
            life.colleague("法制", Duty.REVIEWER),
            life.colleague("保密", Duty.ARCHIVIST),
            Invited("法律顾问", "某律师事务所 某律师（演示）", phone="028-00000000"),
        ),
    ).call_deliberation()
    yield 8
    life.speaks(Duty.OFFICER, "agree", "预案正文、附件均涉及供水设施，拟全文不予公开。")
    life.speaks(Duty.ARCHIVIST, "agree", "附件中的水源地坐标和管网图不宜公开。")
    life.speaks(Duty.REVIEWER, "agree", "危害后果的说明应当写入答复书。")
    life.speaks_by_link(
        "某律师事务所 某律师（演示）",
        "disagree",
        "预案正文的组织体系、预警级别早已为公众所知，应当作区分处理，隐去附件后公开正文（条例第三十七条）。",
    )
    yield 7
    life.conclude_deliberation(
        "多数意见认为正文与附件互相引用，区分处理后已无实际意义，全文不予公开；答复书应当逐项说明危害后果。",
        "条例第十四条、第三十七条",
        {1: "refused_security"},
    )
    yield 5
    life.draft_reply().submit_reply()


def opinions_awaited(life: Life) -> Story:
    """媒体关注的事项，会商意见尚未到齐."""
    yield 9
    life.register(walked_in(PERSON, "某小学食堂食品安全抽检的原始记录"), life.at_the_counter()).assign()
    yield 7
    life.accept()
    yield 1
    life.propose_deliberation(
        "抽检原始记录是否属于行政执法案卷信息，能否公开？",
        (
            life.colleague("公开机构", Duty.HEAD),
            life.colleague("承办单位", Duty.OFFICER),
            life.colleague("法制", Duty.REVIEWER),
            Invited("宣传", "某宣传部门 某同志（演示）", phone="028-00000000"),
        ),
        reason="有媒体就此事联系本机关，社会关注度高",
    ).call_deliberation()
    life.speaks(
        Duty.REVIEWER, "reserve", "立案之后形成的属于案卷信息，立案之前的抽检记录可以公开，建议先核对形成时间。"
    )


def not_yet_called(life: Life) -> Story:
    """拟以法律禁止公开不予公开，尚未提请会商."""
    yield 8
    life.register(walked_in(COMPANY, "某企业统计调查的原始报表"), life.at_the_counter()).assign()
    yield 6
    life.accept().search("“统计调查”“原始报表”", "查到该企业2024年的统计调查表")
    yield 2
    life.decide(1, "refused_law_forbids", FORBIDDEN)


DELIBERATION_STORIES: list[Callable[[Life], Story]] = [concluded_against_dissent, opinions_awaited, not_yet_called]
"""One for each stage in which people have to do something different."""
