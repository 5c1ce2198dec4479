"""One case of uncertain funding: which funds come, and how likely that is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.domain.scenario import Scenario


@dataclass(frozen=True)
class FundingCase:
    """The scenario with the funds that arrive in this case, and the probability of the case [0-1]."""

    scenario: Scenario
    probability: Fraction
    may_fail: bool = True
    """Whether a plan may break the rules of this case; the case then counts as no gap closed."""
