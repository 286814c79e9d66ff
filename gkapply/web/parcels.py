"""What waits to be posted (寄件): chosen on a page, handed out in the carrier's form, printed as envelopes or labels."""

from typing import Any

from flask import Blueprint, render_template
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import parcels
from gkapply.casework.parcels import Parcel
from gkapply.casework.people import Organ
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.csv_file import csv_file
from gkapply.web.forms import Form, choices, settle
from workflows.duties import Duty

blueprint = Blueprint("parcels", __name__)
EXPORT, ENVELOPES, LABELS = "export", "envelopes", "labels"
PRINTED = {ENVELOPES: "deliveries/envelopes.html", LABELS: "deliveries/labels.html"}


class ParcelForm(Form):
    """Which letters, which of them not together, and what to make."""

    letters = SelectMultipleField("文书", [InputRequired("请选择要寄的文书")], validate_choice=False)
    apart = SelectMultipleField("分开寄", validate_choice=False)
    make = RadioField(
        "制作",
        [InputRequired("请选择")],
        choices=choices(
            [(EXPORT, "交寄清单（csv）"), (ENVELOPES, "信封（DL，220×110毫米）"), (LABELS, "标签（A4，3×8）")]
        ),
        default=EXPORT,
    )


@blueprint.get("/desk/deliveries/post")
@requires(Duty.REGISTRAR)
def index() -> str:
    """Everything that is ready, packed by name and address."""
    return _index(ParcelForm(formdata=None))


@blueprint.post("/desk/deliveries/post")
@requires(Duty.REGISTRAR)
def make() -> Any:
    """Hand the chosen out as the carrier's form, envelopes or labels; each use of an address is noted."""
    form = ParcelForm()

    def act() -> Any:
        actor = current_actor()
        with reading() as session:
            found = parcels.chosen(parcels.waiting(session, actor), form.letters.data or (), form.apart.data or ())
            sender = session.get_one(Organ, actor.organ_id)
        if not found:
            raise Refusal("所选的文书已经寄出，或者还没有生成文件", do="请重新选择", field="letters")
        _note(found, f"parcels.{form.make.data}")
        if form.make.data == EXPORT:
            return csv_file(parcels.HEADS, [one.row() for one in found], f"交寄清单-{clock.today().isoformat()}.csv")
        return render_template(PRINTED[form.make.data], parcels=found, sender=sender)

    return settle(form, act, lambda: _index(form))


def _index(form: ParcelForm) -> str:
    with reading() as session:
        found = parcels.waiting(session, current_actor())
    _note(found, "parcels.shown")
    return render_template("deliveries/post.html", form=form, parcels=found)


def _note(found: list[Parcel], deed: str) -> None:
    with transaction() as session:
        parcels.note_use(session, found, deed, current_actor(), clock.now())
