"""Keeping a worker for jobs alive beside the server, and stopping it with the server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence

from django.conf import settings

STOP_SECONDS = 20
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 60.0


class Beside:
    """A process started again whenever it ends, until stopped. It ends by itself when this one is killed."""

    def __init__(self, command: Sequence[str] = ()) -> None:
        self.command = command or (sys.executable, "manage.py", "work", "--nightly", "--beside", str(os.getpid()))
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Have it finish what it has in hand, for a while; then end it. What was cut off is tried again by the next."""
        self.stopping.set()
        self.thread.join()
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _keep(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while not self.stopping.is_set():
            if self.process is None or self.process.poll() is not None:
                self.process = subprocess.Popen(self.command, cwd=settings.ROOT, stdin=subprocess.DEVNULL)
                self.stopping.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT_SECONDS)
            elif self.stopping.wait(FIRST_WAIT_SECONDS):
                break
