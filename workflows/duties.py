"""Duties (职责): what a person may hold in an organ, and the actors that are no officials."""

from enum import StrEnum


class Duty(StrEnum):
    """A duty and its Chinese name. 科室负责人 holds reviewer; 分管领导 and 主要领导 hold signer."""

    label: str

    # The default: to a type checker, looking a duty up by its code is this call with the code alone.
    def __new__(cls, value: str, label: str = "") -> "Duty":
        """A member is its code; ``label`` is what users read."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    REGISTRAR = "registrar", "登记员"
    OFFICER = "officer", "承办人"
    REVIEWER = "reviewer", "审核人"
    SIGNER = "signer", "签发人"
    HEAD = "head", "公开机构负责人"
    ARCHIVIST = "archivist", "归档员"
    STATISTICIAN = "statistician", "统计员"
    SUPERVISOR = "supervisor", "主管部门监督员"
    UNIT_CLERK = "unit_clerk", "承办单位经办人"
    TEMPLATE_KEEPER = "template_keeper", "文书模板管理员"
    SYSADMIN = "sysadmin", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDITOR = "auditor", "审计管理员"
    APPLICANT = "applicant", "申请人"
    LINK = "link", "被征求意见人"
    ADVISER = "adviser", "法律顾问（凭链接）"
    MEMBER = "member", "会商成员（凭链接）"
    SYSTEM = "system", "系统（期限届满）"


_NO_OFFICIALS = (Duty.APPLICANT, Duty.LINK, Duty.ADVISER, Duty.MEMBER, Duty.SYSTEM)
OFFICIAL_DUTIES = tuple(duty for duty in Duty if duty not in _NO_OFFICIALS)
"""Duties that a user account can hold."""

CASE_DUTIES = frozenset(
    {Duty.REGISTRAR, Duty.OFFICER, Duty.REVIEWER, Duty.SIGNER, Duty.HEAD, Duty.ARCHIVIST, Duty.STATISTICIAN}
)
"""Duties whose holder sees the cases of the organ."""

UNIT_DUTIES = CASE_DUTIES | {Duty.UNIT_CLERK}
"""Duties whose holder may work for a unit (承办单位): a 经办人 sees what was referred to the unit, and no case."""

ADMINISTRATORS = frozenset({Duty.SYSADMIN, Duty.SECURITY, Duty.AUDITOR})
"""Three separate duties of the installation; one person holds at most one of them."""
