"""Rows for the tables that the stories of the demonstration leave empty, so that a backup has something of each."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import (
    accounts,
    calendar_import,
    heartbeat,
    notification,
    public_search,
    sending,
)
from gkapply.casework.access_log import AccessEntry
from gkapply.casework.advised import AdviserOpinion
from gkapply.casework.annual_report_records import AnnualReport, AnnualReportEdition, AnnualReportNote
from gkapply.casework.arrival_records import Arrival, ArrivalFile
from gkapply.casework.assessment_records import Assessment
from gkapply.casework.bundled_papers import Bundle, BundlePart, CleanedCopy, Rendition
from gkapply.casework.calendar_file import read_file
from gkapply.casework.calendar_records import RedatingMove
from gkapply.casework.citizen_records import Citizen, CitizenBatch, CitizenCase, CitizenCode, CitizenSession, Purpose
from gkapply.casework.contact_records import ContactChange
from gkapply.casework.deliberation_records import Deliberation, DeliberationDeparture, DeliberationWaiver
from gkapply.casework.demand_records import DemandFigures
from gkapply.casework.disputed import Dispute
from gkapply.casework.draft_records import Draft, DraftFile
from gkapply.casework.enquiry_records import EnquiryMove
from gkapply.casework.entries import Document
from gkapply.casework.exchange_records import ExchangePlatform
from gkapply.casework.figure_records import PublicFigures
from gkapply.casework.finding_override import FindingOverride
from gkapply.casework.group_records import GroupEntry
from gkapply.casework.incoming_records import IncomingMail
from gkapply.casework.instructed import Instruction
from gkapply.casework.kept_templates import OfficeTemplate
from gkapply.casework.likeness_records import Judged, LikenessJudgement
from gkapply.casework.number_series import NumberGap, NumberSeries
from gkapply.casework.oa_records import OaDispatch
from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.organ_guides import OrganGuide
from gkapply.casework.papers import Letter
from gkapply.casework.people import Attempt, Organ, User, UserSession
from gkapply.casework.period_sheet_records import PeriodSheet
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem, ReappraisalReview
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral, ReferralPaper
from gkapply.casework.register_import_records import RegisterImport, RegisterPiece, RegisterRow
from gkapply.casework.remark_records import CaseTie, Remark, Watch
from gkapply.casework.satisfaction_records import Satisfaction
from gkapply.casework.saved_view_records import SavedView
from gkapply.casework.subscription_records import Subscription
from gkapply.casework.substitution import Substitution
from gkapply.casework.transferred import Transfer
from gkapply.casework.unit_records import Unit, UnitMember
from gkapply.casework.urge_records import Urge, UrgeAnswer, UrgeVerdict
from gkapply.casework.webhook_records import Webhook
from gkapply.database import transaction
from gkapply.law.attributes import Attribute
from gkapply.law.reappraisal import Source
from gkapply.law.secrecy_results import SecrecyResult

NOW = datetime(2026, 3, 9, 1, tzinfo=UTC)
HOLIDAYS = "日期,类型,名称\n2027-01-01,放假,元旦\n".encode()


def fill_the_rest() -> None:
    """Rows in the tables that the stories leave empty, and an organ whose parent was entered after it."""
    with transaction() as session:
        user = session.scalars(select(User)).first()
        assert user is not None
        unit = Unit(uid="u", organ_id=1, name="政务公开股", members=[])
        unit.members.append(UnitMember(user_id=user.id, organ_id=1, since=NOW))
        session.add(unit)
        group = GroupEntry(uid="g", organ_id=1, user_id=user.id, sealed=b"s", rows=2, prepared_at=NOW)
        session.add(group)
        session.flush()
        referral = Referral(
            uid="r",
            organ_id=1,
            case_id=1,
            ordinal=1,
            unit_id=unit.id,
            kind="joint",
            matter="m",
            sent_on=NOW.date(),
            sent_at=NOW,
            sent_by=user.id,
            due_on=NOW.date(),
            remind_on=NOW.date(),
        )
        session.add(referral)
        session.flush()
        first = session.scalars(select(Document.id).limit(1)).one()
        session.add(ReferralPaper(referral_id=referral.id, document_id=first, organ_id=1))
        session.add(Remark(uid="m", organ_id=1, case_id=1, author_id=user.id, text="备注", at=NOW))
        session.add(Watch(case_id=1, user_id=user.id, organ_id=1, since=NOW))
        session.add(CaseTie(uid="t", organ_id=1, case_id=1, other_id=2, reason="r", tied_by="user:1", at=NOW))
        add_register(session)
        add_official_document(session, user.id)
        session.add(OrganGuide(organ_id=2, hours="工作日", kept_on=NOW.date()))
        session.add(
            Subscription(uid="s", token_hash="t", address_index="i", sealed=b"s", asked_at=NOW, told_through=NOW)
        )
        session.add(EnquiryMove(enquiry_id=1, organ_id=1, to_organ_id=2, reason="r", at=NOW, actor="user:1"))
        session.add(PublicFigures(organ_id=1, year=2025, counted_on=NOW.date(), figures="{}"))
        session.add(DemandFigures(organ_id=1, year=2020, counted_on=NOW.date(), figures="{}"))
        session.add(AccessEntry(organ_id=1, case_id=1, actor="user:1", deed="identity.shown", at=NOW, detail="{}"))
        calendar_import.import_holidays(session, read_file(HOLIDAYS), accounts.operator(), NOW)
        session.add(RedatingMove(redating_id=1, organ_id=1, case_id=1, old_due=NOW.date(), problem=""))
        heartbeat.beat(session, heartbeat.RUNNER, NOW)
        notification.tell(session, 1, [user.id], kind="redated", key="redating:1", now=NOW, moved=1)
        session.add(SavedView(uid="v", organ_id=1, user_id=user.id, page="desk", name="n", query="q", kept_at=NOW))
        session.add(DeliberationWaiver(organ_id=1, case_id=1, codes="[]", reason="r", at=NOW, user_id=user.id))
        conferred = session.scalars(select(Deliberation)).first()
        assert conferred is not None
        conferred.explained.append(
            DeliberationDeparture(organ_id=1, item=1, outcome="disclosed", reason="r", at=NOW, user_id=user.id)
        )
        session.add(Webhook(organ_id=1, sealed=b"s", set_at=NOW, set_by="user:1"))
        sending.send_to(session, to="li@example.invalid", subject="s", text="t", key="k", now=NOW, organ_id=1)
        other = session.scalars(select(User).where(User.id != user.id)).first()
        assert other is not None
        session.add(
            Substitution(organ_id=1, user_id=user.id, substitute_id=other.id, begins_on=NOW.date(), ends_on=NOW.date())
        )
        paper = session.scalars(select(Document)).first()
        assert paper is not None
        letter = session.scalars(select(Letter).where(Letter.file_sha != "")).first()
        dispute = session.scalars(select(Dispute)).first()
        assert letter is not None
        assert dispute is not None
        urged = Urge(
            uid="u",
            organ_id=2,
            by_organ_id=1,
            number="督办〔2025〕9号",
            reason="r",
            on_=NOW.date(),
            due_on=NOW.date(),
            urged_at=NOW,
            urged_by=user.id,
        )
        urged.answer = UrgeAnswer(
            organ_id=2,
            text="t",
            on_=NOW.date(),
            file_sha="",
            file_name="",
            media_type="",
            answered_at=NOW,
            answered_by=user.id,
        )
        urged.verdict = UrgeVerdict(organ_id=2, accepted=True, text="", judged_at=NOW, judged_by=user.id)
        session.add(urged)
        session.add(
            Assessment(
                uid="as",
                organ_id=1,
                number="考核通报〔2026〕1号",
                first_on=NOW.date(),
                last_on=NOW.date(),
                comment="",
                snapshot="{}",
                issued_on=NOW.date(),
                issued_at=NOW,
                issued_by=user.id,
            )
        )
        session.add(
            Instruction(
                uid="i",
                organ_id=1,
                case_id=letter.case_id,
                leader="某副县长",
                text="请依法办理",
                on_=NOW.date(),
                follows="",
                entered_at=NOW,
                entered_by="user:1",
                done_note="",
                done_by="",
            )
        )
        another = session.scalars(select(Case).where(Case.id != letter.case_id)).first()
        assert another is not None
        found = {"other": another, "judged": Judged.SAME, "reason": "r", "user_id": user.id, "at": NOW}
        session.add(LikenessJudgement(organ_id=1, case_id=letter.case_id, **found))
        public_search.index(
            session, "catalogue", "c", organ_id=1, area="社会救助", title="低保标准", words="w", now=NOW
        )
        session.add(Transfer(uid="t", organ_id=1, case_id=letter.case_id, letter_id=letter.id, consent=False))
        draft = Draft(uid="dr", token_hash="h", sealed=b"s", started_at=NOW, saved_at=NOW, expires_at=NOW)
        draft.files = [DraftFile(uid="df", role="other", sealed_name=b"s", size=1, sha256=paper.sha256, added_at=NOW)]
        session.add(draft)
        series = {"organ_id": 1, "signing_name_id": letter.signing_name_id, "code_word": "安府补告"}
        session.add(NumberSeries(**series, letter_class="correction", set_at=NOW, set_by="user:1"))
        session.add(
            NumberGap(**series, year=2026, first=2, last=3, reason="r", explained_at=NOW, explained_by="user:1")
        )
        session.add(
            FindingOverride(
                organ_id=1,
                letter_id=letter.id,
                deed="ask_override",
                point="facts",
                sentence_hash="s",
                snapshot_hash="s",
                reason="r",
                user_id=user.id,
                at=NOW,
            )
        )
        session.add(
            AdviserOpinion(
                uid="a",
                organ_id=1,
                letter=letter,
                snapshot_hash=letter.snapshot_hash,
                sealed=b"s",
                question="q",
                asked_by=user.id,
                asked_at=NOW,
                until=NOW.date(),
                link_hash="h",
            )
        )
        bundle = Bundle(
            uid="b",
            organ_id=1,
            dispute_id=dispute.id,
            reader="authority",
            until=NOW.date(),
            ordered_at=NOW,
            ordered_by="user:1",
        )
        bundle.parts = [BundlePart(ordinal=1, section=2, title="t", media_type="t", sha256=letter.file_sha)]
        session.add(CleanedCopy(document_id=paper.id, original_sha=letter.file_sha))
        session.add_all([bundle, Rendition(source_sha="s", pdf_sha=letter.file_sha, made_at=NOW)])
        session.add(
            OfficeTemplate(
                organ_id=1,
                kind="receipt",
                version=1,
                sha256=letter.file_sha,
                note="t",
                for_subtree=False,
                uploaded_at=NOW,
                uploaded_by=user.id,
            )
        )
        add_citizen(session)
        change = ContactChange(
            uid="c", organ_id=1, case_id=letter.case_id, fields="[]", sealed=b"s", at=NOW, actor="applicant"
        )
        session.add_all([change, Satisfaction(id=7, organ_id=1, quarter=NOW.date(), score=5, words=b"")])
        add_incoming(session, letter)
        add_report(session, user)
        session.add(Attempt(door="login", subject="s", address="127.0.0.1", at=NOW, succeeded=False))
        session.add(
            UserSession(token_hash="t", user_id=user.id, organ_id=1, created_at=NOW, last_seen_at=NOW, ended_because="")
        )
        oldest, newest = (
            session.scalars(select(Organ).order_by(order)).first() for order in (Organ.id, Organ.id.desc())
        )
        assert oldest is not None
        assert newest is not None
        newest.parent_id, oldest.parent_id = None, newest.id


def add_incoming(session: Session, letter: Letter) -> None:
    """An envelope, something passed on with a file, a letter for the OA."""
    came = {"came_on": NOW.date(), "entered_at": NOW, "entered_by": "user:1", "reason": "", "sealed": b"s"}
    names = ("channel", "came_at", "tracking", "signed_by", "passed_to", "late_reason", "photo_name", "photo_type")
    blank = dict.fromkeys(names, "")
    mail = {**came, **blank, "alarm_on": NOW.date(), "photo_sha": letter.file_sha, "ended_by": ""}
    session.add(IncomingMail(uid="m", organ_id=1, reference="m", submission_token="m", **mail))
    days = {"reached_on": NOW.date(), "act_by": NOW.date(), "remind_on": NOW.date()}
    said = dict.fromkeys(("ticket", "unit", "text", "told_by", "reply", "decided_by"), "")
    arrival = Arrival(
        uid="n", organ_id=1, reference="n", whence="hotline", submission_token="n", **came, **days, **said
    )
    arrival.files = [ArrivalFile(uid="f", organ_id=1, name="n", media_type="t", size=1, sha256=letter.file_sha)]
    dispatch = OaDispatch(
        uid="o",
        organ_id=1,
        case_id=letter.case_id,
        kind="letter",
        source_uid=letter.uid,
        title="t",
        number="",
        sha256=letter.file_sha,
        ordered_at=NOW,
        receipt="",
        oa_number="",
        note="",
    )
    session.add_all([arrival, dispatch])


def add_official_document(session: Session, user_id: int) -> None:
    """A document whose attribute is registered."""
    session.add(
        OfficialDocument(
            uid="od",
            organ_id=1,
            known_by="k",
            title="t",
            attribute=Attribute.WITHHELD,
            ground="refused_internal",
            reason="r",
            registered_at=NOW,
            registered_by=user_id,
            changed_at=NOW,
        )
    )
    session.flush()
    add_reappraisal(session, 1, user_id)
    add_period_sheet(session, 1, user_id)


def add_reappraisal(session: Session, organ_id: int, user_id: int) -> None:
    """A round of reappraisal with one thing on its list and a secrecy review of it."""
    days = {"year": NOW.year, "since": NOW.date(), "until": NOW.date()}
    one = Reappraisal(uid="ra", organ_id=organ_id, begun_at=NOW, begun_by=user_id, **days)
    item = ReappraisalItem(
        uid="ri",
        organ_id=organ_id,
        ordinal=1,
        source=Source.REFUSED,
        code="item:1",
        before=Attribute.WITHHELD,
        case_id=1,
    )
    found = {"result": SecrecyResult.OPEN, "basis": "b", "on_": NOW.date()}
    item.reviews.append(ReappraisalReview(organ_id=organ_id, digest="d", reviewer_id=user_id, recorded_at=NOW, **found))
    one.items.append(item)
    session.add(one)


def add_report(session: Session, user: User) -> None:
    """The annual report of a year with a version and a note."""
    report = AnnualReport(uid="a", organ_id=2, year=2024, delivered_on=NOW.date())
    frozen = {
        "content": "{}",
        "hash": "h",
        "cases": "",
        "frozen_on": NOW.date(),
        "frozen_at": NOW,
        "frozen_by": user.id,
    }
    report.editions.append(AnnualReportEdition(organ_id=2, number=1, source="made", **frozen))
    said = {"edition": 1, "kind": "delivered", "code": "published", "on_": NOW.date(), "text": "网站"}
    report.notes.append(AnnualReportNote(organ_id=2, at=NOW, user_id=user.id, **said))
    session.add(report)


def add_period_sheet(session: Session, organ_id: int, user_id: int) -> None:
    """A quarterly sheet that was delivered."""
    days = {"year": NOW.year, "quarter": 1, "edition": 1, "on_": NOW.date(), "delivered_at": NOW}
    session.add(
        ExchangePlatform(name="n", token_hash="t", organs="[1]", names=False, granted_at=NOW, granted_by="system")
    )
    session.add(PeriodSheet(organ_id=organ_id, content="{}", hash="h", note="", delivered_by=user_id, **days))


def add_citizen(session: Session) -> None:
    """An account of a citizen with everything that hangs on it."""
    session.add(Citizen(uid="c", address_index="i", sealed=b"s", password_hash="p", created_at=NOW))
    session.flush()
    mine = {"citizen_id": 1}
    session.add(CitizenSession(**mine, token_hash="t", created_at=NOW, last_seen_at=NOW))
    session.add(
        CitizenCode(
            **mine, uid="k", purpose=Purpose.CHANGE, address_index="j", sealed=b"s", sent_at=NOW, expires_at=NOW
        )
    )
    session.add(CitizenBatch(**mine, uid="b", sealed=b"s", rows=1, uploaded_at=NOW))
    session.flush()
    session.add(CitizenCase(**mine, case_id=1, since=NOW, generation=1, batch_id=1, line=2))


def add_register(session: Session) -> None:
    """A run that took one row of a register, and a piece that waits."""
    run = RegisterImport(uid="ri", organ_id=1, phase="done", file_name="台账.csv", begun_at=NOW, begun_by="user:1")
    session.add(run)
    session.flush()
    session.add(RegisterPiece(uid="rp", organ_id=1, run_id=run.id, holds="rows", ordinal=1, size=1, sealed=b"s"))
    kept = {"piece": 1, "line": 2, "edition": 1, "number": "旧1", "number_key": "旧1", "digest": "d", "sealed": b"s"}
    session.add(RegisterRow(organ_id=1, case_id=1, run_id=run.id, **kept))
    session.flush()
