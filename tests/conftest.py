"""What every test may use."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("timeless", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("timeless")  # a slow machine fails no test


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change by this flag, never by hand."""
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew; review the difference")
