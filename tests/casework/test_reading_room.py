"""公开阅览: cleaned by one person, checked by another, shown by the head; nothing else is ever to be read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply.casework import anonymising, disclosing, reading_room, showing, turning_public
from gkapply.casework.access import Actor
from gkapply.casework.anonymising import Report
from gkapply.casework.disclosed import DisclosedFile, DisclosedVersion
from gkapply.casework.disclosing import EXCUSE, REPLACE, Answer, Draft
from gkapply.casework.documents import Upload
from gkapply.casework.journal import JournalEntry
from gkapply.casework.publications import Publication
from gkapply.casework.reading_room import Choice
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from tests.casework.conftest import Office, life_in, walked_once
from tests.services import Services
from tests.traces.made_files import pdf, word
from workflows.duties import Duty

APPLICANT = "诸葛孔明"
TEXT = "本机关决定公开该批复。项目投资3200万元，文号安发改〔2024〕8号。"
CLEAN = Draft("某工程的批复", "重大建设项目", TEXT)


def decided(office: Office) -> None:
    """A reply that the head has decided to publish."""
    life = life_in(office)
    wanted = replace(walked_in(PERSON, "某工程的批复"), name=APPLICANT, suggests_disclosure="群众关心")
    life.register(wanted, life.at_the_counter()).assign().accept()
    life.decide(1, "disclosed", {"enclosures": "批复（3页）", "release_review": "经审查可以公开"})
    life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("hand")
    take(office, Duty.HEAD, turning_public.accept, "不涉及不予公开的情形")


@pytest.fixture
def office(run_services: Services, compiled_once: None, tmp_path: Path) -> Iterator[Office]:
    """The office with one proposal that was accepted."""
    with walked_once(run_services, "sqlite", decided, tmp_path) as found:
        yield found


def take(office: Office, duty: Duty | Actor, deed: Callable[..., object], *given: object) -> None:
    """One deed on the publication, in a unit of its own."""
    actor = office.staff[duty] if isinstance(duty, Duty) else duty
    life = life_in(office, date(2026, 3, 4))
    with transaction() as session:
        one = session.scalars(select(Publication)).one()
        deed(session, one, *given, actor, life.now)


def report() -> Report:
    """What the check finds now."""
    with reading() as session:
        one = session.scalars(select(Publication)).one()
        assert one.draft is not None
        return anonymising.check(session, one, one.draft)


def text() -> str:
    """The words of the version in work."""
    with reading() as session:
        return session.scalars(select(DisclosedVersion.text).order_by(DisclosedVersion.ordinal.desc())).first() or ""


def prepared(office: Office, draft: Draft = CLEAN) -> None:
    """Written by the officer and given to the second person."""
    take(office, Duty.OFFICER, disclosing.prepare, draft)
    take(office, Duty.OFFICER, disclosing.hand_for_check)


def shown(office: Office, draft: Draft = CLEAN) -> str:
    """Led to the reading room; its number."""
    prepared(office, draft)
    take(office, Duty.REVIEWER, disclosing.confirm, ())
    take(office, Duty.HEAD, showing.show, "经审查不涉密", "")
    with reading() as session:
        (mark,), _ = reading_room.page(session, Choice())
        return mark.number


@pytest.mark.parametrize(
    ("upload", "place"),
    [
        (Upload("批复.docx", word(header=f"{APPLICANT}申请")), "页眉"),
        (Upload("批复.docx", word(author=APPLICANT)), "文件属性"),
        (Upload(f"{APPLICANT}-批复.docx", word()), "文件名"),
        (Upload("批复.pdf", pdf("Tel 13800000000")), "第1页"),
        (Upload("名单.csv", f"姓名,金额\n{APPLICANT},1\n".encode()), "第2行"),
    ],
)
def test_the_applicant_is_found_wherever_a_file_hides_them(office: Office, upload: Upload, place: str) -> None:
    take(office, Duty.OFFICER, disclosing.prepare, replace(CLEAN, uploads=(upload,)))
    found = [one for one in report().open if any(place in where for where in one.places)]
    assert found
    assert all(APPLICANT not in one.value and not one.in_words for one in found)
    with pytest.raises(Refusal, match="没有处理"):
        take(office, Duty.OFFICER, disclosing.hand_for_check)


def test_each_finding_is_replaced_everywhere_or_excused_with_a_reason(office: Office) -> None:
    words = f"{APPLICANT}（电话139-0000-1111）：经办电话13900001111，咨询028-24567890。诸葛孔明已签收。"
    take(office, Duty.OFFICER, disclosing.prepare, replace(CLEAN, text=words))
    by_kind = {one.kind.value: one for one in report().open}
    assert by_kind["mobile"].count == 2
    with pytest.raises(Refusal, match="为什么不是个人信息"):
        take(office, Duty.OFFICER, disclosing.settle, {by_kind["landline"].digest: Answer(EXCUSE, " ")})
    answers = {
        by_kind["party"].digest: Answer(REPLACE, "诸某"),
        by_kind["mobile"].digest: Answer(REPLACE, "***"),
        by_kind["landline"].digest: Answer(EXCUSE, "机关公布的办公电话"),
    }
    take(office, Duty.OFFICER, disclosing.settle, answers)
    assert text() == "诸某（电话***）：经办电话***，咨询028-24567890。诸某已签收。"
    assert report().open == []
    take(office, Duty.OFFICER, disclosing.hand_for_check)
    with reading() as session:
        journal = " ".join(session.scalars(select(JournalEntry.body)))
    assert not any(secret in journal for secret in (APPLICANT, "13900001111", "24567890", "办公电话"))


def test_the_numbers_of_the_request_and_its_letters_are_found(office: Office) -> None:
    with reading() as session:
        case = session.scalars(select(Publication)).one().case
        numbers = [case.reference, *(letter.number for letter in case.all_letters if letter.number)]
    take(office, Duty.OFFICER, disclosing.prepare, replace(CLEAN, text="；".join(numbers)))
    assert [one.kind.value for one in report().open] == ["case_number"] * len(numbers)
    assert len(numbers) > 1


def test_nobody_checks_what_they_wrote_and_only_the_head_shows_it(office: Office) -> None:
    prepared(office)
    reviewer = office.staff[Duty.REVIEWER]
    officer_who_reviews = replace(office.staff[Duty.OFFICER], duties=frozenset({Duty.OFFICER, Duty.REVIEWER}))
    for writer in (office.staff[Duty.OFFICER], officer_who_reviews):
        with pytest.raises(Refusal, match="整理人以外"):
            take(office, writer, disclosing.confirm, ())
    with pytest.raises(Refusal, match="公开件"):
        take(office, Duty.HEAD, showing.show, "经审查不涉密", "")
    take(office, reviewer, disclosing.give_back, "标题请写明年份")
    take(office, reviewer, disclosing.prepare, replace(CLEAN, title="2024年某工程的批复"))
    take(office, reviewer, disclosing.hand_for_check)
    with pytest.raises(Refusal, match="整理人以外"):
        take(office, reviewer, disclosing.confirm, ())
    take(office, Duty.HEAD, disclosing.confirm, ())
    with pytest.raises(NotPermitted):
        take(office, Duty.OFFICER, showing.show, "经审查不涉密", "")
    with pytest.raises(Refusal, match="理由"):
        take(office, Duty.HEAD, showing.show, " ", "")
    take(office, Duty.HEAD, showing.show, "经审查不涉密", "门户网站")
    with reading() as session:
        ((mark,), _) = reading_room.page(session, Choice())
        item = reading_room.item(session, mark.number)
    assert (mark.title, item.elsewhere, item.text) == ("2024年某工程的批复", ["门户网站"], TEXT)


def test_a_scan_is_looked_at_by_the_second_person(office: Office) -> None:
    prepared(office, replace(CLEAN, uploads=(Upload("扫描件.pdf", pdf()),)))
    with pytest.raises(Refusal, match=r"逐页看过：扫描件\.pdf"):
        take(office, Duty.REVIEWER, disclosing.confirm, ())
    with reading() as session:
        uid = session.scalars(select(DisclosedFile.uid)).one()
    take(office, Duty.REVIEWER, disclosing.confirm, (uid,))
    with reading() as session:
        assert session.scalars(select(DisclosedFile.looked_at_by)).one() == office.staff[Duty.REVIEWER].user_id


def test_what_was_changed_after_the_check_is_not_shown(office: Office) -> None:
    prepared(office)
    take(office, Duty.REVIEWER, disclosing.confirm, ())
    with transaction() as session:
        session.scalars(select(DisclosedVersion)).one().text = TEXT + "另附说明。"
    with pytest.raises(Refusal, match="核对时不一致"):
        take(office, Duty.HEAD, showing.show, "经审查不涉密", "")


def test_an_old_office_file_is_refused_with_what_to_do(office: Office) -> None:
    old = Upload("批复.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64)
    with pytest.raises(Refusal, match="无法检查") as refused:
        take(office, Duty.OFFICER, disclosing.prepare, replace(CLEAN, uploads=(old,)))
    assert "docx" in (refused.value.do or "")


def test_a_correction_replaces_what_is_shown_only_when_it_was_checked(office: Office) -> None:
    number = shown(office, replace(CLEAN, uploads=(Upload("附表.csv", b"a,b\n1,2\n"),)))

    def seen() -> tuple[str, list[str], int]:
        with reading() as session:
            item = reading_room.item(session, number)
            return item.text, [one[2] for one in item.changes], len(item.files)

    with reading() as session:
        (first,), _ = reading_room.page(session, Choice())
        old_file = reading_room.item(session, number).files[0].uid
    take(office, Duty.OFFICER, showing.begin_version, "金额有误")
    take(office, Duty.OFFICER, disclosing.prepare, replace(CLEAN, text="投资3300万元。", change="订正投资金额"))
    assert seen() == (TEXT, [], 1)
    take(office, Duty.OFFICER, disclosing.hand_for_check)
    with pytest.raises(NotFound), reading() as session:
        reading_room.file(session, number, "0" * 32)
    take(office, Duty.REVIEWER, disclosing.confirm, ())
    take(office, Duty.HEAD, showing.show, "经审查不涉密", "")
    assert seen() == ("投资3300万元。", ["订正投资金额"], 0)
    with pytest.raises(NotFound), reading() as session:
        reading_room.file(session, number, old_file)
    with reading() as session:
        (second,), _ = reading_room.page(session, Choice())
    assert (first.uid, first.number, first.since) == (second.uid, second.number, second.since)


def test_taking_down_works_at_once_and_is_remembered(office: Office) -> None:
    number = shown(office)
    take(office, Duty.OFFICER, showing.begin_version, "补充")
    with pytest.raises(NotPermitted):
        take(office, Duty.OFFICER, showing.take_down, "发现第三人姓名")
    take(office, Duty.HEAD, showing.take_down, "发现第三人姓名")
    with reading() as session:
        assert reading_room.page(session, Choice()) == ([], "")
        with pytest.raises(NotFound):
            reading_room.item(session, number)
        item = session.scalars(select(Publication)).one().item
        assert item is not None
        assert [(one.deed, one.reason) for one in item.history][-1] == ("take_down", "发现第三人姓名")
    take(office, Duty.HEAD, turning_public.give_up, "去除后没有可以公开的内容")


def test_the_list_goes_on_by_key_and_narrows(office: Office) -> None:
    number = shown(office)
    with reading() as session:
        code = number.split("-")[0]
        for choice in (Choice(organ=code), Choice(area="重大建设项目"), Choice(year=2026)):
            assert [one.number for one in reading_room.page(session, choice)[0]] == [number]
        for choice in (Choice(organ="NONE"), Choice(area="救灾"), Choice(year=2025)):
            assert reading_room.page(session, choice)[0] == []
        (mark,), more = reading_room.page(session, Choice(), most=1)
        assert more == ""
        assert reading_room.page(session, Choice(), mark.key) == ([], "")
        with pytest.raises(Refusal, match="翻页"):
            reading_room.page(session, Choice(), "2026~x")
