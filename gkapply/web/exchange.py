"""Register rows read by another platform over HTTP, with its token in the head of the request."""

from flask import Blueprint, Response, jsonify, request

from gkapply import clock
from gkapply.casework import exchange_out, exchange_platforms
from gkapply.casework.access import Actor
from gkapply.casework.access_log import note_access
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import public
from gkapply.web.errors import status_of

blueprint = Blueprint("exchange", __name__)
SCHEME = "Bearer "


@blueprint.get("/exchange/register")
@public
def register() -> tuple[Response, int]:
    """The next page of rows, noted before it is sent; whoever has no token learns nothing."""
    now = clock.now()
    head = request.headers.get("Authorization", "")
    token = head.removeprefix(SCHEME).strip() if head.startswith(SCHEME) else ""
    try:
        with reading() as session:
            platform = exchange_platforms.by_token(session, token)
            told = exchange_out.page(session, platform, request.args.get("since", ""), now)
            number, organs = str(platform.id), platform.organ_ids
        with transaction() as session:
            for organ_id in organs:
                actor = Actor("system", organ_id, frozenset())
                note_access(session, actor, "register.exchanged", now, platform=number, next=told["next"])
    except Refusal as refusal:
        return jsonify({"error": refusal.reason, "do": refusal.do}), status_of(refusal)
    return jsonify(told), 200
