"""The default engine: HiGHS through PuLP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from planner.solve.engine import EngineName, Feature, RunOptions
from planner.solve.outcome import Ending, Outcome

if TYPE_CHECKING:
    from planner.model.build import Model

HEURISTICS: Final = tuple(
    f"mip_heuristic_run_{name}" for name in ("rens", "rins", "root_reduced_cost", "feasibility_jump")
)
"""HiGHS options for heuristics that only look for points; they take most of the time of a run."""


class Highs:
    """HiGHS, followed while it runs, in one thread and with a fixed seed: the same model gives the same point.

    It keeps its default tolerances: with tighter ones its presolve has been seen to cut off the best plan.
    """

    name: ClassVar = EngineName.HIGHS
    title: ClassVar = "HiGHS"
    package: ClassVar = "highspy"
    digits: ClassVar = 1e-9
    features: ClassVar = frozenset(Feature)
    second: ClassVar = EngineName.HIGHS_PLAIN
    substitute: ClassVar = EngineName.CBC
    presolve: ClassVar = True
    """Whether HiGHS reduces the model before it searches."""

    def run(self, model: Model, options: RunOptions) -> Outcome:
        """Optimise the objective of `model.problem`; repeat a failed run without its start, then without presolve."""
        from planner.solve.highs_run import run_highs  # loads HiGHS and PuLP

        began = time.monotonic()
        outcome, final = run_highs(model, options, self._settings(model, options, self.presolve))
        for again, presolve in self._retries(options):
            if final or outcome.ending is not Ending.FAILED:
                break
            if options.seconds is not None:
                again = replace(again, seconds=options.seconds - (time.monotonic() - began))
            outcome, final = run_highs(model, again, self._settings(model, again, presolve))
        return outcome

    def _retries(self, options: RunOptions) -> Iterator[tuple[RunOptions, bool]]:
        """Yield options and presolve for each further run after a failed one."""
        bare = replace(options, start=None)
        if options.start is not None:
            yield bare, self.presolve
        if self.presolve:
            yield bare, False

    def _settings(self, model: Model, options: RunOptions, presolve: bool) -> dict[str, Any]:
        """Return the HiGHS options of one run."""
        from planner.solve.model_size import is_small

        settings: dict[str, Any] = {
            "random_seed": 0,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.0 if options.thorough and is_small(model) else min(1e-6, options.gap),
        }
        if not presolve:
            settings["presolve"] = "off"
        if not options.heuristics:
            settings |= dict.fromkeys(HEURISTICS, False)
        if options.seconds is not None:
            settings["time_limit"] = max(0.0, float(options.seconds))
        if options.most_nodes is not None:
            settings["mip_max_nodes"] = options.most_nodes
        return settings
