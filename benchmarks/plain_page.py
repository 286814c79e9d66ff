"""The yardstick of every list: a plain Flask page of fifty rows with session, login, Jinja and one keyset query by Core.

Nothing of ours is in it but the tables: no permissions, no filters, no calendar, the user in memory, one statement.
"""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, request, session
from flask.testing import FlaskClient
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user

from gkapply.casework.records import Applicant, Case
from workflows.case_states import CaseState

ROWS = 50
TEMPLATE = """<!doctype html><html lang=zh-CN><head><meta charset=utf-8><title>待办</title><link rel=stylesheet href=/s.css></head><body>
<header><h1>依申请公开</h1><p>{{ user.name }} · {{ today }}</p><nav>{% for href, word in places %}<a href="{{ href }}">{{ word }}</a>{% endfor %}</nav></header>
<form method=get><input name=q value="{{ q }}"><select name=state>{% for code, word in states.items() %}<option value="{{ code }}">{{ word }}</option>{% endfor %}</select><button>查询</button></form>
<table><thead><tr><th>编号</th><th>申请人</th><th>内容</th><th>状态</th><th>收到</th><th>期限</th><th>剩余</th></tr></thead><tbody>
{% for row in rows %}<tr class="{{ 'over' if row.due_on and row.due_on < today else 'soon' if row.due_on and (row.due_on - today).days < 4 else '' }}"><td><a href="/case/{{ row.id }}">{{ row.number }}</a></td><td>{{ row.name }}</td><td>{{ row.start }}</td><td>{{ states[row.state] }}</td><td>{{ row.received_on }}</td><td>{{ row.due_on }}</td><td>{{ (row.due_on - today).days if row.due_on }}</td></tr>
{% endfor %}</tbody></table><footer><a href="?after={{ rows[-1].due_on if rows }}">下一页</a></footer></body></html>"""
PLACES = (("/list", "待办"), ("/all", "全部"), ("/report", "年报"), ("/search", "检索"), ("/calendar", "日历"))


class _User(UserMixin):
    """Somebody, in memory."""

    def __init__(self, number: str):
        self.id = number
        self.name = f"经办人{number}"


def plain_client(engine: sa.Engine, organ_id: int, today: date) -> FlaskClient:
    """A client of the plain application, logged in; ``/open`` are the organ's open requests, ``/all`` its newest."""
    app = Flask("plain")
    app.secret_key = "bench only"
    manager = LoginManager(app)
    users = {str(number): _User(str(number)) for number in range(100)}
    manager.user_loader(users.get)
    page = app.jinja_env.from_string(TEMPLATE)
    states = {state.value: state.label for state in CaseState}
    case, applicant = Case.__table__.c, Applicant.__table__.c
    columns = (case.id, case.number, case.state, case.received_on, case.due_on, applicant.name)
    rows = sa.select(*columns, sa.func.substr(case.description, 1, 60).label("start")).join_from(
        Case.__table__, Applicant.__table__, sa.and_(applicant.case_id == case.id, applicant.ordinal == 1)
    )
    after = sa.tuple_(case.due_on, case.id) > sa.tuple_(sa.bindparam("day", type_=sa.Date), sa.bindparam("key"))
    theirs = rows.where(case.organ_id == sa.bindparam("organ"))
    still_open = theirs.where(case.ended_on.is_(None), after).order_by(case.due_on, case.id).limit(ROWS)
    newest = theirs.order_by(case.entered_at.desc(), case.id.desc()).limit(ROWS)

    def show(query: sa.Select[Any], **values: Any) -> str:
        with engine.connect() as connection:
            found = connection.execute(query, {"organ": organ_id, **values}).all()
        return page.render(
            rows=found, user=current_user, today=today, places=PLACES, states=states, q=request.args.get("q", "")
        )

    @app.get("/login")
    def login() -> str:
        login_user(users["7"])
        session["csrf"] = "x" * 32
        return "in"

    @app.get("/open")
    @login_required
    def open_ones() -> str:
        return show(still_open, day=today - timedelta(days=4000), key=0)

    @app.get("/all")
    @login_required
    def all_ones() -> str:
        return show(newest)

    client = app.test_client()
    client.get("/login")
    return client
