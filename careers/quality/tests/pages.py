"""Addresses of the pages of an activity's quality, and what a person does on them."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from careers.programme.models import Activity
from careers.quality.links import address_of
from careers.quality.models import Link
from tests.makers import stamp_at


def page(activity: Activity) -> str:
    return f"/programme/{activity.reference}/quality/"


def words_of(answer: Any) -> str:
    """What a page says, without its tags and line breaks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def answer(client: Client, activity: Activity, fact: str, key: str, seen: str = "unknown", **more: str) -> HttpResponse:
    given = {"fact": fact, "answer": key, "seen": seen, **more}
    return client.post(f"{page(activity)}answer/", given)  # type: ignore[return-value]


def tell(client: Client, activity: Activity, audience: str, way: str = "email", **fields: Any) -> HttpResponse:
    sheet = f"/programme/{activity.reference}/purpose/{audience}/"
    given = {"way": way, "stamp": stamp_at(client, sheet), **fields}
    return client.post(f"{sheet}tell/", given)  # type: ignore[return-value]


def ask_pupils(client: Client, activity: Activity) -> str:
    """Open the link and return its path."""
    client.post(f"/programme/{activity.reference}/reflections/ask/")
    return address_of(Link.objects.get(activity=activity, kind="reflection", closed=False), "")


def ask_partner(client: Client, activity: Activity, **fields: Any) -> str:
    given = {"partner": activity.partners.get().reference, **fields}
    client.post(f"/programme/{activity.reference}/feedback/ask/", given)
    return address_of(Link.objects.get(activity=activity, kind="feedback", closed=False), "")


def say(client: Client, path: str, **fields: Any) -> HttpResponse:
    """Open a link and send what is typed there."""
    return client.post(path, {"stamp": stamp_at(client, path), **fields})  # type: ignore[return-value]
