"""Plans made in the background: one queue, in which a scenario waits once however often it is asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from planner.errors import InfeasibleError, Interrupted, PlannerError, SolverError, unforeseen
from planner.locale import _, language_in_force
from planner.solve.outcome import Progress, SearchLimits, Stage
from planner.web.acting import actor
from planner.web.impossible import ImpossibleScenarios
from planner.web.page_words import document_words, speaking_on_pages
from planner.web.plan_run import PlanRun, State
from planner.web.turn import Turn
from planner.web.waiting import Awaited, WaitingList

if TYPE_CHECKING:
    from planner.batch.going_on import Gained
    from planner.batch.runner import BatchRunner
    from planner.nation import Answer
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario
    from planner.solve.hints import Hints
    from planner.web.workspace import ScenarioFile

MOST_POINTS: Final = 400
"""Points kept of the curve of a search; with more, every second one of the older half goes."""
Keeper = Callable[[PlanRun, "Plan"], None]


class Runs:
    """The queue of a workbench; one search at a time, since each uses all processors."""

    def __init__(
        self, results: Path, limits: SearchLimits, keep: Keeper | None = None, cluster: str | None = None
    ) -> None:
        """Start an empty queue. `keep` is called with every plan made; `cluster` plans scenarios that are divided by
        agency."""
        self._results, self.limits, self._keep, self._cluster = results, limits, keep, cluster
        self.waiting = WaitingList(results)
        """What is awaited; the next server goes on with it."""
        self.impossible = ImpossibleScenarios(results)
        """What has no plan, also where an earlier server found it."""
        self._latest: dict[str, PlanRun] = {}
        self._waiting: SimpleQueue[PlanRun | None] = SimpleQueue()
        self._changing = threading.Lock()
        self._ended = False
        self.turn = Turn()
        """Whose turn it is to search; what else searches waits for it too."""
        self.at_end: list[Callable[[], threading.Thread | None]] = []
        """What else ends with the server: each call ends one thing and returns its thread, to be waited for."""
        self._thread: threading.Thread | None = None
        self._begin()

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():  # it ends where there is no memory to say what failed
            thread = threading.Thread(target=self._work, name="runs", daemon=True)
            thread.start()  # where that fails, the next run tries it again
            self._thread = thread

    def start(
        self, name: str, loaded: LoadedScenario, first: str = "", *, known: Plan | None = None, tries: int = 0,
        brief: int = 0, goes_on: SearchLimits | None = None,
    ) -> PlanRun:  # fmt: skip
        """Queue the planning of a scenario. The same scenario that waits or is searched already is that run.

        `first` is the folder of results of the first plan, where this one is of what was left of it; `tries` and
        `brief` how often its search has begun before, and lasted or did not; `known` a plan of the same scenario by
        another name, or its own plan where the search `goes_on` from that, so far.
        """
        with self._changing:
            self._begin()
            before = self._latest.get(name)
            if before is not None and not before.state.is_over and not before.stopping:
                if before.loaded.scenario.sha256 == loaded.scenario.sha256:
                    return before
                self._stop(before)  # of a scenario that has changed since
            run = PlanRun(name, loaded, language_in_force(), by=actor(), first=first, known=known, goes_on=goes_on)
            self._latest[name] = run
            about: dict[str, Any] = {"by": run.by.name, "signed_in": run.by.signed_in, "first": first}
            about |= {"tries": tries, "brief": brief}
            if goes_on is not None:
                about |= {"gap": goes_on.gap, "seconds": goes_on.time_limit or 0.0}
            run.ticket = self.waiting.add(Awaited(name, loaded.scenario.sha256, run.language, **about))
            self._waiting.put(run)
            return run

    def not_resumed(self, name: str, loaded: LoadedScenario, why: PlannerError) -> None:
        """Say of a run that was awaited before the server ended why it is not made."""
        with self._changing:
            if name not in self._latest:
                self._latest[name] = PlanRun(name, loaded, language_in_force(), State.STOPPED, error=why, version=1)

    def latest(self, name: str, file: ScenarioFile | None = None) -> PlanRun | None:
        """Return the latest run of a scenario file since the workbench was started; before that, of a `file`, only one
        that found it impossible as it stands.
        """
        with self._changing:
            run = self._latest.get(name)
        known = self.impossible.about(name) if run is None and file is not None else None
        if known is None or file is None:
            return run
        sha256, why, seconds = known
        try:
            loaded = file.load()
        except PlannerError:
            return None
        if loaded.scenario.sha256 != sha256:
            return None
        found = PlanRun(name, loaded, language_in_force(), State.IMPOSSIBLE, error=InfeasibleError(why), version=1)
        found.started, found.ended = 0.0, seconds
        return found

    def stop(self, name: str) -> None:
        """End the run of a scenario file, if there is one; its best plan is kept."""
        with self._changing:
            run = self._latest.get(name)
            if run is not None and not run.state.is_over:
                self._stop(run)

    def end(self, wait: float = 0.0) -> None:
        """End everything at once, with the server; `wait` so long for what is being written [s]."""
        until = time.monotonic() + wait
        self.waiting.freeze()
        threads = [end() for end in self.at_end]
        with self._changing:
            self._ended = True
            for run in self._latest.values():
                if not run.state.is_over:
                    self._stop(run)
                    if run.worker is not None:
                        run.worker.end()
                    if run.runner is not None:
                        run.runner.cancel()
        self._waiting.put(None)
        for thread in (self._thread, *threads):
            if thread is not None:
                thread.join(max(0.0, until - time.monotonic()))

    def _stop(self, run: PlanRun) -> None:
        run.stopping = True
        run.version += 1
        self.waiting.over(run.ticket)

    def _work(self) -> None:
        while (run := self._waiting.get()) is not None and not self._ended:
            with speaking_on_pages(run.language):
                try:
                    with self.turn.taken(given_up=partial(self._given_up, run)):
                        self._plan(run)
                except InfeasibleError as error:
                    self.impossible.add(run.name, run.loaded.scenario.sha256, error.message, run.seconds)
                    self._close(run, State.IMPOSSIBLE, error)
                except Interrupted as error:
                    self._close(run, State.STOPPED, error)
                except PlannerError as error:
                    self._close(run, State.FAILED, error)
                except BaseException as error:  # a run that fails in an unknown way must not end the queue
                    self._close(run, State.FAILED, unforeseen(error))

    def _plan(self, run: PlanRun) -> None:
        from planner.batch.going_on import Gain
        from planner.store.results import ensure_writable
        from planner.store.stored_plan import better_stored

        if self._given_up(run):
            raise Interrupted(_("Stopped before there was a plan."))
        scenario, folder = run.loaded.scenario, self._results / run.scenario_id
        ensure_writable(folder)
        run.started = time.monotonic()
        self.waiting.begun(run.ticket)
        gained = self._searched(run, folder)
        answer, unfinished = gained.answer, bool(gained.answer.broke) or gained.interrupted
        self._change(run, State.WRITING)
        if run.begun is not None:
            run.gain, run.gaps = gained.gain, (run.begun.relative_gap, answer.plan.relative_gap)
        if run.gain is not Gain.NOTHING:
            may_be_worse = unfinished or run.goes_on is not None  # than what others have stored meanwhile
            run.better_before = may_be_worse and better_stored(scenario, answer.plan, folder) is not None
            self._store(run, answer, folder)
        run.has_plan = True
        self.impossible.forget(run.name)
        if answer.broke:
            raise SolverError(answer.broke)
        self._close(run, State.STOPPED if gained.interrupted else State.DONE)

    def _searched(self, run: PlanRun, folder: Path) -> Gained:
        """Search for the plan of a run, from the one that is known before if there is one."""
        from planner import nation
        from planner.batch.going_on import Gained, GoingOn
        from planner.batch.known_plan import KnownPlan
        from planner.nation.kept import KeptBlocks
        from planner.solve.worker import Worker
        from planner.store.results import ANSWERS, BLOCKS, POINTS

        scenario, begun = run.loaded.scenario, run.known
        run.known = None

        def search(hints: Hints) -> Answer:
            self._change(run, State.SEARCHING)
            with Worker() as run.worker:
                answer = nation.plan(
                    scenario,
                    run.goes_on or self.limits,
                    progress=self._listener(run),
                    workers=partial(self._runner, run),
                    kept=KeptBlocks(folder / ANSWERS / POINTS / BLOCKS),
                    validated=True,
                    ahead=run.worker,
                    hints=hints,
                    early=partial(self._keep_early, run),
                )
            run.worker = run.runner = None
            return answer

        if run.goes_on is not None and begun is not None:
            going_on = GoingOn.of(scenario, begun)
            run.begun = going_on.plan
            return going_on.search(search)
        known = KnownPlan.of(scenario, begun)
        run.early = known.plan
        return Gained.of(known.better_of(search(known.hints)))

    def _store(self, run: PlanRun, answer: Answer, folder: Path) -> None:
        """Write the results of a run and keep its plan, also where a better one made before stays that of the
        scenario."""
        from planner.report.documents import write_documents
        from planner.store.results import write_results

        scenario, warnings = run.loaded.scenario, run.loaded.warnings_in_documents()
        before = self._before(run) if scenario.actuals else None

        def documents(unfinished: Path) -> None:
            with document_words():
                write_documents(scenario, answer.plan, unfinished, warnings=warnings, before=before, xlsx=True)

        if not run.better_before:
            write_results(scenario, answer.plan, folder, documents, verdict=answer.verdict)
        if self._keep is not None:
            self._keep(run, answer.plan)

    def _runner(self, run: PlanRun, seconds: float | None) -> BatchRunner:
        """Return who plans the parts of a scenario that falls apart, as of many agencies, for so long [s]."""
        from planner.batch.runner import BatchRunner, processors

        run.runner = BatchRunner(0 if self._cluster else processors(), cluster=self._cluster, seconds=seconds)
        return run.runner

    def _before(self, run: PlanRun) -> Plan | None:
        """Return the first plan of what this one is the rest of: as it is stored, or beside an earlier plan of the
        rest."""
        from planner.report.actuals_form import first_plan
        from planner.store.stored_plan import read_stored

        try:
            if run.first:
                return first_plan(read_stored(self._results / run.first))
            return read_stored(self._results / run.scenario_id).first
        except PlannerError:
            return None

    def _given_up(self, run: PlanRun) -> bool:
        return run.stopping or self._ended

    def _listener(self, run: PlanRun) -> Callable[[Progress], None]:
        """Return the listener of the search: it ends the search as Ctrl-C does, if a user asked for that."""

        def hear(progress: Progress) -> None:
            if run.stopping:
                raise KeyboardInterrupt
            run.progress = progress
            if progress.stage is Stage.GAPS_CLOSED and progress.best is not None:
                run.points.append((progress.seconds, progress.best, progress.bound))
                if len(run.points) > MOST_POINTS:
                    half = len(run.points) // 2
                    run.points[:half] = run.points[:half:2]
            run.version += 1

        return hear

    def _keep_early(self, run: PlanRun, plan: Plan) -> None:
        known = run.early or run.begun  # which may be better than the first ones found
        if known is None or plan.rank > known.rank:
            run.early = plan
        run.version += 1

    def _change(self, run: PlanRun, state: State) -> None:
        run.state = state
        run.version += 1

    def _close(self, run: PlanRun, state: State, error: PlannerError | None = None) -> None:
        run.error, run.ended = error, time.monotonic()
        try:
            self.waiting.over(run.ticket)
        finally:  # also where there is no memory for the list: nobody waits for what is over
            self._change(run, state)
