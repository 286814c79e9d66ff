"""Register rows for another platform: granted, read page by page, without names, taken in elsewhere once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from gkapply.casework import exchange_in, exchange_out, exchange_platforms
from gkapply.casework.accounts import operator
from gkapply.casework.exchange_out import FORMAT, VERSION, WITHHELD, digest_of
from gkapply.casework.journal import record
from gkapply.casework.organs import OrganDetails, add_organ
from gkapply.casework.people import Organ
from gkapply.casework.records import Applicant, Case
from gkapply.casework.register_export import is_counted
from gkapply.casework.report_figures import Span, figures
from gkapply.database import reading, transaction
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from tests.casework.registers import CLOSED, as_csv, take
from tests.web.browser import Browser
from tests.web.full_desk import MORNING, full_desk, moment, office

__all__ = ["full_desk", "moment", "office"]
New = Callable[[], Browser]


def granted(office: Office, *, names: bool = False) -> str:
    with transaction() as session:
        code = session.get_one(Organ, office.organ_id).code
        return exchange_platforms.grant(session, "自治区平台", [code], operator(), MORNING, names=names)[1]


def ask(browser: Browser, token: str, since: str = "") -> dict[str, Any]:
    answer = browser.get(f"/exchange/register?since={since}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.data))


def everything(browser: Browser, token: str) -> tuple[list[dict[str, Any]], str]:
    told = ask(browser, token)
    rows = list(told["rows"])
    while told["more"]:
        told = ask(browser, token, told["next"])
        rows += told["rows"]
    return rows, told["next"]


def test_a_platform_reads_everything_and_then_what_changed(
    office: Office, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_out, "CASES", 7)
    token = granted(office)
    assert client.get("/exchange/register").status_code == 403
    assert client.get("/exchange/register", headers={"Authorization": "Bearer x"}).status_code == 403
    rows, place = everything(client, token)
    with reading() as session:
        cases = session.scalars(select(Case).where(Case.kind == CaseKind.APPLICATION)).all()
        names = session.scalars(select(Applicant.name)).all()
        counted = {one.uid for one in cases if is_counted(one)}
    assert {row["uid"] for row in rows if not row.get("gone")} == counted
    assert all(row["hash"] == digest_of(row) for row in rows)
    assert {row["columns"]["申请人"] for row in rows if "columns" in row} == {WITHHELD}
    whole = json.dumps(rows, ensure_ascii=False)
    assert not [name for name in names if len(name) > 1 and name in whole]
    assert ask(client, token, place)["rows"] == []
    later = MORNING + timedelta(hours=1)
    with reading() as session:
        told = exchange_out.page(session, exchange_platforms.by_token(session, token), place, later)
    assert told["rows"] == []
    changed = cases[0]
    with transaction() as session:
        record(session, changed.organ_id, "application.accept", "user:1", MORNING, case_id=changed.id)
    assert ask(client, token, place)["rows"] == [], "an entry so young may have others before it that are still to come"
    with reading() as session:
        told = exchange_out.page(session, exchange_platforms.by_token(session, token), place, later)
    assert [row["uid"] for row in told["rows"]] == [changed.uid]
    assert client.get("/exchange/register?since=x", headers={"Authorization": f"Bearer {token}"}).status_code == 422
    with transaction() as session:
        exchange_platforms.end(session, 1, operator(), MORNING)
    assert client.get("/exchange/register", headers={"Authorization": f"Bearer {token}"}).status_code == 403


def test_what_a_register_remarks_names_nobody(office: Office, client: Browser) -> None:
    name = CLOSED["申请人"]
    take(office, as_csv([{**CLOSED, "登记编号": "安府申〔2026〕7号", "备注": f"已当面告知{name}本人"}]))
    rows, _ = everything(client, granted(office))
    assert [row["columns"]["备注"] for row in rows if "columns" in row and row["columns"]["备注"]] == [
        "已当面告知申请人本人"
    ]


def test_what_is_taken_in_counts_once_and_is_nobodys_work(office: Office, client: Browser) -> None:
    rows, _ = everything(client, granted(office))
    with transaction() as session:
        add_organ(session, "QI", OrganDetails(name="某旗人民政府", kind="government", parent=None), operator(), MORNING)
        elsewhere = session.scalars(select(Organ).where(Organ.code == "QI")).one()
        span, here = Span.of_year(2026), office.organ_id
    moved = [{**row, "organ": "QI"} for row in rows]
    moved = [{**row, "hash": digest_of(row)} for row in moved]
    document = json.dumps({"format": FORMAT, "version": VERSION, "rows": moved}, ensure_ascii=False).encode()
    now = datetime(2026, 6, 2, 1, tzinfo=UTC)
    with pytest.raises(Refusal, match="在本平台办理"):
        exchange_in.receive(document, now)
    with transaction() as session:
        session.get_one(Organ, elsewhere.id).accepts_applications = False
    (first,) = exchange_in.receive(document, now)
    assert (first.problems, first.new) == ([], len([row for row in rows if "columns" in row]))
    (again,) = exchange_in.receive(document, now)
    assert (again.new, again.changed, again.same) == (0, 0, first.new)
    with reading() as session:
        counts = figures(session, [here, elsewhere.id], span)
        assert counts[here].rows == counts[elsewhere.id].rows
        assert session.scalar(select(func.count()).select_from(Case).where(Case.organ_id == elsewhere.id)) == first.new
    spoilt = (
        document.replace("予以公开".encode(), b"")
        if "予以公开".encode() in document
        else document.replace(WITHHELD.encode(), b"A")
    )
    with pytest.raises(Refusal, match="摘要不符"):
        exchange_in.receive(spoilt, now)
    for content in (b"", b"[]", b'{"format": "x", "version": 1, "rows": []}'):
        with pytest.raises(Refusal):
            exchange_in.receive(content, now)
