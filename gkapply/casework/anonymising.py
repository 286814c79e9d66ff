"""Checking a version for traces of persons (去标识化检查) before anybody can read it: its words, and what its files say and carry.

Whom to look for is taken from the requests that the publication rests on; numbers and contacts are opened in memory only. What is
found is a suspicion: a person replaces it, or writes down why it is no personal data.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gkapply.casework.disclosed import DisclosedFile, DisclosedVersion, TraceExcuse
from gkapply.casework.people_data import contact_of, party_contact
from gkapply.casework.publications import Publication
from gkapply.casework.records import Case
from gkapply.casework.services import ring, store, taken_apart
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.law.refusal import Refusal
from gkapply.traces.contents import Contents
from gkapply.traces.file import contents_of
from gkapply.traces.search import traces
from gkapply.traces.trace import Trace, TraceKind, Wanted, masked

WORDS = {"title": "标题", "text": "正文", "change": "订正说明"}
"""The texts of a version, by their column."""
_PERSONS = ("contact_name", "representative", "agent_name")
_OPEN = ("id_type", "agent_relation", "postcode")
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """One value that may point to a person, wherever it occurs in the version."""

    digest: str
    kind: TraceKind
    value: str
    """The value hidden in its middle."""
    places: tuple[str, ...]
    count: int
    in_words: bool
    """Whether it can be replaced here; in a file only by uploading another one."""
    instead: str
    excuse: TraceExcuse | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet why it may stay."""
        return self.excuse is None


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found. ``unreadable`` are pairs of a file and what of it no program can read."""

    findings: Sequence[Finding]
    unreadable: Sequence[tuple[DisclosedFile, str]]

    @property
    def open(self) -> list[Finding]:
        """What is still to be replaced or excused."""
        return [one for one in self.findings if one.is_open]


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for in everything about one publication."""

    wanted: tuple[Wanted, ...]
    official: tuple[str, ...]

    def traces(self, text: str) -> list[Trace]:
        """Every trace in ``text``."""
        return traces(text, self.wanted, self.official)


@dataclass(frozen=True, slots=True)
class _Sighting:
    digest: str
    kind: TraceKind
    value: str
    place: str
    in_words: bool
    instead: str


def search_of(session: Session, publication: Publication) -> Search:
    """Whom to look for: applicants, agents and consulted parties of every request that it rests on, and their letters' numbers."""
    cases = {one.id: one for one in [publication.case, *publication.cases]}.values()
    wanted = {one.word: one for case in cases for one in wanted_of(session, case) if len(one.word.strip()) > 1}
    organ = publication.case.organ
    names = {organ.name, *(one.full_name for one in organ.signing_names)}
    official = (*names, organ.contact_phone, organ.contact_address, organ.contact_unit)
    # The longest first: a name may be part of an address or of another name.
    ordered = sorted((one for one in wanted.values() if one.word not in names), key=lambda one: -len(one.word))
    return Search(tuple(ordered), official)


def wanted_of(session: Session, case: Case) -> Iterator[Wanted]:
    """Whom and what to look for in a text about ``case``: applicants, agents, consulted parties, numbers."""
    for applicant in case.applicants:
        instead = f"{applicant.name[:1]}某" if applicant.kind == NATURAL_PERSON else "某单位"
        yield Wanted(applicant.name, TraceKind.PARTY, instead)
        for field, value in contact_of(session, applicant).items():
            if field in _PERSONS and value:
                yield Wanted(value, TraceKind.PARTY, f"{value[:1]}某")
            elif field == "employer" and value:
                yield Wanted(value, TraceKind.PARTY, "某单位")
            elif field not in _OPEN and value:
                yield Wanted(value, TraceKind.PARTY_DATA, TraceKind.PARTY_DATA.instead)
    for question in case.consultations:
        if question.party_kind == "third_party":
            yield Wanted(question.name, TraceKind.PARTY, "第三方")
            for value in party_contact(session, question).values():
                yield Wanted(value, TraceKind.PARTY_DATA, TraceKind.PARTY_DATA.instead)
    numbers = [case.reference, case.number, *(letter.number for letter in case.all_letters if letter.number)]
    for number in numbers:
        yield Wanted(number, TraceKind.CASE_NUMBER, TraceKind.CASE_NUMBER.instead)


def check(session: Session, publication: Publication, version: DisclosedVersion) -> Report:
    """Look through the words and every file of ``version``. Raises Refusal naming a file that cannot be read."""
    search = search_of(session, publication)
    seen = [_sighting(session, one, label, True) for label, text in words_of(version) for one in search.traces(text)]
    unreadable = []
    for file in version.files:
        apart = contents(session, file)
        seen += _sightings_in(session, search, file, apart)
        unreadable += [(file, words) for words in apart.unreadable]
    excuses = {one.digest: one for one in version.excuses}
    return Report(_gathered(seen, excuses), unreadable)


def words_of(version: DisclosedVersion) -> list[tuple[str, str]]:
    """The labelled texts of a version."""
    return [(label, getattr(version, column)) for column, label in WORDS.items()]


def contents(session: Session, file: DisclosedFile) -> Contents:
    """The file taken apart; kept for a while, since the same bytes are asked for on every page of the preparation."""
    shelf = taken_apart(session)
    found = shelf.get(file.sha256)
    if found is None:
        try:
            found = contents_of(store(session).get(file.sha256), file.media_type)
        except Refusal as refusal:
            raise Refusal(f"文件「{file.name}」：{refusal.reason}", do=refusal.do, field="files") from refusal
        shelf.put(file.sha256, found)
    return found


def content_digest(version: DisclosedVersion) -> str:
    """SHA-256 over everything that people will read: what was checked is what is shown."""
    parts = [version.title, version.area, version.replied_on or "", version.text, version.change]
    parts += [f"{file.name}\n{file.sha256}" for file in version.files]
    return hashlib.sha256("\n\x00".join(str(part) for part in parts).encode()).hexdigest()


def _sightings_in(session: Session, search: Search, file: DisclosedFile, apart: Contents) -> Iterator[_Sighting]:
    for one in search.traces(file.name):
        yield _sighting(session, one, f"文件名「{file.name}」", False)
    for passage in apart.passages:
        for one in search.traces(passage.text):
            yield _sighting(session, one, f"「{file.name}」{passage.place}", False)
    own = set(search.official)
    for burden in apart.burdens:
        if burden.kind is TraceKind.PROPERTY and burden.words.strip() in own:
            continue
        digest = ring(session).blind_index(f"{burden.kind}:{file.sha256}:{burden.place}:{burden.words}", "trace")
        yield _Sighting(digest, burden.kind, burden.words, f"「{file.name}」{burden.place}", False, "")


def digest_of(session: Session, trace: Trace) -> str:
    """The keyed digest of a trace's value: what is kept of it."""
    return ring(session).blind_index(f"{trace.kind}:{trace.key}", "trace")


def _sighting(session: Session, trace: Trace, place: str, in_words: bool) -> _Sighting:
    digest = digest_of(session, trace)
    return _Sighting(digest, trace.kind, trace.value, place, in_words, trace.instead)


def _gathered(seen: Iterable[_Sighting], excuses: dict[str, TraceExcuse]) -> list[Finding]:
    by_digest: dict[str, list[_Sighting]] = {}
    for one in seen:
        by_digest.setdefault(one.digest, []).append(one)
    return [
        Finding(
            digest=digest,
            kind=some[0].kind,
            value=masked(some[0].value),
            places=tuple(dict.fromkeys(one.place for one in some))[:_MOST_PLACES],
            count=len(some),
            in_words=any(one.in_words for one in some),
            instead=next((one.instead for one in some if one.in_words), ""),
            excuse=excuses.get(digest),
        )
        for digest, some in by_digest.items()
    ]
