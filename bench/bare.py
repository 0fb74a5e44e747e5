"""A Django project with one view and nothing else, served as ours is: what any page costs. `python -m bench.bare PORT`."""

from __future__ import annotations

import sys

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from gunicorn.app.base import BaseApplication


def page(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("As little as a page can be.")


urlpatterns = [path("", page)]


class Bare(BaseApplication):
    def load_config(self) -> None:
        settings_ = {"bind": f"127.0.0.1:{sys.argv[1]}", "worker_class": "gthread", "workers": 2, "threads": 4}
        settings_ |= {"preload_app": True, "control_socket_disable": True, "loglevel": "warning"}
        for name, value in (settings_ | {"post_worker_init": self.say_once}).items():
            self.cfg.set(name, value)

    def load(self) -> object:
        settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="nothing is signed")  # noqa: S106
        django.setup()
        return get_wsgi_application()

    def say_once(self, worker: object) -> None:
        if getattr(worker, "age", 0) == 1:
            print(f"http://127.0.0.1:{sys.argv[1]}/", flush=True)


if __name__ == "__main__":
    Bare().run()
