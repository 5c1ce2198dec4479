"""What the checker's findings call rules, figures of plan.json and claims, in the current language."""

from __future__ import annotations

from typing import Any, Final

from planner.domain.rule_families import RULE_FAMILIES, STATEMENTS
from planner.locale import N_, _

TITLES: Final = {family.name: family.title for family in RULE_FAMILIES} | STATEMENTS

FIGURES: Final = {
    "gaps_closed": N_("expected gaps closed"),
    "weighted_gaps_closed": N_("weighted gaps closed"),
    "total_need": N_("all gaps that exist"),
    "total_cost": N_("total cost"),
    "own_cost": N_("own funds"),
    "partner_cost": N_("paid by partners"),
    "smallest_coverage": N_("smallest coverage"),
    "funds": N_("funds"),
    "amount": N_("amount"),
    "spent": N_("paid"),
    "years": N_("year"),
    "need": N_("gaps that exist"),
    "closed": N_("closed"),
    "at_least": N_("at least"),
    "at_most": N_("at most"),
    "min": N_("at least"),
    "max": N_("at most"),
    "participants": N_("participants"),
    "agency": N_("agency"),
    "per_period": N_("in one period"),
    "committed": N_("committed"),
    "hours_target": N_("target of JP"),
    "people": N_("people"),
    "reached": N_("reach it"),
    "measure": N_("what the rule measures"),
    "held": N_("whether the rule holds"),
    "order": N_("order of rows"),
    "bound": N_("bound"),
    "exact_bound": N_("bound confirmed exactly"),
    "relative_gap": N_("relative gap"),
    "tolerance": N_("tolerance"),
    "claim": N_("how certain it is"),
}
"""Names of figures and parts of plan.json; ids of the scenario stand as they are."""

_CLAIMS: Final = {
    "proven": N_("proven"),
    "agreed": N_("two searches agree"),
    "claimed": N_("best found"),
    "optimal": N_("proven or agreed best"),
    "feasible": N_("a plan, not proven best"),
}


def place_said(rule: str, key: str) -> str:
    """Return which rule a finding is about, and which of its rows: ids, and figures of plan.json in words."""
    title = _(TITLES[rule]) if rule in TITLES else rule
    parts = [_part_said(rule, part) for part in key.split("__") if part]
    where = f", {' / '.join(parts)}" if parts else ""
    return f"{title[:1].upper()}{title[1:]}{where}"


def _part_said(rule: str, part: str) -> str:
    """Return a figure in words, a row of the objective by its number, an id as it is."""
    row = part.removeprefix("objective[").removesuffix("]")
    if rule in ("objective", "status") and row != part and row.isdecimal():
        return _("row {number}").format(number=int(row) + 1)
    return _(FIGURES[part]) if part in FIGURES else part


def claim_said(claim: Any) -> Any:
    """Return a status or claim of plan.json in words; anything else as it is."""
    return _(_CLAIMS[claim]) if isinstance(claim, str) and claim in _CLAIMS else claim
