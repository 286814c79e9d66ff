"""The delivery ledger (送达台账) on pages: what waits to be sent, is on its way, came back; its export."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import delivery_list, delivery_record, letterbook
from gkapply.casework.access_log import note_access
from gkapply.casework.delivery_list import VIEWS
from gkapply.casework.documents import WORD_TYPE
from gkapply.database import reading, transaction
from gkapply.law.delivery_ways import DeliveryWay
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.csv_file import csv_file
from gkapply.web.row_key import row_key
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("deliveries", __name__)
FIRST = "on_the_way"
HEADS = (
    "登记编号", "文书", "文号", "受送达人", "身份", "方式", "发出日期", "时刻", "邮政业务或受托机关", "邮件号码", "结果", "结果日期",
    "签收人", "原因",
)  # fmt: skip


@blueprint.get("/desk/deliveries")
@requires(*CASE_DUTIES)
def index() -> str:
    """One list of the ledger."""
    view, way = _asked()
    with reading() as session:
        before = request.args.get("before", type=row_key)
        found = delivery_list.ledger(session, current_actor(), view, way, before=before)
    return render_template(
        "deliveries/index.html",
        views={code: label for code, (label, _) in VIEWS.items()},
        view=view,
        ways=list(DeliveryWay),
        way=way,
        found=found,
        first=before is None,
        may_enter=current_actor().holds(Duty.REGISTRAR),
        today=clock.today(),
    )


@blueprint.get("/desk/deliveries.csv")
@requires(*CASE_DUTIES)
def export() -> Response:
    """The list with every attempt as a table, safe to open in a spreadsheet; noted as an export of names."""
    view, way = _asked()
    actor = current_actor()
    rows: list[tuple[str, ...]] = []
    with reading() as session:
        for line in delivery_list.every_line(session, actor, view, way):
            rows += _rows(line)
    with transaction() as session:
        note_access(session, actor, "deliveries.exported", clock.now(), view=view, rows=str(len(rows)))
    return csv_file(HEADS, rows, f"送达台账-{VIEWS[view][0]}.csv")


@blueprint.get("/desk/letters/<uid>/delivery-record/<int:place>")
@requires(Duty.REGISTRAR, Duty.OFFICER)
def record(uid: str, place: int) -> Response:
    """The 送达回证 for one recipient, to be printed and signed; noted, for it shows an address."""
    actor, now = current_actor(), clock.now()
    with reading() as session:
        letter = letterbook.open_letter(session, uid, actor)
        content = delivery_record.sheet(session, letter, place, clock.day_of(now), actor.name)
        case_id, name = letter.case_id, f"送达回证-{letter.number or letter.case.reference}-{place}.docx"
    with transaction() as session:
        note_access(session, actor, "delivery_record.made", now, case_id=case_id, letter=uid)
    return attachment(content, WORD_TYPE, name)


def _asked() -> tuple[str, DeliveryWay | None]:
    """The list and the way that the address names; what is unknown is left out."""
    view, way = request.args.get("view", FIRST), request.args.get("way", "")
    return view if view in VIEWS else FIRST, DeliveryWay(way) if way in set(DeliveryWay) else None


def _rows(line: delivery_list.Line) -> list[tuple[str, ...]]:
    """A row for each attempt; one for a recipient without any."""
    rows: list[tuple[str, ...]] = []
    for one in line.standings:
        about = line.reference, line.title, line.number, one.recipient.name, one.recipient.role
        for attempt in one.attempts:
            result = attempt.result
            rows.append(
                (
                    *about,
                    attempt.channel.label,
                    attempt.handed_on.isoformat(),
                    attempt.handed_at,
                    attempt.carrier,
                    attempt.tracking,
                    attempt.outcome.label if attempt.outcome else "在途",
                    result.on_.isoformat() if result and result.on_ else "",
                    result.signed_by if result else "",
                    result.reason if result else "",
                )
            )
        if not one.attempts:
            rows.append((*about, *[""] * 5, one.words, "", "", ""))
    return rows
