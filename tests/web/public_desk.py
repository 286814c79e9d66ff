"""An office to which citizens, third parties and advisers have something open on the web: a request for each of their pages."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import advising, asking, letters_together, referring, units
from gkapply.casework.access import Actor
from gkapply.casework.advice_contact import Adviser
from gkapply.casework.advised import AdviserOpinion
from gkapply.casework.asking import Party
from gkapply.casework.deliberation_members import Invited
from gkapply.casework.deliberation_records import DeliberationMember
from gkapply.casework.delivery import ONLINE
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.papers import Consultation
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.casework.referring import Wish
from gkapply.casework.units import UnitDetails
from gkapply.database import reading, transaction
from gkapply.demo import reading_stories, reappraisal_stories
from gkapply.demo.applicants import COMPANY, request
from gkapply.demo.catalogue import publish_catalogue
from gkapply.demo.county import COUNTY_CODE, open_hall
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from tests.casework.conftest import Office, life_in, walked_once
from tests.services import Services
from workflows.duties import Duty

SECRET = b"a secret for tests, long enough: 0123456789"
"""What the server signs cookies with."""
TODAY = date(2026, 3, 16)
"""Monday: to this day the requests have been led."""
TAIL = "1234"
"""The last four of the telephone of the party and of the adviser."""
PARTY = Party("某建设工程有限公司", "某县某路1号", "13800001234", "91510000MA0000000C", "office@example.com")
ADVISER = Adviser("某律师事务所某律师", "13800001234", "adviser@example.com")
WANTED = "2024年龙台镇场镇道路改造工程的施工合同"


def _awaits_confirmation(life: Life) -> None:
    life.come_to(TODAY).apply_online(request(COMPANY, WANTED))


def _awaits_correction(life: Life) -> None:
    _handed_in(life).ask_correction("请写明年份或者文号", "“龙台镇道路”涉及多个项目，写明年份可以帮助准确检索")
    life.notice_delivered(LetterKind.CORRECTION_NOTICE)


def _awaits_explanation(life: Life) -> None:
    _handed_in(life).accept().ask_explanation("46件，其中一日11件", "2025年3月16日至2026年3月15日")
    life.notice_delivered(LetterKind.EXPLANATION_NOTICE)


def _awaits_payment(life: Life) -> None:
    _handed_in(life).accept().charge("page", 130, "近12个月46件，明显超过合理范围", "县政务服务中心非税收入窗口")
    life.notice_delivered(LetterKind.FEE_NOTICE)


def _replied(life: Life) -> None:
    where = {"where_to_find": "安岳县人民政府门户网站“政府信息公开”专栏“重大建设项目”栏目"}
    _handed_in(life).accept().decide(1, "disclosed_public", where)
    life.draft_reply().submit_reply().pass_review().sign_reply().send_reply()


def _delivered(life: Life) -> None:
    _replied(life)
    life.delivered()


def _asks_a_third_party(life: Life) -> None:
    question = asking.Asking("third_party", "施工合同", "合同载有报价明细")
    _handed_in(life).accept()
    life.do(Duty.OFFICER, lambda s, case, actor, now: asking.propose_all(s, case, question, [PARTY], actor, now))
    life.sign(LetterKind.INQUIRY_NOTICE).sign(asking.INQUIRY_OF["third_party"])

    def send(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        inquiry = next(one for one in case.letters if one.kind == "third_party_inquiry")
        letters_together.send(session, inquiry, Dispatch(ONLINE, life.today), [], actor, now)

    life.do(Duty.REGISTRAR, send)


def _asks_an_adviser(life: Life) -> None:
    _handed_in(life).accept().search("“路灯”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply()
    question = advising.Question("检索范围是否足够，理由是否充分？", date(2026, 3, 20))

    def ask(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        letter = next(one for one in case.letters if one.kind == "reply_not_existing")
        advising.ask(session, letter, ADVISER, question, actor, now)

    life.do(Duty.REVIEWER, ask)


def _asks_a_unit(life: Life) -> None:
    def send(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        details = UnitDetails("档案室", phone="028-2452 1234")
        unit = units.add_unit(session, details, life.staff[Duty.HEAD], now)
        referring.refer(session, case, Wish("records", [unit.uid], "请调取施工合同", 3), actor, now)

    _handed_in(life).accept().do(Duty.OFFICER, send)


def _confers(life: Life) -> None:
    """Called today, with a member from outside."""
    outside = Invited("法律顾问", "某律师事务所某律师", phone="13800001234")
    _handed_in(life).accept().propose_deliberation(
        "能否部分公开？", (life.colleague("法制", Duty.REVIEWER), outside), reason="社会关注度高"
    ).call_deliberation()


def _handed_in(life: Life) -> Life:
    return life.apply_online(request(COMPANY, WANTED)).confirm().assign().come_to(TODAY)


def _is_read_by_everybody(life: Life) -> None:
    for _ in reading_stories.roads(life):
        life.come_to(TODAY)


STORIES: tuple[tuple[str, Callable[[Life], None]], ...] = (
    ("correcting", _awaits_correction),
    ("explaining", _awaits_explanation),
    ("paying", _awaits_payment),
    ("replied", _replied),
    ("consulting", _asks_a_third_party),
    ("advised", _asks_an_adviser),
    ("new", _awaits_confirmation),
    ("read", _is_read_by_everybody),
    ("delivered", _delivered),
    ("referred", _asks_a_unit),
    ("conferring", _confers),
)
REFERENCES: Mapping[str, str] = {
    name: f"{COUNTY_CODE}-2026-{number:04}" for number, (name, _) in enumerate(STORIES, start=1)
}
"""The number of the request of each story."""


def lead_citizens(office: Office) -> None:
    """Publish the county's catalogue, and lead a request through each story."""
    publish_catalogue(office.staff, life_in(office, date(2026, 3, 10)).now)
    with transaction() as session:
        open_hall(session, life_in(office, date(2026, 3, 10)).now)
    for name, story in STORIES:
        life = life_in(office, date(2026, 3, 10))
        story(life)
        assert life.reference == REFERENCES[name]
    reappraisal_stories.look_again(office.staff, life_in(office, TODAY).now)


@contextmanager
def public_desk(run: Services, folder: Path) -> Iterator[Office]:
    """The office, walked once per run and copied, connected as this process's database."""
    with walked_once(run, "sqlite", lead_citizens, folder) as office:
        yield office


def code_of(reference: str) -> str:
    """The query code of a request."""
    with reading() as session:
        return query_code(session, session.scalars(select(Case).where(Case.reference == reference)).one())


def answer_link(office: Office) -> tuple[str, str]:
    """Path and code of the third party's one-time link."""
    with reading() as session:
        token, code = office.ring.answer_link(session.scalars(select(Consultation.uid)).one())
    return f"/answer/{token}", code


def member_link(office: Office) -> tuple[str, str]:
    """Path and code of the member's from outside."""
    with reading() as session:
        outside = select(DeliberationMember.uid).where(DeliberationMember.link_hash.is_not(None))
        token, code = office.ring.deliberation_link(session.scalars(outside).one())
    return f"/deliberate/{token}", code


def advice_link(office: Office) -> tuple[str, str]:
    """Path and code of the adviser's."""
    with reading() as session:
        token, code = office.ring.advice_link(session.scalars(select(AdviserOpinion.uid)).one())
    return f"/advice/{token}", code


def referral_link(office: Office) -> tuple[str, str]:
    """The address and the code of the slip for the unit without accounts."""
    with reading() as session:
        token, code = office.ring.referral_link(session.scalars(select(Referral.uid)).one())
    return f"/referral/{token}", code
