"""/metrics: the gauges in the text format of Prometheus, for the addresses that the installation names."""

from ipaddress import ip_address

from flask import Blueprint, Response, current_app, request

from gkapply import clock
from gkapply.casework.gauges import Gauge, gauges
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.law.refusal import NotPermitted
from gkapply.web.access import public

blueprint = Blueprint("metrics", __name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/metrics")
@public
def show() -> Response:
    """The gauges, for callers from GKAPPLY_METRICS_FROM alone."""
    settings: Settings = current_app.config["GKAPPLY"]
    _require_allowed(settings)
    with reading() as session:
        lines = [line for gauge in gauges(session, settings.anchors, clock.now()) for line in _lines(gauge)]
    return Response("\n".join(lines) + "\n", content_type=CONTENT_TYPE)


def _require_allowed(settings: Settings) -> None:
    """Raises NotPermitted for any other caller, and for one who comes through a proxy that nobody has vouched for."""
    through_unknown = settings.trusted_proxies == 0 and "X-Forwarded-For" in request.headers
    caller = ip_address(request.remote_addr or "0.0.0.0")
    if through_unknown or not any(caller in network for network in settings.metrics_from):
        raise NotPermitted("本页面只对监控服务器开放", do="请由系统管理员设置 GKAPPLY_METRICS_FROM")


def _lines(gauge: Gauge) -> list[str]:
    if gauge.value is None:
        return []
    name = f"gkapply_{gauge.name}"
    return [f"# HELP {name} {gauge.says}", f"# TYPE {name} gauge", f"{name} {gauge.value:.15g}"]
