"""The public reading room (公开阅览): the list, an item, its files, and the feeds."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from wtforms import IntegerField, SelectField
from wtforms.validators import Optional

from gkapply.casework import reading_room
from gkapply.casework.reading_room import Choice, Shelfmark
from gkapply.casework.services import public_address, store
from gkapply.database import reading
from gkapply.web.access import public
from gkapply.web.atom import Entry, Feed, atom
from gkapply.web.attachment import attachment
from gkapply.web.forms import Form, choices
from gkapply.web.headers import impersonal
from gkapply.web.taken import note_taken

blueprint = Blueprint("reading_room", __name__)

IN_A_FEED = 30
EARLIEST = 2019
"""The year in which the 条例 of today came into force."""


class ChoiceForm(Form):
    """Which items; sent by GET."""

    organ = SelectField("公开机关", [Optional()])
    area = SelectField("公开领域", [Optional()])
    year = IntegerField("公开年份", [Optional()], render_kw={"min": EARLIEST, "max": 2100})


@blueprint.get("/reading")
@public
@impersonal
def index() -> str:
    """What can be read, newest first."""
    choice, after = _choice(), request.args.get("after", "")[:64]
    with reading() as session:
        marks, key = reading_room.page(session, choice, after)
        form = ChoiceForm(formdata=None, data=_asked(choice), meta={"csrf": False})
        form.organ.choices = choices([("", "全部"), *reading_room.organs(session)])
        form.area.choices = choices([("", "全部"), *((one, one) for one in reading_room.areas(session))])
    asked = _asked(choice)
    return render_template(
        "reading_room/index.html",
        form=form,
        marks=marks,
        feed=url_for("reading_room.feed", **asked),
        first=url_for("reading_room.index", **asked) if after else None,
        next=url_for("reading_room.index", after=key, **asked) if key else None,
    )


@blueprint.get("/reading/<number>")
@public
@impersonal
def show(number: str) -> str:
    """One item; the visit is counted."""
    with reading() as session:
        shown = reading_room.item(session, number)
    note_taken(reading_room.KIND, number)
    return render_template("reading_room/item.html", shown=shown)


@blueprint.get("/reading/<number>/files/<uid>")
@public
def file(number: str, uid: str) -> Any:
    """A file of an item, always to be saved."""
    with reading() as session:
        found = reading_room.file(session, number, uid)
        content = store(session).get(found.sha256)
    return attachment(content, found.media_type, found.name)


@blueprint.get("/reading/feed.xml")
@public
@impersonal
def feed() -> Response:
    """The newest items as an Atom feed; of one organ or area where asked."""
    choice = _choice()
    with reading() as session:
        marks, _ = reading_room.page(session, choice, most=IN_A_FEED)
        root = public_address(session) or request.url_root.rstrip("/")
    asked = _asked(choice)
    about = Feed(
        title="公开阅览"
        + "".join(f" · {word}" for word in (marks[0].organ if choice.organ and marks else "", choice.area) if word),
        address=root + url_for("reading_room.feed", **asked),
        page=root + url_for("reading_room.index", **asked),
        root=root,
    )
    return atom(about, [_entry(one) for one in marks])


def _entry(one: Shelfmark) -> Entry:
    href = url_for("reading_room.show", number=one.number)
    return Entry(one.uid, one.title, one.organ, one.area, href, one.since, one.changed, one.excerpt)


def _choice() -> Choice:
    year = request.args.get("year", "")
    return Choice(
        organ=request.args.get("organ", "")[:20],
        area=request.args.get("area", "")[:60],
        year=int(year) if year.isdecimal() and len(year) == 4 else 0,
    )


def _asked(choice: Choice) -> dict[str, Any]:
    """The choice as an address carries it, without what was not chosen."""
    return {
        name: value for name, value in (("organ", choice.organ), ("area", choice.area), ("year", choice.year)) if value
    }
