"""One scenario planned by a command: its results, its documents, the answers asked for, and what is printed of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli import failures, next_command, report_answers, searching_on, settings
from planner.cli.apart import planned
from planner.errors import SolverError
from planner.locale import _

if TYPE_CHECKING:
    from planner.cli.outputs import Outputs
    from planner.drafting.drafts import Answer
    from planner.planning import SearchLimits
    from planner.plans.plan import Plan
    from planner.report.pdf import PdfPrinter
    from planner.scenario_io import LoadedScenario
    from planner.solve.worker import Worker


def plan_one(
    path: str,
    loaded: LoadedScenario,
    limits: SearchLimits,
    outputs: Outputs,
    ahead: Worker | None = None,
    before: Plan | None = None,
    begin: str = "",
) -> int:
    """Plan one scenario, write its results and print its summary; return the exit code.

    `before` is the first plan, where this one plans what is left of it; `begin` is the folder or file of the plan from
    which the search goes on, if it does.
    """
    from planner.batch.going_on import Gained
    from planner.cli import interrupted_plan, progress
    from planner.cli.plan_summary import show_summary, show_warnings
    from planner.store.results import ensure_writable

    scenario = loaded.scenario
    folder = outputs.folder / scenario.id
    settings.ensure_year(scenario, outputs.year)
    ensure_writable(folder, force=outputs.force)
    show_warnings(settings.typed(path, outputs.changes), loaded.warnings)
    with failures.naming(path, loaded), progress.of_search(scenario) as report:
        search = partial(planned, scenario, limits, report, outputs.workers, folder, ahead)
        begun = searching_on.read_begin(begin, scenario) if begin else None
        gained = Gained.of(search()) if begun is None else begun.search(lambda hints: search(hints=hints))
    answer, plan = gained.answer, gained.answer.plan
    if answer.broke:
        failures.say(f"{path}: {answer.broke}")
    code = SolverError.exit_code if answer.broke else 0
    unfinished = gained.interrupted or bool(answer.broke)
    if (unfinished or begun is not None) and (
        better := interrupted_plan.better_before(scenario, plan, folder)
    ) is not None:
        outputs.store_json(better)
        show_summary(loaded, better, folder, outputs.without_documents())
        return failures.INTERRUPTED if gained.interrupted else code
    written = _store(loaded, answer, folder, outputs, before)
    interrupted = gained.interrupted or written is not outputs
    if outputs.questions and not unfinished and not interrupted:  # the plan is stored: no question can lose it
        code, written = _answer(path, loaded, plan, limits, folder, written, before)
    outputs.store_json(plan)
    show_summary(loaded, plan, folder, written)
    if begun is not None:
        outputs.say(searching_on.said_of(gained, begun))
    if interrupted:
        failures.say(
            _("Interrupted: this is the best plan found so far, checked; the search was not finished.")
            if gained.interrupted
            else _("Interrupted: the search was finished; the plan is stored, with its report.")
        )
        return failures.INTERRUPTED
    if answer.broke:
        failures.say(_("This is the best plan found before that, checked; the search was not finished."))
    elif code == 0 and before is None and (words := next_command.next_command(scenario, plan, path, written)):
        outputs.say(words)
    return code


def _store(loaded: LoadedScenario, answer: Answer, folder: Path, outputs: Outputs, before: Plan | None) -> Outputs:
    """Write the results with their documents, the PDF after the answers where some are asked for.

    Return the outputs written: those given, or after Ctrl-C those without the documents that take long.
    """
    from planner.report.documents import write_documents
    from planner.store.results import write_results

    scenario, plan = loaded.scenario, answer.plan
    warnings = loaded.warnings_in_documents()

    def write(outputs: Outputs, printer: PdfPrinter | None) -> None:
        documents = partial(
            write_documents,
            scenario,
            plan,
            warnings=warnings,
            before=before,
            xlsx=outputs.xlsx,
            printer=printer,
            word=outputs.word,
            year=outputs.year,
            length=outputs.length,
        )
        write_results(scenario, plan, folder, documents, force=outputs.force, verdict=answer.verdict)

    try:
        unfinished = plan.solver.interrupted or bool(answer.broke)
        write(outputs, outputs.printer if unfinished or not outputs.questions else None)
    except KeyboardInterrupt:  # the plan is worth the few seconds, whatever it took to find it
        if plan.solver.interrupted:
            raise
        outputs = outputs.without_documents()
        write(outputs, None)
    return outputs


def _answer(
    path: str,
    loaded: LoadedScenario,
    plan: Plan,
    limits: SearchLimits,
    folder: Path,
    outputs: Outputs,
    before: Plan | None,
) -> tuple[int, Outputs]:
    """Answer the questions asked for and write the report anew; return the exit code, and the outputs written."""
    from planner.report.documents import write_report

    answered, code = report_answers.answer_for_report(outputs.questions, path, loaded, plan, limits, folder)
    if code == failures.INTERRUPTED:
        outputs = replace(outputs, printer=None)
        failures.say(
            _("Interrupted: the plan and its report are stored, with the answers found by then.")
            if answered
            else _("Interrupted: the plan and its report are stored, without the answers asked for.")
        )
    if answered or outputs.printer is not None:
        write_report(
            loaded.scenario,
            plan,
            folder,
            warnings=loaded.warnings_in_documents(),
            before=before,
            printer=outputs.printer,
            year=outputs.year,
            length=outputs.length,
        )
    return code, outputs
