"""What programmes use of resources: uses that say too much or too little, and resources without a use."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.problem import DomainProblem, Doubt, Path, listed
from planner.domain.programmes import Programme
from planner.domain.running import users_of
from planner.domain.scenario import Scenario
from planner.locale import _


def use_problems(programme: Programme, path: Path) -> Iterator[DomainProblem]:
    """A use has either an amount or each_period; a use per class belongs to a programme with classes."""
    for name, use in programme.uses.items():
        here: Path = (*path, "uses", name)
        if (use.amount is None) == (use.each_period is None):
            yield DomainProblem(
                here,
                _("'{id}' says of '{resource}' not exactly one of amount and each_period.").format(
                    id=programme.id, resource=name
                ),
                _("Give amount for the whole run, or each_period for every period of it."),
            )
        if use.per == "class" and programme.class_size is None:
            yield DomainProblem(
                (*here, "per"),
                _("'{id}' uses '{resource}' per class, but the programme has no class_size, so no classes.").format(
                    id=programme.id, resource=name
                ),
                _("Add class_size, or let it be used per participant or programme."),
            )


def idle_resources(scenario: Scenario) -> Iterator[Doubt]:
    """Resources that nobody uses, and resources of which there is nothing though programmes need them."""
    for r, resource in enumerate(scenario.resources):
        users = [programme.id for programme, _use in users_of(scenario, resource)]
        if not users:
            yield Doubt(("resources", r), _("no programme uses the resource '{id}'.").format(id=resource.id))
        elif not any(resource.in_period(period) for period in scenario.horizon):
            yield Doubt(
                ("resources", r, "amount"),
                _("there is nothing of the resource '{id}', so these cannot run: {programmes}.").format(
                    id=resource.id, programmes=listed(users)
                ),
            )
