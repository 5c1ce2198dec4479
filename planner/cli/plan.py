"""`planner plan`: checked plans and reports from scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.analysis.registry import BY_NAME, IN_REPORT, PART_OF
from planner.cli import failures, repair_suggestions, settings, translated
from planner.cli.apart import Workers
from planner.cli.one_plan import plan_one
from planner.cli.outputs import Outputs
from planner.cli.repeated_ids import repeated_ids
from planner.errors import InfeasibleError, InputError, PlannerError
from planner.locale import N_, _

if TYPE_CHECKING:
    from planner.planning import SearchLimits
    from planner.report.views.document import Length
    from planner.scenario_io import LoadedScenario
    from planner.solve.worker import Worker


class _Questions(click.Choice[str]):
    """The questions that a report can answer; what another command or question answers is told with that."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in PART_OF:
            sentence = _("'{name}' is part of the answer to '{question}': --ask {question}.")
            self.fail(sentence.format(name=value, question=PART_OF[value]), param, ctx)
        if value in BY_NAME and value not in self.choices:
            sentence = _("'{name}' is a command of its own: planner {name} --help says what it needs.")
            self.fail(sentence.format(name=value), param, ctx)
        return super().convert(value, param, ctx)


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
        (
            "planner plan scenarios/kabupaten-2027.yaml --from reports/kabupaten-2027 --gap 0.01% --time-limit 1800",
            N_("Search on from the plan made before, nearer and longer:"),
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
    "--from",
    "begin",
    default="",
    metavar=N_("FOLDER"),
    help=N_(
        "Search on from a plan made before, in a folder of results or a plan.json: what the search ends with is never"
        " worse. For one scenario, as a rule with a smaller --gap and a longer --time-limit."
    ),
)
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
    type=_Questions(IN_REPORT),
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
    begin: str,
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
    from planner.report.pdf import PdfPrinter
    from planner.solve.worker import Worker
    from planner.spreadsheets import new_workbook

    changes = settings.with_leniency(changes, lenient)
    templates = settings.chosen_templates(docx, terms, letter)
    workers = Workers(jobs, cluster)
    outputs = Outputs(Path(out), json_file, force, xlsx, None, questions, year, templates, length, changes, workers)
    if json_file is not None and len(scenarios) > 1:
        raise click.UsageError(_("--json takes one scenario at a time."))
    if begin and len(scenarios) > 1:
        raise click.UsageError(_("--from takes one scenario at a time."))
    outputs.check_json()
    if xlsx:
        new_workbook.ensure_available()
    limits = settings.chosen_limits(gap, time_limit, solver, strategy)
    # engines and WeasyPrint are loaded while the scenarios are read
    with Worker() as ahead, PdfPrinter() if pdf else nullcontext() as printer:
        return plan_all(scenarios, changes, limits, replace(outputs, printer=printer), ahead, begin)


def plan_all(
    scenarios: Sequence[str],
    changes: tuple[str, ...],
    limits: SearchLimits,
    outputs: Outputs,
    ahead: Worker,
    begin: str = "",
) -> int:
    """Read all scenarios, then plan each; return the exit code of the worst.

    `begin` is the folder or file of the plan from which the search goes on, if it does.
    """
    codes, loaded = read_all(scenarios, changes)
    if loaded and outputs.printer is not None:
        outputs.printer.ensure_ready()
    for number, (path, scenario) in enumerate(loaded):
        if number:
            outputs.say("")
        try:
            code = plan_one(path, scenario, limits, outputs, ahead, begin=begin)
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
    repeated = repeated_ids(((path, each.scenario.id) for path, each in loaded), remedy)
    if repeated:
        raise InputError(repeated)
    return codes, loaded
