"""`planner verify`: a check of stored plans by the independent checker, without a solver."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from planner.cli import failures, settings, translated
from planner.errors import CheckFailed, PlannerError
from planner.locale import N_, _, ngettext

if TYPE_CHECKING:
    from planner.check import Verdict
    from planner.store.stored_plan import StoredPlan


@translated.command(
    "verify",
    help=N_(
        "Checks a stored plan again, in whole people and whole rupiah, against the scenario stored beside it: every"
        " rule, every cost, every total, and the certificate of planner prove where there is one. No solver is used, so"
        " an auditor can run it anywhere."
    ),
    examples=(
        ("planner verify reports/jambi-2027", N_("Check the results of a plan:")),
        ("planner verify reports/*/plan.json", N_("Check all stored plans:")),
    ),
    exit_codes=(0, 2, 5),
)
@settings.stored_plans
def command(plans: tuple[str, ...]) -> int:
    """Check each stored plan; return the exit code of the worst."""
    return failures.worst([verify(path) for path in plans])


def verify(path: str) -> int:
    """Check one stored plan and print what was proven or the findings; return the exit code."""
    from planner.store.stored_plan import read_stored

    try:
        stored = read_stored(path)
    except PlannerError as error:
        return failures.show(error)
    verdict = stored.verdict()
    if not verdict.passed:
        for finding in verdict.findings:
            failures.say(f"{stored.path}: {finding}")
        count = len(verdict.findings)
        failures.say(
            ngettext(
                "{path}: the plan does NOT hold: {count} finding. Do not use it.",
                "{path}: the plan does NOT hold: {count} findings. Do not use it.",
                count,
            ).format(path=stored.path, count=count)
        )
        return CheckFailed.exit_code
    click.echo("\n".join(proven(stored, verdict)))
    return certificates(stored)


def certificates(stored: StoredPlan) -> int:
    """Check the certificates beside a plan that holds; return the exit code."""
    from planner.certificate.folder import examined, has_certificate
    from planner.cli.prove import at_most

    results = stored.path.parent
    if not has_certificate(results):
        words = _(
            "How much better another plan may be is NOT checked here, only stated by this plan: {quality}. planner"
            " prove shows what of it is proven."
        )
        click.echo(words.format(quality=stated_quality(stored)))
        return 0
    found = examined(results, stored.scenario, stored.plan())
    for sentence in found.wrong:
        failures.say(sentence)
    if found.wrong:
        failures.say(
            _("{path}: the certificate is NOT in order. Do not pass it on; planner prove writes it anew.").format(
                path=results
            )
        )
        return CheckFailed.exit_code
    for file, more in found.open.items():
        click.echo(at_most(file, more))
        if file in found.short:
            words = _("{file}: it does NOT prove what this plan states of its quality: {quality}.")
            click.echo(words.format(file=file, quality=stated_quality(stored)))
    click.echo(_("Its certificate is in order, and its rows are those of the scenario, made anew."))
    return 0


def stated_quality(stored: StoredPlan) -> str:
    """Return what the plan says of its own quality, as on the cover of its report, in the language in force."""
    from planner.locale import language_in_force
    from planner.plans.stored_figures import as_written
    from planner.report.material import Material
    from planner.report.views.quality import quality_in_short
    from planner.report.wording.formats import Formats

    return quality_in_short(Material(stored.scenario, as_written(stored.plan()), Formats(language_in_force())))


def proven(stored: StoredPlan, verdict: Verdict) -> list[str]:
    """Return what the check has proven, as sentences."""
    from planner.locale import language_in_force
    from planner.report.wording.formats import Formats

    formats = Formats(language_in_force())
    data, rules = stored.data, len(verdict.slack)
    people = sum(row["participants"] for row in data["allocations"])
    return [
        _("{path}: the plan holds.").format(path=stored.path),
        _("It belongs to this scenario: {id}, SHA-256 {sha256}.").format(
            id=stored.scenario.id, sha256=stored.scenario.sha256
        ),
        ngettext(
            "{count} limit recomputed from the decisions, in whole people and whole rupiah: it holds.",
            "{count} limits recomputed from the decisions, in whole people and whole rupiah: all hold.",
            rules,
        ).format(count=formats.count(rules)),
        _(
            "{people} participants, cost {cost}, of which own funds {own} and partners {partner}:"
            " every cost paid exactly."
        ).format(
            people=formats.count(people),
            cost=formats.rupiah(data["total_cost"]),
            own=formats.rupiah(data["own_cost"]),
            partner=formats.rupiah(data["partner_cost"]),
        ),
        _("An expected {closed} of {need} gaps closed.").format(
            closed=formats.number(_exact(data["gaps_closed"])), need=formats.count(data["total_need"])
        ),
    ]


def _exact(value: Any) -> Fraction:
    """Return a stored figure as the number that stands in plan.json, so that it is rounded as the report rounds it."""
    return Fraction(repr(value))
