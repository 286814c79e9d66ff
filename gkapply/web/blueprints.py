"""Every blueprint of the application, in one list."""

from gkapply.web import (
    account,
    admin,
    admin_organs,
    admin_settings,
    admin_users,
    days,
    desk,
    display,
    download,
    intake,
    messages,
    public,
    register,
    report,
    steps,
    track,
)

BLUEPRINTS = [
    public.blueprint,
    intake.blueprint,
    track.blueprint,
    register.blueprint,
    display.blueprint,
    account.blueprint,
    desk.blueprint,
    days.blueprint,
    steps.blueprint,
    messages.blueprint,
    download.blueprint,
    report.blueprint,
    admin.blueprint,
    admin_organs.blueprint,
    admin_settings.blueprint,
    admin_users.blueprint,
]
