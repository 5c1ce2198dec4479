"""Measure a plan of many agencies: read, checked, planned agency by agency, beside their own LPs and the whole model.

    python -m benchmarks.nation --agencies 60                 seconds of processor time, gap, memory
    python -m benchmarks.nation --agencies 60 --jobs 1 2      by so many workers, one after another
    python -m benchmarks.nation --agencies 60 --whole 600     HiGHS on the undecomposed model too, for 600 s
    python -m benchmarks.nation --agencies 600 --no-plan --whole 600   that alone

Time is that of the processor, of this process and of those that it starts. The own LP of an agency is its exact model
with all that is shared at hand, written and solved once.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import highspy
import numpy as np

from benchmarks.nation_data import plain_nation
from planner import nation
from planner.batch.runner import BatchRunner
from planner.domain.checks.validation import ensure_valid
from planner.domain.scenario import Scenario
from planner.nation.pieces import relaxed
from planner.nation.priced import PricedModel, piece
from planner.nation.structure import structure_of
from planner.planning import SearchLimits
from planner.plans.plan import Plan
from planner.processes.lean import set_up_process
from planner.proof.columns import MONEY
from planner.proof.formulation import Formulation, formulate
from planner.proof.relaxation import Relaxation

GAP = 0.01


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for, and print a line for each part as it is known."""
    set_up_process()  # as the command does
    asked = _asked(arguments)
    with _measured("read") as say:
        scenario = Scenario.model_validate(plain_nation(asked.agencies, asked.seed))
        say(f"{len(scenario.groups):,} groups, {scenario.total_need:,} gaps")
    with _measured("check"):
        ensure_valid(scenario)
    if not asked.no_plan:
        with _measured("own LPs") as say:
            say(f"{_own_relaxations(scenario)} agencies")
    for jobs in [] if asked.no_plan else asked.jobs:
        with _measured(f"by agency, {jobs} workers" if jobs else "by agency") as say:
            workers = partial(BatchRunner, jobs)
            limits = SearchLimits(gap=GAP)
            say(_told(nation.plan(scenario, limits, workers=workers, validated=True, anyway=True).plan))
    if asked.whole:
        with _measured("model of the whole") as say:
            whole = formulate(scenario)
            say("{:,} rows, {:,} columns, {:,} coefficients".format(*whole.model.size))
        with _measured("HiGHS on the whole") as say:
            say(_by_highs_alone(whole, asked.whole))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.nation")
    parser.add_argument("--agencies", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, nargs="+", default=[0])
    parser.add_argument("--no-plan", action="store_true", help="only the undecomposed model")
    parser.add_argument("--whole", type=float, default=0.0, metavar="SECONDS")
    return parser.parse_args(arguments)


def _own_relaxations(scenario: Scenario) -> int:
    """Write and solve the relaxation of each agency; return their number."""
    structure = structure_of(scenario)
    assert structure is not None
    for block in structure.blocks:
        own = piece(block.name, relaxed(structure, block), {}, structure.funds, frozenset())
        PricedModel(own).offers([{}])
    return len(structure.blocks)


def _by_highs_alone(whole: Formulation, seconds: float) -> str:
    """Search the undecomposed model with HiGHS, for so long; say what it finds.

    Money stays in fractions, as it is settled afterwards: that is easier than what HiGHS would have to do for a plan.
    """
    model = whole.model
    highs = Relaxation(model, whole.goals[0]).highs
    people = [c for c, is_whole in enumerate(model.whole) if is_whole and model.rank[c] != MONEY]
    kinds = np.array([highspy.HighsVarType.kInteger] * len(people))
    highs.changeColsIntegrality(len(people), np.array(people, dtype=np.int32), kinds)
    for option, value in (("presolve", "on"), ("mip_rel_gap", GAP), ("time_limit", seconds)):
        highs.setOptionValue(option, value)
    highs.run()
    found = highs.getInfo()
    gap = f"gap {found.mip_gap:.3%}" if found.mip_gap < 1e6 else "no plan"
    return f"{highs.modelStatusToString(highs.getModelStatus())}, {gap}, {found.mip_node_count} nodes"


def _told(plan: Plan) -> str:
    return f"{float(plan.weighted_gaps_closed):,.1f} of at most {plan.bound:,.1f}, gap {plan.relative_gap:.3%}"


@contextmanager
def _measured(what: str) -> Iterator[Callable[[str], None]]:
    """Print what was said, with the seconds and the memory that it took."""
    said: list[str] = []
    began, processor = time.monotonic(), _processor()
    yield said.append
    seconds, here = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    there = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(
        f"{what:<24}{_processor() - processor:10.1f} s of processor {seconds:10.1f} s"
        f" {here:6.2f} GB here {there:6.2f} GB in the largest worker  {'; '.join(said)}",
        flush=True,
    )


def _processor() -> float:
    """Processor time of this process and of its finished children [s]."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


if __name__ == "__main__":
    main(sys.argv[1:])
