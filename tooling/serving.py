"""Serving on this machine."""

import os
import socket

from tooling import environment, frontend
from tooling.places import PYTHON, ROOT, Stop


def serve(port: int) -> None:
    """Set up what is missing and serve on 127.0.0.1. Does not return: this process becomes the server.

    Becoming it, rather than starting it, means that Ctrl-C and a termination signal reach the server itself and that
    nothing can be left behind.
    """
    _refuse_taken(port)
    environment.install("run")
    frontend.build()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "manage.py", "serve", "--port", str(port)])  # noqa: S606


def _refuse_taken(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as refused:
            raise Stop(
                f"Port {port} on this machine cannot be used ({refused.strerror}). Stop what uses it, or choose "
                f"another: python3 run.py --port {port + 1}"
            ) from None
