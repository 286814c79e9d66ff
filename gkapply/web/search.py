"""Search over what is already public: the page of results, and the few that are shown while somebody types."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import public_search
from gkapply.casework.public_finding import LONGEST_QUESTION, Hit
from gkapply.casework.public_kinds import PUBLIC_KINDS
from gkapply.database import reading
from gkapply.web.access import public
from gkapply.web.headers import impersonal, kept_for

blueprint = Blueprint("search", __name__)

PAGE, SUGGESTIONS = 10, 5
MOST_TYPED = 2000
"""Characters of an address that are looked at; of those the search takes the first."""
SHOWN_WORDS = 120
KEPT_SECONDS = 60


@blueprint.get("/search")
@public
@impersonal
def results() -> str:
    """The entries that answer ``?q=``, ten to a page; ``?area=`` and ``?kind=`` narrow."""
    asked = request.args.get("q", "").strip()[:MOST_TYPED]
    area, kind = request.args.get("area", ""), request.args.get("kind", "")
    with reading() as unit:
        hits = public_search.search(
            unit, asked, area=area or None, kind=kind or None, after=request.args.get("after"), limit=PAGE + 1
        )
    page, more = hits[:PAGE], len(hits) > PAGE
    narrowed: dict[str, Any] = {"q": asked, "area": area or None, "kind": kind or None}
    return render_template(
        "public/search.html",
        asked=asked,
        area=area,
        kind=kind,
        kinds=PUBLIC_KINDS,
        hits=[(hit, PUBLIC_KINDS[hit.kind], clock.day_of(hit.shown_from)) for hit in page if hit.kind in PUBLIC_KINDS],
        shown_words=SHOWN_WORDS,
        first=url_for(".results", **narrowed) if request.args.get("after") else None,
        next=url_for(".results", **narrowed, after=page[-1].key) if more else None,
        about=asked[:LONGEST_QUESTION],
    )


@blueprint.get("/search/suggest.json")
@public
@impersonal
@kept_for(KEPT_SECONDS)
def suggest() -> Response:
    """The best few entries for ``?q=`` as JSON: what stands under a field while somebody types."""
    asked = request.args.get("q", "").strip()[:LONGEST_QUESTION]
    with reading() as unit:
        hits = public_search.search(unit, asked, limit=SUGGESTIONS)
    answer = jsonify(
        hits=[_told(hit) for hit in hits if hit.kind in PUBLIC_KINDS], all=url_for(".results", q=asked) if hits else ""
    )
    answer.add_etag()
    return answer.make_conditional(request)


def _told(hit: Hit) -> dict[str, Any]:
    kind = PUBLIC_KINDS[hit.kind]
    return {
        "title": hit.title,
        "kind": kind.label,
        "organ": hit.organ_name,
        "href": kind.page_of(hit.uid),
        "taken": hit.taken,
    }
