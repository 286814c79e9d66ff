"""Guardians (监护人): whoever is younger than fourteen applies with the consent of theirs (《个人信息保护法》第三十一条).

A guardian is no agent: an agent shows a mandate (授权委托书), a guardian shows what makes them the guardian (监护关系证明).
"""

from collections.abc import Collection
from datetime import date

from gkapply.casework.application import RESIDENCE_PERMIT, RESIDENT_ID, Application
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.law.identifiers import age_on
from gkapply.law.refusal import Refusal

GUARDED_UNTIL = 14
"""Years: the guardian of whoever is younger consents to the handling of their data (《个人信息保护法》第三十一条)."""
ARTICLE = "《个人信息保护法》第三十一条"
GUARDIANSHIP, AUTHORISATION = "guardianship", "authorisation"
"""Roles of the papers by which a guardian and an agent prove themselves."""


def is_guarded(application: Application, on: date) -> bool:
    """Whether the applicant is younger than fourteen on that day, by the identity number, which has been checked."""
    citizen = application.id_type in (RESIDENT_ID, RESIDENCE_PERMIT) and application.id_number
    return bool(citizen) and age_on(application.id_number, on) < GUARDED_UNTIL


def require_guardian(application: Application, on: date) -> None:
    """Raises Refusal where a guardian is needed and not named, or only half named."""
    if application.kind == NATURAL_PERSON and is_guarded(application, on) and not application.guardian_name:
        raise Refusal(
            "申请人不满十四周岁，请填写监护人", ARTICLE, do="由监护人代为申请，并附监护关系证明", field="guardian_name"
        )
    if application.has_guardian and not application.guardian_name:
        raise Refusal("由监护人代为申请的，请填写监护人姓名", ARTICLE, field="guardian_name")


def unproved_guardian(application: Application, papers: Collection[str], on: date) -> list[str]:
    """What is missing of a guardian's consent, each in a sentence; ``papers`` are the roles of those handed in."""
    if application.has_guardian:
        proved = {GUARDIANSHIP, AUTHORISATION} & set(papers)
        return [] if proved else ["没有收到监护关系证明，请补交户口簿、出生医学证明等能够证明监护关系的材料"]
    if is_guarded(application, on) and not application.has_agent and AUTHORISATION not in papers:
        return [f"申请人不满十四周岁，请由监护人代为申请，或者提交监护人同意的材料（{ARTICLE}）"]
    return []
