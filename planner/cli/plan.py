"""`planner plan`: checked plans and reports from scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.analysis.registry import IN_REPORT
from planner.cli import failures, next_command, repair_suggestions, report_answers, settings, translated
from planner.cli.apart import HERE, Workers, planned
from planner.cli.files import refuse_to_overwrite, write_file
from planner.cli.repeated_ids import repeated_ids
from planner.errors import InfeasibleError, InputError, PlannerError, SolverError
from planner.locale import N_, _

if TYPE_CHECKING:
    from planner.planning import SearchLimits
    from planner.plans.plan import Plan
    from planner.report.pdf import PdfPrinter
    from planner.report.views.document import Length
    from planner.report.word import Templates
    from planner.scenario_io import LoadedScenario
    from planner.solve.worker import Worker


@dataclass(frozen=True)
class Outputs:
    """Outputs of the command: folder of results, file of --json, workbook, PDF, and answers in the report."""

    folder: Path
    json: str | None
    force: bool
    xlsx: bool
    printer: PdfPrinter | None
    """Makes the PDF; None where none is asked for."""
    questions: tuple[str, ...] = ()
    """Names of the questions of --ask."""
    year: str = ""
    """Year of the RKA; empty for the first that is not over."""
    word: Templates | None = None
    """Templates of the Word documents; None where none are asked for."""
    length: Length = "full"
    """Length of the report."""
    changes: tuple[str, ...] = ()
    """Settings of --set, for the command that is proposed next."""
    workers: Workers = HERE

    @property
    def on_stdout(self) -> bool:
        """Whether plan.json is printed on standard output."""
        return self.json == "-"

    def check_json(self) -> None:
        """Raise InputError if the file of --json cannot be written; called before the search."""
        from planner.store.stored_plan import read_plan_data

        if self.json is not None and not self.on_stdout:
            path = Path(self.json)
            try:
                ours = path.is_file() and bool(read_plan_data(path))
            except InputError:
                ours = False
            refuse_to_overwrite(path, ours=ours, force=self.force)

    def store_json(self, plan: Plan) -> None:
        """Write the plan where --json says."""
        if self.on_stdout:
            click.echo(plan.to_json().encode(), nl=False)
        elif self.json is not None:
            write_file(Path(self.json), plan.to_json())

    def say_if_any(self, text: str) -> None:
        """Print text for people, unless there is none."""
        if text:
            self.say(text)

    def say(self, text: str) -> None:
        """Print text for people: on standard error if plan.json is printed on standard output."""
        click.echo(text, err=self.on_stdout)


@translated.command(
    "plan",
    help=N_(
        "Plans scenarios: finds which gaps to close, in which programmes and when, and which fund pays; checks the plan"
        " in whole people and whole rupiah; writes the report, plan.json, the tables and the resolved scenario; and"
        " prints a summary. Ctrl-C stops the search and keeps the best plan found."
    ),
    examples=(
        ("planner plan scenarios/jambi-2027.yaml", N_("Plan and write reports/jambi-2027/report.html:")),
        (
            "planner plan scenarios/jambi-2027.yaml --set funds.apbd.amount='2 miliar'",
            N_("What if the budget were Rp2 miliar?"),
        ),
        ("planner plan scenarios/*.yaml --time-limit 60 --out hasil", N_("Several, at most a minute each:")),
        (
            "planner plan scenarios/contoh-kecil.yaml --ask curve --ask partners",
            N_("With the budget curve and the contribution of each partner in the report:"),
        ),
        ("planner plan scenarios/contoh-kecil.yaml --json -", N_("The plan for another program:")),
    ),
    exit_codes=(0, 2, 3, 4, 5, 6, 130),
)
@translated.argument(
    "scenarios",
    nargs=-1,
    required=True,
    metavar=N_("SCENARIO..."),
    help=N_("Scenario files, YAML or workbooks of `planner template`, planned one after another."),
)
@settings.changes
@settings.limits
@settings.workers
@translated.option(
    "--out",
    default="reports",
    show_default=True,
    metavar=N_("FOLDER"),
    help=N_("Folder of the results; each scenario has its own folder in it, named by its id."),
)
@translated.option(
    "--json",
    "json_file",
    metavar=N_("FILE"),
    help=N_("Also write plan.json to this file; with -, only plan.json is printed on standard output."),
)
@translated.option(
    "--xlsx", is_flag=True, help=N_("Write an Excel workbook too: rencana.xlsx in the folder of the results.")
)
@translated.option(
    "--pdf", is_flag=True, help=N_("Write the report as PDF too: rencana.pdf in the folder of the results.")
)
@settings.word_documents
@translated.option(
    "--ask",
    "questions",
    type=click.Choice(IN_REPORT),
    multiple=True,
    help=N_("Answer a what-if question too, as a section of the report. May be given several times."),
)
@settings.length_of_report
@settings.year_of_rka
@settings.lenient
@translated.option("--force", is_flag=True, help=N_("Overwrite files and folders that planner has not written."))
def command(
    scenarios: tuple[str, ...],
    changes: tuple[str, ...],
    gap: float,
    time_limit: float,
    solver: str,
    strategy: str,
    jobs: int | None,
    cluster: str | None,
    out: str,
    json_file: str | None,
    xlsx: bool,
    pdf: bool,
    docx: bool,
    terms: str | None,
    letter: str | None,
    questions: tuple[str, ...],
    length: Length,
    year: str,
    lenient: bool,
    force: bool,
) -> int:
    """Plan each scenario; a failure does not stop the others. Return the exit code of the worst."""
    from planner.report import results_workbook as workbook
    from planner.report.pdf import PdfPrinter
    from planner.solve.worker import Worker

    changes = settings.with_leniency(changes, lenient)
    templates = settings.chosen_templates(docx, terms, letter)
    workers = Workers(jobs, cluster)
    outputs = Outputs(Path(out), json_file, force, xlsx, None, questions, year, templates, length, changes, workers)
    if json_file is not None and len(scenarios) > 1:
        raise click.UsageError(_("--json takes one scenario at a time."))
    outputs.check_json()
    if xlsx:
        workbook.ensure_available()
    limits = settings.chosen_limits(gap, time_limit, solver, strategy)
    # engines and WeasyPrint are loaded while the scenarios are read
    with Worker() as ahead, PdfPrinter() if pdf else nullcontext() as printer:
        return plan_all(scenarios, changes, limits, replace(outputs, printer=printer), ahead)


def plan_all(
    scenarios: Sequence[str], changes: tuple[str, ...], limits: SearchLimits, outputs: Outputs, ahead: Worker
) -> int:
    """Read all scenarios, then plan each; return the exit code of the worst."""
    codes, loaded = read_all(scenarios, changes)
    if loaded and outputs.printer is not None:
        outputs.printer.ensure_ready()
    for number, (path, scenario) in enumerate(loaded):
        if number:
            outputs.say("")
        try:
            code = plan_one(path, scenario, limits, outputs, ahead)
        except (KeyboardInterrupt, BrokenPipeError):
            raise
        except InfeasibleError as error:
            code = failures.show(error)
            try:
                code = repair_suggestions.print_suggestions(path, scenario, error, limits)
            except Exception as other:
                failures.show(other)
        except Exception as error:
            code = failures.show(error)
        codes.append(code)
        if code == failures.INTERRUPTED:
            break
    return failures.worst(codes)


def read_all(paths: Sequence[str], changes: tuple[str, ...]) -> tuple[list[int], list[tuple[str, LoadedScenario]]]:
    """Return the exit codes of scenarios that cannot be read, and (path, scenario) of the others.

    Raises InputError if two have the same id, because their results would overwrite each other.
    """
    from planner.scenario_io import read_located

    codes: list[int] = []
    loaded: list[tuple[str, LoadedScenario]] = []
    for path in paths:
        try:
            loaded.append((path, read_located(path, changes)))
        except PlannerError as error:
            codes.append(failures.show(error))
    remedy = _("Give each scenario an id of its own, or plan them into different folders with --out.")
    twins = repeated_ids(((path, each.scenario.id) for path, each in loaded), remedy)
    if twins:
        raise InputError(twins)
    return codes, loaded


def plan_one(
    path: str,
    loaded: LoadedScenario,
    limits: SearchLimits,
    outputs: Outputs,
    ahead: Worker | None = None,
    before: Plan | None = None,
) -> int:
    """Plan one scenario, write its results and print its summary; return the exit code.

    `before` is the first plan, where this one is of what is left of it.
    """
    from planner.cli import interrupted_plan, progress
    from planner.cli.plan_summary import show_summary, show_warnings
    from planner.report.documents import write_documents, write_report
    from planner.store.results import ensure_writable, write_results

    scenario = loaded.scenario
    folder = outputs.folder / scenario.id
    settings.ensure_year(scenario, outputs.year)
    ensure_writable(folder, force=outputs.force)
    show_warnings(settings.typed(path, outputs.changes), loaded.warnings)
    with failures.naming(path, loaded), progress.of_search(scenario) as report:
        answer = planned(scenario, limits, report, outputs.workers, folder, ahead)
    plan = answer.plan
    warnings = loaded.warnings_in_documents()
    interrupted = plan.solver.interrupted
    if answer.broke:
        failures.say(f"{path}: {answer.broke}")
    unfinished = interrupted or bool(answer.broke)
    if unfinished and (better := interrupted_plan.better_before(scenario, plan, folder)) is not None:
        outputs.store_json(better)
        show_summary(loaded, better, folder, replace(outputs, xlsx=False, printer=None, word=None))
        return failures.INTERRUPTED if interrupted else SolverError.exit_code

    def write(printer: PdfPrinter | None) -> None:
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
        write(outputs.printer if unfinished or not outputs.questions else None)
    except KeyboardInterrupt:  # the plan is worth the few seconds, whatever it took to find it
        if interrupted:
            raise
        interrupted, outputs = True, replace(outputs, xlsx=False, printer=None, word=None)
        write(None)
    answering = bool(outputs.questions) and not unfinished and not interrupted
    code = SolverError.exit_code if answer.broke else 0
    if answering:  # the plan is stored already, so that a failing question cannot lose it
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
                scenario,
                plan,
                folder,
                warnings=warnings,
                before=before,
                printer=outputs.printer,
                year=outputs.year,
                length=outputs.length,
            )
    outputs.store_json(plan)
    show_summary(loaded, plan, folder, outputs)
    if (
        not unfinished
        and not interrupted
        and before is None
        and (words := next_command.next_command(scenario, plan, path, outputs))
    ):
        outputs.say(words)
    if interrupted:
        if plan.solver.interrupted:
            failures.say(_("Interrupted: this is the best plan found so far, checked; the search was not finished."))
        else:
            failures.say(_("Interrupted: the search was finished; the plan is stored, with its report."))
        return failures.INTERRUPTED
    if answer.broke:
        failures.say(_("This is the best plan found before that, checked; the search was not finished."))
    return code
