"""The laws that documents name by themselves."""

from __future__ import annotations

import pytest

from planner.locale import speaking
from planner.report.views.word.legal_basis import LAWS, laws, presumes_pns
from tests.scenarios.hand import read, scenario


@pytest.mark.parametrize(("year", "there", "not_yet"), [(2017, "38/2017", "20/2023"), (2023, "20/2023", "72/2025")])
def test_no_law_is_named_that_came_later(year: int, there: str, not_yet: str) -> None:
    plain = scenario()
    plain["scenario"]["fiscal_year"] = year
    with speaking("en"):
        named = " ".join(laws(read(plain)))
    assert there in named
    assert not_yet not in named


def test_the_year_of_a_law_is_in_its_sentence() -> None:
    for law in LAWS:
        assert f"/{law.year}" in law.sentence


@pytest.mark.parametrize(
    ("kinds", "named", "presumed"),
    [
        (["pns"], {"pns"}, False),
        (["pppk"], {"pppk"}, False),
        (["pns", None], {"pns"}, False),
        (["pppk", None], {"pns", "pppk"}, True),
        ([None], {"pns"}, True),
    ],
)
def test_laws_are_for_those_who_are_trained_and_a_presumption_is_told(
    kinds: list[str | None], named: set[str], presumed: bool
) -> None:
    groups = [{"id": str(n), "headcount": 1, "gaps": {"keu": 1}, "employment": kind} for n, kind in enumerate(kinds)]
    of = read(scenario(groups=groups))
    with speaking("en"):
        found = {*laws(of)}
    assert {law.of for law in LAWS if law.of != "all" and law.sentence in found} == named
    assert presumes_pns(of) == presumed
