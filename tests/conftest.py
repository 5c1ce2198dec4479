"""What every test may use."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change by this flag, never by hand."""
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew; review the difference")
