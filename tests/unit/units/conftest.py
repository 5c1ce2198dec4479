"""Messages are compared in English; test_indonesian.py looks at the other language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.locale import speaking


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield
