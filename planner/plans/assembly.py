"""From decisions and payments to the plan, with every table and total recomputed exactly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from planner.domain.attendance import Pattern
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level, measured_by
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed
from planner.locale import _
from planner.payments.payment import Payment
from planner.plans.claim import Bounds, Claim, outward, standing
from planner.plans.closings import closings
from planner.plans.evaluation import level_value, weighted, year_results
from planner.plans.hours_reached import hours_reached
from planner.plans.plan import Plan, SolverRun, Status
from planner.plans.plan_rows import Allocation, Classes, Closing, FundUse, LevelResult, RuleResult, Seats
from planner.plans.rule_measures import penalty, rule_results
from planner.version import VERSION


def assemble(
    scenario: Scenario,
    decisions: Decisions,
    payments: Sequence[Payment],
    *,
    attendance: Sequence[Pattern],
    levels: Sequence[Level],
    bounds: Mapping[Level, Bounds],
    tolerance: float,
    solver: SolverRun,
    closed: tuple[Closing, ...] | None = None,
    results: tuple[RuleResult, ...] | None = None,
) -> Plan:
    """Return the plan for `decisions` paid by `payments`, whose people follow the patterns of `attendance`.

    `levels` are the objective's levels with gaps closed among them; `bounds` those of each, in the
    scenario's units. The plan is optimal when gaps closed, and each level that ranks above it, is proven or agreed to
    within `tolerance`; levels below are the best found, with their own bounds beside them. `closed` is what the
    decisions close, and `results` what the rules measure with these payments, where that is known already.

    Raises CheckFailed where the plan exceeds a bound that was confirmed exactly.
    """
    order, over = _Order(scenario), scenario.facts.over
    closed = closings(scenario, decisions) if closed is None else closed
    paid = tuple(sorted(payments, key=order.payment))
    spent: dict[str, int] = {}
    for row in paid:
        spent[row.fund] = spent.get(row.fund, 0) + row.amount
    own = sum(amount for fund, amount in spent.items() if scenario.fund[fund].own)
    total = sum(spent.values())
    results = rule_results(scenario, decisions, paid, closed) if results is None else results
    worth, lost = weighted(scenario, closed), penalty(scenario, results)
    objective = []
    for level in levels:
        value = level_value(scenario, level, closed, results, own, total)
        allowed = Fraction(tolerance) * measured_by(level, value, worth)
        objective.append(_result(level, value, bounds.get(level, Bounds()), allowed))
    gaps = next(row for row in objective if row.goal == "gaps_closed")  # the plan's `gaps_level`, before there is one
    bound = _most_possible(scenario) if gaps.bound is None else _with_penalties(gaps, lost, worth)
    relative_gap = (bound - float(worth)) / max(1.0, float(worth))
    claim = _claim(objective) if relative_gap <= tolerance else Claim.CLAIMED
    return Plan(
        scenario_id=scenario.id,
        scenario_sha256=scenario.sha256,
        status=Status.FEASIBLE if claim is Claim.CLAIMED else Status.OPTIMAL,
        claim=claim,
        gaps_closed=sum((row.closed for row in closed), start=worth * 0),
        weighted_gaps_closed=worth,
        bound=bound,
        relative_gap=relative_gap,
        total_need=scenario.total_need,
        total_cost=total,
        own_cost=own,
        partner_cost=total - own,
        allocations=tuple(
            Allocation(*s, n, s[2] in over) for s, n in sorted(decisions.participants.items(), key=order.seat)
        ),
        classes=_classes(decisions, order, over),
        socialized=tuple(g.id for g in scenario.groups if g.id in decisions.socialized),
        seats=tuple(Seats(*s, n, s[3] in over) for s, n in sorted(decisions.seats.items(), key=order.free_seat)),
        payments=paid,
        closings=closed,
        years=year_results(scenario, decisions),
        funds=tuple(FundUse(f.id, f.amount, spent.get(f.id, 0)) for f in scenario.funds),
        rules=results,
        objective=tuple(objective),
        attendance=tuple(attendance),
        hours_target=tuple(hours_reached(scenario, attendance)),
        tolerance=tolerance,
        solver=solver,
        planner_version=VERSION,
    )


def _result(level: Level, value: Fraction, known: Bounds, allowed: Fraction) -> LevelResult:
    try:
        found = standing(value, known, upper=level.maximize is not None, allowed=allowed)
    except ArithmeticError as error:
        raise contradicted(error) from None
    return LevelResult(level.goal, level.by, value, found.bound, found.claim, found.exact_bound)


def contradicted(error: ArithmeticError) -> CheckFailed:
    """Return the error for a plan that exceeds a proven bound: a fault of this program."""
    sentence = _("The plan and the proof contradict each other ({reason}). Please report this scenario to us.")
    return CheckFailed(sentence.format(reason=error))


def _claim(objective: Sequence[LevelResult]) -> Claim:
    """Return the weakest claim among gaps closed and the levels above."""
    last = [level.goal for level in objective].index("gaps_closed")
    claims = [level.claim for level in objective[: last + 1]]
    return next((claim for claim in (Claim.CLAIMED, Claim.AGREED) if claim in claims), Claim.PROVEN)


def _with_penalties(gaps: LevelResult, lost: Fraction, worth: Fraction) -> float:
    """Return the most that weighted gaps closed could be with the penalties `lost` that this plan bears.

    Where the bound equals the plan's own value, the result is `worth`, so that no digits are lost as floats.
    """
    assert gaps.bound is not None
    if gaps.bound == float(gaps.value):
        return float(worth)
    return max(float(Fraction(gaps.bound) + lost), float(worth))


def _classes(decisions: Decisions, order: _Order, over: Collection[str]) -> tuple[Classes, ...]:
    seated: dict[tuple[str, str], int] = {}
    for (_group, programme, period), people in decisions.participants.items():
        seated[programme, period] = seated.get((programme, period), 0) + people
    held = sorted(decisions.classes.items(), key=order.held)
    return tuple(Classes(p, t, number, seated.get((p, t), 0), t in over) for (p, t), number in held)


def _most_possible(scenario: Scenario) -> float:
    """Return all gaps of all people who could be willing, weighted: a bound that needs no solver."""
    most = sum(
        (
            (scenario.facts.measured.get((g, c), 0) + scenario.willingness.chances_of(g, c, socialized=True))
            * scenario.group[g].weight
            * scenario.competency[c].weight
            for g, c in scenario.willingness.learners
        ),
        Fraction(0),
    )
    return outward(most, upper=True)


class _Order:
    """Sort keys of the tables: the order of the file, programmes first."""

    def __init__(self, scenario: Scenario) -> None:
        self.programme = {p.id: n for n, p in enumerate(scenario.programmes)}
        self.group = {g.id: n for n, g in enumerate(scenario.groups)}
        self.period = {t: n for n, t in enumerate(scenario.horizon)}
        self.fund = {f.id: n for n, f in enumerate(scenario.funds)}
        self.line = {(p.id, i.item, i.account): n for p in scenario.programmes for n, i in enumerate(p.costs)}

    def seat(self, row: tuple[tuple[str, str, str], int]) -> tuple[int, ...]:
        group, programme, period = row[0]
        return self.programme[programme], self.period[period], self.group[group]

    def held(self, row: tuple[tuple[str, str], int]) -> tuple[int, ...]:
        return self.programme[row[0][0]], self.period[row[0][1]]

    def free_seat(self, row: tuple[tuple[str, str, str, str], int]) -> tuple[int, ...]:
        fund, programme, group, period = row[0]
        return self.fund[fund], self.programme[programme], self.period[period], self.group[group]

    def payment(self, row: Payment) -> tuple[int, ...]:
        last = len(self.programme)
        return (
            last if row.programme is None else self.programme[row.programme],
            self.period[row.period],
            self.line.get((row.programme or "", row.item, row.account), 0),
            -1 if row.group is None else self.group[row.group],
            self.fund[row.fund],
        )
