"""Changes of a scenario whose effect is known: the best plan follows, whatever it is."""

from __future__ import annotations

from typing import Any, Final

from tests.campaign.series import of_cases
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.properties.answers import MEDIUM, LeftOpen, forget
from tests.properties.relations import RELATIONS

FROM: Final = 20_000_000
"""The generators begin with this number: the tests of the program have seen those before."""


def made(number: int) -> dict[str, Any]:
    """The scenario of a number, every tenth with realistic rupiah."""
    if number % 10 == 9:
        return random_scenarios(FROM + number, MEDIUM)
    return tiny_scenarios(FROM + number, most_plans=3000)


def contradiction(plain: dict[str, Any]) -> str | None:
    """The first relation that does not hold of a scenario."""
    forget()
    for name, relation in RELATIONS.items():
        try:
            against = relation(plain, len(str(plain)))
        except LeftOpen:
            continue
        if against is not None:
            return f"{name}: {against}"
    return None


METAMORPHIC: Final = of_cases(
    "metamorphic",
    "Order, ids, scale, useless programmes, more of anything, conditions, prices, weights: the best plan follows.",
    made,
    contradiction,
    full=2_000,
    short=0,
    step=5,
)
