"""The engines by the names that users give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from planner.solve.cbc import Cbc
from planner.solve.engine import Engine, EngineName, installed_version
from planner.solve.highs import Highs
from planner.solve.highs_plain import HighsPlain

_CLASSES: Final[Iterable[type[Engine]]] = (Highs, HighsPlain, Cbc)

ENGINES: Final[dict[EngineName, type[Engine]]] = {engine.name: engine for engine in _CLASSES}
"""Every engine, in the order in which a second look tries them."""


def solver_version(name: EngineName) -> tuple[str, str]:
    """Return (name, version) of an engine, as printed with a plan; the version is "-" where the package states none."""
    engine = ENGINES[name]
    return engine.title, installed_version(engine.package)
