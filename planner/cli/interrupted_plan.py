"""Plans of commands that were stopped or failed: the best is kept, and a better one that is stored stays."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli import failures
from planner.errors import InputError
from planner.locale import _

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.drafting.drafts import Answer
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario


def store(loaded: LoadedScenario, answer: Answer, folder: Path, *, force: bool = False) -> Path:
    """Store a plan with its report; return the path of the report. Raises as `write_results` does."""
    from planner.report.documents import write_documents
    from planner.store.results import write_results

    scenario, plan = loaded.scenario, answer.plan
    documents = partial(write_documents, scenario, plan, warnings=loaded.warnings_in_documents())
    return write_results(scenario, plan, folder, documents, force=force, verdict=answer.verdict)


def keep(loaded: LoadedScenario, answer: Answer, folder: Path, *, force: bool = False) -> None:
    """Store the plan of a command that goes no further, unless the one stored is better; say which is kept where."""
    if better_before(loaded.scenario, answer.plan, folder) is not None:
        return
    try:
        path = store(loaded, answer, folder, force=force)
    except InputError as error:
        failures.show(error)
    else:
        failures.say(_("The best plan found so far is kept, checked: {path}").format(path=path))


def better_before(scenario: Scenario, plan: Plan, folder: Path) -> Plan | None:
    """Return the plan of this scenario that is stored in `folder` and better than `plan`, if there is one; say so."""
    from planner.store.results import REPORT
    from planner.store.stored_plan import better_stored

    better = better_stored(scenario, plan, folder)
    if better is not None:
        path = folder / REPORT
        failures.say(
            _("The plan stored before is better than the best found so far, and stays: {path}").format(path=path)
        )
    return better
