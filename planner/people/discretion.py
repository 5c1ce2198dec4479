"""Whether problems show the contents of cells of people; those on pages of an office do not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_telling: ContextVar[bool] = ContextVar("planner_telling_cells", default=True)


@contextmanager
def without_cells() -> Iterator[None]:
    """Keep problems from showing the contents of cells of people within a `with` block: they may be names."""
    token = _telling.set(False)
    try:
        yield
    finally:
        _telling.reset(token)


def tells_cells() -> bool:
    """Return whether problems show the contents of cells of people."""
    return _telling.get()
