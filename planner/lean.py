"""Packages that processes of our own do not load, so that they start sooner."""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Any, Final

UNUSED: Final = ("ortools", "pyscipopt")
"""Solvers that PuLP loads where they are installed, and that nothing here uses."""

STAND_INS: Final = ("cpsat_logutils", "cpsat_logutils.schema")
"""The log parser of a solver that nothing here uses: PuLP cannot be loaded without it, and spends most time on it."""


class _StandIn(ModuleType):
    """A module that has whatever name is imported from it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return object


def without_unused() -> None:
    """Keep PuLP from loading them; only for processes that run nothing but planner, before they load PuLP."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    for name in STAND_INS:
        sys.modules.setdefault(name, _StandIn(name))


def without_plugins() -> None:
    """Keep Pydantic from searching all packages for plugins; only for processes of our own, at their start."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
