"""The search over what is already public: everyday words find official entries, alike on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from benchmarks.everyday import QUESTIONS, Question, items, right_among_first
from gkapply.casework import public_search, schema
from gkapply.casework.everyday_words import word_list
from gkapply.casework.people import Organ
from gkapply.casework.public_ranking import Worth, spread
from gkapply.casework.public_search import MOST_TAKEN_A_DAY
from gkapply.casework.public_text import PublicGram, PublicText
from gkapply.database import open_engine, reading, transaction
from tests.casework.conftest import MONDAY

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOSTILE = (
    "'; DROP TABLE public_text; --",
    '"低保" OR *',
    "低保 NEAR/2 (a AND NOT",
    "%_\\",
    "😀😀",
    "𠮷𠮷家",
    "长" * 5000,
    "a" * 5000,
    "\x00",
    "ſﬁ①",
    "",
    "   ",
    "？！",
)


@pytest.fixture(scope="module")
def catalogue() -> Iterator[Session]:
    """The demonstration's catalogue in a database in memory."""
    engine = open_engine("sqlite://")
    schema.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Organ(id=1, code="A", name="安岳县人民政府", kind="government"))
        session.flush()
        for number, item in enumerate(items()):
            put(session, str(number), 1, item.title, item.words, area=item.area)
        yield session
    engine.dispose()


def titles(session: Session, words: str) -> list[str]:
    return [hit.title for hit in public_search.search(session, words, limit=3)]


def test_sixty_everyday_questions_find_their_entries(catalogue: Session) -> None:
    right = [one for one in QUESTIONS if right_among_first(one, titles(catalogue, one.words))]
    assert len(QUESTIONS) == 60
    assert len({one.area for one in QUESTIONS}) == 30
    assert len(right) >= 0.85 * 60, sorted({one.number for one in QUESTIONS} - {one.number for one in right})
    held_out = [one for one in right if one.held_out]
    assert len(held_out) >= 0.85 * 30


def test_every_entry_is_found_by_its_own_title(catalogue: Session) -> None:
    entries = catalogue.scalars(select(PublicText.title)).all()
    missed = [title for title in entries if title not in titles(catalogue, title)]
    assert not missed


@pytest.mark.parametrize("words", ["低保", "路灯", "公租房", "GDP", "ｇｄｐ", "养老"])
def test_words_of_two_characters_are_enough(catalogue: Session, words: str) -> None:
    assert titles(catalogue, words)


def test_a_single_character_finds_what_holds_it(catalogue: Session) -> None:
    found = public_search.search(catalogue, "印", limit=100)
    assert len(found) > 1
    assert all("印" in hit.title + hit.summary for hit in found)
    assert {hit.area for hit in public_search.search(catalogue, "印", area="新闻出版版权")} == {"新闻出版版权"}


@pytest.mark.parametrize("words", ["火星移民计划", "量子纠缠", "你好"])
def test_what_no_entry_speaks_of_is_not_found(catalogue: Session, words: str) -> None:
    assert titles(catalogue, words) == []


def test_the_years_of_one_item_step_behind_other_items() -> None:
    same, other = 1, 2
    found = [Worth(10, same, 100), Worth(11, same, 100), Worth(12, same, 100), Worth(20, other, 85), Worth(30, 3, 20)]
    assert sorted(dict(spread(found)), key=dict(spread(found)).__getitem__, reverse=True) == [10, 11, 20, 12]
    assert len({public_search.core_of(f"低保名单（{what}）") for what in ("2019年", "第三批", "城东片区")}) == 1


def test_a_year_that_is_asked_for_comes_first(catalogue: Session) -> None:
    with catalogue.begin_nested() as years:
        for year in range(2016, 2026):
            put(catalogue, f"y{year}", 1, f"低保对象审核确认结果公示（{year}年）")
        assert titles(catalogue, "2019年低保名单")[0].endswith("（2019年）")
        years.rollback()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_no_harm(catalogue: Session, words: str) -> None:
    before = catalogue.scalar(select(func.count(PublicText.id)))
    public_search.search(catalogue, words, after="1' OR '1'='1")
    assert catalogue.scalar(select(func.count(PublicText.id))) == before


def test_the_pages_of_a_search_hold_every_hit_once(catalogue: Session) -> None:
    whole = [hit.uid for hit in public_search.search(catalogue, "补贴", limit=100)]
    paged: list[str] = []
    after = None
    while page := public_search.search(catalogue, "补贴", after=after, limit=7):
        paged += [hit.uid for hit in page]
        after = page[-1].key
    assert paged == whole
    assert len(set(paged)) == len(paged) > 14


def test_the_word_list_trades_everyday_words_for_others() -> None:
    known = word_list()
    assert "最低生活保障" in known["低保"].instead
    assert not known["怎么申请"].subject
    assert known["政府信息"].instead == ()
    assert len(known) > 1000


def put(session: Session, uid: str, organ_id: int, title: str, words: str = "内容", area: str = "社会救助") -> None:
    public_search.index(session, "catalogue", uid, organ_id=organ_id, area=area, title=title, words=words, now=NOW)


def test_entries_come_change_and_go_alike_on_both_databases(engine: Engine) -> None:
    with transaction() as session:
        session.add(Organ(id=1, code="A", name="安岳县民政局", kind="department"))
        session.add(Organ(id=2, code="B", name="安岳县龙台镇人民政府", kind="township"))
        session.add(Organ(id=3, code="C", name="安岳县石桥街道办事处", kind="subdistrict"))
        session.flush()
        for organ_id in (1, 2, 3):
            put(session, f"same-{organ_id}", organ_id, "低保对象名单")
        put(session, "other", 1, "特困人员名单")
        put(session, "changed", 1, "临时救助名单")
    with transaction() as session:
        put(session, "changed", 1, "孤儿名单")
        public_search.forget(session, "catalogue", "same-1")
        public_search.forget(session, "catalogue", "unknown")
    with reading() as session:
        (first, *_) = public_search.search(session, "低保名单")
        assert (first.uid, first.entries, first.organ_name) == ("same-2", 2, "安岳县龙台镇人民政府")
        assert [hit.uid for hit in public_search.search(session, "石桥街道的低保名单")][:1] == ["same-3"]
        assert [hit.uid for hit in public_search.search(session, "龙台镇")] == ["same-2"]
        assert titles(session, "没爹没妈的孩子名单")[:1] == ["孤儿名单"]
        assert "临时救助名单" not in titles(session, "临时救助名单")
        grams = set(session.execute(select(PublicGram.gram, PublicGram.wording, PublicGram.weight)))
        wordings = set(session.scalars(select(PublicText.wording)))
        assert {wording for _, wording, _ in grams} == wordings
        for words in HOSTILE:
            public_search.search(session, words)
        assert public_search.search(session, "桥") == []
        assert len(public_search.search(session, "名")) == 3
    with transaction() as session:
        assert public_search.rebuild(session) == 3
        assert set(session.execute(select(PublicGram.gram, PublicGram.wording, PublicGram.weight))) == grams
        for uid in ("same-2", "same-3", "other", "changed"):
            public_search.forget(session, "catalogue", uid)
        assert session.scalar(select(func.count()).select_from(PublicGram)) == 0


def test_the_count_of_a_day_is_bounded(engine: Engine) -> None:
    with transaction() as session:
        session.add(Organ(id=1, code="A", name="安岳县民政局", kind="department"))
        session.flush()
        put(session, "x", 1, "低保对象名单")
        assert not public_search.count_taken(session, "catalogue", "y", MONDAY)
        assert public_search.count_taken(session, "catalogue", "x", MONDAY)
        entry = session.scalars(select(PublicText)).one()
        session.refresh(entry)
        entry.taken_that_day = MOST_TAKEN_A_DAY
        session.flush()
        assert not public_search.count_taken(session, "catalogue", "x", MONDAY)
        assert public_search.count_taken(session, "catalogue", "x", MONDAY + timedelta(days=1))
        session.refresh(entry)
        assert (entry.taken, entry.taken_that_day, entry.taken_on) == (2, 1, date(2026, 3, 3))


def test_questions_are_read_whole() -> None:
    one = QUESTIONS[0]
    assert isinstance(one, Question)
    assert not one.held_out
    assert right_among_first(one, ["x", "y", one.right[0]])
    assert not right_among_first(one, ["x", "y", "z", one.right[0]])
