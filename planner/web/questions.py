"""Questions asked in the background: one at a time, left and found again, with what is known of them so far."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

from planner.analysis.question import Ask, Source
from planner.analysis.repairs.impossible import without_a_plan
from planner.analysis.repairs.question import with_places
from planner.analysis.repairs.smallest import Repairs, RepairSearch
from planner.batch.batch_progress import BatchProgress
from planner.batch.inquiry import Inquiry
from planner.batch.plan_cache import PlanCache
from planner.batch.runner import BatchRunner, processors
from planner.domain.scenario import Scenario
from planner.errors import Interrupted, PlannerError, unforeseen
from planner.locale import LANGUAGES, _, language_in_force
from planner.plans.plan import Plan
from planner.plans.stored_figures import as_written
from planner.report.answer_page import keep_page
from planner.report.kept_answers import better_found
from planner.report.material import Material
from planner.report.views.answers.empty_plan import empty_plan
from planner.report.views.answers.listing import sections
from planner.report.views.section import Section
from planner.report.wording.batches import beforehand, count_sentence
from planner.report.wording.formats import Formats
from planner.solve.outcome import SearchLimits
from planner.store.results import ANSWERS, POINTS
from planner.web.acting import actor
from planner.web.foreseen import ForeseenPlans
from planner.web.openings import Opening, openings
from planner.web.page_words import document_words, on_pages, speaking_on_pages
from planner.web.passed import CheckedPlan
from planner.web.plan_run import State
from planner.web.turn import Turn
from planner.web.waiting import Awaited, WaitingList

REMEMBERED: Final = 200
"""How many questions are remembered."""
BEST_REPAIRS: Final = 5
"""Number of repairs for which the best plan is made, as on the command line."""


@dataclass(frozen=True)
class ToldAnswer:
    """An answer in one language."""

    sections: tuple[Section, ...] = ()
    openings: tuple[Opening, ...] = ()
    """What of the answer can be opened on the what-if page."""


NOTHING_TOLD: Final = ToldAnswer()


def _told(scenario: Scenario, plan: Plan, answers: Sequence[object]) -> dict[str, ToldAnswer]:
    """Return the answers in every language: whoever reads the page in another one need not ask anew."""
    told = {}
    for language in LANGUAGES:
        with speaking_on_pages(language):
            material = Material(scenario, plan, Formats(language))
            shown = openings(scenario, answers, material.formats)
            told[language] = ToldAnswer(sections(material, answers, 1), shown)
    return told


@dataclass
class AskedQuestion:
    """One question with its parameters about one plan, or about a scenario that has none."""

    id: str
    name: str
    """Name of the scenario file."""
    question: str
    """Its name, as the command is called."""
    query: str
    """Its parameters, as they stand in the address."""
    source: Source
    about: CheckedPlan | None
    page: str
    language: str
    state: State = State.WAITING
    beforehand: str = ""
    """How many plans are made, and how long that may take, as far as it is known."""
    words: str = ""
    """How far it is."""
    error: PlannerError | None = None
    told: Mapping[str, ToldAnswer] = field(default_factory=dict)
    """The answer by language, once there is one."""
    wanted: int = 0
    """Plans that all its steps asked for."""
    unfinished: int = 0
    levels: Mapping[str, float] = field(default_factory=dict)
    """How good the plans of the answer are, by what was asked."""
    repairs: Repairs | None = None
    version: int = 0
    started: float | None = None
    ended: float | None = None
    stopping: bool = False
    tries: int = 0
    """How often its search has begun before, and lasted."""
    brief: int = 0
    """How often it has begun before, and did not last."""
    ticket: str = ""
    """By which it is known in the list of what is awaited."""
    runner: BatchRunner | None = None

    @property
    def answer(self) -> ToldAnswer:
        """The answer in the language in force; empty until there is one."""
        return self.told.get(language_in_force(), NOTHING_TOLD)

    @property
    def seconds(self) -> float:
        """How long it has taken so far [s]."""
        return 0.0 if self.started is None else (self.ended or time.monotonic()) - self.started

    @property
    def better_found(self) -> int:
        """For how many plans of the answer other questions have found a better one since."""
        if self.state is not State.DONE or self.about is None:
            return 0
        return better_found(self.about.folder, self.levels)


def identity_of(question: str, given: Mapping[str, Sequence[str]], about: str) -> str:
    """Return what tells one question from another: its name, its parameters, and the plan or scenario it is about."""
    told = json.dumps([question, {key: list(texts) for key, texts in sorted(given.items())}, about])
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def _awaited(asked: AskedQuestion) -> Awaited:
    """Return a question as the list of what is awaited knows it."""
    about: dict[str, Any] = {"by": actor().name, "signed_in": actor().signed_in}
    about |= {"question": asked.question, "query": asked.query, "tries": asked.tries, "brief": asked.brief}
    return Awaited(asked.name, asked.source.scenario.sha256, asked.language, **about)


class Questions:
    """The questions of a workbench. Any thread may use it; they are answered in a thread of its own."""

    def __init__(
        self, turn: Turn, limits: SearchLimits, waiting: WaitingList, results: Path, cluster: str | None = None
    ) -> None:
        """Start without questions; `cluster` is the address of the Dask cluster that makes the plans, empty for this
        machine."""
        self._turn, self._limits, self._waits, self._results = turn, limits, waiting, results
        self._jobs, self._cluster = 0 if cluster else processors(), cluster
        self.foreseen = ForeseenPlans(limits, self._jobs or 1)
        self._known: OrderedDict[str, tuple[AskedQuestion, Ask | None]] = OrderedDict()
        self._waiting: SimpleQueue[str | None] = SimpleQueue()
        self._changing = threading.Lock()
        self._ended = False
        self._thread: threading.Thread | None = None

    def ask(self, asked: AskedQuestion, ask: Ask | None) -> AskedQuestion:
        """Queue a question; one that waits, is being answered or is answered already is that one, unless better plans
        were found since."""
        answered = self.find(asked.id)
        outdated = answered is not None and answered.better_found > 0
        with self._changing:
            self._begin()
            known = self._known.get(asked.id)
            if known is not None and not known[0].stopping and known[0].state is not State.FAILED and not outdated:
                return known[0]
            if known is not None:
                self._waits.over(known[0].ticket)
            self._known[asked.id] = asked, ask
            asked.ticket = self._waits.add(_awaited(asked))
            self._known.move_to_end(asked.id)
            over = [key for key, (each, _ask) in self._known.items() if each.state.is_over]
            for key in over[: max(0, len(self._known) - REMEMBERED)]:
                del self._known[key]
        self._waiting.put(asked.id)
        return asked

    def not_asked_again(self, asked: AskedQuestion, why: PlannerError, *, goes_on: bool) -> None:
        """List a question that a server before has not answered, and why; where it `goes_on` being awaited, the next
        server lists it too."""
        asked.state, asked.error = State.FAILED, why
        with self._changing:
            if asked.id not in self._known:
                self._known[asked.id] = asked, None
                if goes_on:
                    asked.ticket = self._waits.add(_awaited(asked))

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            thread = threading.Thread(target=self._work, name="questions", daemon=True)
            thread.start()  # where that fails, the next question tries it again
            self._thread = thread

    def find(self, id: str) -> AskedQuestion | None:
        """Return the question of this identity, if it was asked since the workbench was started."""
        with self._changing:
            found = self._known.get(id)
            return None if found is None else found[0]

    def of_file(self, name: str) -> list[AskedQuestion]:
        """Return the questions asked of a scenario file, newest first."""
        with self._changing:
            return [asked for asked, _ask in reversed(self._known.values()) if asked.name == name]

    def stop(self, id: str) -> None:
        """End a question; the plans made for it are kept for the next time."""
        asked = self.find(id)
        if asked is not None and not asked.state.is_over:
            asked.stopping = True
            asked.version += 1
            self._waits.over(asked.ticket)
            if asked.runner is not None:
                asked.runner.cancel()

    def end(self) -> threading.Thread | None:
        """End everything at once, with the server; the thread that ends with it, if there is one."""
        self._ended = True
        for id in list(self._known):
            self.stop(id)
        self._waiting.put(None)
        return self._thread

    def _work(self) -> None:
        while (id := self._waiting.get()) is not None and not self._ended:
            with self._changing:
                asked, ask = self._known[id]
            with speaking_on_pages(asked.language):
                try:
                    with self._turn.taken(given_up=partial(self._given_up, asked)):
                        self._answer(asked, ask)
                except Interrupted as error:
                    self._close(asked, State.STOPPED, error)
                except PlannerError as error:
                    self._close(asked, State.FAILED, error)
                except BaseException as error:  # one that fails in an unknown way must not end the others
                    self._close(asked, State.FAILED, unforeseen(error))

    def _answer(self, asked: AskedQuestion, ask: Ask | None) -> None:
        hear = self._listener(asked)
        hear(None)
        asked.started = time.monotonic()
        self._waits.begun(asked.ticket)
        self._change(asked, State.SEARCHING)
        scenario = asked.source.scenario
        folder = self._results / scenario.id if asked.about is None else asked.about.folder
        cache = PlanCache(folder / ANSWERS / POINTS)
        cache.evict()
        with BatchRunner(self._jobs, hear, cluster=self._cluster, cache=cache) as asked.runner:
            runner = asked.runner
            if asked.about is None or ask is None:
                asked.repairs = self._repaired(asked, runner)
                written = as_written(empty_plan(scenario))
                answers: Sequence[object] = [asked.repairs]
            else:
                plan, written = asked.about.plan, asked.about.as_written  # a float beside 2.5 is not rounded as 2.5 is
                answers = ask(Inquiry(scenario, written, runner, self._limits))
                asked.unfinished, asked.wanted, asked.levels = runner.unfinished, runner.wanted, runner.levels
                if not runner.failures:
                    with document_words():
                        keep_page(
                            scenario, plan, folder, asked.page, answers, levels=runner.levels,
                            unfinished=runner.unfinished, wanted=runner.wanted,
                        )  # fmt: skip
            asked.told = _told(scenario, written, answers)
        if runner.failures:
            said = (
                _("One plan could not be made: {reason}").format(reason=on_pages(each.message))
                for each in runner.failures
            )
            asked.error = PlannerError("\n".join(dict.fromkeys(said)))
        self._close(asked, State.DONE, asked.error)

    def _repaired(self, asked: AskedQuestion, runner: BatchRunner) -> Repairs:
        """Return the repairs of a scenario that has no plan. Raises PlannerError where it has one."""
        scenario = asked.source.scenario
        error = without_a_plan(scenario, self._limits, lambda _progress: self._heed(asked))
        if error is None:
            raise PlannerError(_("This scenario has plans; there is nothing to repair."))
        search = RepairSearch(scenario, error.limits, self._limits, self._limits.time_limit)
        search.run(runner)
        search.add_best_plans(runner, self._limits, BEST_REPAIRS)
        return with_places(search.found(), asked.source)

    def _listener(self, asked: AskedQuestion) -> Callable[[BatchProgress | None], None]:
        """Return the listener of batches: it stops the question if a user asked for that, and lets short searches run
        in between."""
        begun: set[int] = set()

        def hear(progress: BatchProgress | None) -> None:
            self._heed(asked)
            if progress is None:
                return
            if progress.batch not in begun:
                begun.add(progress.batch)
                asked.beforehand = beforehand(progress) or asked.beforehand
            asked.words = count_sentence(progress)
            asked.version += 1
            self._turn.give_way()

        return hear

    def _given_up(self, asked: AskedQuestion) -> bool:
        return asked.stopping or self._ended

    def _heed(self, asked: AskedQuestion) -> None:
        if self._given_up(asked):
            raise Interrupted(_("Stopped. The plans that are finished are kept, and asking again goes on from there."))

    def _change(self, asked: AskedQuestion, state: State) -> None:
        asked.state = state
        asked.version += 1

    def _close(self, asked: AskedQuestion, state: State, error: PlannerError | None = None) -> None:
        asked.error, asked.ended, asked.runner = error, time.monotonic(), None
        try:
            self._waits.over(asked.ticket)
        finally:  # also where there is no memory for the list: nobody waits for what is over
            self._change(asked, state)
