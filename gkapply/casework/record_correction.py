"""Requests to correct records (更正申请, 条例第四十一条): which record about the applicant is wrong, what is right, what proves it.

A case of its own kind with numbers of its own. The law sets no term: the office's internal one is kept. It is handled by the
steps of a request but those that only the terms of requests know, and stands outside table 三.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import intake, new_case
from gkapply.casework.access import Actor
from gkapply.casework.application import EVIDENCE_PAPER, Application
from gkapply.casework.application_check import Findings
from gkapply.casework.gaps import NO_EVIDENCE
from gkapply.casework.people import Organ
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case
from gkapply.casework.uploads import Uploads
from gkapply.law.case_kinds import CaseKind
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第四十一条"
LABELS: Mapping[str, str] = {
    "record": "记录不准确的政府信息",
    "wrong": "现在的记录",
    "right": "应当更正为",
    "evidence_text": "证据",
}
LONGEST: Mapping[str, int] = {"record": 200, "wrong": 1000, "right": 1000, "evidence_text": 2000}
_ASKED = {
    "record": "请写明哪一份政府信息的记录不准确",
    "wrong": "请写明现在的记录怎样写",
    "right": "请写明应当更正为什么",
}


@dataclass(frozen=True, slots=True)
class RecordWish:
    """What an applicant wants corrected: the record, what it says, what it should say, and what proves it."""

    record: str = ""
    wrong: str = ""
    right: str = ""
    evidence_text: str = ""

    @property
    def description(self) -> str:
        """The wish in the applicant's own words, each part under its name."""
        said = ((label, getattr(self, name).strip()) for name, label in LABELS.items())
        return "\n".join(f"{label}：{text}" for label, text in said if text)

    def applied(self, application: Application) -> Application:
        """The application with this wish as its content; a notice comes on paper, or as a file to who fetches it online."""
        carrier = "electronic" if application.way in ("online", "email") else "paper"
        return replace(application, description=self.description, information_name=self.record.strip(), carrier=carrier)

    def check(self, uploads: Uploads, found: Findings, *, on_paper: bool = False) -> None:
        """Put what is wrong to its fields. ``on_paper``: an official enters a letter, whose missing proof is asked for later."""
        for name, longest in LONGEST.items():
            text = getattr(self, name)
            if len(text) > longest:
                found.add(name, f"最多{longest}个字，现有{len(text)}个字", do="请精简后再提交")
            found.test(refuse_secret_marks, text, name)
            if name in _ASKED and not text.strip():
                found.add(name, _ASKED[name], ARTICLE)
        if not on_paper and not self.evidence_text.strip() and not uploads.get(EVIDENCE_PAPER):
            found.add(
                "evidence_text", "要求更正须有证据证明记录不准确", ARTICLE, do="请说明有哪些证据，或者上传证据材料"
            )


def checked(
    wish: RecordWish, application: Application, uploads: Uploads, today: date, *, on_paper: bool = False, **more: Any
) -> Application:
    """The application with the wish, in its written form. Raises BadForm with everything that is wrong."""
    found, whole = Findings(), wish.applied(application)
    wish.check(uploads, found, on_paper=on_paper)
    found.test(new_case.checked, whole, uploads, today, on_paper=on_paper, **more)
    # What the wish leaves out is told at its own fields.
    if {"record", "wrong", "right"} & found.errors.keys():
        found.errors.pop("description", None)
    found.settle()
    return new_case.checked(whole, uploads, today, on_paper=on_paper, **more)


def submit(
    wish: RecordWish,
    session: Session,
    organ: Organ,
    application: Application,
    uploads: Uploads,
    token: str,
    now: datetime,
) -> Case:
    """Take in a request to correct records from the web. Raises BadForm, Refusal like ``intake.submit``."""
    found = Findings()
    wish.check(uploads, found)
    found.settle()
    whole = wish.applied(application)
    return intake.submit(session, organ, whole, uploads, token, now, kind=CaseKind.RECORD_CORRECTION)


def register(
    wish: RecordWish,
    session: Session,
    organ: Organ,
    application: Application,
    uploads: Uploads,
    receipt: Receipt,
    actor: Actor,
    now: datetime,
    **more: Any,
) -> Case:
    """Enter a request to correct records that came otherwise. Raises BadForm, NotPermitted like ``intake.register``."""
    found = Findings()
    wish.check(uploads, found, on_paper=True)
    found.settle()
    whole = wish.applied(application)
    return intake.register(session, organ, whole, uploads, receipt, actor, now, kind=CaseKind.RECORD_CORRECTION, **more)


def gaps(wish: RecordWish, uploads: Uploads) -> list[str]:
    """What the one 补正告知书 may ask for besides what every application must say."""
    if wish.evidence_text.strip() or uploads.get(EVIDENCE_PAPER):
        return []
    return [NO_EVIDENCE]


WISH = tuple(one.name for one in fields(RecordWish))
"""The names of the wish's fields."""
