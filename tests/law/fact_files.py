"""The facts of FACTS.json, made in few words."""

from typing import Any

Facts = list[dict[str, Any]]


def case(received_on: str, *facts: dict[str, Any]) -> dict[str, Any]:
    return {"received_on": received_on, "calendar": "CN", "facts": list(facts)}


def third(on: str, party: str = "甲公司", **more: str) -> dict[str, Any]:
    return {"kind": "third_party_asked", "on": on, "party": party, **more}


def third_answered(on: str, party: str = "甲公司") -> dict[str, Any]:
    return {"kind": "third_party_answered", "on": on, "party": party}


def organ(on: str, party: str = "市水务局", **more: Any) -> dict[str, Any]:
    return {"kind": "organ_asked", "on": on, "party": party, **more}


def extended(on: str, told_on: str, working_days: int = 10) -> dict[str, Any]:
    return {"kind": "extension", "on": on, "working_days": working_days, "told_on": told_on}


def asked(on: str, **more: Any) -> dict[str, Any]:
    return {"kind": "correction_asked", "on": on, **more}


def corrected(on: str) -> dict[str, Any]:
    return {"kind": "correction_received", "on": on}


def fee(on: str, received_on: str | None = None) -> dict[str, Any]:
    return {"kind": "fee_noticed", "on": on} | ({} if received_on is None else {"received_on": received_on})


def paid(on: str) -> dict[str, Any]:
    return {"kind": "fee_paid", "on": on}


def delayed(on: str, until: str) -> dict[str, Any]:
    return {"kind": "delayed", "on": on, "until": until}


def ordered(on: str, until: str) -> dict[str, Any]:
    return {"kind": "ordered", "on": on, "until": until}


def ended(kind: str, on: str) -> dict[str, Any]:
    return {"kind": kind, "on": on}
