"""Which workers live, and when things that recur were last done. The jobs themselves are rows of django-tasks-db."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """A process that does jobs. It writes `seen_at`, by the database's clock, every few seconds for as long as it lives."""

    name = models.CharField(max_length=12, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Sign(models.Model):
    """When something that recurs was last done, and what came of it: `said` holds counts and never anything about a person."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
    failed = models.BooleanField(default=False)
    said = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name
