"""Who an adviser is and how to reach them: sealed with the question, opened only here."""

import json
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from gkapply.casework.advised import AdviserOpinion
from gkapply.casework.journal import canonical
from gkapply.casework.services import ring


@dataclass(frozen=True, slots=True)
class Adviser:
    """A legal adviser: name with firm, the telephone whose last four identify them, and a mail address if there is one."""

    name: str
    phone: str
    email: str = ""


def seal(session: Session, uid: str, adviser: Adviser) -> bytes:
    """The sealed form of the adviser's data for the question with that uid."""
    whole = {name: value.strip() for name, value in asdict(adviser).items()}
    return ring(session).seal(canonical(whole).encode(), f"adviser_opinion.sealed.{uid}")


def contact_of(session: Session, one: AdviserOpinion) -> Adviser:
    """The adviser in clear."""
    return Adviser(**json.loads(ring(session).unseal(one.sealed, f"adviser_opinion.sealed.{one.uid}")))
