"""Plans of changed scenarios while somebody moves a slider: of each open page the newest is searched, older ones
end."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from planner.batch.changing import Estimate, Superseded
from planner.batch.changing_process import ChangingProcess
from planner.batch.handing_on import handed_on
from planner.batch.worker_pool import WorkerLost
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, PlannerError, unforeseen
from planner.locale import _, language_in_force
from planner.plans.plan import Plan
from planner.web.page_words import speaking_on_pages
from planner.web.passed import CheckedPlan
from planner.web.plan_run import State
from planner.web.turn import Turn

IDLE: Final = 600.0
"""Time without any question after which the process that answers is ended [s]."""
MOST_PROCESSES: Final = 3
"""How many plans have a process of their own at once; each holds the model of its scenario in memory."""
_KEPT: Final = 64
"""How many are remembered."""


@dataclass
class Variation:
    """A changed scenario, and its plan as soon as there is one."""

    base: CheckedPlan
    scenario: Scenario
    language: str
    state: State = State.WAITING
    estimate: Estimate | None = None
    """What it will probably close; never shown as a result."""
    plan: Plan | None = None
    """Its plan, which the checker has passed."""
    message: str = ""
    """Why it has none."""
    version: int = 0
    """Grows with each change."""
    sheets: set[str] = field(default_factory=set)
    """The pages that want to know."""

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.base, self.scenario)


def key_of(base: CheckedPlan, scenario: Scenario) -> tuple[str, str]:
    """Return what tells one question from another: the plan in question, and the changed scenario."""
    return about(base), scenario.sha256


def about(base: CheckedPlan) -> str:
    """Return what tells the plan in question from others: where it is, its scenario, and what it closes and costs."""
    plan = base.plan
    return f"{plan.scenario_sha256}:{base.folder}:{plan.gaps_closed}:{plan.total_cost}"


class Variations:
    """The changed scenarios of a workbench. Any thread may use it; searches are made in a thread of its own."""

    def __init__(self, turn: Turn, engine: VariationEngine | None = None) -> None:
        self._turn, self._engine = turn, engine or VariationEngine()
        self._known: OrderedDict[tuple[str, str], Variation] = OrderedDict()
        self._changed = threading.Condition()
        self._current: Variation | None = None
        self._expected: CheckedPlan | None = None
        self._ended = False
        self._thread: threading.Thread | None = None

    def ask(self, sheet: str, base: CheckedPlan, scenario: Scenario) -> Variation:
        """Have the plan of a changed scenario made, if it is not known; what else the sheet waited for is given up."""
        with self._changed:
            found = self._known.get(key_of(base, scenario))
            if found is None or found.state in (State.STOPPED, State.FAILED):
                found = Variation(base, scenario, language_in_force())
            self._known[found.key] = found
            self._known.move_to_end(found.key)
            for other in self._known.values():
                if other is not found and sheet in other.sheets:
                    other.sheets.discard(sheet)
                    self._give_up(other)
            found.sheets.add(sheet)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            self._begin()
            return found

    def expect(self, base: CheckedPlan) -> None:
        """Be ready for changes of a plan, of which somebody has opened the page."""
        with self._changed:
            self._expected = base
            self._begin()

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            thread = threading.Thread(target=self._work, name="variations", daemon=True)
            thread.start()  # where that fails, the next change tries it again
            self._thread = thread
        self._changed.notify_all()

    def known(self, base: CheckedPlan, scenario: Scenario) -> Variation | None:
        """Return what was asked of this scenario, if anything was."""
        with self._changed:
            return self._known.get(key_of(base, scenario))

    def wait(self, variation: Variation, version: int, seconds: float) -> None:
        """Wait until there is news since `version`, or for `seconds` [s]."""
        with self._changed:
            self._changed.wait_for(lambda: variation.version != version or variation.state.is_over, seconds)

    def end(self) -> threading.Thread | None:
        """End everything at once, with the server; the thread that ends with it, if there is one."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._engine.close()
        return self._thread

    def _give_up(self, variation: Variation) -> None:
        """Give up a variation that no page waits for any more."""
        if variation.sheets or variation.state.is_over:
            return
        if variation is self._current:
            self._engine.cancel()
        self._tell(variation, State.STOPPED)

    def _work(self) -> None:
        while (variation := self._next()) is not None:
            with self._turn.taken(short=True), speaking_on_pages(variation.language):
                if self._begun(variation):
                    self._answer(variation)

    def _next(self) -> Variation | None:
        """Return the newest that waits, once there is one; None when all is over."""

        def waiting() -> list[Variation]:
            return [each for each in self._known.values() if each.state is State.WAITING]

        with self._changed:
            while True:
                if not self._changed.wait_for(lambda: self._ended or waiting() or self._expected, IDLE):
                    self._engine.end()  # nobody moves anything: its memory is free for others
                elif self._ended or waiting():
                    return None if self._ended else waiting()[-1]
                elif self._expected is not None:
                    base, self._expected = self._expected, None
                    self._engine.begin(base)

    def _begun(self, variation: Variation) -> bool:
        with self._changed:
            if variation.state is not State.WAITING or self._ended:
                return False
            self._current = variation
            self._tell(variation, State.SEARCHING)
            return True

    def _answer(self, variation: Variation) -> None:
        state, plan, message = State.FAILED, None, ""
        try:
            estimate = self._engine.estimate(variation.base, variation.scenario)
            with self._changed:
                if variation.state.is_over:
                    return
                variation.estimate = estimate
                self._tell(variation, State.SEARCHING)
            plan = self._engine.answer(variation.base, variation.scenario)
            state = State.DONE
        except Superseded:
            state = State.STOPPED
        except InfeasibleError as error:
            state, message = State.IMPOSSIBLE, error.message
        except PlannerError as error:
            message = error.message
        except WorkerLost:
            self._engine.end()
            message = _("The process that made this plan ended, as when memory runs out.")
        except Exception as error:  # one that fails in an unknown way must not end the others
            message = unforeseen(error).message
        with self._changed:
            self._current = None
            if not variation.state.is_over:
                variation.plan, variation.message = plan, message
                self._tell(variation, state)

    def _tell(self, variation: Variation, state: State) -> None:
        variation.state = state
        variation.version += 1
        self._changed.notify_all()


class VariationEngine:
    """Processes that keep the models of the plans in question, for the few that were asked about last."""

    def __init__(self) -> None:
        self._processes: OrderedDict[str, ChangingProcess] = OrderedDict()
        """By the plan in question, the one asked about last at the end."""
        self._taking = threading.Lock()
        self._closed = False

    def begin(self, base: CheckedPlan) -> None:
        """Have the process started, without waiting for it."""
        self._of(base)

    def estimate(self, base: CheckedPlan, changed: Scenario) -> Estimate | None:
        """Return what the plan of `changed` will probably close; another process is begun where the first has ended."""
        try:
            return self._of(base).estimate(changed)
        except WorkerLost:
            self._forget(base)
            return self._of(base).estimate(changed)

    def answer(self, base: CheckedPlan, changed: Scenario) -> Plan:
        """Return the plan of `changed`: what was found, or the plan in question if that is better there."""
        found = self._of(base).answer(changed).plan
        return handed_on(changed, found, base.plan, strictly=True) or found

    def cancel(self) -> None:
        """Give up what is being made, from any thread."""
        with self._taking:
            latest = next(reversed(self._processes.values()), None)
        if latest is not None:
            latest.cancel()

    def end(self) -> None:
        """End the processes, from any thread; the next question begins another."""
        with self._taking:
            processes, self._processes = list(self._processes.values()), OrderedDict()
        for process in processes:
            process.end()

    def close(self) -> None:
        """End the process, and begin no other."""
        self._closed = True
        self.end()

    def _of(self, base: CheckedPlan) -> ChangingProcess:
        """Return the process of a plan, which is begun where there is none; the one asked about longest ago makes
        way."""
        with self._taking:
            if self._closed:
                raise WorkerLost(retry=False)
            known = self._processes.get(about(base))
            if known is None:
                known = self._processes[about(base)] = ChangingProcess(base.stored.scenario, base.plan)
            self._processes.move_to_end(about(base))
            idle = [self._processes.popitem(last=False)[1] for _each in range(len(self._processes) - MOST_PROCESSES)]
        for process in idle:
            process.end()
        return known

    def _forget(self, base: CheckedPlan) -> None:
        with self._taking:
            process = self._processes.pop(about(base), None)
        if process is not None:
            process.end()
