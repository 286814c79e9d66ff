"""The public figures are those of the annual report, by year, without small ones."""

from datetime import date

from gkapply.casework import public_figures, report
from gkapply.casework.figure_records import PublicFigures
from gkapply.casework.people import Organ
from gkapply.casework.public_figures import CARRIED_IN, CARRIED_OUT, FINISHED, LEAST, NEW, OUTCOMES
from gkapply.database import reading, transaction
from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk

__all__ = ["full_desk"]
TODAY = date(2026, 12, 31)


def _figures(of: int, year: int, **given: int) -> PublicFigures:
    values = dict.fromkeys(public_figures.MEASURES, 0) | given
    days = '{"10":3,"20":4}' if given else "{}"
    text = ",".join(f'"{code}":{value}' for code, value in values.items())
    return PublicFigures(organ_id=of, year=year, counted_on=TODAY, figures=f'{{{text},"days":{days}}}')


def test_they_are_the_totals_of_the_annual_report(full_desk: Office) -> None:
    for _ in range(2):
        with reading() as session:
            counted = public_figures.count_all(session, TODAY)
        with transaction() as session:
            public_figures.keep(session, counted)
    with reading() as session:
        organ = session.get_one(Organ, full_desk.organ_id)
        totals = {row["code"]: row["values"][-1] for row in report.annual(session, organ, 2026)["table3"]["rows"]}
        (line,) = [one for one in public_figures.lines(session, organ) if one.year == 2026]
    assert totals["1"] >= LEAST
    assert line.told[NEW] in (totals["1"], None)
    assert line.told[FINISHED] in (totals["3.7"], None)
    assert NEW not in line.small
    for code in OUTCOMES:
        value = line.told[code]
        assert value is None or value == 0 or value >= LEAST
    assert line.median is not None
    assert 0 <= line.median <= 60


def test_small_figures_of_one_organ_cannot_be_reckoned_from_all(office: Office) -> None:
    with transaction() as session:
        other = session.query(Organ.id).where(Organ.id != office.organ_id).order_by(Organ.id).first()
        assert other is not None
        session.add(_figures(office.organ_id, 2025, new=12, finished=12, disclosed=10, refused=2))
        session.add(_figures(other[0], 2025, new=30, finished=30, disclosed=20, refused=10))
    with reading() as session:
        (everybody,) = public_figures.lines(session)
        (one,) = public_figures.lines(session, session.get_one(Organ, office.organ_id))
        (second,) = public_figures.lines(session, session.get_one(Organ, other[0]))
    assert one.told["refused"] is None
    assert one.small == {"refused"}
    assert one.told["disclosed"] is None, "40 − 38 would tell"
    assert second.told["refused"] is None, "12 − 10 would tell"
    assert second.small == frozenset()
    assert everybody.told["refused"] == 12
    assert everybody.told[NEW] == 42
    assert everybody.median == 20


def test_what_one_year_hides_the_next_does_not_tell(office: Office) -> None:
    with transaction() as session:
        session.add(_figures(office.organ_id, 2024, new=3, carried_in=20, finished=16, disclosed=16, carried_out=7))
        session.add(_figures(office.organ_id, 2025, new=30, carried_in=7, finished=37, disclosed=37))
    with reading() as session:
        second, first = public_figures.lines(session, session.get_one(Organ, office.organ_id))
    assert first.told[NEW] is None
    assert first.told[CARRIED_OUT] is None, "20 + new − 16 = 7 would tell"
    assert second.told[CARRIED_IN] is None, "it is the same 7"


def test_the_median_of_few_replies_is_not_told(office: Office) -> None:
    with transaction() as session:
        kept = _figures(office.organ_id, 2025, new=9)
        kept.figures = kept.figures.replace('{"10":3,"20":4}', '{"10":3,"20":1}')
        session.add(kept)
    with reading() as session:
        (line,) = public_figures.lines(session)
    assert line.median is None


def test_the_middle_of_an_even_number_lies_between(office: Office) -> None:
    with transaction() as session:
        kept = _figures(office.organ_id, 2025, new=9)
        kept.figures = kept.figures.replace('{"10":3,"20":4}', '{"7":3,"10":3}')
        session.add(kept)
    with reading() as session:
        (line,) = public_figures.lines(session)
    assert line.median == 8.5
