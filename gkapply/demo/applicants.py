"""Who applies in the demonstration: persons and organisations that do not exist, with numbers whose check digits are right."""

from dataclasses import replace

from gkapply.casework.application import Application

PERSON = Application(
    kind="natural_person",
    name="申请人甲",
    id_type="resident_id",
    id_number="110101190001010014",
    phone="13800000000",
    address="四川省资阳市安岳县",
    email="applicant@example.invalid",
    carrier="paper",
    way="post",
)
COMPANY = replace(
    PERSON,
    kind="enterprise",
    name="演示商贸有限公司",
    id_type="credit_code",
    id_number="91510000MA0000000C",
    representative="申请人乙",
    contact_name="申请人乙",
    carrier="electronic",
    way="online",
)
LAWYERS = replace(
    COMPANY,
    kind="legal_service",
    name="演示律师事务所",
    id_number="31510000MD0000000Q",
    representative="申请人丙",
    contact_name="申请人丙",
)


def request(applicant: Application, description: str) -> Application:
    """A request of ``applicant`` for what ``description`` says."""
    return replace(applicant, description=description)


def walked_in(applicant: Application, description: str) -> Application:
    """The same on paper, with the reply wanted by post."""
    return replace(applicant, description=description, carrier="paper", way="post")
