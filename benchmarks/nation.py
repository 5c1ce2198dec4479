"""Measure a plan of many agencies: read, checked, planned agency by agency, beside their own LPs and the whole model.

    python -m benchmarks.nation --agencies 60                 seconds of processor time, gap, memory
    python -m benchmarks.nation --agencies 60 --jobs 1 2      by so many workers, one after another
    python -m benchmarks.nation --agencies 60 --whole 600     HiGHS on the undecomposed model too, for 600 s

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

from benchmarks.nation_data import plain_nation
from planner import nation, planning
from planner.batch.runner import BatchRunner
from planner.domain.checks.validation import ensure_valid
from planner.domain.scenario import Scenario
from planner.nation.pieces import relaxed
from planner.nation.priced import PricedModel, piece
from planner.nation.structure import structure_of
from planner.planning import SearchLimits
from planner.plans.plan import Plan
from planner.solve.engine import SearchStrategy

GAP = 0.01


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for, and print a line for each part as it is known."""
    asked = _asked(arguments)
    with _measured("read") as say:
        scenario = Scenario.model_validate(plain_nation(asked.agencies, asked.seed))
        say(f"{len(scenario.groups):,} groups, {scenario.total_need:,} gaps")
    with _measured("check"):
        ensure_valid(scenario)
    with _measured("own LPs") as say:
        say(f"{_own_relaxations(scenario)} agencies")
    for jobs in asked.jobs:
        with _measured(f"by agency, {jobs} workers" if jobs else "by agency") as say:
            workers = partial(BatchRunner, jobs)
            limits = SearchLimits(gap=GAP)
            say(_told(nation.plan(scenario, limits, workers=workers, validated=True, anyway=True).plan))
    if asked.whole:
        with _measured("as a whole") as say:
            limits = SearchLimits(gap=GAP, time_limit=asked.whole, strategy=SearchStrategy.EXACT)
            say(_told(planning.plan(scenario, limits, validated=True).plan))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.nation")
    parser.add_argument("--agencies", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, nargs="+", default=[0])
    parser.add_argument("--whole", type=float, default=0.0, metavar="SECONDS")
    return parser.parse_args(arguments)


def _own_relaxations(scenario: Scenario) -> int:
    """Write and solve the relaxation of each agency; return their number."""
    structure = structure_of(scenario)
    assert structure is not None
    for block in structure.blocks:
        own = piece(block.name, relaxed(structure, block), {}, structure.funds, frozenset())
        PricedModel(own).column({})
    return len(structure.blocks)


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
