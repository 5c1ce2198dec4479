"""The plan: what is decided, what it costs, who pays, and how good it is proven to be.

Every figure is exact: people and rupiah are int, gaps are `Fraction`. `to_json` and `from_json`
are the machine-readable form (plan.json), in which fractions appear as the nearest float.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, Self

from planner.domain.attendance import Pattern
from planner.domain.decisions import Decisions
from planner.domain.objectives import COSTS
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.plans.claim import Bounds, Claim
from planner.plans.dates_paid import dates_paid
from planner.plans.plan_form import ensure_plan
from planner.plans.plan_rows import (
    Allocation,
    Classes,
    Closing,
    FundUse,
    HoursTarget,
    LevelResult,
    RuleResult,
    Seats,
    YearResult,
)
from planner.plans.plan_text import json_text, plain_number, plain_row, rows_from_plain
from planner.units.said import nearest

FORMAT: Final = 1


class Status(StrEnum):
    """Status of an answer. Only `optimal` and `feasible` carry a plan."""

    OPTIMAL = "optimal"
    """The bound meets the plan within the tolerance, and is proven or agreed."""
    FEASIBLE = "feasible"
    """A checked plan; up to `relative_gap` more may be possible."""
    INFEASIBLE = "infeasible"
    """No plan keeps all hard rules."""
    NO_PLAN_IN_TIME = "no_plan_in_time"
    """Neither a plan nor a proof that there is none, in the time given."""
    SOLVER_FAILED = "solver_failed"
    """The solver failed, or gave no usable answer."""
    CHECK_FAILED = "check_failed"
    """Our own check refused the plan."""
    WORKER_LOST = "worker_lost"
    """The process that searched for the plan ended, as when memory runs out."""
    NO_ANSWER = "no_answer"
    """The process that searched for the plan stopped answering."""


@dataclass(frozen=True, slots=True)
class SolverRun:
    """Solver and strategy of a search; `second` is the engine of the second opinion, if there was one.
    `seconds`: time in a plan.json of an earlier version [s]; null now, so that the same scenario gives the same file.
    `took`: time of a search that has just ended [s]. `interrupted`, `failed` (it broke), `exhausted` (it ended by
    itself with time left, though more may be possible) and `late` (its time was up) are in plan.json only if true."""

    name: str
    version: str
    seconds: float | None
    strategy: str
    second: str = ""
    interrupted: bool = False
    failed: bool = False
    took: float = field(default=0.0, compare=False)
    exhausted: bool = False
    late: bool = False

    def to_plain(self) -> dict[str, Any]:
        """Return the record as in plan.json."""
        left_out = {
            "took",
            *(name for name in ("interrupted", "failed", "exhausted", "late") if not getattr(self, name)),
        }
        return {name: value for name, value in plain_row(self).items() if name not in left_out}


@dataclass(frozen=True)
class Plan:
    """A checked plan for one resolved scenario.

    gaps_closed = sum of closed[g,c]; weighted_gaps_closed = sum of weight_g x weight_c x closed[g,c];
    relative_gap = (bound - weighted_gaps_closed) / max(1, weighted_gaps_closed).
    `bound` is the most that any plan could reach at the penalties of soft rules that this one bears.
    """

    scenario_id: str
    scenario_sha256: str
    status: Status
    claim: Claim
    """How certain it is that the plan is optimal: the weakest claim of the levels down to gaps closed."""
    gaps_closed: Fraction
    weighted_gaps_closed: Fraction
    bound: float
    relative_gap: float
    total_need: int
    total_cost: int
    own_cost: int
    partner_cost: int
    allocations: tuple[Allocation, ...]
    classes: tuple[Classes, ...]
    socialized: tuple[str, ...]
    seats: tuple[Seats, ...]
    payments: tuple[Payment, ...]
    closings: tuple[Closing, ...]
    years: tuple[YearResult, ...]
    """Gaps by the end of each year, of a plan of several years; plan.json has it only then."""
    funds: tuple[FundUse, ...]
    rules: tuple[RuleResult, ...]
    objective: tuple[LevelResult, ...]
    attendance: tuple[Pattern, ...]
    """Which seats one and the same person takes: patterns, and how many people follow each."""
    hours_target: tuple[HoursTarget, ...]
    """People who reach the target of JP, by year and group; none where the scenario has no hours_target."""
    tolerance: float
    """Largest relative gap at which the plan counts as optimal."""
    solver: SolverRun
    planner_version: str

    @property
    def bounds(self) -> tuple[Bounds, ...]:
        """Bounds of each level of the objective; gaps closed are weighted and less the penalties of soft rules."""
        values = tuple(row.value for row in self.objective)
        return tuple(
            Bounds(row.exact_bound, row.bound if row.claim is Claim.AGREED else None, values[:rank])
            for rank, row in enumerate(self.objective)
        )

    @property
    def gaps_level(self) -> LevelResult:
        """The level of weighted gaps closed, less the penalties of soft rules."""
        return next(row for row in self.objective if row.goal == "gaps_closed")

    @property
    def gaps_ceiling(self) -> Fraction:
        """The best known upper bound of that level; penalties are never below 0."""
        level = self.gaps_level
        return max(Fraction(self.bound if level.bound is None else level.bound), level.value)

    def results_of(self, rule: str) -> tuple[RuleResult, ...]:
        """Return the results of a rule by its name: one, or one for each of its units."""
        return tuple(result for result in self.rules if result.rule == rule)

    @property
    def rank(self) -> tuple[Fraction, ...]:
        """The levels of the objective in their order, better ones larger."""
        return tuple(-row.value if row.goal in COSTS else row.value for row in self.objective)

    @property
    def rank_of_gaps(self) -> tuple[Fraction, ...]:
        """The rank down to gaps closed."""
        return self.rank[: [row.goal for row in self.objective].index("gaps_closed") + 1]

    @property
    def cost_of_a_gap(self) -> int | None:
        """total_cost / gaps_closed: what a closed gap costs on average [rupiah]; None where none is closed."""
        return nearest(Fraction(self.total_cost) / self.gaps_closed) if self.gaps_closed else None

    def decisions(self, scenario: Scenario) -> Decisions:
        """Return the decisions of the plan; all other figures follow from them and `scenario`.

        Raises TypeError where `scenario` is not a scenario.
        """
        if not isinstance(scenario, Scenario):
            raise TypeError(f"expected a Scenario, not {type(scenario).__name__}")
        giving = {row.fund for row in self.seats if not row.actual}
        giving |= {row.fund for row in self.payments if not row.actual}
        held = {(row.programme, row.period): row.classes for row in self.classes}
        return Decisions(
            participants={(row.group, row.programme, row.period): row.participants for row in self.allocations},
            classes=held,
            socialized=frozenset(self.socialized),
            seats={(row.fund, row.programme, row.group, row.period): row.seats for row in self.seats},
            used=frozenset(fund.id for fund in scenario.funds if fund.conditional and fund.id in giving),
            due=dates_paid(scenario, self.payments, held),
        )

    def to_plain(self) -> dict[str, Any]:
        """Return the plan as plain JSON data in the order of plan.json."""
        scalars = ("gaps_closed", "weighted_gaps_closed", "bound", "relative_gap", "total_need")
        costs = ("total_cost", "own_cost", "partner_cost")
        return {
            "format": FORMAT,
            "scenario": {"id": self.scenario_id, "sha256": self.scenario_sha256},
            "status": self.status.value,
            "claim": self.claim.value,
            **{name: plain_number(getattr(self, name)) for name in (*scalars, *costs)},
            **{name: [plain_row(row) for row in getattr(self, name)] for name in ("allocations", "classes")},
            "socialized": list(self.socialized),
            **{
                name: [plain_row(row) for row in getattr(self, name)]
                for name in _TABLES
                if name != "years" or self.years
            },
            "rules": [{k: v for k, v in plain_row(row).items() if k != "of" or v is not None} for row in self.rules],
            "tolerance": self.tolerance,
            "solver": self.solver.to_plain(),
            "planner_version": self.planner_version,
        }

    def to_json(self) -> str:
        """Return the text of plan.json: UTF-8, stable order, one line per row."""
        return json_text(self.to_plain())

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        """Return the plan from plain JSON data; InputError where it does not have the form of one.

        Gaps come back as the floats that were stored: the checker, not this, says whether numbers are right.
        """
        ensure_plan(plain, FORMAT, list(Status), _ROW_KINDS, SolverRun)
        tables: dict[str, Any] = {name: rows_from_plain(kind, plain.get(name, ())) for name, kind in _ROW_KINDS.items()}
        return cls(
            scenario_id=plain["scenario"]["id"],
            scenario_sha256=plain["scenario"]["sha256"],
            status=Status(plain["status"]),
            claim=Claim(plain["claim"]),
            gaps_closed=Fraction(plain["gaps_closed"]),
            weighted_gaps_closed=Fraction(plain["weighted_gaps_closed"]),
            bound=plain["bound"],
            relative_gap=plain["relative_gap"],
            total_need=plain["total_need"],
            total_cost=plain["total_cost"],
            own_cost=plain["own_cost"],
            partner_cost=plain["partner_cost"],
            socialized=tuple(plain["socialized"]),
            tolerance=plain["tolerance"],
            solver=SolverRun(**{"seconds": None, **plain["solver"]}),
            planner_version=plain["planner_version"],
            **tables,
        )


_TABLES: Final = (
    "seats", "payments", "closings", "years", "funds", "rules", "objective", "attendance", "hours_target",
)  # fmt: skip
_ROW_KINDS: Final[dict[str, type]] = {
    "allocations": Allocation,
    "classes": Classes,
    "seats": Seats,
    "payments": Payment,
    "closings": Closing,
    "years": YearResult,
    "funds": FundUse,
    "rules": RuleResult,
    "objective": LevelResult,
    "attendance": Pattern,
    "hours_target": HoursTarget,
}
