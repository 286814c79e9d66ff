"""What an application in the file does not say or prove though it should: points for the one 补正告知书, never a refusal.

What 条例第二十九条第二款 asks for, the proof of an agent's authority, the consent of a guardian, and for foreigners what the office has
chosen.
"""

from collections.abc import Collection
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.application import EVIDENCE_PAPER, Application
from gkapply.casework.application_check import gaps
from gkapply.casework.guardian import AUTHORISATION, unproved_guardian
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.guidance import Hint
from gkapply.law.refusal import Refusal
from gkapply.law.setting_choices import ForeignApplicants

FOREIGN_PAPERS = ("passport", "foreign_permit")
EVIDENCE_LINE = "\n证据："
"""How the evidence begins in the content of a request to correct records (条例第四十一条)."""
NO_EVIDENCE = "请提供证明记录不准确的证据"
_WRITTEN = ("phone", "work")
_ARTICLE = "条例第二十七条"


def application_of(session: Session, case: Case) -> Application:
    """The application as its file holds it, put together again."""
    said: dict[str, Any] = {**contact_of(session, case.applicant), "kind": case.applicant.kind}
    said["name"] = case.applicant.name
    for one in fields(Application):
        if one.name not in said and hasattr(case, one.name):
            said[one.name] = getattr(case, one.name)
    return Application(**{one.name: said[one.name] for one in fields(Application) if one.name in said})


def gaps_of(session: Session, case: Case, today: date) -> list[str]:
    """What is missing in the file, each in a sentence."""
    application = application_of(session, case)
    papers = {paper.role for paper in case.documents}
    found = [*gaps(application), *unproved(application, papers, case.received_on or today)]
    if (
        case.kind is CaseKind.RECORD_CORRECTION
        and EVIDENCE_PAPER not in papers
        and EVIDENCE_LINE not in case.description
    ):
        found.append(NO_EVIDENCE)
    return found


def unproved(application: Application, papers: Collection[str], on: date) -> list[str]:
    """What the application claims and does not prove: the agent's authority, a guardian's consent.

    ``papers``: the roles of the papers handed in; ``on``: the day on which the applicant's age counts.
    """
    found = []
    if application.has_agent and AUTHORISATION not in papers:
        found.append("没有收到授权委托书，请补交写明委托事项、权限和期限的授权委托书")
    if application.has_agent and not application.agent_id_number:
        found.append("没有收到代理人的身份证明，请写明代理人的证件名称和号码")
    return [*found, *unproved_guardian(application, papers, on)]


def identity_hints(session: Session, case: Case) -> tuple[Hint, ...]:
    """What the officer is told about who applies before the content is found clear."""
    found = list(joint_hints(case))
    if _is_foreign(session, case):
        chosen = case.office_settings().foreign_applicants
        told = {
            ForeignApplicants.ACCEPT: "条例没有写明外国人，本机关的设置是与公民同样办理。",
            ForeignApplicants.RECIPROCITY: "本机关的设置是记录对等情况后办理：请先用工作记录写明其所属国的做法。",
        }
        found.append(Hint(f"申请人持外国证件或者护照。{told[chosen]}", _ARTICLE))
    return tuple(found)


def joint_hints(case: Case) -> tuple[Hint, ...]:
    """That several apply together, where they do."""
    count = len(case.applicants)
    if count == 1:
        return ()
    return (
        Hint(f"本件有{count}名共同申请人，{case.applicant.name}为联系人，文书应当送达每一名申请人。", "条例第二十九条"),
    )


def gap_hints(session: Session, case: Case, today: date) -> tuple[Hint, ...]:
    """What is missing in the file, as points for the one correction notice."""
    return tuple(
        Hint(f"可以作为补正事项：{gap}。", "条例第二十九条、第三十条") for gap in gaps_of(session, case, today)
    )


def require_reciprocity(session: Session, case: Case) -> None:
    """Raises Refusal where the office handles foreigners' requests on reciprocity and nothing has been noted about it."""
    if case.office_settings().foreign_applicants is not ForeignApplicants.RECIPROCITY:
        return
    if _is_foreign(session, case) and not any(note.kind in _WRITTEN for note in case.notes):
        raise Refusal(
            "申请人持外国证件或者护照，还没有记录对等情况", _ARTICLE, do="请先“记录电话或工作情况”，再转入办理"
        )


def _is_foreign(session: Session, case: Case) -> bool:
    return contact_of(session, case.applicant)["id_type"] in FOREIGN_PAPERS
