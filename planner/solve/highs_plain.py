"""HiGHS without presolve: a second opinion that shares no reductions with the first."""

from __future__ import annotations

from typing import ClassVar

from planner.solve.engine import EngineName, Feature
from planner.solve.highs import Highs


class HighsPlain(Highs):
    """HiGHS without presolve and without the guided search."""

    name: ClassVar = EngineName.HIGHS_PLAIN
    title: ClassVar = "HiGHS without presolve"
    second: ClassVar = EngineName.HIGHS
    presolve: ClassVar = False
    features: ClassVar = Highs.features - {Feature.PRICES}
