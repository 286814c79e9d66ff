"""Permissions of routes, declared where the route is written, and the actor of a request."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app
from flask_login import current_user
from werkzeug.wrappers import Response

from gkapply.casework.access import Actor
from gkapply.law.refusal import NotPermitted
from workflows.duties import Duty

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC, CITIZEN = "public", "citizen"


def public(view: View) -> View:
    """Declare that anybody may open the route; every route carries this, ``requires`` or ``me_login.for_citizens``."""
    view._access = PUBLIC  # type: ignore[attr-defined]
    return view


def requires(*duties: Duty) -> Callable[[View], View]:
    """Declare that the route is for logged-in users who hold one of ``duties`` in the organ they work in.

    Without duties: for any logged-in user. A visitor is sent to the login page; a user without the duty gets NotPermitted.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return cast(Response, current_app.login_manager.unauthorized())  # type: ignore[attr-defined]
            if duties and not current_actor().holds(*duties):
                who = "、".join(duty.label for duty in Duty if duty in duties)
                raise NotPermitted(f"本页面供{who}使用，您没有这一职责", do="确需使用的，请联系系统管理员授予职责")
            return view(*args, **kwargs)

        guarded._access = frozenset(duties)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return declare


def current_actor() -> Actor:
    """The logged-in user as an actor in the organ chosen for this session."""
    actor = current_user.actor
    assert isinstance(actor, Actor)
    return actor
