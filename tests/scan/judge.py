"""Whether everything that the program says of a scenario is true: its plan, its bounds, and that there is none.

    judge(case, limits) -> Verdict

Where every plan can be tried the truth is known. Elsewhere two engines without presolve look for a plan that
contradicts a claim.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level, levels_of
from planner.domain.scenario import Scenario
from planner.drafting.drafts import drafted
from planner.errors import InfeasibleError, SolverError
from planner.planning import plan
from planner.plans.claim import Claim
from planner.plans.plan import Plan, Status
from planner.plans.plan_rows import LevelResult
from planner.proof.proving import Proof, Worth, prove
from planner.solve.outcome import SearchLimits
from tests.oracle.facts import best_of_rest, plan_of_rest
from tests.oracle.judge import accepts
from tests.scan.engines import Found, plans_of_others
from tests.scan.exact_oracle import Best, OutOfTime, best
from tests.scan.scenarios import Case

COSTS: Final = ("own_cost", "total_cost")

LATE: Final = 0.8
"""Part of the time limit after which a solver that gave up may plead that time was short."""

STATED: Final = Fraction(1, 10**12)
"""Relative difference that comes of stating an exact bound as a float."""

Values = tuple[Fraction, ...]


class Finding(StrEnum):
    """What came of a scenario."""

    OK = "ok"
    FALSE = "false"
    OPEN = "open"
    """Time was too short to say."""


@dataclass(frozen=True)
class Effort:
    """Seconds for the plan, for trying every plan, and for each of the other engines."""

    plan: float = 30.0
    oracle: float = 60.0
    engine: float = 10.0
    proof: float = 0.25
    """Part of the usual work for a proof that is not told of any plan."""


@dataclass(frozen=True)
class Proven:
    """A proof made without any plan known beforehand, and the values of the plan that it found."""

    proof: Proof
    values: Values | None

    def contradictions(self, levels: Sequence[Level], values: Values) -> list[str]:
        """What a plan with these values says against the proof."""
        if self.proof.impossible:
            return [f"proven impossible, but a plan reaches {_said(values)}"]
        reasons = []
        for number, (level, bound) in enumerate(zip(levels, self.proof.bounds, strict=False)):
            sign = 1 if level.maximize is not None else -1
            if bound is not None and sign * values[number] > sign * bound:
                reasons.append(
                    f"level {number} ({level.goal}): a plan reaches {float(values[number])!r} past the bound "
                    f"{float(bound)!r} of a proof that knew no plan"
                )
            if self.values is None or sign * values[number] < sign * self.values[number]:
                break
        return reasons


@dataclass
class Verdict:
    """The finding, and what was claimed."""

    finding: Finding
    reasons: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    """The claim of each level, "infeasible" where there is said to be no plan, "no plan in time"."""
    gap: float = 0.0
    """Relative distance of the bound of weighted gaps closed from the plan."""
    missed: list[str] = field(default_factory=list)
    """Plans of others that are better than ours, where nothing was claimed that they contradict."""
    seconds: float = 0.0
    """How long planning took; the rest is the judge's."""


def judge(case: Case, effort: Effort | None = None) -> Verdict:
    """The verdict on what the program says of a scenario."""
    effort = effort or Effort()
    scenario = Scenario.model_validate(case.plain)
    began = time.monotonic()
    made: Plan | None = None
    try:
        made = plan(scenario, SearchLimits(time_limit=effort.plan), inline=True).plan
        verdict = Verdict(Finding.OK, claims=[row.claim.value for row in made.objective], gap=made.relative_gap)
    except InfeasibleError:
        verdict = Verdict(Finding.OK, claims=[Status.INFEASIBLE.value])
    except SolverError as error:
        late = time.monotonic() - began >= LATE * effort.plan
        verdict = Verdict(Finding.OPEN if late else Finding.FALSE, [] if late else [f"no answer: {error}"])
        verdict.claims = [Status.NO_PLAN_IN_TIME.value]
    except Exception as error:
        verdict = Verdict(Finding.FALSE, [f"{type(error).__name__}: {error}"], ["crash"])
    verdict.seconds = time.monotonic() - began
    if made is not None:
        verdict.reasons += _not_what_it_says(made)
    if "crash" not in verdict.claims:
        try:
            proof = _proof_alone(scenario, effort)
            _compare(case, scenario, made, proof, verdict, effort)
        except OutOfTime:
            verdict.finding = Finding.OPEN
    if verdict.reasons:
        verdict.finding = Finding.FALSE
    return verdict


def _proof_alone(scenario: Scenario, effort: Effort) -> Proven:
    """What exact arithmetic confirms where no plan is known beforehand.

    Beside a plan that is best already, a proof that overlooks plans would still look right.
    """

    def worth(decisions: Decisions) -> Worth | None:
        draft = drafted(scenario, decisions)
        return None if draft is None else draft.worth

    proof = prove(scenario, worth, None, gap=SearchLimits().gap, effort=effort.proof, seconds=effort.plan)
    found = None if proof.better is None else drafted(scenario, proof.better)
    return Proven(proof, None if found is None else found.values)


def _compare(
    case: Case, scenario: Scenario, made: Plan | None, proof: Proven, verdict: Verdict, effort: Effort
) -> None:
    infeasible = Status.INFEASIBLE.value in verdict.claims
    levels = levels_of(scenario)
    if case.tried:
        begun = "actuals" in case.plain
        if made is not None and not begun and not accepts(case.plain, made.to_plain(), scenario.sha256):
            verdict.reasons.append("the plan breaks a rule, says the oracle's judge")
        if begun and (own := plan_of_rest(case.plain, scenario.sha256)) is not None:
            findings = check_plan(scenario, own).findings
            verdict.reasons += [f"the check refuses the oracle's plan: {finding}" for finding in findings]
        truth = best(case.plain, effort.oracle) if not begun else _best_of_rest(case.plain)
        if made is not None:
            verdict.reasons += _against_the_truth(made, truth)
        elif infeasible and truth is not None:
            verdict.reasons.append(f"called infeasible, but a plan reaches {_said(truth.values)}")
        if truth is not None:
            verdict.reasons += proof.contradictions(levels, truth.values)
        elif proof.values is not None:
            verdict.reasons.append("the proof has a plan, but no plan keeps all hard rules")
        return
    others, refused = plans_of_others(scenario, effort.engine)
    verdict.reasons += [f"a plan that could be paid was refused: {reason}" for reason in refused]
    if made is not None:
        verdict.reasons += proof.contradictions(levels, _values(made))
    if proof.values is not None:
        others.append(Found("the proof", proof.values))
    for other in others:
        if made is not None:
            against = [f"{other.engine}: {reason}" for reason in _contradictions(made, other.values)]
            verdict.reasons += [*against, *proof.contradictions(levels, other.values)]
            if not against and _ranked(made.objective, other.values) > _ranked(made.objective, _values(made)):
                verdict.missed.append(f"{other.engine} reaches {_said(other.values)}, ours {_said(_values(made))}")
        elif infeasible:
            verdict.reasons.append(f"called infeasible, but {other.engine} reaches {_said(other.values)}")
        else:
            verdict.missed.append(f"{other.engine} reaches {_said(other.values)}, and we have no plan")


def _best_of_rest(plain: dict[str, Any]) -> Best | None:
    """The best plan of what is left, once a part has happened."""
    found = best_of_rest(plain)
    return None if found is None else Best(*found)


def _values(made: Plan) -> Values:
    return tuple(row.value for row in made.objective)


def _ranked(rows: Sequence[LevelResult], values: Sequence[Fraction]) -> Values:
    """Values of which the larger is the better."""
    return tuple(-v if row.goal in COSTS else v for v, row in zip(values, rows, strict=True))


def _not_what_it_says(made: Plan) -> list[str]:
    """Claims that the bounds stated beside them do not allow."""
    reasons = []
    for number, row in enumerate(made.objective):
        size = max(1.0, abs(float(row.value)))
        if row.claim is not Claim.CLAIMED:
            near = row.exact_bound if row.claim is Claim.PROVEN else row.bound
            if near is None or abs(near - float(row.value)) > made.tolerance * size:
                reasons.append(f"level {number} is {row.claim.value} with the value {float(row.value)} and {near}")
        reasons += _passed(number, row, row.value, "its own plan")
    goals = [row.goal for row in made.objective]
    weakest = [row.claim for row in made.objective[: goals.index("gaps_closed") + 1]]
    optimal = made.status is Status.OPTIMAL
    if optimal != (made.claim is not Claim.CLAIMED) or (optimal and Claim.CLAIMED in weakest):
        reasons.append(f"the plan is {made.status.value} and {made.claim.value}, its levels are {weakest}")
    return reasons


def _passed(number: int, row: LevelResult, value: Fraction, who: str) -> list[str]:
    """What a plan with this value of a level says against the bounds of it."""
    reasons = []
    for name, bound in (("bound", row.bound), ("exact bound", row.exact_bound)):
        if bound is None:
            continue
        beyond = Fraction(bound) - value if row.goal in COSTS else value - Fraction(bound)
        if beyond > STATED * max(Fraction(1), abs(value)):
            reasons.append(f"level {number} ({row.goal}): {who} reaches {float(value)!r} past the {name} {bound!r}")
    return reasons


def _contradictions(made: Plan, values: Values) -> list[str]:
    """Bounds that a plan with these values passes. A bound is for plans that do as well in the levels above."""
    reasons: list[str] = []
    ours, theirs = _ranked(made.objective, _values(made)), _ranked(made.objective, values)
    for number, row in enumerate(made.objective):
        reasons += _passed(number, row, values[number], "another plan")
        if theirs[number] < ours[number]:
            break
    return reasons


def _against_the_truth(made: Plan, truth: Best | None) -> list[str]:
    """What the best values that there are say against a plan and its claims."""
    if truth is None:
        return [f"a plan of the values {_said(_values(made))}, but no plan keeps all hard rules"]
    ours, theirs = _ranked(made.objective, _values(made)), _ranked(made.objective, truth.values)
    reasons = _contradictions(made, truth.values)
    if ours > theirs:
        reasons.append(f"the plan reaches {_said(_values(made))}, more than the {_said(truth.values)} that there are")
    for number, row in enumerate(made.objective):
        short = theirs[number] - ours[number]
        size = max(Fraction(1), abs(row.value))
        if row.claim is not Claim.CLAIMED and short > Fraction(str(made.tolerance)) * size + STATED * size:
            reasons.append(f"level {number} is {row.claim.value} {float(short)!r} short of the best")
        if short != 0:
            break
    return reasons


def _said(values: Sequence[Any]) -> str:
    return "(" + ", ".join(repr(float(value)) for value in values) + ")"
