"""How processes of our own start sooner: what they do not load, and how rarely they collect garbage."""

from __future__ import annotations

import gc
import sys
from types import ModuleType
from typing import Any, Final

UNUSED: Final = ("ortools", "pyscipopt")
"""Solvers that PuLP loads where they are installed, and that nothing here uses."""

STAND_INS: Final = ("cpsat_logutils", "cpsat_logutils.schema")
"""The log parser of a solver that nothing here uses: PuLP cannot be loaded without it, and spends most time on it."""


PLUGIN_LOADER: Final = "pydantic.plugin._loader"
"""Looks for plugins of Pydantic; a tenth of the time of a short command."""

NEW_OBJECTS: Final = 100_000
"""New objects after which garbage is collected; Python's own value is 700."""


class _StandIn(ModuleType):
    """A module that has whatever name is imported from it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return object


def set_up_process() -> None:
    """Make this process start and run sooner; only for processes that run nothing but planner, at their start."""
    without_unused_solvers()
    without_plugins()
    collect_rarely()


def without_unused_solvers() -> None:
    """Keep PuLP from loading UNUSED and STAND_INS."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None: not to be found; the stubs miss it
    for name in STAND_INS:
        sys.modules.setdefault(name, _StandIn(name))


def without_plugins() -> None:
    """Keep Pydantic from searching all installed packages for plugins, and from loading what that takes."""
    loader: Any = ModuleType(PLUGIN_LOADER)
    loader.get_plugins = tuple
    sys.modules.setdefault(PLUGIN_LOADER, loader)


def collect_rarely() -> None:
    """Collect garbage after so many new objects only: records and layouts are many objects and hardly any cycles."""
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
