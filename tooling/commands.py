"""The words after `python3 run.py`."""

import argparse
import signal
from types import FrameType

from tooling import environment, frontend, serving, testing
from tooling.places import PYTHON, ROOT, VENV, Stop, call, say

COMMANDS = ("install", "test", "check", "bench", "lock")


def main(words: list[str]) -> int:
    """Do what `words` ask. The value is the exit code."""
    # A termination signal unwinds like Ctrl-C does, so that whatever was started is stopped.
    signal.signal(signal.SIGTERM, _stop)
    try:
        return _do(words)
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def _do(words: list[str]) -> int:
    command, rest = (words[0], words[1:]) if words and words[0] in COMMANDS else ("serve", words)
    if command == "install":
        _install()
        return 0
    if command == "test":
        return testing.run_tests(rest)
    if command == "check":
        return testing.run_checks()
    if command == "bench":
        return _bench(rest)
    if command == "lock":
        environment.write_locks()
        return 0
    serving.serve(_port(rest))
    return 0


def _install() -> None:
    """What serving needs and no more, compiled: the account that serves may not write here."""
    environment.install("run")
    frontend.build()
    say("Compiling ...")
    call([PYTHON, "-m", "compileall", "-q", VENV, "careers", "criteria"])


def _port(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Set up what is missing, then serve on this machine.",
        epilog=f"Other commands: {', '.join(f'python3 run.py {name}' for name in COMMANDS)}.",
    )
    parser.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1 to serve on (8000)")
    return int(parser.parse_args(words).port)


def _bench(words: list[str]) -> int:
    if not (ROOT / "bench").is_dir():
        raise Stop("There is nothing to measure yet: the folder bench is missing.")
    environment.install("bench")
    frontend.build()
    return call([PYTHON, "-m", "bench", *words])


def _stop(number: int, frame: FrameType | None) -> None:
    del number, frame
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt
