"""gkapply: 政府信息依申请公开. Holds ``create_app`` and nothing else."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from gkapply.config import Settings


def create_app(settings: "Settings | None" = None, *, relay: bool = True) -> "Flask":
    """The web application on the database of ``settings`` (default: read from the environment).

    In the embedded profile the relay of errands is started beside it, unless ``relay`` is False (commands, tests).
    Raises BadSettings.
    """
    from flask import Flask

    from gkapply import database
    from gkapply.casework.services import services
    from gkapply.config import read_settings
    from gkapply.files import FileStore
    from gkapply.sealing import KeyRing
    from gkapply.web import blueprints, display, errors, forms, headers, login, wording

    settings = settings or read_settings()
    ring = KeyRing(settings.data_keys)
    database.connect(settings.database_url, services(ring, FileStore(settings.store, ring)))
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.config["GKAPPLY"] = settings
    headers.set_up(app, settings)
    forms.set_up(app)
    login.set_up(app)
    wording.set_up(app)
    display.set_up(app)
    errors.set_up(app)
    for blueprint in blueprints.BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
