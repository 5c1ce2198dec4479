"""`planner replan`: the plan of what is left, once a part of a plan has happened."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli import failures, settings, translated
from planner.errors import InfeasibleError, InputError, Problem
from planner.locale import N_, _, language_in_force, ngettext
from planner.report import actuals_form
from planner.report.actuals_form import first_plan

if TYPE_CHECKING:
    from planner.scenario_io import LoadedScenario
    from planner.store.stored_plan import StoredPlan


@translated.command(
    "replan",
    help=N_(
        "Makes the plan of what is left. Periods that are over are facts: what was attended, held and paid stands,"
        " also where it breaks a rule. The rest is planned anew with what is left of every fund, limit, place and gap,"
        " into a folder of its own. The report shows plan, actual and rest, and what changes."
    ),
    examples=(
        (
            "planner template realisasi-tw2.xlsx --actuals reports/jambi-2027 --through TW2",
            N_("The workbook to fill in, with the plan's own rows:"),
        ),
        (
            "planner replan reports/jambi-2027 --actuals realisasi-tw2.xlsx",
            N_("The plan of what is left, in reports/jambi-2027-tw2:"),
        ),
        (
            "planner replan reports/jambi-2027 --actuals realisasi-tw2.xlsx --set funds.apbd.amount='2 miliar'",
            N_("With a budget that was cut meanwhile:"),
        ),
    ),
    exit_codes=(0, 2, 3, 4, 5, 6, 130),
)
@translated.argument("folder", metavar=N_("DIR"), help=N_("Folder of results of the plan, as planner plan wrote it."))
@translated.option(
    "--actuals",
    "table",
    required=True,
    metavar=N_("FILE"),
    help=N_("What has happened: a workbook, or a folder of CSV files, with the sheets of planner template --actuals."),
)
@translated.option(
    "--through",
    metavar=N_("PERIOD"),
    help=N_("The last period that is over.  [default: the latest of the table]"),
)
@settings.changes
@settings.limits
@translated.option(
    "--out",
    metavar=N_("FOLDER"),
    help=N_("Folder in which the folder of the results is made.  [default: the one that holds DIR]"),
)
@translated.option(
    "--xlsx", is_flag=True, help=N_("Write an Excel workbook too: rencana.xlsx in the folder of the results.")
)
@translated.option(
    "--pdf", is_flag=True, help=N_("Write the report as PDF too: rencana.pdf in the folder of the results.")
)
@settings.year_of_rka
@translated.option("--force", is_flag=True, help=N_("Overwrite files and folders that planner has not written."))
def command(
    folder: str,
    table: str,
    through: str | None,
    changes: tuple[str, ...],
    gap: float,
    time_limit: float,
    solver: str,
    strategy: str,
    out: str | None,
    xlsx: bool,
    pdf: bool,
    year: str,
    force: bool,
) -> int:
    """Plan what is left of the plan in `folder`; return the exit code."""
    from planner.cli.one_plan import plan_one
    from planner.cli.outputs import Outputs
    from planner.report.pdf import PdfPrinter
    from planner.report.wording.broken_by_facts import breaches_in_rows, breaches_said
    from planner.scenario_io.problems import located
    from planner.solve.worker import Worker
    from planner.spreadsheets import new_workbook

    if xlsx:
        new_workbook.ensure_available()
    limits = settings.chosen_limits(gap, time_limit, solver, strategy)
    # engines and WeasyPrint are loaded while the plan is read
    with Worker() as ahead, PdfPrinter() if pdf else nullcontext() as printer:
        stored = _stored(folder)
        loaded = _what_is_left(stored, table, through, changes)
        parent = Path(out) if out is not None else stored.path.absolute().parent.parent
        settings.ensure_year(loaded.scenario, year)
        if (parent / loaded.scenario.id).absolute() == stored.path.absolute().parent and not force:
            message = _("this folder holds the plan itself.")
            raise InputError([Problem(message, _("Name another with --out, or use --force."), file=folder)])
        if printer is not None:
            printer.ensure_ready()
        if words := breaches_said(loaded.scenario):
            for each in breaches_in_rows(loaded.scenario):
                failures.warn(located(loaded.place(each.path), each.message, each.remedy, each.path))
            failures.say(_("warning: {text}").format(text=words))
        outputs = Outputs(parent, None, force, xlsx, printer, year=year)
        try:
            return plan_one(table, loaded, limits, outputs, ahead, first_plan(stored))
        except InfeasibleError as error:
            code = failures.show(error)
            failures.say(
                _(
                    "What has happened stands, and lower bounds hold for the whole plan: no plan of "
                    "the rest can reach them. Lower the bounds, or correct the table."
                )
            )
            return code


def _what_is_left(stored: StoredPlan, table: str, through: str | None, changes: tuple[str, ...]) -> LoadedScenario:
    """Return the scenario of a stored plan, with what has happened."""
    from planner.scenario_io.replanning import read_with_actuals
    from planner.store.stored_plan import SCENARIO_FILE

    horizon = stored.scenario.horizon
    if through is not None:
        _ensure_known(through, horizon)
    return read_with_actuals(stored.path.with_name(SCENARIO_FILE), Path(table), through, horizon, changes)


def blank_actuals(folder: str, through: str | None, lists: str | None = None) -> bytes:
    """Return the workbook of actuals with the rows of the plan in `folder`, up to `through`.

    With the folder of `lists` of names, who attended and which classes were held are counted from those that came back.
    """
    stored = _stored(folder)
    if through is not None:
        _ensure_known(through, stored.scenario.horizon)
    known = None
    if lists is not None:
        from planner.report.wording.formats import Formats
        from planner.store.attended_lists import presence_in

        counts = presence_in(stored.scenario, Path(lists), through, stored.data)
        for notice in counts.notices:
            failures.warn(notice)
        failures.say(
            _("{absent} people were absent, {left} left; {passed} gaps were found closed, {open} were not.").format(
                absent=counts.absent, left=counts.left, passed=counts.passed, open=counts.not_passed
            )
        )
        if counts.as_planned:
            failures.say(
                ngettext(
                    "{count} participant of groups beside the list has no name and stands as planned: correct the row.",
                    "{count} participants of groups beside the list have no names and stand as planned: correct their"
                    " rows.",
                    counts.as_planned,
                ).format(count=counts.as_planned)
            )
        if counts.without_gap:
            failures.say(
                ngettext(
                    "{count} result is of somebody who has no gap there, or none any more: not counted.",
                    "{count} results are of people who have no gap there, or none any more: not counted.",
                    counts.without_gap,
                ).format(count=counts.without_gap)
            )
        for (programme, period, group, competency), people in counts.untested.items():
            names = {
                "programme": stored.scenario.programme[programme].label,
                "period": period,
                "competency": stored.scenario.competency[competency].label,
                "group": stored.scenario.group[group].label,
            }
            failures.say(
                ngettext(
                    "{programme}, {period}: {count} participant of '{group}' has no gap in {competency}, and nobody was"
                    " tested: the plan expects gaps of that person to close too. With results only real gaps count.",
                    "{programme}, {period}: {count} participants of '{group}' have no gap in {competency}, and nobody"
                    " was tested: the plan expects gaps of theirs to close too. With results only real gaps count.",
                    people,
                ).format(count=people, **names)
            )
        known = dict(counts.rows())
        for (programme, period), amounts in actuals_form.paid_though_not_held(stored, through, known).items():
            failures.say(
                ngettext(
                    "{programme}, {period}: not held; {count} planned payment of {amount} still stands in the workbook."
                    " Delete it if it was not made, or it counts as spent.",
                    "{programme}, {period}: not held; {count} planned payments of {amount} still stand in the workbook."
                    " Delete those that were not made, or they count as spent.",
                    len(amounts),
                ).format(
                    programme=stored.scenario.programme[programme].label,
                    period=period,
                    count=len(amounts),
                    amount=Formats(language_in_force()).rupiah(sum(amounts)),
                )
            )
    return actuals_form.blank_actuals(stored, through, known)


def _stored(folder: str) -> StoredPlan:
    from planner.store.stored_plan import read_stored

    return read_stored(folder)


def _ensure_known(period: str, horizon: tuple[str, ...]) -> None:
    """Raise InputError unless the plan has this period."""
    from planner.domain.checks.did_you_mean import suggestion

    if period not in horizon:
        raise InputError([Problem(_("unknown period '{name}'.").format(name=period), suggestion(period, horizon))])
