"""Plans of scenarios for the commands: agency by agency where they are large, on this machine or on others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from planner.solve.hints import NO_HINTS

if TYPE_CHECKING:
    from planner.batch.runner import BatchRunner
    from planner.cli.progress import SearchReport
    from planner.domain.scenario import Scenario
    from planner.drafting.drafts import Answer
    from planner.planning import SearchLimits
    from planner.solve.hints import Hints
    from planner.solve.worker import Worker


class Workers(NamedTuple):
    """Who plans the blocks of a large scenario."""

    jobs: int | None = None
    """Blocks planned at the same time; None for the number of processors, or of a cluster's workers."""
    cluster: str | None = None
    """Address of a Dask cluster."""

    def runner(self, seconds: float | None = None) -> BatchRunner:
        """Make their runner, for so long [s]. Raises InputError where the cluster does not answer."""
        from planner.batch.cluster import silence_dask
        from planner.batch.runner import BatchRunner, processors

        if self.cluster is not None:
            silence_dask()
        here = processors() if self.cluster is None and self.jobs is None else self.jobs or 0
        return BatchRunner(here, cluster=self.cluster, seconds=seconds)


HERE: Final = Workers()
"""The processors of this machine."""


def planned(
    scenario: Scenario,
    limits: SearchLimits,
    report: SearchReport,
    workers: Workers = HERE,
    folder: Path | None = None,
    ahead: Worker | None = None,
    hints: Hints = NO_HINTS,
) -> Answer:
    """Plan a scenario that is known to be valid; plans of blocks are kept in its `folder`, if it has one, until the
    whole is there."""
    from planner import nation
    from planner.nation.kept import NOTHING_KEPT, KeptBlocks
    from planner.store.results import ANSWERS, BLOCKS, POINTS

    kept = NOTHING_KEPT if folder is None else KeptBlocks(folder / ANSWERS / POINTS / BLOCKS)
    return nation.plan(
        scenario,
        limits,
        progress=report.progress,
        workers=workers.runner,
        kept=kept,
        validated=True,
        ahead=ahead,
        early=report.early,
        hints=hints,
    )
