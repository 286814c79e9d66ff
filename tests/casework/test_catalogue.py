"""The catalogue of disclosure items: compiled, submitted, checked by another organ, published, kept whole edition by edition."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import catalogue, catalogue_drafts, catalogue_import, catalogue_public
from gkapply.casework.access import Actor
from gkapply.casework.catalogue_access import current_edition, find_edition
from gkapply.casework.catalogue_columns import WRITTEN
from gkapply.casework.catalogue_records import COLUMNS, CatalogueEdition, EditionState
from gkapply.casework.journal import JournalEntry
from gkapply.casework.people import Organ
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, Stale, WrongState
from gkapply.sheets import write_csv
from tests.casework.conftest import Office
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
AREA = "社会救助"
ENTRY = {
    "heading": "最低生活保障",
    "name": "低保标准",
    "content": "城乡低保标准",
    "basis": "《社会救助暂行办法》",
    "term": "20个工作日内",
    "subject": "某镇人民政府",
    "channel": "政府网站",
    "audience": "全社会",
    "way": "主动",
    "level": "乡级",
    "address": "",
}


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """SQLite; what is asked of both databases says so."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def town(office: Office) -> Callable[[Duty], Actor]:
    """A township below the county, with an officer and a head."""
    with transaction() as session:
        organ = Organ(code="AYX-ZHEN", name="某镇人民政府", kind="township", parent_id=office.organ_id)
        session.add(organ)
        session.flush()
        organ_id = organ.id
    return lambda duty: Actor("user", organ_id, frozenset({duty}), user_id=office.staff[duty].user_id)


def draft(actor: Actor, *entries: dict[str, str], area: str = AREA) -> str:
    """An edition of the actor's own organ with these further entries."""
    assert actor.organ_id is not None
    with transaction() as session:
        edition = catalogue_drafts.begin(session, actor.organ_id, area, actor, NOW)
        for entry in entries:
            catalogue_drafts.put_entry(session, edition, None, ENTRY | entry, actor, NOW)
        return edition.uid


def do(deed: Callable[..., Any], uid: str, actor: Actor, *more: Any) -> None:
    """Take a deed with an edition in a unit of its own."""
    with transaction() as session:
        deed(session, find_edition(session, uid, actor, for_change=True), *more, actor, NOW)


def state_of(uid: str) -> EditionState:
    with reading() as session:
        return session.scalars(select(CatalogueEdition).where(CatalogueEdition.uid == uid)).one().state


def published(office: Office, *entries: dict[str, str]) -> str:
    """An edition of the county itself, published."""
    uid = draft(office.staff[Duty.OFFICER], *entries)
    do(catalogue.submit, uid, office.staff[Duty.OFFICER])
    do(catalogue.publish, uid, office.staff[Duty.HEAD])
    return uid


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)
def test_each_edition_is_kept_whole_and_the_list_says_what_changed(office: Office) -> None:
    officer, head = office.staff[Duty.OFFICER], office.staff[Duty.HEAD]
    first = published(office, {}, {"name": "临时救助"})
    second = draft(officer, {"name": "特困人员供养"})
    with transaction() as session:
        edition = find_edition(session, second, officer, for_change=True)
        one, other, _ = edition.entries
        catalogue_drafts.put_entry(session, edition, one.uid, one.values() | {"term": "10个工作日内"}, officer, NOW)
        catalogue_drafts.remove_entry(session, edition, other.uid, officer, NOW)
        catalogue_drafts.set_note(edition, "职责调整", officer)
    do(catalogue.submit, second, officer)
    do(catalogue.publish, second, head)
    assert (state_of(first), state_of(second)) == (EditionState.REPLACED, EditionState.PUBLISHED)
    with reading() as session:
        (newest, changes), (oldest, at_first) = catalogue_public.change_list(session, AREA, None)
        assert (newest.version, newest.note, oldest.version) == (2, "职责调整", 1)
        assert changes.words == "新增1项，变更1项，撤下1项"
        assert changes.changed[0].columns == [("公开时限", "20个工作日内", "10个工作日内")]
        assert at_first.words == "新增2项"
        assert [entry.name for entry in oldest.entries] == ["低保标准", "临时救助"]
        assert [one.name for one in catalogue_public.entries_of(session, AREA, None, 0, 9)] == [
            "低保标准",
            "特困人员供养",
        ]
        stood = catalogue_public.find_public(session, one.uid)
        assert [version.version for version in stood.history] == [2, 1]
        gone = catalogue_public.find_public(session, other.uid)
        assert (gone.in_force, gone.history[0].gone, gone.entry.name) == (False, True, "临时救助")
        counts = catalogue_public.area_counts(session)
        assert [(count.area, count.total) for count in counts] == [(AREA, 2)]
        deeds = [
            one.deed for one in session.scalars(select(JournalEntry).where(JournalEntry.deed.startswith("catalogue")))
        ]
        assert deeds.count("catalogue.publish") == 2
        assert not any("低保" in one.body for one in session.scalars(select(JournalEntry)))


def test_a_township_submits_and_the_county_checks(office: Office, town: Callable[[Duty], Actor]) -> None:
    officer, county = town(Duty.OFFICER), office.staff[Duty.HEAD]
    uid = draft(officer, {})
    with pytest.raises(NotFound), reading() as session:  # nobody else's draft
        find_edition(session, uid, county)
    do(catalogue.submit, uid, officer)
    with pytest.raises(NotPermitted):
        do(catalogue.publish, uid, town(Duty.HEAD))
    with pytest.raises(Refusal, match="理由"):
        do(catalogue.give_back, uid, county, " ")
    do(catalogue.give_back, uid, county, "缺少发放结果")
    assert state_of(uid) is EditionState.RETURNED
    again = draft(officer, {"name": "低保金发放结果"})
    with reading() as session:
        assert [one.name for one in find_edition(session, again, officer).entries] == ["低保标准", "低保金发放结果"]
        assert catalogue_public.area_counts(session) == []
    do(catalogue.submit, again, officer)
    do(catalogue.publish, again, county)
    with reading() as session:
        ((organ, count),) = catalogue_public.area_counts(session)[0].organs
        assert (organ.code, count) == ("AYX-ZHEN", 2)


def test_an_office_may_publish_by_itself(office: Office, town: Callable[[Duty], Actor]) -> None:
    with transaction() as session:
        session.get_one(Organ, town(Duty.HEAD).organ_id).settings = '{"catalogue_checked_above":false}'
    uid = draft(town(Duty.OFFICER), {})
    do(catalogue.submit, uid, town(Duty.OFFICER))
    do(catalogue.publish, uid, town(Duty.HEAD))
    assert state_of(uid) is EditionState.PUBLISHED


def test_nobody_publishes_what_they_submitted(office: Office) -> None:
    head = office.staff[Duty.HEAD]
    uid = draft(head, {})
    do(catalogue.submit, uid, head)
    with pytest.raises(NotPermitted, match="报送的人"):
        do(catalogue.publish, uid, head)


def test_only_keepers_compile_and_only_for_organs_below(office: Office, town: Callable[[Duty], Actor]) -> None:
    with pytest.raises(NotPermitted):
        draft(office.staff[Duty.REGISTRAR], {})
    with pytest.raises(NotPermitted, match="下级机关"), transaction() as session:
        catalogue_drafts.begin(session, office.organ_id, AREA, town(Duty.OFFICER), NOW)
    with pytest.raises(Refusal, match="不是公开领域"):
        draft(office.staff[Duty.OFFICER], area="星际航行")


def test_what_was_submitted_is_not_changed_any_more(office: Office) -> None:
    officer = office.staff[Duty.OFFICER]
    uid = draft(officer, {})
    do(catalogue.submit, uid, officer)
    with pytest.raises(WrongState):
        do(catalogue_drafts.put_entry, uid, officer, None, ENTRY | {"name": "另一项"})
    with pytest.raises(WrongState, match="等待核对发布"):
        draft(officer)
    do(catalogue.take_back, uid, officer)
    assert state_of(uid) is EditionState.DRAFT
    do(catalogue_drafts.drop, uid, officer)
    assert state_of(uid) is EditionState.DROPPED


def test_an_edition_that_changes_nothing_is_not_submitted(office: Office) -> None:
    published(office, {})
    uid = draft(office.staff[Duty.OFFICER])
    with pytest.raises(Refusal, match="没有变化"):
        do(catalogue.submit, uid, office.staff[Duty.OFFICER])


def test_the_second_of_two_editions_on_the_same_base_is_stale(office: Office, town: Callable[[Duty], Actor]) -> None:
    own, county = town(Duty.OFFICER), office.staff[Duty.OFFICER]
    mine = draft(own, {})
    with transaction() as session:
        theirs = catalogue_drafts.begin(session, own.organ_id or 0, AREA, county, NOW)
        catalogue_drafts.put_entry(session, theirs, None, ENTRY, county, NOW)
        catalogue.submit(session, theirs, county, NOW)
        uid = theirs.uid
    do(catalogue.submit, mine, own)
    do(catalogue.publish, uid, office.staff[Duty.HEAD])
    with pytest.raises(Stale):
        do(catalogue.publish, mine, office.staff[Duty.HEAD])


def imported(session: Session, content: bytes, actor: Actor) -> list[CatalogueEdition]:
    file = catalogue_import.read(session, content, "", actor, NOW)
    basis = catalogue_import.plan(session, file, actor, NOW).basis
    return list(catalogue_import.carry_out(session, file, content, basis, actor, NOW))


def as_csv(*rows: dict[str, str]) -> bytes:
    return write_csv(
        [one.head for one in WRITTEN], [[AREA, *(({**ENTRY, **row})[code] for code in COLUMNS)] for row in rows]
    )


def test_a_file_goes_to_the_organs_that_answer(office: Office) -> None:
    officer = office.staff[Duty.OFFICER]
    with transaction() as session:
        (edition,) = imported(session, as_csv({"subject": "各乡镇人民政府"}), officer)
        assert (edition.organ.name, edition.area) == ("安岳县民政局", AREA)  # by Organ.areas
        (other,) = imported(session, as_csv({"subject": "安岳县财政局"}), officer)
        assert other.organ.name == "安岳县财政局"  # by its name


def test_an_import_says_what_is_new_changed_and_gone_and_keeps_the_identity_of_entries(office: Office) -> None:
    officer, head = office.staff[Duty.OFFICER], office.staff[Duty.HEAD]
    with transaction() as session:
        (edition,) = imported(session, as_csv({}, {"name": "临时救助"}), officer)
        uid, before = edition.uid, {one.name: one.uid for one in edition.entries}
        catalogue.submit(session, edition, officer, NOW)
    do(catalogue.publish, uid, head)
    content = as_csv({"term": "立即"}, {"name": "特困人员供养"})
    with transaction() as session:
        file = catalogue_import.read(session, content, "", officer, NOW)
        (part,) = catalogue_import.plan(session, file, officer, NOW).parts
        assert part.changes.words == "新增1项，变更1项，撤下1项"
        (edition,) = imported(session, content, officer)
        assert edition.entries[0].uid == before["低保标准"]
        assert catalogue_import.plan(session, file, officer, NOW).parts  # a draft is not published yet
        with pytest.raises(Stale):
            catalogue_import.carry_out(session, file, content, "another basis", officer, NOW)
        catalogue.submit(session, edition, officer, NOW)
        with pytest.raises(Refusal, match="等待核对发布"):
            imported(session, content, officer)
        catalogue.publish(session, edition, head, NOW)
        again = catalogue_import.plan(session, file, officer, NOW)
        assert (again.parts, len(again.unchanged)) == ([], 1)
        assert current_edition(session, edition.organ_id, AREA) is edition


def test_a_foreign_organ_in_a_file_is_refused(office: Office, town: Callable[[Duty], Actor]) -> None:
    content = "公开领域,机关代码,二级事项,公开内容,公开依据,公开时限,公开主体,公开渠道,公开对象,公开方式,公开层级\n"
    content += f"{AREA},AYX,低保,内容,依据,时限,主体,网站,全社会,主动,县级\n"
    with pytest.raises(Refusal, match="1处错误"), transaction() as session:
        imported(session, content.encode(), town(Duty.OFFICER))
