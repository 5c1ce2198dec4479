"""`planner prove`: the certificate of a stored plan, and a program that verifies it without the planner."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from pathlib import Path

import click

from planner.cli import failures, settings, translated
from planner.errors import CheckFailed, PlannerError
from planner.locale import N_, _

MOST_EFFORT = 100


@translated.command(
    "prove",
    help=N_(
        "Writes a certificate beside a stored plan: its model, the plan and the bound on all plans, line by line in"
        " exact arithmetic (format VIPR), and a short program that verifies it with nothing but Python."
    ),
    examples=(
        ("planner prove reports/jambi-2027", N_("Write the certificate of a plan:")),
        ("planner verify reports/jambi-2027", N_("Check plan and certificate together:")),
    ),
    exit_codes=(0, 2, 4, 5),
)
@settings.stored_plans
@translated.option(
    "--effort",
    type=click.FloatRange(0, MOST_EFFORT),
    default=1.0,
    show_default=True,
    metavar=N_("NUMBER"),
    help=N_("How long a better bound is sought: 2 is twice as long as usual."),
)
def command(plans: tuple[str, ...], effort: float) -> int:
    """Write the certificate of each stored plan; return the exit code of the worst."""
    return failures.worst([prove(path, effort) for path in plans])


def prove(path: str, effort: float) -> int:
    """Write the certificate of one stored plan and say what it proves; return the exit code."""
    from planner.certificate.folder import write_certificate
    from planner.certificate.plan_point import NoPoint
    from planner.plans.plan import Status
    from planner.store.stored_plan import read_stored

    try:
        stored = read_stored(path)
        plan = stored.plan()
        made = write_certificate(stored.path.parent, stored.scenario, plan, effort)
    except PlannerError as error:
        return failures.show(error)
    except NoPoint as error:
        failures.say(
            _("{path}: no certificate: the plan does not satisfy the exact model ({reason}).").format(
                path=path, reason=error
            )
        )
        return CheckFailed.exit_code
    for file, certificate in made:
        click.echo(at_most(file, certificate.open))
        if plan.status is Status.OPTIMAL and not certificate.reached:
            click.echo(
                _(
                    "{file}: this does not prove yet what the plan says of its quality; search longer "
                    "with --effort {effort}."
                ).format(file=file, effort=f"{4 * max(effort, 0.25):g}")
            )
    return 0


def at_most(file: Path | str, more: Fraction) -> str:
    """Return by how much another plan might be better according to a certificate, rounded up."""
    from planner.certificate.verify import shown
    from planner.locale import language_in_force

    open_ = shown(more, language_in_force(), ceil)
    return _("{file}: no plan is better by more than {open}, in exact arithmetic.").format(file=file, open=open_)
