"""Why a fund keeps money is said once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from planner.locale import speaking
from planner.plans.fund_left import FundLimit, Kept, MoneyLeft
from planner.report.wording.formats import Formats
from planner.report.wording.money_left import why_left
from tests.scenarios.builders import scenario

NOBODY = "What is left does not pay for one more participant who would close a gap."


def said(
    kept: Kept,
    *,
    nobody_fits: bool = False,
    needless: bool = False,
    elsewhere: bool = False,
    step: int | None = None,
    limits: tuple[FundLimit, ...] = (FundLimit.SHARE,),
    conditions: dict[str, Any] | None = None,
) -> str:
    made = scenario()
    left = MoneyLeft(9, kept, limits, nobody_fits=nobody_fits, needless=needless, elsewhere=elsewhere)
    material: Any = SimpleNamespace(
        funds_left=SimpleNamespace(of=lambda _fund: left),
        scenario=made.model_copy(update={"scenario": made.scenario.model_copy(update={"round_to": step})}),
        formats=Formats("en"),
    )
    with speaking("en"):
        fund = made.funds[0]
        return why_left(material, fund.model_validate(fund.model_dump() | (conditions or {})))


@pytest.mark.parametrize("kept", Kept)
def test_that_nobody_fits_is_said_once(kept: Kept) -> None:
    text = said(kept, nobody_fits=True)
    assert text.count("what is left") + text.count("What is left") == 1
    assert (NOBODY in text) == (kept is not Kept.WHOLE_UNITS), "a person, class or item is more than a participant"
    assert "what is left" not in said(kept, nobody_fits=False).lower() or kept is Kept.WHOLE_UNITS


def test_the_step_of_rounded_payments_is_named() -> None:
    assert said(Kept.LIMITS).startswith("One rupiah more would go beyond its share")
    assert said(Kept.LIMITS, step=1000).startswith("Rp1,000 more, to which divided costs are rounded, would go beyond")


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({"minimum": 5000}, "once used, it has to pay at least Rp5,000."),
        ({"agreement_cost": {"amount": 700}}, "its agreement alone costs Rp700."),
        (
            {"minimum": 5000, "agreement_cost": {"amount": 700}},
            "once used, it has to pay at least Rp5,000, and its agreement alone costs Rp700.",
        ),
    ],
)
def test_a_fund_that_is_not_used_is_said_to_be_so(conditions: dict[str, Any], words: str) -> None:
    text = said(Kept.LIMITS, limits=(FundLimit.USE, FundLimit.SHARE), conditions=conditions)
    assert text.startswith(f"The plan does not use it: {words}")
    assert "would go beyond" not in text, "a minimum is not gone beyond by paying too little"


def test_money_may_be_wanting_elsewhere() -> None:
    assert "No gap stays open for want of money." in said(Kept.OTHERS, needless=True)
    assert "No gap that it could pay to close stays open" in said(Kept.OTHERS, needless=True, elsewhere=True)
