"""A mail server on this machine that behaves as it is told to: takes a message, or refuses in one of several ways."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    port: int
    ways: frozenset[str]
    """Any of: starttls (offers and refuses it), no_password (refuses every one), refuses (takes no recipient), silent."""
    taken: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def answer(self, connection: socket.socket) -> None:
        if "silent" in self.ways:
            connection.recv(1)  # until the other side gives up
            return
        lines = connection.makefile("rb")
        say = lambda words: connection.sendall(words.encode() + b"\r\n")  # noqa: E731
        say("220 here")
        for line in lines:
            command = line.decode().strip()
            self.commands.append(command.partition(" ")[0].upper())
            match self.commands[-1]:
                case "EHLO":
                    offers = ["here", "AUTH PLAIN LOGIN", *(["STARTTLS"] if "starttls" in self.ways else []), "SIZE"]
                    say("\r\n".join(f"250-{offer}" for offer in offers[:-1]) + f"\r\n250 {offers[-1]}")
                case "STARTTLS":
                    say("454 not now")
                case "AUTH":
                    say("535 no" if "no_password" in self.ways else "235 yes")
                case "RCPT":
                    say("550 nobody of that name" if "refuses" in self.ways else "250 yes")
                case "DATA":
                    say("354 go on")
                    self.taken.append(self._message(lines))
                    say("250 taken")
                case "QUIT":
                    say("221 bye")
                    return
                case _:
                    say("250 yes")

    @staticmethod
    def _message(lines: Iterator[bytes]) -> str:
        found = []
        for line in lines:
            if line == b".\r\n":
                break
            found.append(line)
        return b"".join(found).decode()


@contextmanager
def mail_server(*ways: str) -> Iterator[MailServer]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = MailServer(listening.getsockname()[1], frozenset(ways))

        def serve() -> None:
            try:
                while True:
                    connection, _ = listening.accept()
                    with connection:
                        server.answer(connection)
            except OSError:
                return  # closed, by either side

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=10)
