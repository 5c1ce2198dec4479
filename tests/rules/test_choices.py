"""Choices: programmes that run together, only with another, or not beside one another."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.relations import related
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, one_period
from tests.sampled import few
from tests.scenarios.hand import broken, planned


def three(people: tuple[int, int, int] = (9, 5, 3), money: int = 100, **choices: Any) -> Plain:
    """Three programmes at Rp10 once each, with so many people who need each of them."""
    names = ("a", "b", "c")
    cost = [{"item": "Modul", "per": "programme", "price": 10}]
    return one_period(
        competencies=[{"id": name, "kind": "technical"} for name in names],
        groups=[{"id": "g", "headcount": 40, "gaps": dict(zip(names, people, strict=True))}],
        programmes=[{"id": name, "closes": {name: 1}, "costs": cost} for name in names],
        funds={"amount": money},
        choices=choices,
    )


@proves("choices", HAND)
def test_of_some_programmes_at_most_one_runs() -> None:
    assert best(three()) == ["17", "30"]
    # the largest of the three; and with a and b alone, a and c
    assert best(three(at_most_one_of=[["a", "b", "c"]])) == ["9", "10"]
    assert best(three(at_most_one_of=[["a", "b"]])) == ["12", "20"]


@proves("choices", HAND)
def test_programmes_run_together_or_not_at_all() -> None:
    # money for two: a and b; a and c where these run together; b and c have no such tie
    assert best(three(money=20)) == ["14", "20"]
    assert best(three(money=20, together=[["a", "c"]])) == ["12", "20"]
    # all three or none, and none can be paid
    assert best(three(money=20, together=[["a", "b", "c"]])) == ["0", "0"]


@proves("choices", HAND)
def test_a_programme_runs_only_if_another_does() -> None:
    # money for one: a may not run without c, so b does
    assert best(three(money=10, only_if={"a": "c"})) == ["5", "10"]
    assert best(three(money=20, only_if={"a": "c"})) == ["12", "20"]
    # nobody needs c, so it cannot run, and neither can a
    assert best(three((9, 5, 0), only_if={"a": "c"})) == ["5", "10"]


@proves("choices", GOLDEN)
def test_the_rows_of_choices(request: pytest.FixtureRequest) -> None:
    golden("choices", three(together=[["a", "c"]], only_if={"b": "a"}, at_most_one_of=[["b", "c"]]), request)


@proves("choices", PROPERTY)
def test_every_plan_keeps_the_choices() -> None:
    decided = 0
    for found in plans(lambda plain: "choices" in plain, 60):
        running = {p for _g, p, _t in found.people}
        assert related(found.instance, running), found.seed
        decided += 0 < len(running) < len(found.instance.programmes)
    assert decided > few(10)


@proves("choices", CHECK)
def test_the_check_finds_a_programme_that_runs_against_a_choice() -> None:
    def found(*running: str, **choices: Any) -> set[str]:
        plain = three(**choices) | {"funds": [{"id": "apbd", "kind": "own", "amount": 100}]}
        for programme in plain["programmes"]:
            programme["costs"] = []
        return broken(plain, planned(plain, {("g", name, "TW1"): 1 for name in running}))

    assert found("a", "c", together=[["a", "c"]]) == set()
    assert found("a", together=[["a", "c"]]) == {"choices"}
    assert found("c", only_if={"a": "c"}) == set()
    assert found("a", only_if={"a": "c"}) == {"choices"}
    assert found("a", at_most_one_of=[["a", "b", "c"]]) == set()
    assert found("a", "b", at_most_one_of=[["a", "b", "c"]]) == {"choices"}
