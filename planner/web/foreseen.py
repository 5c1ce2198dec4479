"""How many plans a question will make, and how long that may take, before it is asked."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import Final

from planner.analysis.question import Ask
from planner.batch.batch_progress import BatchProgress
from planner.batch.inquiry import Inquiry
from planner.batch.plan_cache import PlanCache
from planner.batch.runner import BatchRunner
from planner.errors import PlannerError
from planner.locale import _, ngettext
from planner.processes.threads import started
from planner.report.wording.batches import WORTH_SAYING
from planner.solve.outcome import SearchLimits
from planner.store.results import ANSWERS, POINTS
from planner.units.said import nearest
from planner.web.passed import CheckedPlan

_MOST: Final = 200
"""Questions that are remembered."""


def foreseen_words(first: BatchProgress | None, least: int, seconds: float, jobs: int) -> str:
    """Return what is said of a question before it is asked: the plans that it makes at least, of `seconds` each [s].

    `least` is what its parameters ask for, `first` what it begins with; of a question that goes on by what it finds
    no more is known before.
    """
    if first is None:
        return _("No further plan has to be made: the answer comes at once.")
    number = max(first.total - first.done, least - first.done)
    words = ngettext("At least {count} plan is made", "At least {count} plans are made", number).format(count=number)
    time = seconds * number / max(1, min(jobs, number))
    if time < WORTH_SAYING:
        return _("{plans}.").format(plans=words)
    if time < 90:
        return _("{plans}; about {count} s, by what this plan took.").format(plans=words, count=nearest(time))
    return _("{plans}; about {count} min, by what this plan took.").format(plans=words, count=nearest(time / 60))


class _Begins(Exception):
    """The first plans of a question would be made now."""

    def __init__(self, progress: BatchProgress) -> None:
        self.progress = progress


def first_batch(base: CheckedPlan, ask: Ask, limits: SearchLimits, jobs: int) -> BatchProgress | None:
    """Return the plans that a question makes first, when it begins; none of them is made. None where it needs none.

    What it asks after them depends on what they are. Raises PlannerError where the question cannot be asked.
    """

    def hear(progress: BatchProgress) -> None:
        if progress.total > progress.done:
            raise _Begins(progress)

    try:
        with BatchRunner(jobs, hear, cache=PlanCache(base.folder / ANSWERS / POINTS)) as runner:
            ask(Inquiry(base.stored.scenario, base.plan, runner, limits))
    except _Begins as begins:
        return begins.progress
    return None


class ForeseenPlans:
    """The first plans of questions, counted one question at a time in threads of their own. Any thread may use it."""

    def __init__(self, limits: SearchLimits, jobs: int) -> None:
        self._limits, self.jobs = limits, jobs
        self._known: OrderedDict[tuple[str, Path], BatchProgress | None] = OrderedDict()
        self._counting: set[tuple[str, Path]] = set()
        self._changing, self._turn = threading.Condition(), threading.Lock()

    def of(self, id: str, base: CheckedPlan, ask: Ask, wait: float = 0.0) -> tuple[bool, BatchProgress | None]:
        """Return whether they are counted yet, after a wait [s], and what was counted; counting begins with the first
        call."""
        key = id, base.folder
        with self._changing:
            if key not in self._known and key not in self._counting:
                if started(partial(self._count, key, base, ask), "foreseen") is None:
                    return True, None  # nothing is said of it; the question itself can be asked
                self._counting.add(key)
            self._changing.wait_for(lambda: key in self._known, wait)
            return key in self._known, self._known.get(key)

    def _count(self, key: tuple[str, Path], base: CheckedPlan, ask: Ask) -> None:
        found = None
        try:
            with self._turn:
                found = first_batch(base, ask, self._limits, self.jobs)
        except (PlannerError, OSError):  # the answer says what is wrong
            pass
        finally:
            with self._changing:
                self._known[key] = found
                self._counting.discard(key)
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
                self._changing.notify_all()
