"""The kinds of things that move: the workflow of each, how one is opened, the pages of its steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gkapply.casework import consultation, deliberation, dispute, letterbook, turning_public
from gkapply.casework.access import open_case
from gkapply.casework.flow import (
    APPLICATIONS,
    CONSULTATIONS,
    DELIBERATIONS,
    DISPUTES,
    LETTERS,
    PUBLICATIONS,
    Flow,
)
from gkapply.web import (
    asking_steps,
    branch_steps,
    conferring_steps,
    consultation_steps,
    contact_steps,
    deliberation_steps,
    dispute_steps,
    ending_steps,
    excess_steps,
    handle_steps,
    instruction_steps,
    lapse_steps,
    letter_steps,
    publication_steps,
    reception_steps,
    referral_steps,
    register_steps,
    register_term_steps,
    seal_steps,
    secrecy_steps,
    undo_steps,
)
from gkapply.web.step_form import Pages

Opener = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that moves: its flow, how it is opened, the pages of its steps."""

    flow: Flow
    open: Opener
    pages: Pages


CASE_PAGES = {
    **reception_steps.PAGES,
    **register_steps.PAGES,
    **register_term_steps.PAGES,
    **referral_steps.PAGES,
    **contact_steps.PAGES,
    **handle_steps.PAGES,
    **secrecy_steps.PAGES,
    **asking_steps.PAGES,
    **branch_steps.PAGES,
    **excess_steps.PAGES,
    **ending_steps.PAGES,
    **lapse_steps.PAGES,
    **instruction_steps.PAGES,
    **deliberation_steps.CASE_PAGES,
    **dispute_steps.CASE_PAGES,
    **publication_steps.CASE_PAGES,
    **undo_steps.CASE_PAGES,
}
CASE = Subject(APPLICATIONS, open_case, CASE_PAGES)
LETTER = Subject(LETTERS, letterbook.open_letter, {**letter_steps.PAGES, **seal_steps.PAGES, **undo_steps.LETTER_PAGES})
CONSULTATION = Subject(CONSULTATIONS, consultation.open_consultation, consultation_steps.PAGES)
DISPUTE = Subject(DISPUTES, dispute.open_dispute, dispute_steps.PAGES)
PUBLICATION = Subject(PUBLICATIONS, turning_public.open_publication, publication_steps.PAGES)
DELIBERATION = Subject(DELIBERATIONS, deliberation.open_deliberation, conferring_steps.PAGES)
SUBJECTS: Mapping[str, Subject] = {
    subject.flow.workflow.name: subject for subject in (CASE, LETTER, CONSULTATION, DISPUTE, PUBLICATION, DELIBERATION)
}
