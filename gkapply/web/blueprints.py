"""Every blueprint of the application, in one list."""

from gkapply.web import account, display

BLUEPRINTS = [
    display.blueprint,
    account.blueprint,
]
