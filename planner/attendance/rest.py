"""Who takes the seats that are left, where it is known who attended what has happened.

A plan says how many people of a group attend; its patterns may combine past and future seats in a way that the people
who really came cannot follow. The seats that are left are given to people by what they have attended, each within what
one person can take:

    people in (history h, starts S):  n_h,S >= 0 whole
    sum over h and S with (p,t) of n_h,S  =  seats[p,t];  sum over S of n_h,S  <=  people with h
    sum over h and S that uses a quota beyond h of n_h,S  <=  what those with a history leave of it

Chosen is the way that leaves fewest seats empty, then needs fewest people beyond those whom the plan counts as willing,
then gives most people a first chance to close a gap, then a second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from planner.attendance.best_pattern import TooMany, all_patterns
from planner.attendance.task import Task, task_of
from planner.domain.attendance import NO_HISTORY, History, Start
from planner.domain.groups import Group
from planner.domain.scenario import Scenario

if TYPE_CHECKING:
    import pulp

MOST_PATTERNS: Final = 1000
"""Most patterns of the rest that are all tried; where there are more, single starts, pairs and what the plan
combines."""
EMPTY_SEAT: Final = 10.0**6
ONE_MORE_PERSON: Final = 10.0**3
SECOND_CHANCE: Final = 0.01
"""Worth of a chance for somebody who had one already, where a first chance is worth 1."""
ONE_COURSE_MORE: Final = 0.0001


@dataclass
class RestOfGroup:
    """Who of one group takes which of the seats that are left."""

    people: list[tuple[History, int, tuple[Start, ...]]] = field(default_factory=list)
    """(history, people, what each of them starts)."""
    empty: dict[Start, int] = field(default_factory=dict)
    """Seats that nobody of the group can take [people]."""


def rest_of_group(
    scenario: Scenario,
    group: Group,
    before: Mapping[History, int],
    seats: Mapping[Start, int],
    likely: Iterable[Sequence[Start]] = (),
    new_people: int | None = None,
) -> RestOfGroup:
    """Give `seats` to the people of a group, of whom so many have each history of `before`.

    `likely` are starts that the plan gives to one person; `new_people` is how many people without a history it counts
    as willing [people].
    """
    happened = dict.fromkeys(start for history in before for start in history.starts)
    task = task_of(scenario, group, {**dict.fromkeys(happened, 1), **seats})
    place = {start: n for n, start in enumerate(task.starts)}
    people = {**before, NO_HISTORY: group.headcount - sum(before.values()) + before.get(NO_HISTORY, 0)}
    choices = [
        (history, taken)
        for taken in ([place[start] for start in each] for each in _patterns(task_of(scenario, group, seats), likely))
        for history, number in people.items()
        if number > 0 and task.fits_after([place[start] for start in history.starts], taken)
    ]
    return _solved(scenario, group, task, people, choices, seats, new_people)


def _patterns(rest: Task, likely: Iterable[Sequence[Start]]) -> list[list[Start]]:
    """Return what one person may take of the rest: every pattern, or the likely ones where those are too many."""
    try:
        found = all_patterns(rest, MOST_PATTERNS)
    except TooMany:
        every = range(len(rest.starts))
        place = {start: n for n, start in enumerate(rest.starts)}
        found = [(s,) for s in every] + [(a, b) for a in every for b in every if a < b]
        found += [tuple(sorted(place[start] for start in each if start in place)) for each in likely]
        found = [taken for taken in dict.fromkeys(found) if taken and rest.fits(taken)]
    return [[rest.starts[s] for s in taken] for taken in found]


def _solved(
    scenario: Scenario,
    group: Group,
    task: Task,
    people: Mapping[History, int],
    choices: Sequence[tuple[History, Sequence[int]]],
    seats: Mapping[Start, int],
    new_people: int | None,
) -> RestOfGroup:
    import pulp  # here, since only groups with past attendance need it

    from planner.highs.checked import CheckedHighs

    place = {start: n for n, start in enumerate(task.starts)}
    histories = {history: [place[start] for start in history.starts] for history in people}
    problem = pulp.LpProblem("rest", pulp.LpMinimize)
    number = [problem.add_variable(f"n{i}", 0, people[history], "Integer") for i, (history, _t) in enumerate(choices)]
    empty = {place[start]: problem.add_variable(f"e{place[start]}", 0, n, "Integer") for start, n in seats.items()}
    excess = problem.add_variable("more", 0, None, "Integer")

    def total(terms: Iterable[tuple[pulp.LpVariable, float]]) -> pulp.LpAffineExpression:
        return pulp.LpAffineExpression.from_list(list(terms))

    for start, n in seats.items():
        s = place[start]
        with_it = [(x, 1.0) for x, (_h, taken) in zip(number, choices, strict=True) if s in taken]
        problem.addConstraint(total([*with_it, (empty[s], 1.0)]) == n, f"x{s}")
    for at, (history, most) in enumerate(people.items()):
        those = [(x, 1.0) for x, (h, _t) in zip(number, choices, strict=True) if h == history]
        if those:
            problem.addConstraint(total(those) <= most, f"h{at}")
    for q, quota in enumerate(task.quotas):
        used = sum(n * task.used(histories[h]).count(q) for h, n in people.items())
        more = [task.used([*histories[h], *t]).count(q) - task.used(histories[h]).count(q) for h, t in choices]
        terms = [(x, float(m)) for x, m in zip(number, more, strict=True) if m > 0]
        if terms:
            problem.addConstraint(total(terms) <= max(0, quota.people - used), f"q{q}")
    if new_people is not None:
        new = [(x, 1.0) for x, (h, _t) in zip(number, choices, strict=True) if h == NO_HISTORY]
        problem.addConstraint(total([*new, (excess, -1.0)]) <= max(0, new_people), "willing")
    worth = [_worth(scenario, group, h, [task.starts[s] for s in taken]) for h, taken in choices]
    costs = [(x, -value) for x, value in zip(number, worth, strict=True)]
    costs += [(e, EMPTY_SEAT) for e in empty.values()] + [(excess, ONE_MORE_PERSON)]
    problem.setObjective(total(costs))
    stats = problem.solve(CheckedHighs(msg=False, threads=1, mip_rel_gap=0.0, mip_max_nodes=5000))
    if not stats.has_solution:
        return RestOfGroup(empty=dict(seats))
    found = RestOfGroup()
    for x, (history, taken) in zip(number, choices, strict=True):
        if n := round(float(x.varValue or 0.0)):
            found.people.append((history, n, tuple(task.starts[s] for s in taken)))
    for start, n in seats.items():
        left = n - sum(number for _h, number, taken in found.people if start in taken)
        if left:
            found.empty[start] = left
    return found


def _worth(scenario: Scenario, group: Group, history: History, taken: Sequence[Start]) -> float:
    """Return the gaps that somebody with this history may close by the added starts, first chances before second
    ones."""
    tried = {c for p, _t in history.starts for c in scenario.programme[p].closes}
    worth = 0.0
    for c in group.needs:
        best = max((scenario.programme[p].closes.get(c, Fraction(0)) for p, _t in taken), default=Fraction(0))
        if best and c not in history.passed:
            worth += float(best) * (SECOND_CHANCE if c in tried else 1.0)
    return worth - ONE_COURSE_MORE * len(history.starts) * len(taken)
