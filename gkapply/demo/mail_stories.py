"""What reaches the office and is no case yet: questions, an envelope that waits, one that was none of ours, a ticket of the hotline."""

from collections.abc import Callable

from gkapply.casework import arrivals, incoming_mail, incoming_settling
from gkapply.casework.arrival_kinds import HOTLINE
from gkapply.casework.arrivals import Passed
from gkapply.casework.incoming_mail import Envelope
from gkapply.casework.incoming_settling import Settlement
from gkapply.database import transaction
from gkapply.demo.enquiry_stories import ENQUIRY_STORIES
from gkapply.demo.life import Life
from gkapply.demo.walk import Story
from gkapply.law.channels import ORDINARY_POST, SIGNED_POST
from workflows.duties import Duty


def unopened(life: Life) -> Story:
    """收发室昨天签收，还没有登记为申请."""
    yield 1
    envelope = Envelope(
        SIGNED_POST, life.today, "9:20", "EA100000001CN", "收发室", "某市某区来信人", "政务公开工作机构"
    )
    _entered(life, envelope)


def not_ours(life: Life) -> Story:
    """平常信函，是信访件，已转信访局."""
    yield 3
    reference = _entered(life, Envelope(ORDINARY_POST, life.today, "15:05", sender="未写明"))
    registrar = life.staff[Duty.REGISTRAR]
    with transaction() as session:
        mail = incoming_mail.find(session, reference, registrar, for_step=True)
        said = Settlement("not_request", "反映邻里纠纷，不要求公开政府信息", passed_to="县信访局")
        incoming_settling.settle(session, mail, said, registrar, life.now)


def ticket(life: Life) -> Story:
    """12345转来的工单，待决定."""
    yield 1
    text = "来电人要求公开某道路改造工程的批复文件，希望直接办理。"
    passed = Passed(HOTLINE, life.today, "GD-0017", "县12345中心", text=text)
    with transaction() as session:
        arrivals.enter(session, passed, life.uid, life.staff[Duty.REGISTRAR], life.now)


MAIL_STORIES: list[Callable[[Life], Story]] = [*ENQUIRY_STORIES, unopened, not_ours, ticket]


def _entered(life: Life, envelope: Envelope) -> str:
    with transaction() as session:
        return incoming_mail.enter(session, envelope, life.uid, life.staff[Duty.REGISTRAR], life.now).reference
