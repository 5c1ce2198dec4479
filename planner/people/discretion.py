"""Whether problems tell what stands in cells of people; the pages of an office do not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_telling: ContextVar[bool] = ContextVar("planner_telling_cells", default=True)


@contextmanager
def without_cells() -> Iterator[None]:
    """Within a `with` block problems do not tell what stands in cells of people: it may be anybody's name."""
    token = _telling.set(False)
    try:
        yield
    finally:
        _telling.reset(token)


def tells_cells() -> bool:
    """Whether problems tell what stands in cells of people."""
    return _telling.get()
