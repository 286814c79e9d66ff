"""What belongs to the site rather than to a request: the map, the accessibility statement, the badge, what is told of the site."""

from flask import Blueprint, Flask, Response, current_app, render_template

from gkapply import clock
from gkapply.casework.reception import receiving_organs
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.law.refusal import NotFound
from gkapply.site_identity import SiteIdentity
from gkapply.web.access import public
from gkapply.web.headers import impersonal
from gkapply.web.navigation import SITEMAP

blueprint = Blueprint("site", __name__)


@blueprint.get("/sitemap")
@public
@impersonal
def sitemap() -> str:
    """Every page that can be opened without a number or a link (网站地图)."""
    return render_template("site/sitemap.html", groups=SITEMAP)


@blueprint.get("/accessibility")
@public
@impersonal
def accessibility() -> str:
    """What is supported, what is known to fall short, whom to tell (无障碍说明)."""
    with reading() as unit:
        return render_template("site/accessibility.html", organs=receiving_organs(unit, clock.today()))


@blueprint.get("/badge.png")
@public
def badge() -> Response:
    """The picture of the 党政机关网站标识."""
    picture = identity().badge_picture
    if picture is None:
        raise NotFound("本站没有设置党政机关网站标识的图片")
    return Response(picture.read_bytes(), mimetype="image/png")


def identity() -> SiteIdentity:
    """What this installation says of itself."""
    settings: Settings = current_app.config["GKAPPLY"]
    return settings.site


def set_up(app: Flask) -> None:
    """Give the templates the identity of the site."""
    settings: Settings = app.config["GKAPPLY"]
    app.jinja_env.globals.update(site=settings.site, public_address=settings.public_address)
