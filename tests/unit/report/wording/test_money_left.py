"""Why a fund keeps money is said once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from planner.locale import speaking
from planner.plans.fund_left import Kept, MoneyLeft
from planner.report.wording.money_left import why_left
from tests.scenarios.builders import scenario

NOBODY = "No further participant fits in what is left."


def said(kept: Kept, *, nobody_fits: bool) -> str:
    material: Any = SimpleNamespace(
        funds_left=SimpleNamespace(of=lambda _fund: MoneyLeft(9, kept, nobody_fits=nobody_fits))
    )
    with speaking("en"):
        return why_left(material, scenario().funds[0])


@pytest.mark.parametrize("kept", Kept)
def test_that_nobody_fits_is_said_once(kept: Kept) -> None:
    text = said(kept, nobody_fits=True)
    assert text.count("fits in what is left") == 1
    assert (NOBODY in text) == (kept is not Kept.WHOLE_UNITS), "a person, class or item is more than a participant"
    assert "fits in what is left" not in said(kept, nobody_fits=False) or kept is Kept.WHOLE_UNITS
