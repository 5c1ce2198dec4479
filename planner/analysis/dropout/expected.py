"""Partners that may not come: what is left of the gaps closed, and the plan that loses least.

Each partner comes or stays away independently of the others, with its chance. Three ways to plan are weighed:

* replanned: everything is planned anew once it is known who came, as if one knew it beforehand. No way does better.
* base: the plan that counts on all partners. Its classes are committed now; what cannot be paid is cancelled later.
* robust: a plan that all partners together can pay as well, with those classes from which most is left to be expected.

Committed are classes of (programme, period). When some partners do not come, the plan may hold all or some of these
classes and no others; people, socialization, free seats, payments and programmes without classes are chosen again,
under the funds that came and all rules. A case in which the rules cannot be kept counts 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.analysis.dropout.outcomes import Chance, Spread, Way, cases_of, way
from planner.analysis.dropout.robust import robust_way
from planner.analysis.partners.partners_varied import Presence, presence
from planner.analysis.partners.subsets import Subsets
from planner.batch.inquiry import Inquiry
from planner.plans.plan import Plan


@dataclass(frozen=True)
class DropOut:
    """The answer."""

    plan: Plan
    presence: Presence
    cases: tuple[Chance, ...]
    """What can happen at all, the fewest absent first."""
    replanned: Way
    base: Way
    robust: Way
    """`base` itself where no commitment was found from which more is to be expected."""
    most: Fraction | None
    """The level that any commitment could be expected to reach at most; None where it is not known."""


def drop_out(inquiry: Inquiry, partners: Sequence[str] = (), known: Subsets | None = None) -> DropOut:
    """Weigh what happens when partners stay away: those named, or all that are not certain."""
    subsets = Subsets(inquiry) if known is None else known
    there = presence(inquiry.scenario, inquiry.plan, partners, uncertain=True)
    cases = cases_of(inquiry.scenario, there)
    absents = [case.key for case in cases]
    subsets.solve(absents)
    subsets.solve(absents, within=inquiry.decisions.classes)
    robust, most = robust_way(subsets, cases)
    # every plan is known by now, and each way shows the best of what it allows
    base = way(subsets, cases, inquiry.decisions.classes, inquiry.plan)
    replanned = way(subsets, cases, None, None)
    return DropOut(inquiry.plan, there, cases, replanned, base, robust or base, most)


__all__ = ["Chance", "DropOut", "Spread", "Way", "drop_out"]
