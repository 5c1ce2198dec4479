"""What bounds justify: proven, agreed or only claimed, at the limits of each."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nan, nextafter

import pytest

from planner.plans.claim import Bounds, Claim, Standing, standing
from planner.units.tolerance import SOLVER_TOLERANCE

VALUE = Fraction(1000)
ALLOWED = Fraction(1)
"""At a relative gap of 0.001."""


def judged(known: Bounds, *, upper: bool = True) -> Standing:
    return standing(VALUE, known, upper=upper, allowed=ALLOWED)


@pytest.mark.parametrize("upper", [True, False])
def test_agreed_reaches_as_far_as_is_allowed_and_no_further(upper: bool) -> None:
    way = 1 if upper else -1
    at, beyond = 1000.0 + way, nextafter(1000.0 + way, way * inf)
    assert judged(Bounds(agreed=at), upper=upper) == Standing(at, None, Claim.AGREED)
    assert judged(Bounds(agreed=beyond), upper=upper) == Standing(None, None, Claim.CLAIMED)


@pytest.mark.parametrize("upper", [True, False])
def test_a_bound_that_the_value_passes_agrees_within_a_solvers_arithmetic_alone(upper: bool) -> None:
    way = 1 if upper else -1
    slack = 1000 * SOLVER_TOLERANCE
    within, beyond = 1000.0 - way * slack * 0.999, 1000.0 - way * slack * 1.001
    assert judged(Bounds(agreed=within), upper=upper) == Standing(1000.0, None, Claim.AGREED)
    assert judged(Bounds(agreed=beyond), upper=upper) == Standing(None, None, Claim.CLAIMED)
    assert judged(Bounds(agreed=1000.0 - way), upper=upper).claim is Claim.CLAIMED


@pytest.mark.parametrize("upper", [True, False])
def test_what_is_confirmed_exactly_decides_first_and_stays_beside_what_is_agreed(upper: bool) -> None:
    way = 1 if upper else -1
    at, beyond = 1000.0 + way, nextafter(1000.0 + way, way * inf)
    assert judged(Bounds(at, 1000.0), upper=upper) == Standing(at, at, Claim.PROVEN)
    assert judged(Bounds(beyond, 1000.0), upper=upper) == Standing(1000.0, beyond, Claim.AGREED)
    assert judged(Bounds(beyond, beyond), upper=upper) == Standing(beyond, beyond, Claim.CLAIMED)
    with pytest.raises(ArithmeticError, match="passes the bound"):
        judged(Bounds(1000.0 - way, 1000.0), upper=upper)


@pytest.mark.parametrize("strange", [nan, inf, -inf])
def test_what_is_no_number_agrees_with_nothing(strange: float) -> None:
    for upper in (True, False):
        assert judged(Bounds(agreed=strange), upper=upper) == Standing(None, None, Claim.CLAIMED)
