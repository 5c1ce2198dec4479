"""From decisions to payments, and from payments to a checked plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.attendance.finder import attended, can_be_attended
from planner.check import Verdict, check_plan
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level, levels_of
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed
from planner.locale import _
from planner.payments.conditions import CannotSettle
from planner.payments.payment import Payment
from planner.payments.settlement import Settlement
from planner.plans.assembly import assemble
from planner.plans.claim import Bounds
from planner.plans.closings import closings
from planner.plans.evaluation import level_value, weighted
from planner.plans.plan import Plan, SolverRun, Status
from planner.plans.plan_rows import Closing, RuleResult
from planner.plans.rule_measures import breaks_a_limit, rule_results
from planner.proof.proving import Worth


@dataclass(frozen=True)
class Draft:
    """Decisions with their payments in whole rupiah, and the exact values of the levels of the objective."""

    decisions: Decisions
    payments: tuple[Payment, ...]
    worth: Worth
    rank: tuple[Fraction, ...]
    """The values of the levels, negated where a level is minimised: larger is better."""
    closed: tuple[Closing, ...] = ()
    """What the decisions close."""
    settlement: Settlement | None = None
    """The settlement that made the payments; None where they were given."""
    results: tuple[RuleResult, ...] = ()
    """What the rules measure with these payments."""

    @property
    def values(self) -> tuple[Fraction, ...]:
        """The value of each level, in the scenario's units."""
        return self.worth.values


def drafted(
    scenario: Scenario,
    decisions: Decisions,
    payments: Sequence[Payment] | None = None,
    closed: tuple[Closing, ...] | None = None,
    *,
    briefly: bool = False,
) -> Draft | None:
    """Settle the payments of `decisions`, or take those given; return None where that is impossible.

    It is where they cannot be made in whole rupiah or break a hard rule, or where nobody could attend the decisions.
    `closed` is what the decisions close, if known. With `briefly`, for plans that are only compared, payments are
    settled faster: those of equal worth may be others.
    """
    if not decisions.can_be_counted or not can_be_attended(scenario, decisions):
        return None
    try:
        settlement = Settlement(scenario, decisions, briefly=briefly) if payments is None else None
    except CannotSettle:
        return None
    payments = tuple(payments or ()) if settlement is None else settlement.payments(whole_units=False)
    closed = closings(scenario, decisions) if closed is None else closed
    results = rule_results(scenario, decisions, payments, closed)
    if breaks_a_limit(scenario, decisions, payments, closed, results):
        return None
    own = sum(row.amount for row in payments if scenario.fund[row.fund].own)
    total = sum(row.amount for row in payments)
    levels = levels_of(scenario)
    values = tuple(level_value(scenario, level, closed, results, own, total) for level in levels)
    rank = tuple(v if level.maximize else -v for v, level in zip(values, levels, strict=True))
    return Draft(decisions, payments, Worth(values, weighted(scenario, closed)), rank, closed, settlement, results)


def better_of(first: Draft | None, second: Draft | None) -> Draft | None:
    """Return the draft that ranks higher; the first where they are equal."""
    if first is None or second is None:
        return first or second
    return second if second.rank > first.rank else first


def stands_for(scenario: Scenario, draft: Draft, other: Draft) -> bool:
    """Return whether `draft` is checked and differs from `other` in its people alone: same values, same money."""
    if draft.values != other.values or _spent(draft) != _spent(other):
        return False
    attendance = attended(scenario, draft.decisions)
    if attendance is None:
        return False
    made = assemble(
        scenario,
        draft.decisions,
        draft.payments,
        attendance=attendance,
        levels=levels_of(scenario),
        bounds={},
        tolerance=0.0,
        solver=SolverRun("", "", None, ""),
        closed=draft.closed,
        results=draft.results,
    )
    return check_plan(scenario, made.to_plain()).passed


def _spent(draft: Draft) -> dict[tuple[str, str], int]:
    """Return what each fund pays in each period [rupiah]."""
    spent: dict[tuple[str, str], int] = {}
    for row in draft.payments:
        spent[row.fund, row.period] = spent.get((row.fund, row.period), 0) + row.amount
    return spent


@dataclass(frozen=True)
class Answer:
    """A checked plan, optimal or feasible."""

    plan: Plan
    verdict: Verdict | None = None
    """The checker's verdict on the plan, so that it need not be checked again."""
    aim_bound: float | None = None
    """Exact lower bound of an aim that was minimised; None if there was no aim, or the bound is unknown."""
    broke: str = ""
    """How the solver broke during the search, in words, where that leaves the plan unproven; otherwise empty."""

    @property
    def status(self) -> Status:
        """Whether the plan is optimal or feasible."""
        return self.plan.status


def checked(
    scenario: Scenario,
    draft: Draft,
    known: dict[Level, Bounds],
    tolerance: float,
    solver: SolverRun,
    aim_bound: float | None = None,
    broke: str = "",
    briefly: bool = False,
) -> Answer:
    """Assemble the plan of `draft`, whose levels have `known` bounds, paid in whole units, and check it.

    How the solver `broke` is recorded where the plan is not proven. With `briefly`, people may follow a few more
    different patterns of attendance than are needed.

    Raises CheckFailed where our own check refuses the plan.
    """
    attendance = attended(scenario, draft.decisions, briefly=briefly)
    if attendance is None:
        raise CheckFailed(
            _("Nobody could attend what this plan allocates to one person. Please report this scenario to us.")
        )
    made = assemble(
        scenario,
        draft.decisions,
        draft.payments if draft.settlement is None else draft.settlement.payments(),
        attendance=attendance,
        levels=levels_of(scenario),
        bounds=known,
        tolerance=tolerance,
        solver=solver,
        closed=draft.closed,
        results=draft.results if draft.settlement is None else None,
    )
    verdict = check_plan(scenario, made.to_plain())
    if not verdict.passed:
        raise CheckFailed(
            _("Our own check refused the plan; nothing was stored. Please report this scenario to us.")
            + "".join(f"\n  {finding}" for finding in verdict.findings)
        )
    return Answer(made, verdict, aim_bound, "" if made.status is Status.OPTIMAL else broke)
