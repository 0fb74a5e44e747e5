"""No test reaches the network, and none could."""

import socket
import urllib.request

import pytest

from conftest import NetworkRefused


def test_a_test_cannot_connect_to_another_machine() -> None:
    with socket.socket() as outward, pytest.raises(NetworkRefused):
        outward.connect(("192.0.2.1", 80))


def test_a_test_cannot_look_up_a_name() -> None:
    with pytest.raises(NetworkRefused):
        urllib.request.urlopen("http://careers.school.example.org/")


def test_a_test_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
