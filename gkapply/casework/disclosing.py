"""Cleaning a version for the reading room (整理公开件) and having it checked by a second person.

Nobody can read any of it before it is shown. Each step holds the publication's row through its opener.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import anonymising
from gkapply.casework.access import Actor
from gkapply.casework.anonymising import Finding, content_digest
from gkapply.casework.disclosed import DisclosedEvent, DisclosedFile, DisclosedItem, DisclosedVersion, TraceExcuse
from gkapply.casework.documents import Upload
from gkapply.casework.entries import Document
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.publications import Publication
from gkapply.casework.services import store
from gkapply.casework.uploads import keep_upload
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.letters.text import paragraphs
from gkapply.traces.search import with_instead
from workflows.publication_guards import ARTICLE

LONGEST = {"title": 200, "text": 15000, "change": 1000}
"""Characters; the page of an item stays below 100 KB."""
MOST_FILES = 10
LEAST_REASON = 4
GIVEN_OUT = ("provided",)
"""Roles of the papers that were given to the applicant."""
REPLACE, EXCUSE = "replace", "excuse"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a version is to hold. ``kept`` are uids of its files that stay, ``chosen`` those of papers of the requests."""

    title: str
    area: str
    text: str
    change: str = ""
    kept: Sequence[str] = ()
    chosen: Sequence[str] = ()
    uploads: Sequence[Upload] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be done about one finding: REPLACE with ``words``, or EXCUSE because of ``words``."""

    deed: str
    words: str


def original_text(session: Session, publication: Publication) -> str:
    """The words of the reply as it was sent; empty when its file is not there."""
    reply = _reply(publication)
    return "" if reply is None else "\n".join(paragraphs(store(session).get(reply.file_sha)))


def papers_given(publication: Publication) -> list[Document]:
    """The papers that were given out with the replies."""
    found = [paper for case in publication.cases for paper in case.documents if paper.role in GIVEN_OUT]
    return list({paper.sha256: paper for paper in found}.values())


def prepare(session: Session, publication: Publication, draft: Draft, actor: Actor, now: datetime) -> DisclosedVersion:
    """Write the version down. Raises Refusal for texts or files that cannot be taken."""
    _check_words(draft)
    version = publication.draft or _begin(session, publication)
    version.title, version.area = draft.title.strip(), draft.area.strip()
    version.text, version.change = _tidy(draft.text), _tidy(draft.change)
    version.replied_on = _replied_on(publication)
    _choose_files(session, publication, version, draft)
    if len(version.files) > MOST_FILES:
        raise Refusal(f"文件最多{MOST_FILES}个，现有{len(version.files)}个", field="uploads")
    version.add_writer(actor.user_id)
    session.flush()
    for file in version.files:
        anonymising.contents(session, file)
    fire(session, publication, "prepare", actor, now, detail=_detail(version))
    return version


def settle(
    session: Session, publication: Publication, answers: Mapping[str, Answer], actor: Actor, now: datetime
) -> None:
    """Replace or excuse findings of the check; ``answers`` by the finding's digest. Raises Refusal without a reason."""
    version = _draft(publication)
    search = anonymising.search_of(session, publication)
    found = {one.digest: one for one in anonymising.check(session, publication, version).findings}
    if not answers:
        raise Refusal("请至少处理一处发现", ARTICLE, do="替换，或者写明为什么不是个人信息")
    for digest, answer in answers.items():
        if digest not in found:
            continue
        if answer.deed == REPLACE:
            _replace(session, search, version, found[digest], answer.words)
        else:
            _excuse(version, found[digest], answer.words, actor, now)
    version.add_writer(actor.user_id)
    fire(session, publication, "settle_traces", actor, now, detail={**_detail(version), "settled": len(answers)})


def hand_for_check(session: Session, publication: Publication, actor: Actor, now: datetime) -> None:
    """Give the version to a second person. Raises Refusal while something found is neither replaced nor excused."""
    version = _draft(publication)
    require_settled(session, publication, version)
    version.add_writer(actor.user_id)
    fire(session, publication, "hand_for_check", actor, now, detail=_detail(version))


def confirm(session: Session, publication: Publication, looked_at: Sequence[str], actor: Actor, now: datetime) -> None:
    """The second person found it in order; ``looked_at`` are uids of the files whose pictures they looked at.

    Raises Refusal unless everything that no program can read was looked at.
    """
    version = _draft(publication)
    report = require_settled(session, publication, version)
    missing = {file.name for file, _ in report.unreadable if file.uid not in looked_at}
    if missing:
        raise Refusal(f"没有文字层的内容须由核对人逐页看过：{'、'.join(sorted(missing))}", ARTICLE, field="looked_at")
    fire(session, publication, "confirm_version", actor, now, detail=_detail(version))
    for file, _ in report.unreadable:
        file.looked_at_by = actor.user_id
    version.checked_by, version.checked_at, version.digest = actor.user_id, now, content_digest(version)


def give_back(session: Session, publication: Publication, reason: str, actor: Actor, now: datetime) -> None:
    """The version needs more work. Raises Refusal without a reason."""
    version = _draft(publication)
    fire(session, publication, "return_version", actor, now, detail={"edition": version.ordinal})
    note(session, version, "return_version", reason, actor, now)
    unfasten(version)


def require_settled(session: Session, publication: Publication, version: DisclosedVersion) -> anonymising.Report:
    """The report of a check in which everything is settled. Raises Refusal."""
    report = anonymising.check(session, publication, version)
    if report.open:
        kinds = "、".join(dict.fromkeys(one.kind.label for one in report.open))
        raise Refusal(
            f"还有{len(report.open)}处发现没有处理：{kinds}",
            ARTICLE,
            do="请在「逐项处理个人信息」中替换，或者写明为什么不是个人信息；文件中的须改好后重新上传",
        )
    return report


def unfasten(version: DisclosedVersion) -> None:
    """What was checked is open again."""
    version.checked_by, version.checked_at, version.digest = None, None, ""
    for file in version.files:
        file.looked_at_by = None


def note(session: Session, version: DisclosedVersion, deed: str, reason: str, actor: Actor, now: datetime) -> None:
    """Write a deed with its reason into the item's history. Raises Refusal without one."""
    if not reason.strip():
        raise Refusal("请写明理由", ARTICLE, field="reason")
    refuse_secret_marks(reason, field="reason")
    version.item.history.append(
        DisclosedEvent(
            organ_id=version.organ_id,
            version=version.ordinal,
            deed=deed,
            reason=reason.strip(),
            at=now,
            user_id=actor.user_id,
        )
    )
    session.flush()


def _begin(session: Session, publication: Publication) -> DisclosedVersion:
    item = publication.item
    if item is None:
        item = DisclosedItem(uid=uuid4().hex, organ_id=publication.organ_id, publication=publication)
        session.add(item)
    version = DisclosedVersion(
        organ_id=publication.organ_id, ordinal=len(item.versions) + 1, title="", area="", text=""
    )
    item.versions.append(version)
    return version


def _check_words(draft: Draft) -> None:
    for field, most in LONGEST.items():
        words = getattr(draft, field)
        if len(words) > most:
            raise Refusal(f"最多{most}个字，现有{len(words)}个字", field=field, do="较长的内容请作为文件上传")
        refuse_secret_marks(words, field=field)
    for field, label in (("title", "标题"), ("text", "正文"), ("area", "公开领域")):
        if not getattr(draft, field).strip():
            raise Refusal(f"请填写{label}", field=field)


def _tidy(text: str) -> str:
    """Line ends in one form, nothing that a feed cannot carry."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(sign for sign in lines if sign in "\n\t" or sign >= " ")


def _choose_files(session: Session, publication: Publication, version: DisclosedVersion, draft: Draft) -> None:
    papers = {paper.uid: paper for paper in papers_given(publication)}
    version.files = [one for one in version.files if one.uid in draft.kept]
    for uid in draft.chosen:
        paper = papers.get(uid)
        if paper is None:
            raise Refusal("请从已经提供给申请人的材料中选择", field="chosen")
        if all(one.sha256 != paper.sha256 for one in version.files):
            version.files.append(_file(version, paper.name, paper.media_type, paper.size, paper.sha256))
    for upload in draft.uploads:
        one = keep_upload(session, upload, field="uploads")
        version.files.append(_file(version, one.name, one.media_type, one.size, one.sha256))


def _file(version: DisclosedVersion, name: str, media_type: str, size: int, digest: str) -> DisclosedFile:
    return DisclosedFile(
        uid=uuid4().hex, organ_id=version.organ_id, name=name, media_type=media_type, size=size, sha256=digest
    )


def _replace(
    session: Session, search: anonymising.Search, version: DisclosedVersion, finding: Finding, words: str
) -> None:
    """Put ``words`` in the place of the value wherever it stands in the texts."""
    if not finding.in_words:
        raise Refusal("文件中的内容不能在这里替换", do="请改好后重新上传", field=f"do_{finding.digest[:12]}")
    for column in anonymising.WORDS:
        text = getattr(version, column)
        hits = [one for one in search.traces(text) if anonymising.digest_of(session, one) == finding.digest]
        setattr(version, column, with_instead(text, hits, words.strip()))


def _excuse(version: DisclosedVersion, finding: Finding, reason: str, actor: Actor, now: datetime) -> None:
    words = reason.strip()
    if len(words) < LEAST_REASON:
        raise Refusal("请写明为什么不是个人信息", ARTICLE, field=f"reason_{finding.digest[:12]}")
    assert actor.user_id is not None
    if finding.excuse is not None:
        finding.excuse.reason, finding.excuse.user_id, finding.excuse.at = words, actor.user_id, now
        return
    version.excuses.append(
        TraceExcuse(
            organ_id=version.organ_id,
            digest=finding.digest,
            kind=finding.kind.value,
            reason=words,
            user_id=actor.user_id,
            at=now,
        )
    )


def _draft(publication: Publication) -> DisclosedVersion:
    version = publication.draft
    if version is None:
        raise Refusal("还没有整理公开件", ARTICLE, do="请先「整理公开件」")
    return version


def _reply(publication: Publication) -> Letter | None:
    sent = [
        letter
        for letter in publication.case.all_letters
        if LetterKind(letter.kind).ends_case and letter.sent_on is not None and letter.file_sha
    ]
    return sent[-1] if sent else None


def _replied_on(publication: Publication) -> date | None:
    return publication.case.replied_on


def _detail(version: DisclosedVersion) -> dict[str, object]:
    return {"edition": version.ordinal, "content": content_digest(version), "files": len(version.files)}
