"""An Indonesian report has no English in it, and an English one no Indonesian."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.claim import Claim
from planner.plans.comparison import compare
from planner.plans.plan import Status
from planner.report import comparison_table, render_comparison, render_report, summary_table
from tests.pages.comparisons import HALF, small_comparison
from tests.pages.markup import read
from tests.scenarios.builders import plan, scenario
from tests.scenarios.languages import ENGLISH, INDONESIAN, KEYS, english_scenario


@pytest.fixture(params=["proven", "found", "gaps first alone"])
def changes(request: pytest.FixtureRequest) -> dict[str, Any]:
    cases: dict[str, dict[str, Any]] = {
        "proven": {},
        "found": {"status": Status.FEASIBLE, "claim": Claim.CLAIMED, "bound": 130.0, "relative_gap": 0.12},
        "gaps first alone": {"status": Status.FEASIBLE, "claim": Claim.CLAIMED},
        "agreed": {"claim": Claim.AGREED},
    }
    return cases[request.param]


def test_an_indonesian_report_has_no_english_word(changes: dict[str, Any]) -> None:
    text = read(render_report(scenario(), plan(**changes), ["Dana tidak dapat dipakai."])).visible_text()
    text = KEYS.sub("", text)  # commands are named as they are typed
    assert sorted(set(ENGLISH.findall(text))) == []


def test_an_english_report_has_no_indonesian_word(changes: dict[str, Any]) -> None:
    built = english_scenario()
    page = read(render_report(built, plan(built, **changes), ["A fund is of no use."]))
    assert page.one("html").attributes["lang"] == "en"
    assert sorted(set(INDONESIAN.findall(page.visible_text()))) == []


def test_comparisons_keep_to_one_language() -> None:
    text = KEYS.sub("", read(render_comparison(small_comparison())).visible_text())
    assert sorted(set(ENGLISH.findall(text))) == []
    built = english_scenario()
    other = Scenario.model_validate(
        {**built.to_plain(), "scenario": {**built.to_plain()["scenario"], "id": "b", "name": "Other"}, "rules": []}
    )
    text = read(render_comparison(compare([(built, plan(built)), (other, plan(other, HALF))]))).visible_text()
    assert sorted(set(INDONESIAN.findall(text))) == []


def test_terminal_tables_speak_the_language_in_force() -> None:
    with speaking("id"):
        rows = [*summary_table(scenario(), plan()), *comparison_table(small_comparison())]
        text = KEYS.sub("", " ".join(" ".join(row) for row in rows))
        assert sorted(set(ENGLISH.findall(text))) == []
    with speaking("en"):
        built = english_scenario()
        assert (
            sorted(set(INDONESIAN.findall(" ".join(" ".join(row) for row in summary_table(built, plan(built)))))) == []
        )


def test_the_language_may_be_chosen_against_the_scenario() -> None:
    page = read(render_report(scenario(), plan(), language="en", made_on=date(2027, 8, 17)))
    assert page.one("html").attributes["lang"] == "en"
    assert "Budget: where the money goes" in page.visible_text()
    assert "17 August 2027" in render_report(
        scenario(), plan(), language="en", made_on=__import__("datetime").date(2027, 8, 17)
    )
