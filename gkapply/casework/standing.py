"""What a request waits for, and whose turn it is, in the words of its applicant. No official and no third party is named."""

from collections.abc import Mapping
from dataclasses import dataclass

from gkapply.casework.records import Case
from workflows.case_states import CaseState
from workflows.consultation import ConsultationState

YOU, OFFICE, OTHERS, NOBODY = "您", "受理机关", "被征求意见的一方", ""
S = CaseState


@dataclass(frozen=True, slots=True)
class Standing:
    """``turn``: who has to act next (empty when nobody has); ``waits_for``: a sentence that says for what."""

    turn: str
    waits_for: str


_BY_STATE: Mapping[CaseState, Standing] = {
    S.RECEIVED: Standing(OFFICE, "等受理机关与您确认收到申请。"),
    S.REGISTERED: Standing(OFFICE, "已经确认收到申请，等受理机关分给承办人。"),
    S.REVIEWING: Standing(OFFICE, "承办人正在看申请内容是否明确；需要补正的，会一次告知。"),
    S.CORRECTING: Standing(YOU, "等您补正申请内容（补正：把申请写明确）。收到补正后，答复期限重新计算。"),
    S.HANDLING: Standing(OFFICE, "承办人正在检索、核对您申请的信息。"),
    S.EXPLAINING: Standing(YOU, "等您说明申请的理由；受理机关同时继续办理，答复期限继续计算。"),
    S.PAYING: Standing(YOU, "等您缴清信息处理费。缴清后，答复期限重新计算。"),
    S.APPROVING: Standing(OFFICE, "答复已经起草，正在由他人审核、签发。"),
    S.DELIVERING: Standing(OFFICE, "答复已经签发，等受理机关用印、发出。"),
    S.REPLIED: Standing(OFFICE, "答复已经发出。"),
    S.LAPSED: Standing(NOBODY, "本件已经视为放弃申请，不再办理。"),
    S.WITHDRAWN: Standing(NOBODY, "您已经撤回申请，不再办理。"),
    S.ENDED: Standing(NOBODY, "本件已经终止办理。"),
    S.DIVIDED: Standing(NOBODY, "本件已经拆分为多件申请，各件分别办理、分别答复。"),
    S.VOIDED: Standing(NOBODY, "本件认定为未成立，不再办理。有疑问的，请与受理机关联系。"),
    S.ARCHIVED: Standing(NOBODY, "本件已经办结归档。"),
}


def standing(case: Case, *, waiting_letters: int) -> Standing:
    """Where the case stands today; ``waiting_letters``: how many letters its applicant has still to fetch."""
    if case.correction_waiting is not None and case.state is S.CORRECTING:
        return Standing(OFFICE, "您的补正已经提交，等受理机关确认收到。")
    if case.payment_waiting is not None and case.state is S.PAYING:
        return Standing(OFFICE, "您的缴费凭证已经提交，等受理机关核对。")
    if case.state is S.HANDLING and any(one.state is ConsultationState.ASKED for one in case.consultations):
        return Standing(OTHERS, "正在书面征求第三方或者其他机关的意见，所需时间不计入答复期限。")
    if case.state is S.REPLIED:
        return _replied(case, waiting_letters)
    return _BY_STATE[case.state]


def _replied(case: Case, waiting_letters: int) -> Standing:
    if case.delivered_on is not None:
        return Standing(NOBODY, "答复已经送达。不服答复的，可以在答复书写明的期限内申请行政复议或者提起行政诉讼。")
    if waiting_letters:
        return Standing(YOU, "答复已经发出，等您在本页领取。")
    return Standing(OFFICE, "答复已经发出，等送达的回执。")
