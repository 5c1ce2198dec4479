"""The scenario as an exact model, and the levels of its objective as terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.proof.attendance_rows import add_attendance
from planner.proof.choice_rows import add_choices
from planner.proof.class_rows import add_classes
from planner.proof.closing_rows import add_closings
from planner.proof.columns import Columns, Seat, make_columns
from planner.proof.course_rows import add_courses
from planner.proof.exact_model import ExactModel, Term
from planner.proof.money_rows import add_money, spent
from planner.proof.people_rows import add_people
from planner.proof.resource_rows import add_resources
from planner.proof.rule_rows import add_coverage, add_rules


@dataclass(frozen=True)
class Formulation:
    """The exact model of a scenario: every plan that keeps the rules is a point of it, with the same values."""

    columns: Columns
    levels: tuple[Level, ...]
    goals: tuple[tuple[Term, ...], ...]
    """Each level as terms, in the scenario's units."""

    @property
    def model(self) -> ExactModel:
        return self.columns.model

    def maximises(self, number: int) -> bool:
        return self.levels[number].maximize is not None


def formulate(scenario: Scenario, learnt: Learnt = NOTHING_LEARNT) -> Formulation:
    """Return the exact model of `scenario`, with the limits `learnt` about attendance.

    Gaps closed come last among its levels where the scenario does not name them.
    """
    return with_money(people_part(scenario, learnt))


def people_part(scenario: Scenario, learnt: Learnt = NOTHING_LEARNT) -> Columns:
    """Return the columns and rows of people, classes and choices; funds matter here only for who can be paid for."""
    c = make_columns(scenario)
    add_people(c)
    add_classes(c)
    add_courses(c)
    add_closings(c)
    add_attendance(c, learnt.sure)
    add_resources(c)
    add_choices(c)
    return c


def with_money(c: Columns) -> Formulation:
    """Return the exact model, made by adding money to its part of people `c`."""
    scenario = c.scenario
    add_money(c)
    add_rules(c)
    levels = scenario.objective
    if all(level.goal != "gaps_closed" for level in levels):
        levels = (*levels, Level(maximize="gaps_closed"))
    add_coverage(c, levels)
    c.model.facts.clear()  # rows added later are not limits of the scenario
    return Formulation(c, levels, tuple(tuple(_goal(c, number, level)) for number, level in enumerate(levels)))


def _goal(c: Columns, number: int, level: Level) -> list[Term]:
    """Return a level as terms: weighted gaps less penalties; lowest coverage; own or all payments [rupiah]."""
    scenario = c.scenario
    match level.goal:
        case "gaps_closed":
            worth: list[Term] = [
                (k, scenario.group[g].weight * scenario.competency[key].weight) for (g, key), k in c.closed.items()
            ]
            return [*worth, *((m, -scenario.rules[n].penalty) for (n, _, _), m in c.missed.items())]
        case "smallest_coverage":
            return [(c.worst[number], 1)]
        case "own_cost":
            return [term for fund in scenario.funds if fund.own for term in spent(c, fund)]
        case _:
            return [term for fund in scenario.funds for term in spent(c, fund)]


def decisions_at(c: Columns, point: Sequence[int]) -> Decisions:
    """Return the decisions of a point, a value per column, whose whole columns are whole."""
    participants = {seat: n for seat, x in c.seats.items() if (n := point[x])}
    return Decisions(
        participants=participants,
        classes={held: n for held, y in c.classes.items() if (n := point[y])},
        socialized=frozenset(g for g, s in c.socialized.items() if point[s]),
        seats={**c.facts.seats, **_dealt(c, participants, point)},
        used=frozenset(f for f, a in c.used.items() if point[a]),
        due={one_off: t for (one_off, t), d in c.due.items() if point[d]},
    )


def _dealt(c: Columns, participants: dict[Seat, int], point: Sequence[int]) -> dict[tuple[str, str, str, str], int]:
    """Assign free seats to groups and periods in file order, each seat once."""
    seats: dict[tuple[str, str, str, str], int] = {}
    left = dict(participants)
    for (f, kind), v in c.free.items():
        rest = point[v]
        for seat in participants if rest else ():
            given = min(rest, left[seat]) if c.kinds.get(seat) is kind else 0
            if given:
                group, programme, period = seat
                seats[f, programme, group, period] = given
                left[seat] -= given
                rest -= given
    return seats
