"""Tables made of plain rows: what Python holds arrives in the database, and pandas is not loaded for it."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import duckdb

from planner.people.membership import number_table, plain_table, text_array


def test_rows_arrive_as_they_are() -> None:
    rows: list[tuple[Any, ...]] = [
        (1, "kelas é", True, Decimal("1.250"), None),
        (-(2**60), None, False, Decimal(0), 3),
        (0, "", True, Decimal("-0.001"), 2**40),
    ]
    connection = duckdb.connect()
    columns = ("n BIGINT", "t VARCHAR", "b BOOLEAN", "d DECIMAL(12, 3)", "maybe BIGINT")
    plain_table(connection, "given_rows", columns, rows)
    plain_table(connection, "none", columns, [])
    number_table(connection, "numbers", {"a": [3, 1], "b": [2**62, -1]})
    assert connection.execute("SELECT * FROM given_rows").fetchall() == rows
    assert connection.execute("SELECT * FROM none").fetchall() == []
    assert connection.execute("SELECT a, b FROM numbers").fetchall() == [(3, 2**62), (1, -1)]
    assert text_array(["a", None, "", "é"]).to_pylist() == ["a", None, "", "é"]


def test_tables_of_rows_load_no_pandas() -> None:
    code = (
        "import sys, duckdb; from planner.people.membership import plain_table, number_table, text_array;"
        "c = duckdb.connect(); plain_table(c, 'x', ('a BIGINT', 'b VARCHAR'), [(1, 'p'), (2, None)]);"
        "number_table(c, 'y', {'a': [1]}); text_array(['a']); print('pandas' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "False"
