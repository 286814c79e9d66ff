"""The gauges: right, without a name, and only for whom the installation names."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from ipaddress import ip_network
from pathlib import Path

import pytest
from flask import Flask

from gkapply import create_app
from gkapply.casework.due_errands import post_due
from gkapply.casework.sweep import sweep
from gkapply.config import BadSettings, Settings, read_settings
from gkapply.demo.applicants import PERSON, request, walked_in
from gkapply.demo.life import Life
from tests.web.browser import Browser
from tests.web.conftest import MONDAY_MORNING

LINE = re.compile(r"gkapply_(\w+) (\S+)")


def gauges(client: Browser) -> dict[str, float]:
    """Every gauge by its name."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    found = [LINE.fullmatch(line) for line in lines]
    return {match[1]: float(match[2]) for match in found if match}


def test_the_gauges_count_what_is_open(client: Browser, new_life: Callable[..., Life]) -> None:
    life = new_life(date(2026, 2, 24))
    life.register(walked_in(PERSON, "2018年路灯安装的立项文件"), life.at_the_counter()).assign()
    new_life().apply_online(request(PERSON, "2019年路灯安装的立项文件"))
    post_due(MONDAY_MORNING)
    sweep(MONDAY_MORNING)
    found = gauges(client)
    assert (found["open_cases"], found["unconfirmed_arrivals"], found["overdue_cases"]) == (2, 1, 0)
    assert found["runner_beat_timestamp_seconds"] == MONDAY_MORNING.timestamp()
    assert found["last_sweep_timestamp_seconds"] == MONDAY_MORNING.timestamp()
    assert found["errands_waiting"] >= 1
    assert "last_anchor_timestamp_seconds" not in found
    assert PERSON.name not in client.get("/metrics").text


def test_others_are_turned_away(client: Browser) -> None:
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 403


def test_the_installation_names_who_may_read_them(app: Flask, settings: Settings) -> None:
    wider = create_app(replace(settings, metrics_from=(ip_network("192.0.2.0/24"),)), relay=False)
    browser = wider.test_client()
    assert browser.get("/metrics", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200
    assert browser.get("/metrics", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).status_code == 403


def test_what_is_no_network_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="GKAPPLY_METRICS_FROM"):
        read_settings({"GKAPPLY_METRICS_FROM": "everywhere"}, folder=tmp_path)
