"""The patterns of a whole plan: group by group, and together within what the groups of an agency may send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from math import floor

from planner.attendance.chosen import Effort, chosen
from planner.attendance.construct import Patterns
from planner.attendance.exact import SeatPrices, solved
from planner.attendance.task import Task, task_of
from planner.domain.attendance import Pattern, Start
from planner.domain.decisions import Decisions
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle

_solved = lru_cache(maxsize=4096)(solved)
"""The same seats of a group are asked about by search, proof and settlement."""


@dataclass
class Found:
    """What is found for the decisions of a plan."""

    tasks: dict[str, Task] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    """How many people of each group there are for patterns."""
    patterns: dict[str, Patterns] = field(default_factory=dict)
    prices: list[tuple[Task, SeatPrices]] = field(default_factory=list)
    """Why groups have no patterns, or patterns that need more people than are left to them."""
    stuck: list[str] = field(default_factory=list)
    """Groups for which neither patterns nor prices are found."""

    @property
    def complete(self) -> bool:
        """Whether there are patterns for everybody."""
        return not self.prices and not self.stuck


def attended(scenario: Scenario, decisions: Decisions, *, briefly: bool = False) -> tuple[Pattern, ...] | None:
    """The patterns chosen for `decisions`, in file order; None where none are found.

    With `briefly`, for plans that are not kept, there may be a few more different ones.
    """
    found = found_for(scenario, decisions)
    if not found.complete:
        return None
    effort = Effort(briefly=briefly)
    rows = []
    for group in scenario.groups:
        task = found.tasks.get(group.id)
        if task is not None:
            best = chosen(task, found.people[group.id], found.patterns[group.id], effort)
            rows += [Pattern(group.id, n, tuple(task.starts[s] for s in taken)) for n, taken in best]
    return tuple(rows)


def can_be_attended(scenario: Scenario, decisions: Decisions) -> bool:
    """Whether patterns are found for `decisions`; groups that nothing binds are not looked at closely."""
    return found_for(scenario, decisions, briefly=True).complete


def found_for(scenario: Scenario, decisions: Decisions, *, briefly: bool = False) -> Found:
    """What is found; `briefly` leaves out groups whose every programme fits beside the others.

    Where what has happened already could not be attended by itself, patterns are of the rest: facts say how many came,
    not who.
    """
    if scenario.facts and not facts_fit(scenario):
        happened = scenario.facts.participants
        rest = {seat: n - happened.get(seat, 0) for seat, n in decisions.participants.items()}
        decisions = replace(decisions, participants={seat: n for seat, n in rest.items() if n > 0})
    return _found_for(scenario, decisions, briefly)


def facts_fit(scenario: Scenario) -> bool:
    """Whether there are patterns of what has happened, without the rest."""
    kept = scenario.one_person.tasks
    if "facts" not in kept:
        facts = scenario.facts
        alone = Decisions(facts.participants, facts.classes, facts.socialized, facts.seats)
        kept["facts"] = _found_for(scenario, alone, briefly=False).complete
    return bool(kept["facts"])


def _found_for(scenario: Scenario, decisions: Decisions, briefly: bool) -> Found:
    found = Found()
    seats = dict(_seats(scenario, decisions))
    for circle in scenario.willingness.everybody:
        sending = [scenario.group[g] for g in circle.people if g in seats]
        if sending:
            _find(scenario, decisions, circle, sending, seats, found, briefly)
    for g in seats:
        if g not in found.people:
            found.stuck.append(g)
    return found


def people_of(scenario: Scenario, circle: Circle, group: Group, socialized: bool) -> int:
    """The most people of a group in patterns, whatever other groups of its agency send [people]."""
    return floor(circle.most(group, socialized))


def _seats(scenario: Scenario, decisions: Decisions) -> Iterator[tuple[str, dict[Start, int]]]:
    programme = {p.id: n for n, p in enumerate(scenario.programmes)}
    of_group: dict[str, list[tuple[Start, int]]] = {}
    for (g, p, t), n in decisions.participants.items():
        if n:
            of_group.setdefault(g, []).append(((p, t), n))
    for g, those in of_group.items():
        those.sort(key=lambda row: (programme[row[0][0]], scenario.place_of_period[row[0][1]]))
        yield g, dict(those)


def _find(
    scenario: Scenario,
    decisions: Decisions,
    circle: Circle,
    sending: list[Group],
    seats: Mapping[str, dict[Start, int]],
    found: Found,
    briefly: bool,
) -> None:
    """Find the patterns of the groups that share one circle."""
    exact = {g: n * scenario.group[g].willing(g in decisions.socialized) for g, n in circle.people.items()}
    together = floor(sum(exact.values(), Fraction(0)))
    most = {group.id: people_of(scenario, circle, group, group.id in decisions.socialized) for group in sending}
    own = {group.id: floor(exact[group.id]) for group in sending}
    found.people |= own
    if briefly and all(_is_free(scenario, group, seats[group.id], own[group.id]) for group in sending):
        return
    tight = sum(most.values()) > together
    short = []
    for group in sending:
        task = found.tasks[group.id] = task_of(scenario, group, seats[group.id])
        answer = _solved(task, own[group.id])
        if isinstance(answer, list):
            found.patterns[group.id] = answer
        else:
            short.append(group)
    for group in short:
        found.people[group.id] = most[group.id]
        _take(found.tasks[group.id], most[group.id], found)
    if tight and all(group.id in found.patterns for group in sending):
        if short:
            _share(sending, most, together, found)
        else:
            _give_rest(sending, most, together, found)


def _take(task: Task, people: int, found: Found) -> None:
    answer = _solved(task, people)
    if isinstance(answer, SeatPrices):
        found.prices.append((task, answer))
    elif answer is None:
        found.stuck.append(task.group)
    else:
        found.patterns[task.group] = answer


def _share(sending: list[Group], most: Mapping[str, int], together: int, found: Found) -> None:
    """Leave each group as many people as its patterns need, and the rest in file order; or find why that fails."""
    least = {}
    for group in sending:
        task = found.tasks[group.id]
        people = at_least(task)
        while people < most[group.id] and not isinstance(answer := _solved(task, people), list):
            people += 1 if answer is None else answer.missing(task, people)
        least[group.id] = min(people, most[group.id])
    if sum(least.values()) > together:
        for group in sending:
            task = found.tasks[group.id]
            answer = _solved(task, least[group.id] - 1)
            if isinstance(answer, SeatPrices):
                found.prices.append((task, answer))
            else:
                found.stuck.append(group.id)
        return
    found.people |= least
    for group in sending:
        _take(found.tasks[group.id], least[group.id], found)
    _give_rest(sending, most, together, found)


def _give_rest(sending: list[Group], most: Mapping[str, int], together: int, found: Found) -> None:
    """Give what an agency may send beside to its groups in file order: more people take part in the same patterns."""
    left = together - sum(found.people[group.id] for group in sending)
    for group in sending:
        more = max(0, min(left, most[group.id] - found.people[group.id]))
        found.people[group.id] += more
        left -= more


def at_least(task: Task) -> int:
    """The fewest people with whom there may be patterns, by each programme and each limit taken alone [people]."""
    of_programme: dict[int, int] = {}
    for programme, n in zip(task.programme, task.counts, strict=True):
        of_programme[programme] = of_programme.get(programme, 0) + n
    by_limit = [
        -(-sum(load[number] * n for load, n in zip(task.loads, task.counts, strict=True)) // room)
        for number, room in enumerate(task.rooms)
        if room
    ]
    return max([*of_programme.values(), *by_limit], default=0)


def _is_free(scenario: Scenario, group: Group, seats: Mapping[Start, int], people: int) -> bool:
    """Whether patterns exist without a search: no limit binds one person, nothing is required, and people suffice."""
    one = scenario.one_person
    of_programme: dict[str, int] = {}
    for (p, t), n in seats.items():
        of_programme[p] = of_programme.get(p, 0) + n
        if t not in one.starts[p]:
            return False
    if any(n > people or scenario.programme[p].requires_ for p, n in of_programme.items()):
        return False
    least = one.least_room(group)
    if least is not None and sum(one.most_hours[p] for p in of_programme) > least:
        return False
    return not (one.crowded and one.crowded_by(of_programme))
