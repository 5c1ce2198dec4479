"""Random scenarios at every scale of money and effect: nothing that is said of them is false."""

from __future__ import annotations

from typing import Any, Final

from tests.campaign.series import of_cases
from tests.scan.judge import Effort, Finding, judge
from tests.scan.scenarios import Case, scenario_of

EFFORT: Final = Effort(plan=10.0, oracle=20.0, engine=3.0)


def made(number: int) -> dict[str, Any]:
    """The case of a number as plain data."""
    case = scenario_of(number)
    return {"number": case.number, "kind": case.kind, "plain": case.plain}


def false(case: dict[str, Any]) -> str | None:
    """What was said of it and is not true."""
    verdict = judge(Case(**case), EFFORT)
    return "; ".join(verdict.reasons) if verdict.finding is Finding.FALSE else None


SCAN: Final = of_cases(
    "scan",
    "At any scale of money, effects and weights, plan, bounds and refusals are true.",
    made,
    false,
    full=2_000,
    short=0,
    step=5,
)
