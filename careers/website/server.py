"""The server `manage.py serve` runs: two processes of four threads, on this machine only, and a worker for jobs beside them."""

from typing import Any

from gunicorn.app.base import BaseApplication

from careers.website.beside import Beside


class Server(BaseApplication):
    """Loads the site once, then copies itself. Says `sentence` when a copy of it is about to answer."""

    def __init__(self, *, port: int, sentence: str, beside: Beside | None = None) -> None:
        self.port, self.sentence, self.beside = port, sentence, beside
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"127.0.0.1:{self.port}",
            "worker_class": "gthread",
            "workers": 2,
            "threads": 4,
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "trigpoint",
            "post_worker_init": self.say_once,
            "when_ready": self.start_beside,
            "on_exit": self.stop_beside,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from careers.website.wsgi import application

        return application

    def start_beside(self, arbiter: Any) -> None:
        """Called when the port is ours, before the first process is made."""
        if self.beside:
            self.beside.start()

    def stop_beside(self, arbiter: Any) -> None:
        """Called when every process has ended."""
        if self.beside:
            self.beside.stop()

    def say_once(self, worker: Any) -> None:
        """Called in each process when it has loaded; only the first one made speaks."""
        if worker.age == 1:
            print(self.sentence, flush=True)
