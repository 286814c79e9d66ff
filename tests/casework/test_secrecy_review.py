"""What a reply gives out is reviewed first, one by one, by somebody else, and again when it has changed."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from gkapply.casework import letterbook, secrecy_review
from gkapply.casework.documents import Upload, add_paper
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.secrecy_review import Verdict
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.law.secrecy_results import SecrecyResult
from workflows.duties import Duty

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
GIVEN = {"enclosures": "某工程的批复（3页）", "release_review": "拟予公开"}
COPY = Upload("批复.pdf", "%PDF-1.4 某工程的批复".encode())


@pytest.fixture
def waiting(new_life: Callable[..., Life]) -> Life:
    """A reply that gives the first item and its paper, and waits for its signature; nobody has reviewed anything."""
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign().accept()
    provide(life, COPY)
    return life.decide(1, "disclosed", GIVEN).draft_reply().submit_reply().pass_review()


def provide(life: Life, copy: Upload) -> None:
    life.do(Duty.OFFICER, lambda s, case, actor, now: add_paper(s, case, "provided", copy, life.today, actor, now))


def review(life: Life, duty: Duty = Duty.REVIEWER, result: SecrecyResult = SecrecyResult.OPEN, only: str = "") -> None:
    """Review everything, or the things whose code begins with ``only``."""

    def deed(session: object, case: Case, actor: object, now: object) -> None:
        codes = [one.code for one in case.releases if one.code.startswith(only)]
        secrecy_review.record(session, case, codes, Verdict(result, "逐件核对", life.today), actor, now)  # type: ignore[arg-type]

    life.do(duty, deed)


def sign(life: Life) -> None:
    life._on_letter(None, Duty.SIGNER, letterbook.sign)


def test_nothing_is_signed_before_each_thing_is_reviewed(waiting: Life) -> None:
    with pytest.raises(Refusal, match=r"第1项：某工程的批复尚未经保密审查；附件「批复\.pdf」尚未经保密审查") as told:
        sign(waiting)
    assert told.value.article == "条例第十七条、《保守国家秘密法》第三十五条"
    review(waiting, only="item")
    with pytest.raises(Refusal, match=r"^附件「批复\.pdf」尚未经保密审查，"):
        sign(waiting)
    review(waiting, only="paper")
    sign(waiting)
    with reading() as session:
        (case,) = session.scalars(select(Case).where(Case.reference == waiting.reference))
        kept = [(one.item, one.sha256, one.reviewer_id) for one in case.secrecy_reviews]
        paper = next(one for one in case.documents if one.role == "provided")
        assert kept[1] == (None, paper.sha256, waiting.staff[Duty.REVIEWER].user_id)


def test_another_paper_and_another_decision_are_not_reviewed(waiting: Life) -> None:
    review(waiting)
    provide(waiting, Upload("补充.pdf", b"%PDF-1.4 more"))
    with pytest.raises(Refusal, match=r"^附件「补充\.pdf」尚未经保密审查"):
        sign(waiting)
    review(waiting, only="paper")
    waiting._on_letter(None, Duty.SIGNER, lambda s, one, a, now: letterbook.return_letter(s, one, a, now, "请写明页数"))
    waiting.decide(1, "disclosed", {**GIVEN, "enclosures": "某工程的批复（13页）"}).submit_reply().pass_review()
    with pytest.raises(Refusal, match="第1项：某工程的批复内容在保密审查之后有变动，须重新审查，"):
        sign(waiting)


def test_whoever_decided_does_not_review(waiting: Life) -> None:
    with pytest.raises(Refusal, match="承办人不得审查自己认定的信息"):
        review(waiting, Duty.OFFICER)
    with pytest.raises(NotPermitted):
        review(waiting, Duty.REGISTRAR)


def test_a_finding_against_the_item_keeps_the_reply_and_one_against_a_paper_keeps_the_paper(waiting: Life) -> None:
    review(waiting)
    review(waiting, Duty.HEAD, SecrecyResult.SEPARATED, "item")
    with pytest.raises(Refusal, match="的保密审查结论为“区分处理后公开”，与认定的“予以公开”不符"):
        sign(waiting)
    review(waiting, Duty.HEAD, SecrecyResult.OPEN, "item")
    review(waiting, Duty.HEAD, SecrecyResult.WITHHELD, "paper")
    with reading() as session:
        (case,) = session.scalars(select(Case).where(Case.reference == waiting.reference))
        assert [one.leaves for one in case.releases] == [True, False]
    sign(waiting)


def test_an_office_may_see_to_it_elsewhere(waiting: Life) -> None:
    with transaction() as session:
        organ = session.scalars(select(Organ).where(Organ.code == waiting.organ_code)).one()
        organ.settings = '{"secrecy_review_before_signing": false}'
    sign(waiting)
    with reading() as session:
        (case,) = session.scalars(select(Case).where(Case.reference == waiting.reference))
        assert (case.state.value, list(case.secrecy_reviews)) == ("delivering", [])


@pytest.mark.parametrize(
    ("codes", "basis", "field"),
    [([], "逐件核对", "things"), (["item:1"], " ", "basis"), (["item:9"], "核对", "things")],
)
def test_a_review_is_of_something_and_on_grounds(waiting: Life, codes: list[str], basis: str, field: str) -> None:
    verdict = Verdict(SecrecyResult.OPEN, basis, waiting.today)
    with pytest.raises(Refusal) as told:
        waiting.do(Duty.REVIEWER, lambda s, case, a, now: secrecy_review.record(s, case, codes, verdict, a, now))
    assert told.value.field == field
