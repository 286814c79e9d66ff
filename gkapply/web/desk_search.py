"""The search of the desk: a number leads straight to its case, anything else to the cases whose texts have the words."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gkapply.casework import case_hits, docket
from gkapply.casework.case_grams import LONGEST_WORD, MOST_WORDS
from gkapply.casework.case_hits import Hits
from gkapply.casework.case_search import Within
from gkapply.database import reading
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("desk_search", __name__)

MOST_TYPED = MOST_WORDS * (LONGEST_WORD + 1)
WITHIN = {Within.ALL: "全部", Within.OPEN: "未归档", Within.ARCHIVED: "已归档"}


@blueprint.get("/desk/search")
@requires(*CASE_DUTIES)
def results() -> str | Response:
    """The cases with every word of ``?q=``, the newest first; ``?within=`` narrows, ``?after=`` goes on."""
    actor, asked = current_actor(), request.args.get("q", "").strip()[:MOST_TYPED]
    within, after = _within(request.args.get("within", "")), _after(request.args.get("after", ""))
    page = Hits((), None)
    with reading() as session:
        reference = docket.known_reference(session, actor, asked) if asked and after is None else None
        if reference is not None:
            return redirect(url_for("desk.case", reference=reference), 303)
        if asked:
            page = case_hits.search(session, actor, asked, within, after)
    narrowed: dict[str, Any] = {"q": asked, "within": within.value if within is not Within.ALL else None}
    return render_template(
        "desk/search.html",
        asked=asked,
        within=within,
        choices=WITHIN,
        page=page,
        first=url_for(".results", **narrowed) if after is not None else None,
        next=url_for(".results", **narrowed, after=page.more) if page.more else None,
    )


def _within(code: str) -> Within:
    """Raises Refusal for one that no page offers."""
    if not code:
        return Within.ALL
    for one in Within:
        if one.value == code:
            return one
    raise Refusal("没有这样的范围", do="请从列表上方选择", field="within")


def _after(text: str) -> int | None:
    """Raises Refusal for anything that no page wrote."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise Refusal("翻页的位置无法识别", do="请回到第一页", field="after")
    return int(text)
