"""The database in memory that reads tables of people: DuckDB, which can open no other files and writes none."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

MEMORY: Final = "6GB"
"""Most memory of the database."""


def opened(files: Iterable[Path]) -> Any:
    """Return a database that can read `files` and nothing else; no SQL can change that later."""
    import duckdb  # several megabytes, which only scenarios with people need

    connection = duckdb.connect(":memory:")
    allowed = ", ".join(literal(str(file.absolute())) for file in files)
    for setting in (
        f"threads = {len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1}",
        f"memory_limit = '{MEMORY}'",
        "temp_directory = ''",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        f"allowed_paths = [{allowed}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


def literal(text: str) -> str:
    """Return text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return the name of a column as SQL."""
    return '"' + name.replace('"', '""') + '"'
