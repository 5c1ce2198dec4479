"""One case of uncertain funding: which funds come, and how likely that is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.domain.scenario import Scenario


@dataclass(frozen=True)
class FundingCase:
    """The scenario of the funds that come in this case, and its probability [0-1]."""

    scenario: Scenario
    probability: Fraction
    may_fail: bool = True
    """Whether a commitment may leave the rules of this case broken; the case then counts as no gap closed."""
