"""Rows by which an applicant stays in touch with a request: a new query code, another contact, another way of getting the reply."""

from workflows.case_states import (
    BEFORE_THE_REPLY,
    BEFORE_THE_SIGNATURE,
    BEING_WORKED_ON,
    OVER_WITHOUT_REPLY,
    CaseState,
)
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty

FOLLOWING = (
    Step(
        "reissue_code",
        "重发查询码",
        (S.RECEIVED, *BEING_WORKED_ON, S.REPLIED, *OVER_WITHOUT_REPLY),
        None,
        (D.REGISTRAR,),
        "条例第二十八条",
    ),
    Step(
        "change_contact",
        "变更联系方式",
        (*BEFORE_THE_REPLY, S.REPLIED, *OVER_WITHOUT_REPLY),
        None,
        (D.APPLICANT, D.REGISTRAR),
        "条例第二十九条",
    ),
    Step(
        "change_way",
        "变更获取方式",
        BEFORE_THE_SIGNATURE,
        None,
        (D.APPLICANT, D.REGISTRAR),
        "条例第四十条",
    ),
)
"""Part of ``workflows.application``."""
