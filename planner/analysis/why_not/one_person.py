"""What one person can take, where that alone rules out one more seat beside what a plan gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from planner.analysis.repairs.adjustable import with_values
from planner.attendance.finder import Found, found_for
from planner.domain.checks.problem import Path
from planner.domain.decisions import Decisions
from planner.domain.groups import Group
from planner.domain.one_person import PersonLimitKind
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


@dataclass(frozen=True)
class Taking:
    """A programme that takes some of what the people of a group have."""

    programme: str
    people: int
    """Participants of the group [people]."""
    each: Fraction
    """What each of them takes [JP or days]."""


@dataclass(frozen=True)
class PersonLimit:
    """A limit of one person: with the rest of the plan as it is, nobody of the group has enough left of it."""

    kind: PersonLimitKind
    path: Path
    where: str
    """The year of the hours, or the period of the days."""
    most: Fraction
    """What one person has [JP or days]."""
    asked: Fraction
    """What one more participant takes [JP or days]."""
    taken: tuple[Taking, ...]
    """The other programmes that the plan gives to the group, in file order."""


def person_limits(scenario: Scenario, plan: Plan, group: Group, programme: Programme) -> tuple[PersonLimit, ...]:
    """Return the limits of one person that exclude one more seat, whenever it starts; none where something else does.

    One more seat is excluded where no attendance patterns hold it, for certain, and there are some as soon as the
    hours of the group, the days of its programmes, or both do not count.
    """
    circle = scenario.willingness.people.get(group.id)
    if circle is None:
        return ()
    decisions = plan.decisions(scenario)
    of_circle = {seat: n for seat, n in decisions.participants.items() if seat[0] in circle.people}
    starts = [t for t in scenario.periods_of(programme) if scenario.one_person.fits(group, programme, t)]

    def possible(loosened: Scenario) -> bool | None:
        """Return whether one more may come, from some start on; None where that is not certain."""
        alone = replace(decisions, participants=of_circle)
        found = [_with_one_more(loosened, alone, group, programme, t) for t in starts]
        return True if any(each.complete for each in found) else None if any(each.stuck for each in found) else False

    if not starts or possible(scenario) is not False:
        return ()
    loosening: dict[PersonLimitKind, Callable[[Scenario], Scenario]] = {
        "hours": lambda changed: with_values(changed, "groups", group.id, max_hours=None),
        "days": lambda changed: changed.changed(
            programmes=tuple(p.model_copy(update={"days": Fraction(0)}) for p in changed.programmes)
        ),
    }
    kinds = [kind for kind, loosened in loosening.items() if possible(loosened(scenario))]
    if not kinds and possible(loosening["days"](loosening["hours"](scenario))):
        kinds = ["hours", "days"]
    return tuple(limit for kind in kinds for limit in _limits(scenario, plan, group, programme, kind, starts))


def _with_one_more(scenario: Scenario, decisions: Decisions, group: Group, programme: Programme, start: str) -> Found:
    seat = group.id, programme.id, start
    people = {**decisions.participants, seat: decisions.participants.get(seat, 0) + 1}
    return found_for(scenario, replace(decisions, participants=people))


def _limits(
    scenario: Scenario, plan: Plan, group: Group, programme: Programme, kind: PersonLimitKind, starts: list[str]
) -> Iterator[PersonLimit]:
    """Yield each year or period of which the group uses something already and the programme takes some."""
    one = scenario.one_person
    load = one.hours if kind == "hours" else one.days
    asked: dict[str, Fraction] = {}
    for start in starts:
        for where, n in load(programme, start).items():
            asked[where] = max(n, asked.get(where, n))
    for where, n in asked.items():
        taken: dict[tuple[str, Fraction], int] = {}
        for row in plan.allocations:
            each = load(scenario.programme[row.programme], row.period).get(where, Fraction(0))
            if row.group == group.id and each:
                taken[row.programme, each] = taken.get((row.programme, each), 0) + row.participants
        if kind == "hours":
            most = one.room(group, where) or Fraction(0)
            path: tuple[str, ...] = ("groups", group.id, "max_hours")
        else:
            path, most = ("periods", where, "working_days"), scenario.working_days[where]
        if taken:
            order = sorted(taken, key=lambda key: list(scenario.programme).index(key[0]))
            rows = tuple(Taking(p, taken[p, each], each) for p, each in order)
            yield PersonLimit(kind, path, where, most, n, rows)
