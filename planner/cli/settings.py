"""Options that several commands share: changes of the scenario and limits of the search."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli import translated
from planner.cli.files import shell_quoted
from planner.errors import InputError, Problem
from planner.locale import N_, _

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.planning import SearchLimits
    from planner.report.word import Templates

DEFAULT_GAP: Final = "0.0001"
"""Default of --gap: relative gap at which a search stops."""

DEFAULT_SECONDS: Final = "300"
"""Default of --time-limit [s]."""


class Share(click.ParamType[float]):
    """A share such as 0.0001 or 0.01%, as a float in [0, 1]."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        text = str(value)
        number = _decimal(text)
        if isinstance(number, Decimal) and 0 <= number <= 1:
            return float(number)  # such as the default: no other way of writing it has to be known
        from planner.units.numbers import read_share

        try:
            return float(read_share(text if "%" in text else number))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Seconds(click.ParamType[float]):
    """A positive number of seconds."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = _decimal(str(value))
        if not isinstance(number, Decimal) or not 0 < number < 10**9:
            self.fail(_("'{value}' is not a positive number of seconds.").format(value=value), param, ctx)
        return float(number)


def _decimal(text: str) -> Decimal | str:
    """Return the finite number in `text`, with decimal point or comma; `text` itself if it is none."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return text
    return number if number.is_finite() else text


def changes[F: Callable[..., Any]](function: F) -> F:
    """Add the option `--set PATH=VALUE`, which may be repeated."""
    return translated.option(
        "--set",
        "changes",
        multiple=True,
        metavar=N_("PATH=VALUE"),
        help=N_(
            "Change a value of the scenario for this run, such as funds.unja.amount=0: a dotted path in which"
            " records are named by their id. May be given several times."
        ),
    )(function)


def lenient[F: Callable[..., Any]](function: F) -> F:
    """Add the option `--lenient`."""
    return translated.option(
        "--lenient",
        is_flag=True,
        help=N_("Leave out rows of a list of people that cannot be read; the report says so."),
    )(function)


def with_leniency(changes: tuple[str, ...], lenient: bool) -> tuple[str, ...]:
    """Return the changes of a scenario, with that of --lenient."""
    from planner.scenario_io.people_table import LENIENT

    return (*changes, LENIENT) if lenient else changes


def typed(path: str, changes: tuple[str, ...]) -> str:
    """Return a scenario with its changes as they are typed for `planner plan` and `planner check`."""
    from planner.scenario_io.people_table import LENIENT

    words = [shell_quoted(path)]
    for change in changes:
        words += ["--lenient"] if change == LENIENT else ["--set", shell_quoted(change)]
    return " ".join(words)


def limits[F: Callable[..., Any]](function: F) -> F:
    """Add the options `--gap`, `--time-limit`, `--solver` and `--strategy`; the time is that of each scenario."""
    time_limit = translated.option(
        "--time-limit",
        type=Seconds(),
        default=DEFAULT_SECONDS,
        show_default=True,
        metavar=N_("SECONDS"),
        help=N_("Stop the search for each scenario after so many seconds and keep the best plan found."),
    )
    return _limits(function, time_limit)


def limits_of_question[F: Callable[..., Any]](function: F) -> F:
    """Add the same options; the time is that of the whole command."""
    time_limit = translated.option(
        "--time-limit",
        type=Seconds(),
        metavar=N_("SECONDS"),
        help=N_(
            "Stop the whole command after so many seconds: what is finished is kept and shown, the "
            "rest is named, and the same command goes on from there.  [default: none; at most 300 for"
            " each plan]"
        ),
    )
    return _limits(function, time_limit)


def _limits[F: Callable[..., Any]](function: F, time_limit: Callable[[F], F]) -> F:
    for add in (
        translated.option(
            "--strategy",
            type=click.Choice(["auto", "guided", "exact"]),
            default="auto",
            show_default=True,
            help=N_(
                "How to search: guided by the structure of the problem, exact by the whole model, auto by its size."
            ),
        ),
        translated.option(
            "--solver",
            type=click.Choice(["highs", "cbc"]),
            default="highs",
            show_default=True,
            help=N_("Solver to use."),
        ),
        time_limit,
        translated.option(
            "--gap",
            type=Share(),
            default=DEFAULT_GAP,
            show_default=True,
            metavar=N_("SHARE"),
            help=N_(
                "Stop when the plan is proven to be within this share of the best possible: 0.0001 is 0.01%."
                " With 0 the plan is proven best."
            ),
        ),
    ):
        function = add(function)
    return function


def stored_plans[F: Callable[..., Any]](function: F) -> F:
    """Add the argument of commands about stored plans: at least one folder or plan.json."""
    return translated.argument(
        "plans",
        nargs=-1,
        required=True,
        metavar=N_("FOLDER|plan.json..."),
        help=N_("Folders of results, or plan.json files."),
    )(function)


def jobs[F: Callable[..., Any]](function: F) -> F:
    """Add the option `--jobs N`: plans made at the same time."""
    return translated.option(
        "--jobs",
        type=click.IntRange(min=0),
        metavar=N_("N"),
        help=N_(
            "Number of plans made at the same time, each in a process of its own; 0: one by one in this process,"
            " fastest for small scenarios.  [default: the number of processors]"
        ),
    )(function)


def workers[F: Callable[..., Any]](function: F) -> F:
    """Add the options `--jobs N` and `--cluster ADDRESS`: who plans the agencies of a large scenario."""
    cluster = translated.option(
        "--cluster",
        metavar=N_("ADDRESS"),
        help=N_(
            "Plan the agencies of a large scenario on this Dask cluster instead of this machine, such as"
            " tcp://10.0.0.5:8786."
        ),
    )
    number = translated.option(
        "--jobs",
        type=click.IntRange(min=0),
        metavar=N_("N"),
        help=N_(
            "Number of agencies of a large scenario planned at the same time, each in a process of its own; 0: in this"
            " process.  [default: the number of processors]"
        ),
    )
    return cluster(number(function))


def database[F: Callable[..., Any]](function: F) -> F:
    """Add the option `--database URL`: where the workbench keeps its index and the accounts."""
    return translated.option(
        "--database",
        default="",
        envvar="PLANNER_DATABASE",
        metavar=N_("URL"),
        help=N_(
            "Database of accounts and of the index, such as postgresql://planner@localhost/planner; may stand in"
            " PLANNER_DATABASE, so that no password is in the command.  [default: an SQLite file with the results]"
        ),
    )(function)


def year_of_rka[F: Callable[..., Any]](function: F) -> F:
    """Add the option `--year YEAR`: the year whose RKA the documents hold."""
    return translated.option(
        "--year",
        default="",
        metavar=N_("YEAR"),
        help=N_("Year whose budget lines (RKA) are in the report and the workbook.  [default: the first not over]"),
    )(function)


def word_documents[F: Callable[..., Any]](function: F) -> F:
    """Add the options `--docx`, `--template` and `--letter-template`: Word documents and their templates."""
    for add in (
        translated.option(
            "--letter-template",
            "letter",
            metavar=N_("FILE.docx"),
            help=N_("With --docx: template of the covering letter.  [default: --template, where it serves letters]"),
        ),
        translated.option(
            "--template",
            "terms",
            metavar=N_("FILE.docx"),
            help=N_("With --docx: the agency's own template with its letterhead; planner template --docx writes one."),
        ),
        translated.option(
            "--docx",
            is_flag=True,
            help=N_("Write terms of reference (KAK) and covering letter for Word: folder word in that of the results."),
        ),
    ):
        function = add(function)
    return function


def chosen_templates(docx: bool, terms: str | None, letter: str | None) -> Templates | None:
    """Return the templates of the Word documents, read and checked; None where none are asked for."""
    if not docx:
        if terms is not None or letter is not None:
            raise click.UsageError(_("--template and --letter-template go with --docx."))
        return None
    from planner.report.word import read_templates

    return read_templates(terms, letter)


def length_of_report[F: Callable[..., Any]](function: F) -> F:
    """Add the option `--report short|full`."""
    return translated.option(
        "--report",
        "length",
        type=click.Choice(["short", "full"]),
        default="full",
        show_default=True,
        help=N_("Length of the report: short has at most six pages and the budget lines (RKA), full has everything."),
    )(function)


def ensure_year(scenario: Scenario, year: str) -> None:
    """Raise InputError where the plan has no such year."""
    if year and year not in scenario.years:
        message = _("--year: the plan of '{id}' has no year {year}.").format(id=scenario.id, year=year)
        remedy = _("Name one of: {years}.").format(years=", ".join(scenario.years))
        raise InputError([Problem(message, remedy)])


def chosen_limits(gap: float, time_limit: float, solver: str, strategy: str) -> SearchLimits:
    """Return the limits of a search from the options."""
    from planner.solve.engine import EngineName, SearchStrategy
    from planner.solve.outcome import SearchLimits

    return SearchLimits(gap, time_limit, EngineName(solver), SearchStrategy(strategy))
