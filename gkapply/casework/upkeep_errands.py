"""Errands that keep what is made from the requests in step with them: searches, likeness, demand, figures. They need no equipment."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gkapply.casework import (
    case_indexing,
    demand_figures,
    demand_reading,
    likeness_index,
    outbox,
    paper_reading,
    public_figures,
)
from gkapply.clock import day_of
from gkapply.database import reading, transaction

log = logging.getLogger(__name__)


def count_figures(arguments: Mapping[str, Any], now: datetime, equipment: object) -> None:
    """Count the public figures of the day, when the words of new requests have been read."""
    demand_reading.read_on(now)
    with reading() as session:
        counted = public_figures.count_all(session, day_of(now))
        demanded = demand_figures.count_all(session, day_of(now))
    with transaction() as session:
        public_figures.keep(session, counted)
        demand_figures.keep(session, demanded)
    log.info("counted %d years for the public figures", len(counted))


def read_paper(arguments: Mapping[str, Any], now: datetime, equipment: object) -> None:
    """Let a paper be found by the words of its file."""
    paper_reading.read(arguments["paper"], now)


def index_cases(arguments: Mapping[str, Any], now: datetime, equipment: object) -> None:
    """Let requests from before the search be found."""
    put = case_indexing.put_older_in(now)
    log.info("put %d requests into the search", put)


def fill_likeness(arguments: Mapping[str, Any], now: datetime, equipment: object) -> None:
    """Index the words of requests that are not indexed yet."""
    read = likeness_index.fill(now)
    log.info("indexed the words of %d requests", read)


def read_demand(arguments: Mapping[str, Any], now: datetime, equipment: object) -> None:
    """Read the words of requests for the analysis of demand."""
    read = demand_reading.read_on(now)
    log.info("read %d requests for the analysis of demand", read)


UPKEEP = {
    outbox.COUNT_FIGURES: count_figures,
    outbox.READ_PAPER: read_paper,
    outbox.INDEX_CASES: index_cases,
    outbox.FILL_LIKENESS: fill_likeness,
    outbox.READ_DEMAND: read_demand,
}
