"""Leaders in the demonstration: one signs on paper, one writes an instruction."""

from datetime import date, timedelta

from gkapply.casework import instruction, paper_approval
from gkapply.casework.documents import Upload
from gkapply.casework.instruction import Said
from gkapply.casework.paper_approval import PaperDecision
from gkapply.demo.walk import Walk
from workflows.duties import Duty

SHEET = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def signed_on_paper(life: Walk) -> None:
    """The signer signs the printed 呈批单 of the reply; the registrar enters it on the same day, and the file is made."""
    leader = life.staff[Duty.SIGNER].user_id
    assert leader is not None
    said = PaperDecision(leader, life.today, True, "同意，请按期送达", Upload("审查呈批单（已签批）.pdf", SHEET))
    life._on_letter(None, Duty.REGISTRAR, lambda s, one, a, now: paper_approval.approve_on_paper(s, one, said, a, now))
    life.render()


def instructed(life: Walk, follows: str, within: int) -> None:
    """A leader writes on the matter today what is to follow within so many days; the registrar enters it."""
    due: date = life.today + timedelta(days=within)
    said = Said("分管副县长（演示）", "请公开机构会同承办科室依法依规办理。", life.today, follows, due)
    life.do(Duty.REGISTRAR, lambda s, case, a, now: instruction.enter(s, case, said, a, now))
