"""Tests talk to this machine only: any other address is refused before a packet leaves."""

import ipaddress
import socket
import sys
from typing import Any

import pytest

LOCAL_NAMES = {"", "localhost", "ip6-localhost", socket.gethostname()}


def is_local(host: object) -> bool:
    """Whether ``host`` (name, address, or None for any interface) is this machine."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_outside(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        outside = isinstance(address, tuple) and not is_local(address[0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        address = args[0]
        outside = not is_local(address)
    else:
        return
    if outside:
        # pytest's own outcome is no Exception: code under test that catches broadly cannot hide it.
        pytest.fail(f"a test reached for {address!r}: only loopback and Unix sockets are allowed here", pytrace=True)


def forbid_outside_connections() -> None:
    """From now on a connection or name look-up that leaves this machine fails the test; it cannot be undone."""
    sys.addaudithook(_refuse_outside)
