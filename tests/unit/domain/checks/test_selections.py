"""Who may take part in a programme, looked up at once for all: the same as asking each group."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.checks.selections import takers
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario

COMPETENCIES = ("a", "b", "c")
PLACES = ("Kota", "Hulu")


def scenario(groups: list[dict[str, Any]], programmes: list[dict[str, Any]]) -> Scenario:
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "s"},
            "competencies": [{"id": c, "kind": "technical"} for c in COMPETENCIES],
            "groups": [{"id": f"g{n}", "headcount": 9, **group} for n, group in enumerate(groups)],
            "programmes": [{"id": f"p{n}", **programme} for n, programme in enumerate(programmes)],
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
        }
    )


GROUPS = st.fixed_dictionaries(
    {"gaps": st.dictionaries(st.sampled_from(COMPETENCIES), st.integers(0, 9), max_size=3)},
    optional={"location": st.sampled_from(PLACES), "tags": st.lists(st.sampled_from("xyz"), max_size=2)},
)
SELECTORS = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), max_size=2, unique=True)
                  for name, values in {"location": PLACES, "tags": ("x", "y"), "id": ("g0", "g1")}.items()},
)  # fmt: skip
PROGRAMMES = st.fixed_dictionaries(
    {"closes": st.dictionaries(st.sampled_from(COMPETENCIES), st.just("50%"), min_size=1), "for": SELECTORS}
)


@given(st.lists(GROUPS, min_size=1, max_size=5), st.lists(PROGRAMMES, min_size=1, max_size=3))
def test_those_may_take_part_whom_the_selector_picks_and_who_lack_something_that_is_taught(
    groups: list[dict[str, Any]], programmes: list[dict[str, Any]]
) -> None:
    built = scenario(groups, programmes)
    found = takers(built)
    for programme in built.programmes:
        those = [g for g in built.groups_in(programme.for_) if built.need(g, programme) > 0]
        people = found[programme.id]
        assert [g.id for g in people.groups] == [g.id for g in those]
        assert list(people.needs) == [built.need(g, programme) for g in those]
        assert people.largest == max(people.needs, default=0)
        assert people.largest_by("location") == {
            place: max(built.need(g, programme) for g in those if g.location == place)
            for place in {g.location for g in those}
        }


def costing(price: Any, gap: int, per: str = "participant") -> list[str]:
    """What is said of one programme with one cost line, for one group in Kota with a gap of so many people."""
    line = {"item": "Uang saku", "per": per, "price": price, "quantity": 2}
    programme = {"closes": {"a": "50%"}, "costs": [line], "class_size": {"min": 3, "max": 9}}
    return [
        problem.message for problem in find_problems(scenario([{"gaps": {"a": gap}, "location": "Kota"}], [programme]))
    ]


def test_a_cost_that_reaches_ten_to_the_fifteenth_is_refused_and_one_rupiah_less_a_head_is_not() -> None:
    least = 10**15 // 16
    assert costing(least, gap=8)
    assert not costing(least - 1, gap=8)
    assert costing({"by": "location", "Kota": least}, gap=8)
    assert not costing({"by": "location", "Kota": least - 1, "Hulu": 4 * least}, gap=8)
    assert costing(10**15 // 4, gap=8, per="class")
    assert not costing(10**15 // 4, gap=5, per="class")


def test_only_those_who_may_take_part_need_a_price() -> None:
    assert costing({"by": "location", "Hulu": 1}, gap=8)
    assert not costing({"by": "location", "Hulu": 1}, gap=0)
    assert not costing({"by": "location", "Hulu": 1, "default": 0}, gap=8)
