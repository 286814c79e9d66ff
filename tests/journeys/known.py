"""What a person at the desk knows and a random form does not: amounts owed, numbers on slips, days that lie ahead."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

from tests.journeys.form_filling import PDF

Knowledge = Callable[[Any, Random, date], Any]


def ahead(thing: Any, random: Random, today: date) -> str:
    """A day that lies ahead."""
    return (today + timedelta(days=random.randint(1, 60))).isoformat()


def slip(thing: Any, random: Random, today: date) -> Any:
    """A scanned slip."""
    return BytesIO(PDF), "凭证.pdf"


def now(thing: Any, random: Random, today: date) -> str:
    """Today."""
    return today.isoformat()


KNOWN: Mapping[str, Mapping[str, Knowledge]] = {
    "propose_opinion": {
        "name": lambda thing, random, today: f"第{random.randint(1, 9999)}建设有限公司",
        "phone": lambda thing, random, today: "13800001234",
        "others": lambda thing, random, today: "",
    },
    "review_secrecy": {
        "things": lambda thing, random, today: [one.code for one in thing.releases],
        "on": now,
    },
    "propose_fee": {
        "mode": lambda thing, random, today: "page",
        "pages": lambda thing, random, today: str(random.randint(31, 300)),
    },
    "receive_payment": {
        "yuan": lambda thing, random, today: str(thing.fee.yuan if thing.fee else 1),
        "file": slip,
        "on": now,
    },
    "reopen_paid": {
        "yuan": lambda thing, random, today: str(thing.fee.yuan if thing.fee else 1),
        "file": slip,
        "on": now,
    },
    "change_contact": {
        **dict.fromkeys(("phone", "email", "postcode"), lambda thing, random, today: ""),
        "address": lambda thing, random, today: f"某市某路{thing.version}号",
    },
    "change_way": {"way": lambda thing, random, today: "read" if thing.way == "pickup" else "pickup"},
    "reopen_corrected": {"on": now, "file": slip},
    "receive_correction": {"on": now},
    "confirm": {"received_on": now},
    "propose_delay": {"until": ahead},
    "reject_lapse": {"until": ahead},
    "ask_assistance": {"deadline": ahead},
    "record_result": {"redo_by": ahead, "decided_on": now, "received_on": now},
    "record_contact": {"at": lambda thing, random, today: "09:30"},
    "send": {
        "tracking": lambda thing, random, today: f"XA{random.randint(10**8, 10**9)}51",
        "proof": slip,
        "on": now,
        "at": lambda thing, random, today: "16:30",
    },
    "send_again": {
        "tracking": lambda thing, random, today: f"XA{random.randint(10**8, 10**9)}51",
        "proof": slip,
        "on": now,
        "at": lambda thing, random, today: "16:30",
    },
    "approve_on_paper": {"scan": slip, "on": now},
    "seal": {"scan": slip, "on": now, "copies": lambda thing, random, today: "2"},
    "record_instruction": {"on": now, "due_on": ahead},
    "ask_adviser": {
        "phone": lambda thing, random, today: "13800004321",
        "email": lambda thing, random, today: "adviser@example.com",
        "until": ahead,
    },
    "add_paper": {"file": slip},
    "propose_deliberation": {
        "until": now,
        "causes": lambda thing, random, today: [one.code for one in thing.undeliberated],
    },
    "waive_deliberation": {"causes": lambda thing, random, today: [one.code for one in thing.undeliberated]},
    "arrange": {"until": now},
    "add_member": {"phone": lambda thing, random, today: "028-12345678"},
    "conclude": {"held_on": now},
    "refer": {"on": now},
    "record_answer": {"on": now},
    "record_withdrawal": {"proof": slip, "on": now},
    "end_without_applicant": {"proof": slip, "on": now},
    "answer_on_the_spot": {"file": slip, "on": now},
}
"""By trigger and field: what a person would put there."""


def known(trigger: str, thing: Any, random: Random, today: date) -> dict[str, Any]:
    """What is known of the fields of this step."""
    return {name: find(thing, random, today) for name, find in KNOWN.get(trigger, {}).items()}
