"""Writes docs/reference/tables.md from the tables themselves, so that it cannot fall behind them."""

from __future__ import annotations

from criteria.tables import ENCOUNTERS, MILESTONES, NO_CODES, PUPILS, SCHOOLS, Column, Table


def tables_page() -> str:
    """The reference page, as Markdown."""
    return "\n".join(
        [
            "# The input tables",
            "",
            "What `python -m criteria` reads, as CSV (UTF-8, names of columns in the first row) or Parquet. This page",
            "is written by `python -m criteria tables > docs/reference/tables.md`; do not edit it by hand.",
            "",
            f"Blank always means not known, which is not the same as no. A list that is known to be empty is written `{NO_CODES}`.",
            "Columns may stand in any order and those not needed may be left out; a column that is not listed is refused.",
            *_table(PUPILS),
            *_table(ENCOUNTERS),
            *_table(SCHOOLS),
            *_table(MILESTONES),
            "",
        ]
    )


def _table(table: Table) -> list[str]:
    rows = [f"| `{c.name}` | {c.kind.value}{', needed' if c.required else ''} | {_meaning(c)} |" for c in table.columns]
    return [
        "",
        f"## {table.name.capitalize()}",
        "",
        table.meaning,
        "",
        "| column | holds | meaning |",
        "| --- | --- | --- |",
        *rows,
    ]


def _meaning(column: Column) -> str:
    codes = f" Codes: {', '.join(f'`{code}`' for code in column.allowed)}." if column.allowed else ""
    return f"{column.meaning}.{codes}"
