"""A figure has one name and one value: while its plan is searched, and in the table of the plan."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.locale import _, speaking
from planner.planning import Progress, SearchLimits, plan
from planner.report.terminal import summary_rows
from planner.report.wording.gaps_sought import gaps_sought
from planner.report.wording.searching import early_sentence, sentence
from planner.solve.outcome import Stage
from tests.scenarios.hand import costing
from tests.scenarios.hand import scenario as hand

MISSED = {"name": "Banyak", "measure": "participants", "at_least": 9, "soft": {"penalty": 0.25}}
KINDS: dict[str, dict[str, Any]] = {
    "gaps": {},
    "weights": {"groups": {"weight": 3}},
    "penalties": {"rules": [MISSED]},
    "both": {"groups": {"weight": 3}, "rules": [MISSED]},
}
"""What a scenario may have that makes the figure sought another one than the gaps closed."""


def planned(kind: str, language: str) -> tuple[dict[str, str], list[str], str]:
    """The table of a plan by its labels, what was said of the gaps during the search, and of the plan so far."""
    plain = hand(programmes={**costing("participant", 7), "closes": {"keu": 0.35}}, funds={"amount": 50}, **KINDS[kind])
    plain["scenario"]["language"] = language
    scenario = Scenario.model_validate(plain)
    said: list[str] = []

    def hear(news: Progress) -> None:
        if news.stage is Stage.GAPS_CLOSED and news.best is not None:
            said.append(sentence(news, language, gaps_sought(scenario)))

    found = plan(scenario, SearchLimits(gap=0.0), inline=True, progress=hear).plan
    with speaking(language):
        table = dict(summary_rows(scenario, found))
        assert _(gaps_sought(scenario)) in table
    return table, said, early_sentence(scenario, found, language)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_search_and_the_table_give_one_figure_one_name(kind: str, language: str) -> None:
    table, said, _early = planned(kind, language)
    name, best = said[-1].split(": ", 1)
    label = name[:1].upper() + name[1:]
    assert best.split(" ")[1] == table[label].split(" ")[0]


@pytest.mark.parametrize(
    ("language", "name"), [("id", "Kesenjangan tertutup (perkiraan)"), ("en", "Gaps closed (expected)")]
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_so_far_is_told_as_its_table_tells_it(kind: str, language: str, name: str) -> None:
    table, _said, early = planned(kind, language)
    assert f"{name[:1].lower()}{name[1:]} {table[name]}" in early
