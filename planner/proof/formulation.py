"""The scenario as an exact model, and the levels of its objective as terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.proof.columns import Columns, Seat, make_columns
from planner.proof.exact_model import ExactModel, Term
from planner.proof.money_rows import add_money, spent
from planner.proof.people_rows import add_people
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


def formulate(scenario: Scenario) -> Formulation:
    """The exact model of `scenario`; gaps closed come last among its levels where it does not name them."""
    c = make_columns(scenario)
    add_people(c)
    add_money(c)
    add_rules(c)
    levels = scenario.objective
    if all(level.goal != "gaps_closed" for level in levels):
        levels = (*levels, Level(maximize="gaps_closed"))
    add_coverage(c, levels)
    return Formulation(c, levels, tuple(tuple(_goal(c, number, level)) for number, level in enumerate(levels)))


def _goal(c: Columns, number: int, level: Level) -> list[Term]:
    """Write a level as terms: weighted gaps less penalties; coverage of the worst-off; own or all payments [rupiah]."""
    scenario = c.scenario
    match level.goal:
        case "gaps_closed":
            worth: list[Term] = [
                (k, scenario.group[g].weight * scenario.competency[key].weight) for (g, key), k in c.closed.items()
            ]
            return [*worth, *((m, -scenario.rules[n].penalty) for (n, _), m in c.missed.items())]
        case "smallest_coverage":
            return [(c.worst[number], 1)]
        case "own_cost":
            return [term for fund in scenario.funds if fund.own for term in spent(c, fund)]
        case _:
            return [term for fund in scenario.funds for term in spent(c, fund)]


def decisions_at(c: Columns, point: Sequence[int]) -> Decisions:
    """Read the decisions of a point, a value per column, whose whole columns are whole."""
    participants = {seat: n for seat, x in c.seats.items() if (n := point[x])}
    return Decisions(
        participants=participants,
        classes={held: n for held, y in c.classes.items() if (n := point[y])},
        socialized=frozenset(g for g, s in c.socialized.items() if point[s]),
        seats=_dealt(c, participants, point),
        used=frozenset(f for f, a in c.used.items() if point[a]),
    )


def _dealt(c: Columns, participants: dict[Seat, int], point: Sequence[int]) -> dict[tuple[str, str, str, str], int]:
    """Assign free seats to groups and periods in file order, each seat once."""
    seats: dict[tuple[str, str, str, str], int] = {}
    left = dict(participants)
    for (f, kind), v in c.free.items():
        rest = point[v]
        for seat in participants if rest else ():
            given = min(rest, left[seat]) if c.kinds[seat] is kind else 0
            if given:
                group, programme, period = seat
                seats[f, programme, group, period] = given
                left[seat] -= given
                rest -= given
    return seats
