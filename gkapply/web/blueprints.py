"""Every blueprint of the application, in one list."""

from gkapply.web import account, admin, admin_organs, admin_users, display

BLUEPRINTS = [
    display.blueprint,
    account.blueprint,
    admin.blueprint,
    admin_organs.blueprint,
    admin_users.blueprint,
]
