"""DuckDB, which is an optional extra: a clear sentence where it is missing."""

from __future__ import annotations

from typing import Any

from criteria.files import FileError

MISSING = "A nation needs DuckDB, which is not installed here; install Trigpoint with its 'files' extra."


def errors() -> type[Exception]:
    """What DuckDB raises, whatever went wrong."""
    import duckdb

    return duckdb.Error  # type: ignore[no-any-return]


def connect(threads: int | None = None, memory: str | None = None) -> Any:
    """A DuckDB of its own, in memory. FileError where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError:
        raise FileError(MISSING) from None
    config = {"threads": threads, "memory_limit": memory}
    return duckdb.connect(config={name: value for name, value in config.items() if value is not None})
