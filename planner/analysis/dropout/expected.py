"""Expected gaps closed if partners may withdraw, and the plan that loses least.

Each partner contributes or withdraws independently of the others, with its chance. Three strategies are compared:

* replanned: everything is planned anew in each case, as with perfect information. No strategy does better.
* base: the classes of the plan in question are committed; those that cannot be paid are cancelled later.
* robust: the classes with the largest expected result are committed; all partners together can pay for them.

Classes of (programme, period) are committed. In each case the plan may hold all or some of them and no others; people,
socialization, free seats, payments and programmes without classes are chosen again, with the remaining funds and under
all rules. A case in which the rules cannot be kept counts 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.analysis.dropout.outcomes import DropOutCase, Strategy, drop_out_cases, evaluate
from planner.analysis.dropout.robust import robust_strategy
from planner.analysis.partners.partner_roles import PartnerRoles, partner_roles
from planner.analysis.partners.subsets import PartnerSubsets
from planner.batch.inquiry import Inquiry
from planner.plans.plan import Plan


@dataclass(frozen=True)
class DropOut:
    """The three strategies in all cases of withdrawal."""

    plan: Plan
    roles: PartnerRoles
    cases: tuple[DropOutCase, ...]
    """Cases with a positive probability, the fewest absent first."""
    replanned: Strategy
    base: Strategy
    robust: Strategy
    """The same object as `base` if no commitment with a larger expected result was found."""
    upper_bound: Fraction | None
    """Proven limit of the expected level of any commitment; None if unknown."""
    year: str = ""
    """The year for which partners may withdraw; empty: for all of them."""


def drop_out(inquiry: Inquiry, partners: Sequence[str] = (), known: PartnerSubsets | None = None) -> DropOut:
    """Return the strategies if the named partners, or all that are not certain, may withdraw.

    `known` says for which year: for its amounts of that year they pay nothing, and what else they give stays.
    """
    subsets = PartnerSubsets(inquiry) if known is None else known
    roles = partner_roles(inquiry.scenario, inquiry.plan, partners, uncertain=True)
    cases = drop_out_cases(inquiry.scenario, roles)
    absents = [case.key for case in cases]
    subsets.solve(absents)
    subsets.solve(absents, within=inquiry.decisions.classes)
    robust, upper_bound = robust_strategy(subsets, cases)
    # evaluated last, because plans of one strategy may be feasible in another
    base = evaluate(subsets, cases, inquiry.decisions.classes, inquiry.plan)
    replanned = evaluate(subsets, cases, None, None)
    return DropOut(inquiry.plan, roles, cases, replanned, base, robust or base, upper_bound, subsets.year)
