"""`planner assign`: names for the seats of a plan whose groups were made of people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import failures, translated
from planner.errors import InputError, Problem
from planner.locale import N_, _, ngettext

if TYPE_CHECKING:
    from planner.store.name_lists import NamesWritten


@translated.command(
    "assign",
    help=N_(
        "Names who attends what, for a plan whose groups were made of a list of people: one row for each seat, one line"
        " for each person, a list to sign for each class and an annex for each agency. Within a group the largest gap"
        " comes first, then who was longest without training, then who has fewest JP, then the smaller id. The lists"
        " are recounted against the plan before anything is written. They are personal data: plans and reports hold"
        " none."
    ),
    examples=(
        ("planner assign reports/jambi-2027 --people scenarios", N_("Lists in the folder reports/jambi-2027-peserta:")),
        (
            "planner assign reports/jambi-2027-tw1 --people scenarios --attended reports/jambi-2027-peserta",
            N_("Names for the plan of what is left, by the lists that came back:"),
        ),
    ),
    exit_codes=(0, 2, 5),
)
@translated.argument("folder", metavar=N_("DIR"), help=N_("Folder of results of the plan, as planner plan wrote it."))
@translated.option(
    "--people",
    "tables",
    default=".",
    show_default=True,
    metavar=N_("FOLDER"),
    help=N_("Folder of the scenario, in which the tables of people are."),
)
@translated.option(
    "--attended",
    metavar=N_("FOLDER"),
    help=N_("For a plan of what is left: the folder of the lists before it, as they came back. They say who attended."),
)
@translated.option(
    "--out", metavar=N_("FOLDER"), help=N_("Folder of the lists.  [default: FOLDER with -peserta behind it]")
)
@translated.option("--force", is_flag=True, help=N_("Overwrite files that are there."))
def command(folder: str, tables: str, attended: str | None, out: str | None, force: bool) -> int:
    """Write the lists of names of the plan in `folder`; return the exit code."""
    from planner.report.open_gap_words import reasons_of_open_gaps
    from planner.store.name_lists import write_name_lists
    from planner.store.stored_plan import read_stored

    stored = read_stored(folder)
    if stored.scenario.people is None:
        message = _("the plan was not made of a list of people.")
        raise InputError([Problem(message, _("Name the list under people in the scenario."), file=folder)])
    came_back = None if attended is None else Path(attended)
    target = _folder_of_lists(stored.path.absolute().parent, out, came_back, force=force)
    written = write_name_lists(stored, Path(tables), target, reasons_of_open_gaps(stored), came_back)
    for notice in written.notices:
        failures.warn(notice)
    click.echo(
        _("{folder}: {seats} seats named, of a list of {people} people; the recount agrees with the plan.").format(
            folder=target, seats=written.seats, people=written.people
        )
    )
    if written.happened:
        click.echo(_("{count} of these seats were attended already.").format(count=written.happened))
    if written.unnamed:
        click.echo(
            ngettext(
                "{count} more seat belongs to groups beside the list: it is counted, but without a name.",
                "{count} more seats belong to groups beside the list: they are counted, but without names.",
                written.unnamed,
            ).format(count=written.unnamed)
        )
    _tell_what_names_close(written)
    _tell_mentors(written)
    if not written.workbooks:
        failures.say(_("The lists are too long for workbooks; they are in Parquet files."))
    return 0


def _folder_of_lists(plan: Path, out: str | None, came_back: Path | None, *, force: bool) -> Path:
    """Return the folder to write to; raise InputError where something is there that has to stay."""
    target = Path(out) if out is not None else plan.with_name(f"{plan.name}-peserta")
    if target.exists() and not target.is_dir():
        raise InputError([Problem(_("this is a file, not a folder."), file=str(target))])
    if target.is_dir() and any(target.iterdir()) and not force:
        raise InputError([Problem(_("this folder holds files."), _("Use --force to overwrite."), file=str(target))])
    if came_back is not None and target.absolute() == came_back.absolute():
        message = _("this folder holds the lists that came back.")
        raise InputError([Problem(message, _("Name another with --out."), file=str(target))])
    return target


def _tell_what_names_close(written: NamesWritten) -> None:
    """Say where the people named close another number of gaps than the plan counts, and why."""
    from planner.units.said import decimal_said

    if written.closed_in_mixed < written.counted_in_mixed:
        failures.say(
            _(
                "In mixed groups the plan counts {counted} gaps closed (expected), and these people close {closed}: who"
                " lacks what together is known of people and not of mixed groups."
                " Raise 'most_groups' to plan it exactly."
            ).format(counted=decimal_said(written.counted_in_mixed), closed=decimal_said(written.closed_in_mixed))
        )
        if written.closes_most:
            failures.say(
                _(
                    "No other way to give these seats to these people closes more by weight: as many people, each"
                    " within their JP and after what is required, and as many who reach the target of JP as the plan"
                    " says."
                )
            )
    if decimal_said(written.closed_in_others) != decimal_said(written.counted_in_others):
        of_rest = _(
            "In groups that are not mixed the plan counts {counted} gaps closed (expected), and these people close"
            " {closed}: somebody who attends two programmes for one gap, or again after having closed it, closes it"
            " once, and the plan counts a gap for each as long as others of the group have it."
        )
        sentence = (
            of_rest
            if written.happened
            else _(
                "In groups that are not mixed the plan counts {counted} gaps closed (expected), and these people close"
                " {closed}: somebody who attends two programmes for one gap closes it once, and the plan counts a gap"
                " for each as long as others of the group have it."
            )
        )
        failures.say(
            sentence.format(
                counted=decimal_said(written.counted_in_others), closed=decimal_said(written.closed_in_others)
            )
        )
    if written.without_gap:
        failures.say(
            _(
                "{count} seats went to people of mixed groups who lack nothing that the programme closes: the plan"
                " counts more gaps than these names close."
            ).format(count=written.without_gap)
        )
    if written.after_passing:
        failures.say(
            ngettext(
                "{count} seat goes to somebody who has closed already what the programme closes: the plan of what is"
                " left counts people and not who passed, so it counts more gaps than these names close.",
                "{count} seats go to people who have closed already what the programme closes: the plan of what is left"
                " counts people and not who passed, so it counts more gaps than these names close.",
                written.after_passing,
            ).format(count=written.after_passing)
        )
        told = _("So that they are not sent again, for planner replan with the same actuals: --set {setting}")
        failures.say(told.format(setting=written.without_passed))
    if written.unready:
        failures.say(
            ngettext(
                "{count} person of a mixed group attends a programme without the one that it requires, and lacks what"
                " that one teaches: the plan took others to attend. Raise 'most_groups' to plan it exactly.",
                "{count} people of mixed groups attend a programme without the one that it requires, and lack what that"
                " one teaches: the plan took others to attend. Raise 'most_groups' to plan it exactly.",
                written.unready,
            ).format(count=written.unready)
        )


def _tell_mentors(written: NamesWritten) -> None:
    """Say who is mentored outside the list, and who has no mentor."""
    if written.mentored_beside:
        click.echo(
            ngettext(
                "{count} person is mentored by groups beside the list: the list of mentors numbers their people.",
                "{count} people are mentored by groups beside the list: the list of mentors numbers their people.",
                written.mentored_beside,
            ).format(count=written.mentored_beside)
        )
    if written.without_mentor:
        failures.say(
            _(
                "{count} people who are mentored have no mentor: mentors are whole people, and some "
                "are mentored themselves."
            ).format(count=written.without_mentor)
        )
