"""Activities (sub kegiatan) that are listed twice, or that programmes name though they are not listed."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.did_you_mean import suggestion
from planner.domain.checks.problem import DomainProblem
from planner.domain.scenario import Scenario
from planner.locale import _


def activity_problems(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield activities defined twice, and programmes that name an activity which is not listed.

    Codes are compared in their one spelling. A scenario that lists no activities may name any.
    """
    first: dict[str, int] = {}
    for position, activity in enumerate(scenario.activities):
        other = first.setdefault(activity.code, position)
        if other != position:
            yield DomainProblem(
                ("activities", position, "code"),
                _("the activity '{code}' is defined twice.").format(code=activity.code),
                _("Remove one of them."),
                other=("activities", other, "code"),
            )
    for p, programme in enumerate(scenario.programmes):
        if first and programme.activity is not None and programme.activity not in first:
            yield DomainProblem(
                ("programmes", p, "activity"),
                _("'{owner}' names an unknown activity: '{name}'.").format(owner=programme.id, name=programme.activity),
                suggestion(programme.activity, first),
            )
