"""Facts that can hardly be are told with the figure to correct; what may well be is not."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.check.verdict import rupiah
from planner.domain.checks.problem import rupiah_to_type
from planner.domain.checks.warnings import dubious
from planner.domain.checks.warnings_facts import doubtful_facts
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.units.numbers import read_rupiah

PLAIN: dict[str, Any] = {
    "format": 1,
    "scenario": {"id": "s", "fiscal_year": 2027},
    "periods": [{"id": "A", "year": 2027}, {"id": "B", "year": 2027}, {"id": "C", "year": 2028}],
    "competencies": [{"id": "c", "kind": "technical"}],
    "groups": [{"id": "g", "headcount": 20, "gaps": {"c": 10}, "new_gaps": {2028: {"c": 2}}}],
    "programmes": [
        {"id": "p", "closes": {"c": 1}, "class_size": {"max": 15}},
        {"id": "q", "closes": {"c": 0.5}},
    ],
    "funds": [
        {"id": "own", "kind": "own", "amount": 100},
        {"id": "unja", "kind": "partner", "amount": 30, "seats": {"q": 4}},
        {"id": "lapsing", "kind": "own", "amounts": {2027: 10, 2028: 50}},
        {"id": "kept", "kind": "own", "amounts": {2027: 10, 2028: 50}, "carry_over": True},
    ],
}


def told(**lists: Any) -> list[tuple[tuple[str | int, ...], str]]:
    with speaking("en"):
        scenario = Scenario.model_validate(PLAIN | {"actuals": {"through": "C", **lists}})
        found = list(doubtful_facts(scenario))
        assert all(doubt.remedy for doubt in found)
        assert dubious(scenario)[: len(found)] == found
    return [(doubt.path[1:], doubt.message) for doubt in found]


def came(people: int, programme: str = "q", period: str = "A", **more: Any) -> dict[str, Any]:
    return {"programme": programme, "period": period, "group": "g", "participants": people, **more}


def pay(fund: str, amount: int, period: str = "A", item: str = "x") -> dict[str, Any]:
    return {"fund": fund, "programme": "q", "item": item, "period": period, "amount": amount}


HELD = {"programme": "p", "period": "A", "classes": 1}


@pytest.mark.parametrize(
    ("lists", "path", "words"),
    [
        ({"attended": [came(21)]}, ("attended", 0, "participants"),
         "21 people of 'g' attended 'q', but the group has only 20."),
        ({"attended": [came(12), came(9, period="B"), came(9, period="C")]}, ("attended", 1, "participants"),
         "with this row, 21 people of 'g' attended 'q', but the group has only 20."),
        ({"attended": [came(20, closed={"c": 13})]}, ("attended", 0, "closed", "c"),
         "13 people of 'g' now reach the standard of 'c', but only 12 were below it."),
        ({"attended": [came(16, "p")], "held": [HELD]}, ("held", 0, "classes"),
         "1 class of 'p' in A holds at most 15 people, but 16 attended."),
        ({"attended": [came(5, "p")]}, ("attended", 0), "5 people attended 'p' in A, but no class of it was held."),
        ({"attended": [came(5, "p")], "held": [HELD | {"classes": 0}]}, ("held", 0, "classes"),
         "5 people attended 'p' in A, but no class of it was held."),
        ({"held": [HELD]}, ("held", 0, "classes"), "1 class of 'p' was held in A, but nobody attended."),
        ({"paid": [pay("unja", 20), pay("unja", 11, "C")]}, ("paid", 1, "amount"),
         "'unja' has paid Rp31, but offers only Rp30."),
        ({"paid": [pay("own", 101), pay("own", 5, "B")]}, ("paid", 0, "amount"),
         "'own' has paid Rp101, but has only Rp100."),
        ({"paid": [pay("lapsing", 11, "B")]}, ("paid", 0, "amount"), "'lapsing' has paid Rp11, but has only Rp10."),
        ({"paid": [pay("kept", 5), pay("kept", 56, "C")]}, ("paid", 1, "amount"),
         "'kept' has paid Rp61, but has only Rp60."),
        ({"seats": [{"fund": "unja", "programme": "q", "group": "g", "period": "A", "seats": 5}]},
         ("seats", 0, "seats"), "'unja' gave 5 free seats of 'q', but offers only 4."),
    ],
)  # fmt: skip
def test_what_can_hardly_be_is_told_once_at_its_figure(lists: Any, path: tuple[Any, ...], words: str) -> None:
    assert told(**lists) == [(path, words)]


def test_what_may_well_be_is_not_told() -> None:
    attended = [came(15, "p"), came(20), came(5, "p", "C", closed={"c": 2})]
    held = [HELD, HELD | {"period": "C"}]
    paid = [pay("unja", 30), pay("own", 100), pay("lapsing", 10, "B"), pay("lapsing", 50, "C"), pay("kept", 60, "C")]
    seats = [{"fund": "unja", "programme": "q", "group": "g", "period": "A", "seats": 4}]
    assert told(attended=attended, held=held, paid=paid, seats=seats) == []
    assert told() == []
    with speaking("en"):
        assert list(doubtful_facts(Scenario.model_validate(PLAIN))) == []


@pytest.mark.parametrize(("language", "words"), [("en", "has paid Rp900,000"), ("id", "sudah membayar Rp900.000")])
def test_money_is_written_in_the_language_of_the_sentence(language: str, words: str) -> None:
    actuals = {"actuals": {"through": "C", "paid": [pay("unja", 900_000)]}}
    with speaking(language):
        (doubt,) = doubtful_facts(Scenario.model_validate(PLAIN | actuals))
        assert words in doubt.message
        assert rupiah(Fraction(-1_250_000)) == ("-Rp1,250,000" if language == "en" else "-Rp1.250.000")
        assert read_rupiah(rupiah_to_type(1_250_000)) == 1_250_000
