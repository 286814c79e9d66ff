"""What the scripts of the form's pages ask for: saving while the citizen types, and taking in one file with its progress."""

from flask import Blueprint, jsonify, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework.application import PAPERS
from gkapply.casework.draft_pages import PAGES
from gkapply.casework.drafts import AlreadySent
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import public
from gkapply.web.draft_browser import remember, tokens
from gkapply.web.draft_forms import typed_on
from gkapply.web.draft_keeping import keep_file, keep_page
from gkapply.web.drafts import ADDRESS
from gkapply.web.errors import status_of
from gkapply.web.uploads import uploaded_one
from gkapply.web.wording import moment_zh, size_zh

blueprint = Blueprint("draft_script", __name__, url_prefix="/apply/draft/<token>")
Told = Response | tuple[Response, int]


@blueprint.post("/autosave/<page>")
@public
def autosave(token: str, page: str) -> Told:
    """Save the page as it is typed so far; tells when, and the version that the page shows from now on."""
    if page not in PAGES:
        raise NotFound("申请表没有这一页")
    try:
        opened = keep_page(token, page, typed_on(page), anyway=False)
    except AlreadySent as sent:
        return jsonify(reason=str(sent)), status_of(sent)
    except Refusal as refusal:
        return jsonify(reason=str(refusal)), status_of(refusal)
    mark = opened.pages[page].mark
    answer = jsonify(
        version=mark.version, saved=moment_zh(opened.saved_at), address=url_for(ADDRESS[page], token=token)
    )
    return answer if token in tokens() else _remembered(answer, token)


@blueprint.post("/files/<role>")
@public
def upload(token: str, role: str) -> Told:
    """Keep one file with the draft; a file that did not arrive whole never gets here."""
    file = uploaded_one("file")
    try:
        if role not in PAPERS or file is None:
            raise Refusal("没有收到文件", do="请重新选择")
        kept = keep_file(token, role, file, clock.now())
    except Refusal as refusal:
        return jsonify(reason=str(refusal)), status_of(refusal)
    return jsonify(uid=kept.uid, name=kept.name, size=size_zh(kept.size)), 201


def _remembered(answer: Response, token: str) -> Response:
    remember(answer, token)
    return answer
