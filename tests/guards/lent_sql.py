"""Reads SQL just far enough to say which of its SELECTs read a school's table without naming the school."""

from __future__ import annotations

import re

from django.apps import apps

READS = re.compile(r"\b(FROM|JOIN)\s+(\w+)", re.IGNORECASE)
JOINED_BY_KEY = re.compile(r"\bJOIN\s+(\w+)\s+(\w+)\s+ON\s+\2\.(id|\w+_id)\s*=\s*\w+\.(id|\w+_id)\b", re.IGNORECASE)


def school_tables() -> set[str]:
    """Tables whose rows each belong to one school."""
    models = [model for model in apps.get_models() if model.__module__.startswith("careers.")]
    return {model._meta.db_table for model in models if any(f.name == "school" for f in model._meta.fields)}


def selects(sql: str) -> list[str]:
    """The text of each SELECT, with what stands in brackets inside it taken out."""
    found, depth_texts = [], [""]
    for character in sql:
        if character == "(":
            depth_texts.append("")
        elif character == ")":
            found.append(depth_texts.pop())
            depth_texts[-1] += " () "
        else:
            depth_texts[-1] += character
    parts = [part for text in [*found, *depth_texts] for part in re.split(r"\bUNION(?: ALL)?\b", text)]
    return [part for part in parts if re.search(r"\bSELECT\b", part, re.IGNORECASE)]


def unscoped(sql: str, school: int) -> list[str]:
    """Each reading of a school's table that nothing ties to the school, as a sentence; empty when all is well."""
    tables, found = school_tables(), []
    for select in selects(sql):
        by_key = {match[1] for match in JOINED_BY_KEY.finditer(select)}
        reads = [(match[1].upper(), match[2]) for match in READS.finditer(select) if match[2] in tables]
        if reads and not re.search(rf"\bschool_id\s*=\s*{school}\b", select):
            found += [f"{table} is read with no school_id = {school}: {' '.join(select.split())}" for _, table in reads]
        found += [
            f"{t} is joined by something other than a key" for kind, t in reads if kind == "JOIN" and t not in by_key
        ]
    return found
