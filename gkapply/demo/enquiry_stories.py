"""Questions of citizens (咨询): one that waits, one that was answered."""

from collections.abc import Callable

from sqlalchemy import select

from gkapply.casework import enquiries, enquiry_answers
from gkapply.casework.enquiries import Question
from gkapply.casework.people import Organ
from gkapply.database import transaction
from gkapply.demo.life import Life
from gkapply.demo.walk import Story
from workflows.duties import Duty


def waits(life: Life) -> Story:
    """待答复，明天到期."""
    yield 4
    _asked(life, Question("办事窗口周末是否开放", "政务服务大厅周六、周日能不能办社保卡？要提前预约吗？"))


def answered(life: Life) -> Story:
    """已答复."""
    yield 9
    reference = _asked(life, Question("高龄补贴", "父母满80周岁，高龄补贴到哪里申请，要带什么？"))
    yield 7
    words = "请带身份证、户口簿和本人银行卡，到户籍所在地的乡镇便民服务中心申请。标准和流程见公开目录“养老服务”。"
    with transaction() as session:
        officer = life.staff[Duty.OFFICER]
        enquiry = enquiries.open_enquiry(session, reference, officer, for_step=True)
        enquiry_answers.answer(session, enquiry, "answered", words, officer, life.now)


ENQUIRY_STORIES: list[Callable[[Life], Story]] = [waits, answered]


def _asked(life: Life, question: Question) -> str:
    with transaction() as session:
        organ = session.scalars(select(Organ).where(Organ.code == life.organ_code)).one()
        return enquiries.ask(session, organ, question, life.uid, life.now).reference
