"""One request that several have a part in, through a real Chromium without JavaScript: two units, a co-producing organ, a 会商.

The dates are worked out by hand from the calendar of 2026: received 3 March, due on the 31st. Referring (转办) and conferring
(会商) move nothing. The co-producer is asked on 10 March, has it on the 12th and answers on the 18th: six working days stand
still, and with 6 April a holiday the last day is 9 April.
"""

import pytest
import time_machine
from playwright.sync_api import Browser
from sqlalchemy import select

from gkapply.casework import passwords, units
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.casework.unit_records import Unit
from gkapply.casework.units import UnitDetails
from gkapply.casework.verification import verify
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.demo.staff import HELD_SINCE, LOGINS
from gkapply.letters.text import paragraphs
from tests.casework.conftest import BEFORE, Office
from tests.journeys.conftest import PASSWORD
from tests.journeys.desks import Desks
from tests.journeys.walk import Walk
from workflows.duties import Duty

pytestmark = pytest.mark.timeout(120)
BUREAU, ARCHIVES, CO_PRODUCER = "安岳县应急管理局", "档案室", "资阳市水利局"
IN_THE_BUREAU = "应急管理局经办人"
LAWYER = "某律师事务所 某律师"
WANTED = "县城供水应急预案及其附件"
DISSENT = "预案正文早已为公众所知，应当隐去附件后公开正文"
CONCLUSION = "正文与附件互相引用，区分处理后已无实际意义，全文不予公开"
CLASSIFIED = "refused_security"


@pytest.fixture
def walk(moment: time_machine.Traveller, settings: Settings) -> Walk:
    """Follows the one case."""
    return Walk(moment, settings)


@pytest.fixture
def desks(chromium_browser: Browser, site: str, office: Office) -> Desks:
    """The county's desk with two units: an organ below with an officer of its own, and a room that answers by link."""
    head = office.staff[Duty.HEAD]
    with transaction() as session:
        organ = session.scalars(select(Organ).where(Organ.name == BUREAU)).one()
        user = User(
            login=IN_THE_BUREAU,
            name="应急管理局经办人",
            password_hash=passwords.hash_of(PASSWORD),
            must_change_password=False,
            created_at=BEFORE,
        )
        user.holdings = [DutyHolding(organ_id=organ.id, duty=Duty.OFFICER.value, valid_from=HELD_SINCE)]
        session.add(user)
        units.add_unit(session, UnitDetails(BUREAU, organ.areas, "", organ.code), head, BEFORE)
        units.add_unit(session, UnitDetails(ARCHIVES, "", "028-24521234"), head, BEFORE)
    return Desks(chromium_browser, site)


def test_two_units_a_co_producer_and_a_conference_with_dissent(
    desks: Desks, walk: Walk, office: Office, settings: Settings
) -> None:
    register(desks, walk)
    through_two_units(desks, walk)
    ask_the_co_producer(desks, walk, office)
    refused_until_conferred(desks, walk)
    confer(desks, walk)
    reply(desks, walk)
    the_file_is_right(walk, office, settings)


def register(desks: Desks, walk: Walk) -> None:
    """At the counter on 3 March."""
    walk.come_to(3, 3)
    registrar = desks.registrar.open("/desk/register").fill(
        "main form:has([name=description])",
        channel="counter",
        kind="natural_person",
        name="申请人甲",
        id_number="110101190001010014",
        phone="13800000000",
        address="四川省资阳市安岳县",
        description=WANTED,
    )
    with reading() as session:
        walk.reference = session.scalars(select(Case.reference)).one()
        officer = session.scalars(select(User.id).where(User.login == LOGINS[Duty.OFFICER])).one()
    assert walk.due() == "2026-03-31"
    registrar.take(walk.step("assign"), officer=str(officer))
    desks.officer.take(walk.step("accept"))


def through_two_units(desks: Desks, walk: Walk) -> None:
    """The bureau sends its part back and gets it again; the archives answer by the link, with a file."""
    refer(desks, walk, "lead", BUREAU, "请提出能否公开的意见", 4)
    refer(desks, walk, "records", ARCHIVES, "请调取预案的发文稿", 3)
    bureau = desks.of(IN_THE_BUREAU).open(place_of(BUREAU))
    bureau.page.locator("summary:text-is('退回')").click()
    bureau.fill("main form[action$=send-back]", reason="请先写明需要本局就预案的哪些部分提出意见")
    assert "已退回" in bureau.text()
    officer = desks.officer.open(f"/desk/cases/{walk.reference}")
    assert "请先写明需要本局就预案的哪些部分提出意见" in officer.text()
    refer(desks, walk, "lead", BUREAU, "请就预案正文和三个附件分别提出能否公开的意见", 5)
    link = officer.open(f"{place_of(ARCHIVES)}/slip").page.locator("code").all_inner_texts()
    room = desks.by_link(path_of(link[0]), link[1], "1234")
    room.fill("main form[action$=answer]", text="发文稿1件，正文和附件共42页", files="发文稿扫描件.pdf")
    assert "已收到" in room.text()
    walk.come_to(3, 10)
    bureau = desks.of(IN_THE_BUREAU).open(place_of(BUREAU)).fill("main form[action$=accept]")
    bureau.fill("main form[action$=answer]", text="附件载有水源地和管网位置，建议不予公开")
    shown = desks.officer.open(f"/desk/cases/{walk.reference}").text()
    for words in ("建议不予公开", "发文稿扫描件.pdf", "2026年3月31日"):
        assert words in shown, words
    with reading() as session:
        days = session.execute(select(Referral.state, Referral.due_on).order_by(Referral.id)).all()
    assert [(state.value, str(day)) for state, day in days] == [
        ("returned", "2026-03-09"), ("answered", "2026-03-06"), ("answered", "2026-03-10"),
    ]  # fmt: skip
    assert walk.due() == "2026-03-31"


def refer(desks: Desks, walk: Walk, kind: str, unit: str, matter: str, working_days: int) -> None:
    """Refer the case to a unit (转办)."""
    with reading() as session:
        uid = session.scalars(select(Unit.uid).where(Unit.name == unit)).one()
    desks.officer.take(walk.step("refer"), kind=kind, units=(uid,), matter=matter, working_days=str(working_days))


def place_of(unit: str) -> str:
    """The page of the newest referral to a unit."""
    with reading() as session:
        query = select(Referral.uid).join(Referral.unit).where(Unit.name == unit).order_by(Referral.id.desc())
        return f"/desk/referrals/{session.scalars(query).first()}"


def path_of(address: str) -> str:
    """The path of an address that a page shows to be handed on."""
    return f"/{'/'.join(address.split('/')[-2:])}"


def ask_the_co_producer(desks: Desks, walk: Walk, office: Office) -> None:
    """Asked on 10 March, opened on the 12th, answered on the 18th by the link of the letter."""
    desks.officer.take(
        walk.step("propose_opinion"),
        party_kind="co_producer",
        name=CO_PRODUCER,
        phone="028-26111111",
        information="县城供水应急预案的水源调度部分",
        reason="该部分由两机关共同制作",
    )
    desks.officer.take(walk.letter_step("inquiry_notice", "submit_signature"))
    desks.reviewer.take(walk.letter_step("inquiry_notice", "sign_notice"))
    desks.officer.take(walk.letter_step("co_producer_inquiry", "submit_signature"))
    desks.head.take(walk.letter_step("co_producer_inquiry", "sign_notice"))
    walk.do_errands()
    for kind, tracking in (("inquiry_notice", "XA00000003051"), ("co_producer_inquiry", "XA00000002051")):
        send(desks, walk, kind, way="post", tracking=tracking, proof="收寄凭证.pdf")
    assert walk.due() == "None"
    walk.come_to(3, 12)
    with reading() as session:
        uid = session.scalars(select(Case)).one().consultations[0].uid
    token, code = office.ring.answer_link(uid)
    organ = desks.by_link(f"/answer/{token}", code, "1111")
    assert "视为同意公开" in organ.text()
    # Fifteen working days to answer, to 2 April; then the fifteen that are left of the reply's twenty.
    assert walk.due() == "2026-04-24"
    walk.come_to(3, 18)
    organ = desks.by_link(f"/answer/{token}", code, "1111")
    organ.fill("main form[action$=opinion]", opinion="disagree", text="水源调度部分公开后可能影响供水安全")
    assert "/confirmed" in organ.page.url
    assert walk.due() == "2026-04-09"


def send(desks: Desks, walk: Walk, kind: str, **how: str) -> None:
    """Have a signed letter stamped, and enter that it left."""
    desks.registrar.take(walk.letter_step(kind, "seal"), stamped_by="印章保管人", scan="盖章扫描件.pdf")
    desks.registrar.take(walk.letter_step(kind, "send"), **how)


def refused_until_conferred(desks: Desks, walk: Walk) -> None:
    """What is decided demands a 会商: the submission is refused with the reason, and with who could help."""
    walk.come_to(3, 19)
    officer = desks.officer.take(
        walk.step("record_search"),
        units="应急管理局、档案室",
        systems="公文处理系统、纸质文书档案",
        archive_room="已检索文书档案目录",
        period="2019年1月1日至2026年3月19日",
        words="“供水”“应急预案”",
        result="查到预案一件，含附件三件",
    )
    officer.take(
        f"{walk.step('decide_item')}?item=1&outcome={CLASSIFIED}",
        danger_named="预案载有水源地和管网的薄弱环节，公开后可能危及公共安全",
        reason="附件标明水源地、管网的位置和处置力量，公开后可能被用于破坏供水设施",
        separation_considered=True,
    )
    officer.take(walk.step("draft_reply"))
    shown = officer.open(walk.letter_step("reply_refused", "submit_review")).text()
    for words in ("须先经会商", "提请会商", "公开机构负责人", "免予会商"):
        assert words in shown, words
    assert "第1项拟认定为" in shown
    assert shown.index("须先经会商") < shown.index("起草和审签")


def confer(desks: Desks, walk: Walk) -> None:
    """Proposed, called, three opinions of which one dissents; concluded on 23 March with minutes under a number."""
    with reading() as session:
        users = dict(session.execute(select(User.login, User.id)).all())
    desks.officer.take(
        walk.step("propose_deliberation"),
        topic="预案是全文不予公开，还是隐去附件后公开正文？",
        until="2026-03-25",
        way="circulation",
        **{
            "members-1-user": str(users[LOGINS[Duty.OFFICER]]),
            "members-2-user": str(users[LOGINS[Duty.REVIEWER]]),
            "members-7-name": LAWYER,
            "members-7-phone": "028-00000000",
        },
    )
    with reading() as session:
        uid = session.scalars(select(Deliberation.uid)).one()
    here = f"/desk/deliberations/{uid}"
    link = desks.head.take(f"{here}/steps/call").page.locator("code").all_inner_texts()
    walk.come_to(3, 23)
    desks.officer.take(f"{here}/steps/give_opinion", stance="agree", text="正文、附件均涉及供水设施")
    desks.reviewer.take(f"{here}/steps/give_opinion", stance="agree", text="危害后果应当写入答复书")
    lawyer = desks.by_link(path_of(link[0]), link[1], "0000")
    assert "申请人甲" not in lawyer.text()
    lawyer.fill("main form[action$=opinion]", stance="disagree", text=DISSENT)
    assert "/confirmed" in lawyer.page.url
    desks.head.take(
        f"{here}/steps/conclude",
        text=CONCLUSION,
        grounds="条例第十四条、第三十七条",
        **{"outcomes-0": CLASSIFIED},
        recorder="承办人",
    )
    walk.do_errands()
    shown = desks.head.open(here).text()
    for words in ("已形成结论", "安府办公开会商〔2026〕1号", DISSENT, "下载会商纪要"):
        assert words in shown, words
    assert walk.due() == "2026-04-09"


def reply(desks: Desks, walk: Walk) -> None:
    """Submitted, reviewed beside conclusion and dissent, signed, handed over on 24 March; archived the same day."""
    kind = "reply_refused"
    desks.officer.take(walk.letter_step(kind, "submit_review"))
    reviewer = desks.reviewer.open(walk.letter_step(kind, "pass_review"))
    for words in ("安府办公开会商〔2026〕1号", CONCLUSION, DISSENT):
        assert words in reviewer.text(), words
    reviewer.fill("main form:has(input[name=version])")
    desks.signer.take(walk.letter_step(kind, "sign_reply"))
    walk.do_errands()
    walk.come_to(3, 24)
    send(desks, walk, kind, way="hand", proof="送达回证.pdf")
    desks.archivist.take(walk.step("archive"), retention="30年")


def the_file_is_right(walk: Walk, office: Office, settings: Settings) -> None:
    """Dates, minutes, index of the file, journal."""
    walk.do_errands()
    with reading() as session:
        case = session.scalars(select(Case)).one()
        assert [str(day) for day in (case.received_on, case.due_on, case.replied_on, case.archived_on)] == [
            "2026-03-03", "2026-04-09", "2026-03-24", "2026-03-24",
        ]  # fmt: skip
        minutes = case.deliberations[0].minutes
        assert minutes is not None
        index = [one for one in case.documents if one.role == "archive_index" and one.name.endswith(".docx")]
        said = "".join(paragraphs(office.store.get(minutes.sha256)))
        listed = "".join(paragraphs(office.store.get(index[0].sha256)))
        assert settings.anchors is not None
        assert verify(session, settings.anchors, files=True) is None
    for words in (CONCLUSION, DISSENT, LAWYER, "安府办公开会商〔2026〕1号"):
        assert words in said, words
    assert "会商纪要（安府办公开会商〔2026〕1号）" in listed
    assert minutes.sha256 in listed
