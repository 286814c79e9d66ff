"""Longer and shorter ladders: who comes after whom, what a return undoes, what waits for whom."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply import database
from gkapply.casework import docket, documents, extension, letterbook, letterfile
from gkapply.casework.access import Actor
from gkapply.casework.docket import Wanted
from gkapply.casework.documents import Upload
from gkapply.casework.papers import Letter
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.records import Case
from gkapply.casework.tasks import tasks_of
from gkapply.casework.verification import verify
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.demo.staff import HELD_SINCE
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotPermitted, Refusal
from tests.casework.conftest import BEFORE, Office
from workflows.duties import Duty
from workflows.letter import LetterState

NewLife = Callable[..., Life]


@pytest.fixture
def database_kind() -> str:
    """Rows and rules do not differ between the databases."""
    return "sqlite"


def hired(office: Office, name: str, *duties: Duty) -> Actor:
    """One more person in the office."""
    with transaction() as session:
        user = User(login=name, name=name, password_hash="-", must_change_password=False, created_at=BEFORE)
        user.holdings = [DutyHolding(organ_id=office.organ_id, duty=one.value, valid_from=HELD_SINCE) for one in duties]
        session.add(user)
        session.flush()
        return Actor("user", office.organ_id, frozenset(duties), user_id=user.id, name=name)


def choose(office: Office, settings: str) -> None:
    """The office's choice of its ladders."""
    with transaction() as session:
        session.get_one(Organ, office.organ_id).settings = settings


def not_existing(new_life: NewLife) -> Life:
    """A reply that nothing was found, ready to be submitted."""
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign().accept()
    life.search("“某工程”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
    return life.draft_reply()


def by(life: Life, actor: Actor, deed: Callable[..., object] = letterbook.pass_review) -> Life:
    """One deed of ``actor`` on the reply."""
    life.staff = {**life.staff, Duty.REVIEWER: actor}
    return life._on_letter(None, Duty.REVIEWER, deed)


def ladder_of(life: Life) -> list[tuple[str, str]]:
    """Label and place of each rung of the reply, as its page shows them."""
    with reading() as session:
        query = select(Letter).join(Case, Letter.case_id == Case.id).where(Case.reference == life.reference)
        letter = session.scalars(query.order_by(Letter.id.desc())).first()
        assert letter is not None
        return [(one.label, one.place) for one in letterfile.letterfile(session, letter, life.today).ladder]


def waits_for(life: Life, actor: Actor) -> list[str]:
    """The tasks in which the request waits for ``actor``."""
    with reading() as session:
        return [
            task.code
            for task in tasks_of(actor)
            if any(
                line.reference == life.reference
                for line in docket.desk(session, actor, life.today, Wanted(task.code)).lines
            )
        ]


def test_a_long_ladder_is_climbed_rung_by_rung_by_different_people(new_life: NewLife, office: Office) -> None:
    legal, chief = hired(office, "法制审核员", Duty.REVIEWER), hired(office, "主要领导", Duty.SIGNER)
    choose(office, '{"ladder_of_refusals":"chief"}')
    reviewer, head, signer = (office.staff[duty] for duty in (Duty.REVIEWER, Duty.HEAD, Duty.SIGNER))
    life = not_existing(new_life).submit_reply()
    assert [place for _, place in ladder_of(life)] == ["done", "now", "later", "later", "later", "later"]
    with pytest.raises(NotPermitted, match="承办科室负责人审核"):
        by(life, head)
    assert (waits_for(life, head), waits_for(life, reviewer)) == ([], ["review"])
    by(life, reviewer)
    with pytest.raises(Refusal, match="须为不同的人"):
        by(life, reviewer)
    assert (waits_for(life, head), waits_for(life, reviewer)) == (["review"], [])
    by(by(life, head), legal)
    with pytest.raises(NotPermitted, match="分管领导审核"):
        by(life, legal)
    by(life, signer)
    with pytest.raises(Refusal, match="须为不同的人"):
        by(life, signer, letterbook.sign)
    assert (waits_for(life, signer), waits_for(life, chief)) == ([], ["sign"])
    assert ladder_of(life)[-1] == ("主要领导签发", "now")
    by(life, chief, letterbook.sign)
    assert {place for _, place in ladder_of(life)} == {"done"}


def test_a_returned_letter_begins_at_the_first_rung_even_unchanged(new_life: NewLife, office: Office) -> None:
    legal = hired(office, "法制审核员", Duty.REVIEWER)
    choose(office, '{"ladder_of_refusals":"office_legal"}')
    reviewer = office.staff[Duty.REVIEWER]
    life = not_existing(new_life).submit_reply()
    by(by(life, reviewer), legal, lambda s, one, a, now: letterbook.return_letter(s, one, a, now, "请核对"))
    life.submit_reply()
    assert [place for _, place in ladder_of(life)] == ["done", "now", "later", "later"]
    by(by(life, reviewer), legal).sign_reply()


def test_whoever_changed_or_submitted_a_text_does_not_approve_it(new_life: NewLife, office: Office) -> None:
    other = hired(office, "另一承办人", Duty.OFFICER, Duty.REVIEWER, Duty.SIGNER)
    life = by(not_existing(new_life), other, letterbook.submit)
    with pytest.raises(Refusal, match="自己起草"):
        by(life, other)
    by(life, office.staff[Duty.REVIEWER])
    with pytest.raises(Refusal, match="自己起草"):
        by(life, other, letterbook.sign)


def test_the_shortest_ladder_is_author_and_signer(new_life: NewLife, office: Office) -> None:
    choose(office, '{"ladder_of_refusals":"shortest"}')
    life = not_existing(new_life).submit_reply()
    assert waits_for(life, office.staff[Duty.SIGNER]) == ["sign"]
    author = Actor(
        "user", office.organ_id, frozenset({Duty.OFFICER, Duty.SIGNER}), user_id=office.staff[Duty.OFFICER].user_id
    )
    with pytest.raises(Refusal, match="自己起草"):
        by(life, author, letterbook.sign)
    life.sign_reply().send_reply()


def test_a_dispute_or_a_conference_makes_the_reply_weighty(new_life: NewLife, office: Office) -> None:
    choose(office, '{"ladder_of_weighty":"full"}')
    life = not_existing(new_life)
    assert len(ladder_of(life)) == 3
    minutes = Upload("会商纪要.txt", "会商纪要".encode())
    life.do(
        Duty.OFFICER,
        lambda s, case, actor, now: documents.add_paper(s, case, "consultation", minutes, life.today, actor, now),
    )
    assert [label for label, _ in ladder_of(life)] == [
        "起草",
        "承办科室负责人审核",
        "公开机构核稿",
        "合法性审查",
        "签发",
    ]


def test_the_route_is_fixed_at_the_submission(new_life: NewLife, office: Office) -> None:
    life = not_existing(new_life).submit_reply()
    choose(office, '{"ladder_of_refusals":"chief"}')
    assert len(ladder_of(life)) == 3
    life.pass_review().sign_reply()


def test_a_longer_ladder_of_an_extension_still_ends_with_the_head(new_life: NewLife, office: Office) -> None:
    choose(office, '{"ladder_of_extensions":"reviewed"}')
    kind = LetterKind.EXTENSION_NOTICE
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign().accept()
    life.do(Duty.OFFICER, lambda s, case, actor, now: extension.propose(s, case, 10, "需要逐件核对", actor, now))
    life._on_letter(kind, Duty.OFFICER, letterbook.submit)
    with pytest.raises(Refusal):
        life._on_letter(kind, Duty.HEAD, letterbook.sign)
    life._on_letter(kind, Duty.REVIEWER, letterbook.pass_review)._on_letter(kind, Duty.HEAD, letterbook.sign)
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == kind)).one()
        assert letter.state is LetterState.SIGNED


def test_the_journal_vouches_for_the_rows_of_a_long_ladder_and_of_a_cancelled_letter(
    new_life: NewLife, office: Office, tmp_path: Path
) -> None:
    legal = hired(office, "法制审核员", Duty.REVIEWER)
    choose(office, '{"ladder_of_refusals":"office_legal"}')
    life = by(by(not_existing(new_life).submit_reply(), office.staff[Duty.REVIEWER]), legal).sign_reply()
    by(life, office.staff[Duty.SIGNER], lambda s, one, a, now: letterbook.cancel(s, one, a, now, "落款有误"))
    with reading() as session:
        assert verify(session, tmp_path) is None
    with database.engine().begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER approval_no_update")
        connection.exec_driver_sql("UPDATE approval SET rung = 'legal' WHERE rung = 'office'")
    with reading() as session:
        found = verify(session, tmp_path)
        assert found is not None
        assert "审批意见被改动" in found.sentence
