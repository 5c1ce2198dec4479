"""The small picture of a search: best plan and bound over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 320
HEIGHT: Final = 72
_EDGE: Final = 4


@dataclass(frozen=True)
class SearchPicture:
    """Two lines as SVG points."""

    width: int
    height: int
    best: str
    bound: str


def search_picture(points: Sequence[tuple[float, float, float | None]]) -> SearchPicture | None:
    """Return the picture of (seconds, best, bound); None below two points.

    It begins with the first plan. Heights reach from the worst plan of the later half to the best bound; earlier plans
    lie on the lower edge.
    """
    if len(points) < 2:
        return None
    top = max(max(best, bound if bound is not None else best) for _seconds, best, bound in points)
    bottom = min(min(best for _seconds, best, _bound in points[len(points) // 2 :]), top - abs(top) / 100)
    span, first = (top - bottom) or 1.0, points[0][0]
    lasted = points[-1][0] - first or 1.0

    def at(seconds: float, value: float) -> str:
        x = _EDGE + (WIDTH - 2 * _EDGE) * (seconds - first) / lasted
        y = _EDGE + (HEIGHT - 2 * _EDGE) * (top - max(value, bottom)) / span
        return f"{x:.1f},{y:.1f}"

    best = " ".join(at(seconds, value) for seconds, value, _bound in points)
    bound = " ".join(at(seconds, value) for seconds, _best, value in points if value is not None)
    return SearchPicture(WIDTH, HEIGHT, best, bound)
