"""Uses of resources by programmes that are contradictory, and resources without a use."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.problem import DomainProblem, Doubt, Path, listed
from planner.domain.programmes import Programme
from planner.domain.running import users_of
from planner.domain.scenario import Scenario
from planner.locale import _


def use_problems(programme: Programme, path: Path) -> Iterator[DomainProblem]:
    """Yield uses without exactly one of amount and each_period, and uses per class of programmes without classes."""
    for name, use in programme.uses.items():
        here: Path = (*path, "uses", name)
        if (use.amount is None) == (use.each_period is None):
            yield DomainProblem(
                here,
                _("'{id}' gives both or neither of amount and each_period for '{resource}'.").format(
                    id=programme.id, resource=name
                ),
                _("Give one of them: amount for the whole run, or each_period for every period of it."),
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
    """Yield resources that no programme uses, and resources of which there is none though programmes need them."""
    for r, resource in enumerate(scenario.resources):
        users = [programme.id for programme, _use in users_of(scenario, resource)]
        if not users:
            yield Doubt(("resources", r), _("no programme uses the resource '{id}'.").format(id=resource.id))
        elif not any(resource.in_period(period) for period in scenario.horizon):
            yield Doubt(
                ("resources", r, "amount"),
                _("the resource '{id}' has no amount in any period, so these cannot run: {programmes}.").format(
                    id=resource.id, programmes=listed(users)
                ),
            )
