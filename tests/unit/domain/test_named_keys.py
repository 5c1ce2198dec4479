"""Free keys of a scenario name one list each, for all who say or check them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.domain.base import Record
from planner.domain.checks.validation import find_problems
from planner.domain.named_keys import KEYS_OF, list_named
from planner.domain.people import PeopleTable
from planner.domain.scenario import Scenario
from planner.scenario_io.fields import Expected
from tests.scenarios import hand

WORDS_OF_A_LIST = {(PeopleTable.__name__, key) for key in ("columns", "fill", "values")} | {
    ("PeopleRead", "hours_done")
}
"""Free keys that name columns, values or offices of a list of people: nothing of the scenario."""


def keyed(model: type[Record], seen: set[type[Record]]) -> Iterator[tuple[str, str, int]]:
    """Records, their fields with free keys, and how many of these lie one below the other."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        key, depth = field.alias or name, 0
        expected = Expected("record", model).below(key)
        while expected is not None and expected.kind == "keyed":
            depth, expected = depth + 1, expected.inner
        if depth:
            yield model.__name__, key, depth
        if expected is not None and expected.model is not None:
            yield from keyed(expected.model, seen)


def test_of_every_field_with_free_keys_it_is_said_what_they_name() -> None:
    found = {(record, key): depth for record, key, depth in keyed(Scenario, set())}
    assert ("Group", "new_gaps") in found
    unsaid = {at for at, depth in found.items() if len(KEYS_OF.get(at[1], ())) != depth}
    # prices of a year or a place stand under values of an attribute
    assert unsaid - WORDS_OF_A_LIST - {("PriceBy", "prices"), ("PeopleColumns", "columns")} == set()


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("groups.analis.gaps.keu", "competencies"),
        ("groups.analis.new_gaps.2028", "years"),
        ("groups.analis.new_gaps.2028.keu", "competencies"),
        ("groups.analis.completed.dasar", "programmes"),
        ("programmes.dasar.uses.asrama", "resources"),
        ("programmes.dasar.uses.asrama.amount", ""),
        ("funds.apbd.amounts.2028", "years"),
        ("choices.only_if.dasar", "programmes"),
        ("resources.asrama.amount.TW1", "periods"),
        ("groups.gaps", ""),
        ("groups.gaps.name", ""),
        ("scenario.name", ""),
        ("choices", ""),
        ("", ""),
    ],
)
def test_the_last_step_of_a_path_names_something_of_a_list(path: str, named: str) -> None:
    assert list_named(path.split(".") if path else ()) == named


UNKNOWN = "5.04.02.1.02.0007"
"""A code that no sub-activity of the scenario has."""

NAMING: dict[str, hand.Plain] = {
    "activities": {"narrative": {"activities": {UNKNOWN: {"background": "x"}}}},
    "amount": {"resources": [{"id": "asrama", "name": "Asrama", "amount": {"tiada": 5}}]},
    "amounts": {"funds": [{"id": "apbd", "kind": "own", "amounts": {"1999": 5}}]},
    "closed": {
        "actuals": {
            "through": "TW1",
            "attended": [
                {"programme": "bimtek", "period": "TW1", "group": "a", "participants": 1, "closed": {"tiada": 1}}
            ],
        }
    },
    "closes": {"programmes": {"closes": {"keu": 1, "tiada": 1}}},
    "completed": {"groups": {"completed": {"tiada": 1}}},
    "gaps": {"groups": {"gaps": {"keu": 1, "tiada": 1}}},
    "new_gaps": {"groups": {"new_gaps": {"2027": {"tiada": 1}}}},
    "only_if": {"choices": {"only_if": {"tiada": "bimtek"}}},
    "releases": {"funds": {"releases": {"tiada": 1}}},
    "seats": {"funds": {"kind": "partner", "seats": {"tiada": 1}}},
    "uses": {"programmes": {"uses": {"tiada": {"per": "class", "amount": 1}}}},
}
"""Scenarios that name what is not there, by the field under whose free keys they do."""


@pytest.mark.parametrize("key", KEYS_OF)
def test_a_free_key_that_names_nothing_is_a_problem_at_its_place(key: str) -> None:
    assert key in NAMING, f"add a scenario to NAMING in which '{key}' names what is not there"
    scenario = Scenario.model_validate(hand.scenario(**NAMING[key]))
    paths = [problem.path for problem in find_problems(scenario)]
    assert any(key in path and str(path[-1]) in ("tiada", "1999", UNKNOWN) for path in paths), (
        f"planner/domain/checks/references.py yields no reference of '{key}', only {paths}"
    )
