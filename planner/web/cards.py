"""What a card says of a scenario: its question, its state, and the headline figures of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.locale import N_, _, language_in_force, ngettext
from planner.report.material import Material
from planner.report.views.summary import Tile, tiles
from planner.report.wording.formats import Formats
from planner.web.passed import CheckedPlan
from planner.web.plan_run import PlanRun, State
from planner.web.purpose import question_in
from planner.web.review_states import REVIEWS, Review, Reviewed
from planner.web.workspace import ScenarioFile, Workspace, problems_of, told

if TYPE_CHECKING:
    from planner.scenario_io import LoadedScenario
    from planner.web.forms.faults import Fault

CardState = Literal["faulty", "draft", "running", "impossible", "outdated", "planned"]

STATES: Final[Mapping[str, str]] = {
    "faulty": N_("needs correction"),
    "draft": N_("draft"),
    "running": N_("being planned"),
    "impossible": N_("impossible"),
    "outdated": N_("plan outdated"),
    "planned": N_("planned"),
}
"""Names by state of a scenario."""


@dataclass(frozen=True)
class Card:
    """A scenario of the folder as it stands now."""

    file: ScenarioFile
    state: CardState
    title: str
    agency: str = ""
    year: str = ""
    description: str = ""
    question: str = ""
    """The question that its file opens with."""
    contents: tuple[str, ...] = ()
    """How large it is, in words."""
    problems: tuple[str, ...] = ()
    """Why it, or its stored plan, cannot be used."""
    faults: tuple[Fault, ...] = ()
    """What has to be corrected in it, in the words of forms."""
    warnings: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    """Key figures of the stored plan, which the checker has passed."""
    loaded: LoadedScenario | None = None
    kept: CheckedPlan | None = None
    run: str = ""
    """The kept run that its stored plan is; empty where that has not been kept."""
    review: Review = ""
    """Where its plan stands with its reviewers."""
    waits: bool = False
    """Whether its planning waits for another to be finished."""

    @property
    def base(self) -> str:
        """Name of the file of the folder that this scenario builds on; empty where it builds on none."""
        files = self.loaded.files if self.loaded is not None else ()
        own = self.file.path
        bases = (file.name for file in files if file.name != own.name and file.suffix in (".yaml", ".yml"))
        return next(bases, "")

    @property
    def shown_state(self) -> CardState | Reviewed:
        """Its state, or that of the review where the plan is the one of the scenario as it stands."""
        return self.review if self.review and self.state == "planned" else self.state

    @property
    def state_name(self) -> str:
        return _("waiting") if self.waits else _({**STATES, **REVIEWS}[self.shown_state])


def card(workspace: Workspace, file: ScenarioFile, run: PlanRun | None) -> Card:
    """Return the card of a scenario file, whatever is wrong with it; `run` is its latest run."""
    question = question_in(file.path) if file.is_text else ""
    try:
        loaded = file.load()
    except PlannerError as error:
        found = tuple(problem.removeprefix(f"{file.name}:") for problem in problems_of(error))
        return Card(file, "faulty", file.name, question=question, problems=found, faults=_faults(file, error))
    scenario = loaded.scenario
    if others := workspace.others_of_this_id(file, scenario.id):
        words = _("{others} has the id '{id}' too, so that their plans would replace each other: give each its own id.")
        said = words.format(others=", ".join(others), id=scenario.id)
        return Card(file, "faulty", scenario.scenario.label, question=question, problems=(said,))
    identity, kept = scenario.scenario, None
    problems: tuple[str, ...] = ()
    try:
        kept = workspace.kept(scenario.id)
    except PlannerError as error:
        problems = tuple(problems_of(error))
    return Card(
        file,
        _state(scenario.sha256, kept, run),
        identity.label,
        identity.agency or "",
        _years(scenario),
        identity.description,
        question,
        _contents(scenario),
        problems,
        (),
        tuple(told(loaded.warnings)),
        _tiles(kept) if kept is not None else (),
        loaded,
        kept,
        waits=run is not None and run.waits,
    )


def _state(sha256: str, kept: CheckedPlan | None, run: PlanRun | None) -> CardState:
    if run is not None and (run.waits or (run.has_begun and not run.state.is_over)):
        return "running"
    if run is not None and run.state is State.IMPOSSIBLE and run.loaded.scenario.sha256 == sha256:
        return "impossible"
    if kept is None:
        return "draft"
    return "planned" if kept.stored.scenario.sha256 == sha256 else "outdated"


def _tiles(kept: CheckedPlan) -> tuple[Tile, ...]:
    language = language_in_force()
    if language not in kept.tiles:
        kept.tiles[language] = tiles(Material(kept.stored.scenario, kept.as_written, Formats(language)))
    return kept.tiles[language]


def _faults(file: ScenarioFile, error: PlannerError) -> tuple[Fault, ...]:
    """Return the problems of a file in the words of forms; none where it is no text that forms can show."""
    from planner.web.forms.faults import faults_in  # with all forms: a folder without mistakes needs none

    return tuple(faults_in(file, error) or ())


def _years(scenario: Scenario) -> str:
    """Return the year of a scenario, or the first and the last; empty where it names none."""
    years = scenario.years
    if len(years) > 1:
        return "\N{EN DASH}".join((years[0], years[-1]))
    return str(scenario.scenario.fiscal_year or "")


def _contents(scenario: Scenario) -> tuple[str, ...]:
    """Return how large a scenario is: people, groups and programmes."""
    written = Formats(language_in_force()).count
    people = sum(group.headcount for group in scenario.groups)
    groups, programmes = len(scenario.groups), len(scenario.programmes)
    return (
        ngettext("{count} person", "{count} people", people).format(count=written(people)),
        ngettext("{count} group", "{count} groups", groups).format(count=written(groups)),
        ngettext("{count} programme", "{count} programmes", programmes).format(count=written(programmes)),
    )
