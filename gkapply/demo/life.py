"""The life of one request, walked through the same deeds that the pages call.

Each verb is one unit of work at the moment to which the life has come, done by an account that holds the duty; whatever the
law refuses on the way is refused here as well. The demonstration and the tests walk their cases with it.
"""

from collections.abc import Mapping
from typing import Any, Self

from sqlalchemy import select

from gkapply.casework import (
    archive,
    asking,
    assignment,
    consultation,
    correction,
    deciding,
    delivery,
    division,
    extension,
    intake,
    letterbook,
    record_correction,
    reply,
    voiding,
)
from gkapply.casework.application import Application
from gkapply.casework.asking import INQUIRY_OF
from gkapply.casework.consultation import Opinion, Question
from gkapply.casework.correction import CorrectionNotice
from gkapply.casework.people import Organ, User
from gkapply.casework.receipt import Confirmation, Receipt
from gkapply.casework.record_correction import RecordWish
from gkapply.casework.uploads import Uploads
from gkapply.database import transaction
from gkapply.demo.consulting import review_all, weigh_refusals
from gkapply.demo.other_ways import OtherWays
from gkapply.demo.walk import NO_FILES
from gkapply.law.channels import COUNTER
from gkapply.law.letters import LetterKind
from workflows.duties import Duty


class Life(OtherWays):
    """One request and the moment to which it has come. ``staff`` gives the account for each duty."""

    def apply_online(self, application: Application) -> Self:
        """The applicant applies on the web."""
        with transaction() as session:
            organ = session.scalars(select(Organ).where(Organ.code == self.organ_code)).one()
            self.reference = intake.submit(session, organ, application, NO_FILES, self.uid, self._tick()).reference
        return self

    def apply_for_correction(self, application: Application, wish: RecordWish) -> Self:
        """The applicant asks on the web for records to be corrected."""
        with transaction() as session:
            organ = session.scalars(select(Organ).where(Organ.code == self.organ_code)).one()
            given = (session, organ, application, NO_FILES, self.uid, self._tick())
            self.reference = record_correction.submit(wish, *given).reference
        return self

    def register(self, application: Application, receipt: Receipt, uploads: Uploads = NO_FILES) -> Self:
        """The registrar enters a request that came by another way."""
        with transaction() as session:
            organ = session.scalars(select(Organ).where(Organ.code == self.organ_code)).one()
            actor = self.staff[Duty.REGISTRAR]
            self.reference = intake.register(
                session, organ, application, uploads, receipt, actor, self._tick()
            ).reference
        return self

    def confirm(self) -> Self:
        """The registrar confirms with the applicant: the request is received."""
        confirmation = Confirmation(self.today, "phone", "申请人本人")
        self.do(Duty.REGISTRAR, lambda s, case, actor, now: intake.confirm(s, case, confirmation, actor, now))
        return self

    def at_the_counter(self) -> Receipt:
        """Handed in at the counter on the day to which the life has come."""
        return Receipt(COUNTER, self.today)

    def assign(self) -> Self:
        """The registrar hands the case to the officer."""
        officer = self.staff[Duty.OFFICER].user_id
        self.do(
            Duty.REGISTRAR,
            lambda s, case, actor, now: assignment.assign(s, case, s.get_one(User, officer), actor, now),
        )
        return self

    def divide(self, *quotes: str, reason: str = "matters", words: str = "各部分互不相关") -> list[str]:
        """The officer divides the request; gives back the numbers of the parts."""
        made = self.do(
            Duty.OFFICER, lambda s, case, actor, now: division.divide(s, case, quotes, reason, words, actor, now)
        )
        return [one.reference for one in made]

    def propose_void(self, reason: str) -> Self:
        """The registrar proposes to treat the submission as 未成立."""
        self.do(Duty.REGISTRAR, lambda s, case, actor, now: voiding.propose_void(s, case, reason, actor, now))
        return self

    def approve_void(self) -> Self:
        """The head agrees."""
        self.do(Duty.HEAD, voiding.approve_void)
        return self

    def accept(self) -> Self:
        """The content is clear."""
        self.do(Duty.OFFICER, reply.accept)
        return self

    def ask_correction(self, points: str, guidance: str, answer_within: int = 15, way: str = "") -> Self:
        """Draft, sign and send the 补正告知书."""
        notice = CorrectionNotice(points, guidance, answer_within)
        self.do(Duty.OFFICER, lambda s, case, actor, now: correction.propose(s, case, notice, actor, now))
        return self.issue(LetterKind.CORRECTION_NOTICE, way)

    def receive_correction(self, text: str) -> Self:
        """The corrected request comes in."""
        self.do(
            Duty.REGISTRAR,
            lambda s, case, actor, now: correction.receive(s, case, self.today, text, None, actor, now),
        )
        return self

    def itemise(self, *quotes: str) -> Self:
        """Split the request into what is asked."""
        self.do(Duty.OFFICER, lambda s, case, actor, now: reply.itemise(s, case, quotes, actor, now))
        return self

    def search(self, words: str, result: str, archive_room: str = "已检索本机关档案室该时段的文书档案目录") -> Self:
        """Keep the search record."""
        fields = {
            "units": "办公室、档案室",
            "systems": "公文处理系统、纸质文书档案",
            "archive_room": archive_room,
            "period": f"2019年1月1日至{self.today.year}年{self.today.month}月{self.today.day}日",
            "words": words,
            "result": result,
        }
        self.do(Duty.OFFICER, lambda s, case, actor, now: reply.record_search(s, case, fields, self.today, actor, now))
        return self

    def consult(self, question: Question, way: str = "") -> Self:
        """Ask a third party or organ, and tell the applicant."""
        self.do(Duty.OFFICER, lambda s, case, actor, now: asking.propose(s, case, question, actor, now))
        self.sign(LetterKind.INQUIRY_NOTICE)
        inquiry = INQUIRY_OF[question.party_kind]
        self.sign(inquiry)._send(inquiry, way or delivery.POST)
        return self._send(LetterKind.INQUIRY_NOTICE, "")

    def party_got_it(self) -> Self:
        """The party got the question today."""
        self._on_question(lambda s, one, actor, now: consultation.note_receipt(s, one, self.today, actor, now))
        return self

    def party_answers(self, opinion: str, text: str) -> Self:
        """The party's opinion comes in today; the officer at once weighs a third party's refusal, and finds it good."""
        said = Opinion(opinion, text, "已隐去报价的部分" if opinion == "partly" else "")
        self._on_question(lambda s, one, actor, now: consultation.answer(s, one, self.today, said, actor, now))
        self.do(Duty.OFFICER, weigh_refusals)
        return self

    def extend(self, working_days: int, reason: str, way: str = "") -> Self:
        """Draft, have consented to, and send the 延期答复告知书."""
        self.do(Duty.OFFICER, lambda s, case, actor, now: extension.propose(s, case, working_days, reason, actor, now))
        return self.issue(LetterKind.EXTENSION_NOTICE, way)

    def decide(self, ordinal: int, outcome: str, evidence: Mapping[str, Any]) -> Self:
        """Give one item its outcome."""
        self.do(
            Duty.OFFICER,
            lambda s, case, actor, now: deciding.decide_item(s, case, ordinal, outcome, evidence, actor, now),
        )
        return self

    def draft_reply(self) -> Self:
        """Begin the reply."""
        self.do(Duty.OFFICER, reply.draft_reply)
        return self

    def submit_reply(self) -> Self:
        """Hand the reply to the reviewer."""
        return self._on_letter(None, Duty.OFFICER, letterbook.submit)

    def pass_review(self) -> Self:
        """The reviewer agrees."""
        return self._on_letter(None, Duty.REVIEWER, letterbook.pass_review)

    def return_reply(self, comment: str) -> Self:
        """The reviewer sends it back."""
        return self._on_letter(
            None, Duty.REVIEWER, lambda s, one, a, now: letterbook.return_letter(s, one, a, now, comment)
        )

    def review_secrecy(self) -> Self:
        """The reviewer finds whatever the reply gives out, and nobody has reviewed yet, open."""
        return self._on_letter(None, Duty.REVIEWER, review_all)

    def sign_reply(self) -> Self:
        """The reviewer reviews what is given out, the signer signs, and the file is made."""
        self.review_secrecy()
        self._on_letter(None, Duty.SIGNER, letterbook.sign)
        return self.render()

    def send_reply(self, way: str = "") -> Self:
        """The registrar sends it."""
        return self._send(None, way)

    def delivered(self) -> Self:
        """The applicant got the reply today."""
        return self._on_letter(
            None, Duty.REGISTRAR, lambda s, one, a, now: delivery.note_delivery(s, one, self.today, None, a, now)
        )

    def came_back(self) -> Self:
        """The post brought the reply back today."""
        return self._on_letter(
            None, Duty.REGISTRAR, lambda s, one, a, now: delivery.come_back(s, one, self.today, None, a, now)
        )

    def archive(self, retention: str = "30年") -> Self:
        """The archivist closes the file."""
        self.do(Duty.ARCHIVIST, lambda s, case, actor, now: archive.archive(s, case, retention, actor, now))
        return self
