"""What holds for every test: nothing outside this machine is reached, and long tests run only when asked for."""

import ipaddress
import os
import socket
from typing import Any

import pytest
from hypothesis import settings

# The browser's tests drive an event loop, and Django would refuse the database beside one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def pytest_configure(config: pytest.Config) -> None:
    # For the whole run and not for each test, so that what a module does on import is caught too.
    socket.socket.connect = _loopback_only(socket.socket.connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = _loopback_only(socket.socket.connect_ex)  # type: ignore[method-assign]
    socket.getaddrinfo = _known_names_only(socket.getaddrinfo)
    # A run asks the same random questions every time, so that none fails today and passes tomorrow. A long run asks new ones,
    # from the seed that run.py prints.
    long = "LONG_TESTS" in os.environ
    settings.register_profile("trigpoint", derandomize=not long, database=None, deadline=None, print_blob=True)
    settings.load_profile("trigpoint")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "LONG_TESTS" not in os.environ:
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="long: run with python3 run.py test --long"))


def _loopback_only(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise NetworkRefused(f"A test tried to reach {address[0]}. Tests may reach this machine only.")
        return connect(self, address)

    return guarded


def _known_names_only(getaddrinfo: Any) -> Any:
    def guarded(host: Any, *args: Any, **options: Any) -> Any:
        if host is not None and not _is_here(host):
            raise NetworkRefused(f"A test tried to look up {host!r}. Tests may reach this machine only.")
        return getaddrinfo(host, *args, **options)

    return guarded


def _is_here(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
