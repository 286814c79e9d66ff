"""The search of the desk finds what LIKE finds, on both databases: the same cases, in the same order, page by page."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from gkapply import database
from gkapply.casework import case_indexing, case_search, schema
from gkapply.casework.access import Actor
from gkapply.casework.case_grams import folded, words_of
from gkapply.casework.case_search import Wanted, Within, found, matching
from gkapply.casework.case_text import NOTE, REQUEST, CaseText
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from tests.services import DATABASE_KINDS, Services
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
SIGNS = "征地补偿安置方案公开AbＣ12３-%_，。（）'\"\\ \n"
CASES, PAGE = 120, 7


def official(organ_id: int) -> Actor:
    return Actor("user", organ_id, frozenset({Duty.OFFICER}), user_id=1)


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def filled(
    request: pytest.FixtureRequest, run_services: Services, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Two organs' cases with a text or several each, of few different characters, so that words are found often."""
    if request.param == "postgresql":
        request.getfixturevalue("postgresql_server")
    folder: Path = tmp_path_factory.mktemp(request.param)
    with run_services.fresh_database(request.param, schema.upgrade, folder) as url:
        engine = database.connect(url)
        draw = random.Random(5)
        with database.transaction() as session:
            session.add_all([Organ(id=one, code=f"O{one}", name=f"第{one}机关", kind="department") for one in (1, 2)])
            session.flush()
            session.execute(insert(Case), [case_row(number, draw) for number in range(1, CASES + 1)])
            rows = [
                {"case_id": number, "organ_id": 1 + number % 2, "source": source, "text": text_of(draw)}
                for number in range(1, CASES + 1)
                for source in (REQUEST, NOTE)[: 1 + number % 3 // 2]
            ]
            session.execute(insert(CaseText), rows)
            case_indexing.rebuild(session)
        yield
        engine.dispose()


def case_row(number: int, draw: random.Random) -> dict[str, object]:
    return {
        "id": number,
        "uid": f"{number:032}",
        "organ_id": 1 + number % 2,
        "number": f"2026-{number:04}",
        "reference": f"O{1 + number % 2}-2026-{number:04}",
        "channel": "counter",
        "content_hash": "",
        "entered_at": NOW,
        "description": "",
        "carrier": "paper",
        "way": "post",
        "searched": True,
        "archived_on": NOW.date() if draw.random() < 0.7 else None,
    }


def text_of(draw: random.Random) -> str:
    return folded("".join(draw.choice(SIGNS) for _ in range(draw.randrange(1, 60))))


def by_like(session: Session, wanted: Wanted, organ_id: int) -> list[int]:
    """What there is, by looking through every text."""
    texts: dict[int, list[str]] = {}
    for row in session.scalars(select(CaseText).where(CaseText.organ_id == organ_id)):
        texts.setdefault(row.case_id, []).append(row.text)
    archived = dict(session.execute(select(Case.id, Case.archived_on)).all())
    return [
        one
        for one in sorted(texts, reverse=True)
        if all(any(word in text for text in texts[one]) for word in wanted.words)
        and (wanted.within is Within.ALL or (archived[one] is None) is (wanted.within is Within.OPEN))
    ]


def all_pages(session: Session, actor: Actor, wanted: Wanted) -> list[int]:
    ids: list[int] = []
    while page := found(session, actor, Wanted(wanted.words, wanted.within, ids[-1] if ids else None), PAGE):
        ids += page
    return ids


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("probed", [0, 20, 10_000], ids=["index", "a few probed", "all probed"])
def test_what_is_found_is_what_like_finds(probed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_search, "PROBED", probed)
    monkeypatch.setattr(case_search, "PROBED_FIRST", probed // 2)
    monkeypatch.setattr(case_search, "GATHERED_AT_ONCE", 30)
    monkeypatch.setattr(case_search, "CHECKED_AT_FIRST", 2)
    draw, hits = random.Random(probed), 0
    with database.reading() as session:
        for _ in range(40):
            asked = "".join(draw.choice(SIGNS) for _ in range(draw.choice((1, 1, 2, 2, 3, 4, 8))))
            wanted = Wanted(words_of(asked), draw.choice(list(Within)))
            expected = by_like(session, wanted, 1) if wanted.words else []
            assert all_pages(session, official(1), wanted) == expected, asked
            hits += len(expected)
            if wanted.words and wanted.within is Within.ALL:
                narrow = select(Case.id).where(matching(official(1), asked)).order_by(Case.id.desc())
                assert session.scalars(narrow).all() == expected, asked
    assert hits > 100, "words that nobody has would prove nothing"


@pytest.mark.usefixtures("filled")
def test_nobody_finds_anothers_cases() -> None:
    strangers = [
        Actor("user", None, frozenset({Duty.SYSADMIN})),
        Actor("user", 1, frozenset({Duty.SYSADMIN}), user_id=1),
    ]
    with database.reading() as session:
        wanted = Wanted(words_of("征"))
        for organ_id in (1, 2):
            assert {one % 2 + 1 for one in all_pages(session, official(organ_id), wanted)} == {organ_id}
        assert [found(session, one, wanted, PAGE) for one in strangers] == [[], []]


def test_words_are_what_stands_between_spaces_in_one_width_and_case() -> None:
    assert words_of("  ＧＤＰ　数据 gdp〔２０１９〕\t") == ["gdp", "数据", "gdp〔2019〕"]
