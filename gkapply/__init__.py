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

    from gkapply.casework.services import open_installation
    from gkapply.config import read_settings
    from gkapply.web import (
        blueprints,
        display,
        errors,
        forms,
        fragments,
        hall_mode,
        headers,
        login,
        me_login,
        site,
        steering,
        wording,
    )

    settings = settings or read_settings()
    open_installation(settings)
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.config["GKAPPLY"] = settings
    headers.set_up(app, settings)
    forms.set_up(app)
    fragments.set_up(app)
    login.set_up(app)
    me_login.set_up(app)
    wording.set_up(app)
    steering.set_up(app)
    display.set_up(app)
    site.set_up(app)
    hall_mode.set_up(app)
    errors.set_up(app)
    for blueprint in blueprints.BLUEPRINTS:
        app.register_blueprint(blueprint)
    if relay and settings.embedded:
        # Here, after gunicorn's fork, and only where it runs: a thread does not survive a fork, Celery costs memory.
        from gkapply.jobs import start_relay

        start_relay(settings)
    return app
