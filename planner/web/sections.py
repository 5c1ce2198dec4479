"""What pages show of runs and plans, by the views of the report."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.locale import _, language_in_force
from planner.plans.comparison import compare
from planner.report import render_comparison
from planner.report.kept_answers import kept_answers
from planner.report.material import Material, material_of, today
from planner.report.views.document import Headline, Report
from planner.report.views.document import headline as headline_of
from planner.report.views.document import report as report_of_plan
from planner.report.views.section import Section
from planner.report.views.side_by_side import SideBySidePage, side_by_side
from planner.report.views.so_far import SoFar, so_far
from planner.report.wording.formats import Formats
from planner.report.wording.gaps_sought import gaps_sought
from planner.report.wording.gone_on import gone_on
from planner.report.wording.searching import sentence
from planner.web.page_words import document_words
from planner.web.passed import CheckedPlan
from planner.web.plan_run import PlanRun
from planner.web.search_picture import SearchPicture, search_picture

MOST_VIEWS: Final = 6
"""How many views of plans are kept in memory."""
MANY_GROUPS: Final = 200
"""Groups of a scenario above which pages come before what takes long to work out."""
HEADLINE: Final = "headline"
REPORT: Final = "report"
"""Parts of what pages show of a plan: the beginning of its report, and all of it."""
MOST_COMPARED: Final = 4
"""Plans that are compared at once."""


def material(kept: CheckedPlan, warnings: Sequence[str]) -> Material:
    """Return the data of all parts of a plan's documents."""
    return material_of(kept.stored.scenario, kept.as_written, warnings, before=kept.stored.first)


class _PlanView:
    """What pages show of one plan, in parts that are made from the same figures when they are asked for."""

    def __init__(self, kept: CheckedPlan, answers: Mapping[str, Sequence[Section]], data: Material, made_on: date):
        self.kept, self.answers = kept, answers
        self.data, self._made_on = data, made_on
        self._parts: dict[str, Any] = {}
        self._making: dict[str, Lock] = {}

    def has(self, part: str) -> bool:
        """Return whether a part is there at once."""
        return part in self._parts

    def part[T](self, name: str, make: Callable[[Material], T]) -> T:
        """Return a part, which is made by whoever asks for it first; whoever asks meanwhile waits for that alone."""
        with self._making.setdefault(name, Lock()):
            if name not in self._parts:
                self._parts[name] = make(self.data)
            found: T = self._parts[name]
            return found

    @property
    def headline(self) -> Headline:
        return self.part(HEADLINE, lambda data: headline_of(data, self.answers))

    @property
    def report(self) -> Report:
        return self.part(REPORT, lambda data: report_of_plan(data, self._made_on, (), self.answers))


class _KeptViews:
    """The last views that were made: those of a large plan take seconds, and its pages are asked for one by one."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[object, ...], _PlanView] = OrderedDict()
        self._changing = Lock()

    def of(self, kept: CheckedPlan, warnings: tuple[str, ...]) -> _PlanView:
        """Return the view of a plan with the answers that lie beside it now, in the language in force."""
        answers = kept_answers(kept.plan, kept.folder, kept.stored.scenario.scenario.language)
        made_on = today()
        key = (kept.folder, made_on, language_in_force(), warnings)
        with self._changing:
            known = self._made.get(key)
            if known is None or known.kept is not kept or known.answers != answers:
                spoken = replace(material(kept, warnings), formats=Formats(language_in_force()))
                known = self._made[key] = _PlanView(kept, answers, spoken, made_on)
            self._made.move_to_end(key)
            while len(self._made) > MOST_VIEWS:
                self._made.popitem(last=False)
        return known


_VIEWS: Final = _KeptViews()


def is_large(scenario: Scenario) -> bool:
    """Return whether what pages say of the plan of a scenario may take long to work out."""
    return len(scenario.groups) > MANY_GROUPS


def comes_later(kept: CheckedPlan, warnings: Sequence[str], part: str = HEADLINE) -> bool:
    """Return whether a part of what pages show of a plan takes so long to make that the page comes first."""
    return is_large(kept.stored.scenario) and not _VIEWS.of(kept, tuple(warnings)).has(part)


def worked_out[T](kept: CheckedPlan, warnings: Sequence[str], part: str, make: Callable[[Material], T]) -> T:
    """Return a part of what pages show of a plan; it is made once while the plan stays in memory."""
    return _VIEWS.of(kept, tuple(warnings)).part(part, make)


def figures(kept: CheckedPlan, warnings: Sequence[str]) -> Material:
    """Return the figures of a plan in the language in force, shared with its other pages while it stays in memory."""
    return _VIEWS.of(kept, tuple(warnings)).data


def headline(kept: CheckedPlan, warnings: Sequence[str], document: str, questions: str = "") -> Headline:
    """Return the beginning of a plan's report, with the answers that are stored beside it.

    `document` is the address of the whole report where they stand outside it, `questions` that of the pages where
    what has not been asked can be.
    """
    made = _VIEWS.of(kept, tuple(warnings)).headline
    return replace(made, front=replace(made.front, document=document, questions=questions))


def view(kept: CheckedPlan, warnings: Sequence[str], questions: str = "") -> Report:
    """Return all sections of a plan's report."""
    made = _VIEWS.of(kept, tuple(warnings)).report
    return replace(made, front=replace(made.front, questions=questions))


def comparison(plans: Sequence[CheckedPlan]) -> str:
    """Return several plans beside each other, as a document of its own."""
    with document_words():
        return render_comparison(compare([(kept.stored.scenario, kept.plan) for kept in plans]))


def beside(plans: Sequence[CheckedPlan]) -> SideBySidePage:
    """Return several plans beside each other, as sections of a page in the language in force."""
    compared = compare([(kept.stored.scenario, kept.plan) for kept in plans])
    return side_by_side(compared, Formats(language_in_force()), today(), ())


@dataclass(frozen=True)
class RunView:
    """A run in words, with its picture."""

    run: PlanRun
    name: str
    """Name of the figure that is sought the most of."""
    sentence: str
    gone_on: str
    """What came of a search that went on; empty where it has not, or has not ended with a plan."""
    picture: SearchPicture | None


def of_run(run: PlanRun | None, language: str) -> dict[str, Any]:
    """Return what the panel of a run shows, in the language in force."""
    if run is None:
        return {"shown": None}
    scenario: Scenario = run.loaded.scenario
    name = gaps_sought(scenario)
    words = sentence(run.progress, language, name, clock=False) if run.progress is not None else ""
    stopped = run.state.value == "stopped"
    gained = "" if run.gain is None else gone_on(run.gain, *run.gaps, Formats(language), stopped=stopped)
    return {"shown": RunView(run, _(name), words, gained, search_picture(run.points))}


def early_of(run: PlanRun | None) -> SoFar | None:
    """Return the best checked plan so far of a run that goes on, in the language in force; None where there is none."""
    found = None if run is None or run.state.is_over else run.early
    if run is None or found is None:
        return None
    return so_far(Material(run.loaded.scenario, found, Formats(language_in_force())))
