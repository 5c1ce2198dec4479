"""A checked plan that the search may still better: key figures, and which programmes are held."""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.offers import offers
from planner.report.views.summary import Tile, tiles
from planner.report.views.table import Table


@dataclass(frozen=True)
class SoFar:
    """What there is to see while the search goes on."""

    tiles: tuple[Tile, ...]
    programmes: Table | None
    """None where no programme is held."""


def so_far(material: Material) -> SoFar:
    """Return the key figures and the programmes of a plan, as its report has them."""
    return SoFar(tiles(material), offers(material, Heading("offers", 0, "")).programmes)
