"""The claims of a plan: the value of each objective level, its bound, its gap and its status."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from planner.check.closings import Closings
from planner.check.needs import gap
from planner.check.rows import anything, is_text, or_null, table
from planner.check.rules import RuleOutcome
from planner.check.verdict import FindingLog, is_number, shown
from planner.check.words import claim_said
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.locale import _

CLAIMS: Final = ("proven", "agreed", "claimed")
"""From the most to the least certain."""


def _claim(stated: Any) -> str:
    """Return a claim or status in the words of a sentence."""
    words = claim_said(stated)
    return words if words != stated else shown(stated).strip("'")


def is_claim(value: Any) -> bool:
    """Return whether JSON data is one of the claims."""
    return value in CLAIMS


Sized = tuple[Fraction, Fraction]
"""The value of a level, and the size that its gap is relative to."""

ROUNDING: Final = Fraction(1, 10**12)
"""Relative tolerance for stated bounds and gaps, which are computed in floating point."""


def check_objective(
    scenario: Scenario,
    plan: Mapping[str, Any],
    closed: Closings,
    weighted: Fraction,
    spent: Mapping[str, int],
    outcomes: list[RuleOutcome],
    log: FindingLog,
) -> None:
    """Check one row for each level of the scenario, in order, with the exact value of its goal; that of gaps_closed
    is the `weighted` gaps less the penalties of soft rules.

    A plan may report gaps_closed as its last level although the scenario does not name it.
    """
    levels = list(scenario.objective)
    columns = {
        "goal": is_text,
        "by": or_null(is_text),
        "value": anything,
        "bound": or_null(is_number),
        "claim": is_claim,
        "exact_bound": or_null(is_number),
    }
    rows = list(table(plan, "objective", columns, log))
    if len(rows) == len(levels) + 1 and all(level.goal != "gaps_closed" for level in levels):
        levels.append(Level(maximize="gaps_closed"))
    if [(row["goal"], row["by"]) for _place, row in rows] != [(level.goal, level.by) for level in levels]:
        sentence = _("The rows are not the levels of the objective, once each and in their order.")
        log.find("objective", ("order",), sentence)
        return
    lost = sum((outcome.lost for outcome in outcomes), Fraction(0))
    last = next((n for n, level in enumerate(levels) if level.goal == "gaps_closed"), len(levels))
    _check_claim(plan, [row["claim"] for _place, row in rows[: last + 1]], log)
    for number, ((place, row), level) in enumerate(zip(rows, levels, strict=True)):
        value = weighted - lost if level.goal == "gaps_closed" else _value(scenario, level, closed, spent)
        log.equal("objective", (place, level.goal), row["value"], value)
        must_meet = plan.get("status") == "optimal" and number <= last
        size = max(Fraction(1), abs(value))
        if level.goal == "gaps_closed":  # penalties may outweigh the gaps, which are what a gap is relative to
            size = max(Fraction(1), min(abs(value), weighted))
        _check_level_bound(plan, place, level, row["bound"], (value, size), must_meet, log)
        _check_level_claim(plan, place, level, row, (value, size), log)
        if level.goal == "gaps_closed" and row["bound"] is not None:
            _check_bound_source(plan, Fraction(row["bound"]), lost, log)


def _value(scenario: Scenario, level: Level, closed: Closings, spent: Mapping[str, int]) -> Fraction:
    """Return payments by own funds or by all [rupiah], or smallest coverage [0-1]."""
    if level.goal == "smallest_coverage":
        return smallest_coverage(scenario, level.by, closed)
    own = {fund.id for fund in scenario.funds if fund.kind == "own"}
    return Fraction(sum(amount for fund, amount in spent.items() if level.goal == "total_cost" or fund in own))


def smallest_coverage(scenario: Scenario, by: str | None, closed: Closings) -> Fraction:
    """Return closed / need of the bucket with the lowest coverage among those with a need; 1 where there are none
    [0-1].

    Groups that lack the attribute (agency, location) are one bucket together.
    """
    need: dict[str | None, int] = {}
    reached: dict[str | None, Fraction] = {}
    for (g, c), gaps in closed.items():
        group = scenario.group[g]
        bucket = c if by == "competency" else g if by in (None, "group") else getattr(group, by)
        need[bucket] = need.get(bucket, 0) + gap(group, c)
        reached[bucket] = reached.get(bucket, Fraction(0)) + gaps
    return min((reached[bucket] / need[bucket] for bucket in need), default=Fraction(1))


def _check_level_bound(
    plan: Mapping[str, Any], place: str, level: Level, bound: Any, sized: Sized, must_meet: bool, log: FindingLog
) -> None:
    """Check that no level is better than its bound, and that an optimal plan meets the bounds of the levels it must
    prove.

    An optimal plan proves gaps closed and the levels that rank above; those below are the best found.
    """
    value, size = sized
    reached = Fraction(float(value))
    if bound is None:
        if must_meet:
            log.find("status", (place,), _("The plan is called optimal, and nothing is proven for this level."))
        return
    if bound < reached if level.maximize else bound > reached:
        sentence = _("The plan reaches {value}, which is beyond the proven bound {bound}.")
        log.find("objective", (place, "bound"), sentence, value=value, bound=shown(bound))
    tolerance = plan.get("tolerance")
    if must_meet and is_number(tolerance):
        allowed = (Fraction(tolerance or 0) + ROUNDING) * size
        if abs(Fraction(bound) - reached) > allowed:
            sentence = _("The plan is called optimal, but reaches {value} where {bound} may be possible.")
            log.find("status", (place,), sentence, value=value, bound=shown(bound))


def _check_claim(plan: Mapping[str, Any], claims: list[str], log: FindingLog) -> None:
    """Check that an optimal plan is proven or agreed, as its levels down to gaps closed are, and any other is
    claimed."""
    claim = plan.get("claim")
    if (plan.get("status") == "optimal") != (claim in ("proven", "agreed")):
        sentence = _("The plan's status '{status}' does not go with its claim '{claim}'.")
        log.find("status", ("claim",), sentence, status=_claim(plan.get("status")), claim=_claim(claim))
    weakest = max(claims, key=CLAIMS.index, default="claimed")
    gap, tolerance = plan.get("relative_gap"), plan.get("tolerance")
    if is_number(gap) and is_number(tolerance) and (gap or 0) > (tolerance or 0):
        weakest = "claimed"
    if claim != weakest:
        sentence = _("The plan's claim is {claim}; that of its levels is {weakest}.")
        log.find("status", ("claim",), sentence, claim=_claim(claim), weakest=_claim(weakest))


def _check_level_claim(
    plan: Mapping[str, Any], place: str, level: Level, row: Mapping[str, Any], sized: Sized, log: FindingLog
) -> None:
    """Check the claim of a level against its bounds.

    A proven level states the bound that is confirmed exactly, and meets it; an agreed one meets the bound it states;
    a level that is only claimed states a bound no tighter than the one confirmed exactly.
    """
    claim, bound, exact = row["claim"], row["bound"], row["exact_bound"]
    value, size = sized
    reached = Fraction(float(value))
    if exact is not None and (exact < reached if level.maximize else exact > reached):
        sentence = _("The plan reaches {value}, which is beyond the proven bound {bound}.")
        log.find("objective", (place, "exact_bound"), sentence, value=value, bound=shown(exact))
    if claim != "agreed" and bound != exact:
        sentence = _("The bound {bound} is not the one confirmed exactly, {exact}.")
        log.find("objective", (place, "claim"), sentence, bound=shown(bound), exact=shown(exact))
    tolerance = plan.get("tolerance")
    if not is_number(tolerance):
        return
    if claim != "claimed":
        allowed = (Fraction(tolerance or 0) + ROUNDING) * size
        if bound is None or abs(Fraction(bound) - reached) > allowed:
            sentence = _("The level is called {claim}, but reaches {value} where {bound} may be possible.")
            log.find("objective", (place, "claim"), sentence, claim=_claim(claim), value=value, bound=shown(bound))
    surely = max(Fraction(0), Fraction(tolerance or 0) - ROUNDING) * size
    if claim != "proven" and exact is not None and abs(Fraction(exact) - reached) <= surely:
        sentence = _("The level is called {claim}, but what is confirmed exactly, {exact}, proves it.")
        log.find("objective", (place, "claim"), sentence, claim=_claim(claim), exact=shown(exact))


def _check_bound_source(plan: Mapping[str, Any], proven: Fraction, lost: Fraction, log: FindingLog) -> None:
    """Check that the bound is the most that the level of gaps closed could reach with the penalties that this plan
    bears."""
    bound, weighted = plan.get("bound"), plan.get("weighted_gaps_closed")
    if not is_number(bound) or not is_number(weighted):
        return
    most = max(proven + lost, Fraction(weighted or 0))
    largest = max(Fraction(1), abs(most), abs(proven), lost)  # a float of any of them is rounded
    if abs(Fraction(bound or 0) - most) > ROUNDING * largest:
        sentence = _("The bound {bound} is not the one proven for gaps closed, {most}.")
        log.find("bound", ("bound",), sentence, bound=shown(bound), most=shown(Fraction(f"{float(most):.12g}")))


def check_proof(plan: Mapping[str, Any], log: FindingLog) -> None:
    """Check relative_gap = (bound - weighted) / max(1, weighted) >= 0, and `optimal` only within the tolerance, 0 to
    1."""
    stated = {name: plan.get(name) for name in ("bound", "weighted_gaps_closed", "relative_gap", "tolerance")}
    for name, value in stated.items():
        if not is_number(value):
            log.find("bound", (name,), _("Expected a number, found {value}."), value=shown(value))
    if not all(is_number(value) for value in stated.values()):
        return
    bound, weighted, gap, tolerance = (Fraction(value) for value in stated.values() if value is not None)
    if bound < weighted:
        sentence = _("The bound {bound} lies below the weighted gaps closed, {weighted}.")
        values = {"bound": shown(stated["bound"]), "weighted": shown(stated["weighted_gaps_closed"])}
        log.find("bound", ("bound",), sentence, **values)
    exact = (bound - weighted) / max(Fraction(1), weighted)
    if gap < 0 or abs(gap - exact) > ROUNDING * max(Fraction(1), abs(exact)):
        sentence = _("The plan states a relative gap of {stated}; it is {exact}.")
        values = {"stated": shown(stated["relative_gap"]), "exact": shown(Fraction(f"{float(exact):.12g}"))}
        log.find("bound", ("relative_gap",), sentence, **values)
    if not 0 <= tolerance <= 1:
        sentence = _("A tolerance is a number between 0 and 1, not {value}.")
        log.find("bound", ("tolerance",), sentence, value=shown(stated["tolerance"]))
    if plan.get("status") == "optimal" and gap > tolerance:
        sentence = _("The plan is called optimal at a relative gap of {gap}, beyond the tolerance {tolerance}.")
        values = {"gap": shown(stated["relative_gap"]), "tolerance": shown(stated["tolerance"])}
        log.find("status", ("relative_gap",), sentence, **values)
