"""`planner plan --ask`: answers to questions with default parameters, as sections of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.analysis.question import Source
from planner.analysis.registry import BY_NAME, IN_REPORT
from planner.cli import failures, what_if
from planner.cli.what_if import QuestionOptions
from planner.errors import InputError, PlannerError
from planner.report.answer_page import keep_page

if TYPE_CHECKING:
    from pathlib import Path

    from planner.analysis.question import Ask
    from planner.planning import SearchLimits
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario


def answer_for_report(
    names: Sequence[str], path: str, loaded: LoadedScenario, plan: Plan, limits: SearchLimits, folder: Path
) -> tuple[bool, int]:
    """Answer the questions `names` about `plan` and keep the answers in its folder; return whether there are any, and
    the exit code.

    A question that does not apply to the scenario, such as the budget curve without own funds, is left out, and the
    reason is printed. One that fails does not stop the others, and Ctrl-C keeps what is answered.
    """
    from planner.batch.inquiry import Inquiry
    from planner.report.kept_answers import outdated_pages

    source = Source(loaded, path)
    options = QuestionOptions(
        path,
        (),
        limits.gap,
        None,
        limits.solver,
        limits.strategy,
        None,
        None,
        str(folder.parent),
        False,
    )
    answered, codes = False, [0]
    try:
        with what_if.runner(options, folder) as workers:
            inquiry = Inquiry(loaded.scenario, plan, workers, limits)
            asks: dict[str, Ask] = {}
            for name in IN_REPORT:
                if name in names:
                    definition = BY_NAME[name].definition()
                    assert definition.prepare is not None
                    try:
                        asks[name] = definition.prepare(source, definition.parameters())
                    except InputError as error:
                        failures.show(error)

            def keep(name: str) -> bool:
                try:
                    answers = asks[name](inquiry)
                    keep_page(loaded.scenario, plan, folder, name, answers, levels=workers.levels)
                except PlannerError as error:
                    codes.append(failures.show(error))
                    return False
                return True

            for name in asks:
                answered = keep(name) or answered
            for name in outdated_pages(folder):  # a later question has found better plans
                if name in asks:
                    keep(name)
    except KeyboardInterrupt:
        return answered, failures.INTERRUPTED
    return answered, failures.worst([*codes, what_if.report_failures(workers.failures)])
