"""Plan training for civil servants within a budget: which gaps to close, and who pays.

    scenario = planner.read_scenario("scenarios/contoh-kecil.yaml")            # or: planner.read_text(text, folder=...)
    result = planner.plan(scenario, planner.SearchLimits(time_limit=60))

`read_scenario` and `read_text` raise `planner.errors.InputError` with every problem at its file, line and column.
The public names are imported on first use, so that `planner --help` answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.version import VERSION as __version__

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario as Scenario
    from planner.nation import plan as plan
    from planner.planning import SearchLimits as SearchLimits
    from planner.plans.plan import Plan as Plan
    from planner.scenario_io import read_scenario as read_scenario
    from planner.scenario_io import read_text as read_text


_PUBLIC = {
    "Plan": "planner.plans.plan",
    "Scenario": "planner.domain.scenario",
    "SearchLimits": "planner.planning",
    "plan": "planner.nation",
    "read_scenario": "planner.scenario_io",
    "read_text": "planner.scenario_io",
}
__all__ = ["Plan", "Scenario", "SearchLimits", "__version__", "plan", "read_scenario", "read_text"]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'planner' has no attribute {name!r}")
