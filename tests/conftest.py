"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("timeless", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("timeless")  # a slow machine fails no test


LONG_FIRST = (
    "plans/test_shipped_figures.py",
    "properties/test_metamorphic.py",
    "scan/test_scan.py",
    "properties",
    "oracle",
    "pages/test_pdf.py",
    "unit/batch",
    "unit/analysis",
    "pages",
    "unit/scenario_io/scenario_workbook/test_round_trip.py",
)
"""Files and folders with long tests, the longest first: so no process waits at the end for a test of another."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long tests first; the order of the others, and of those of one file, stays."""
    here = Path(__file__).parent

    def turn(item: pytest.Item) -> int:
        place = item.path.relative_to(here).as_posix()
        return next((n for n, long in enumerate(LONG_FIRST) if place.startswith(long)), len(LONG_FIRST))

    items.sort(key=turn)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change by this flag, never by hand."""
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew; review the difference")
