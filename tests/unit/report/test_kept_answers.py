"""Answers beside a plan: one for which others have found better plans since says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner.analysis.dropout.expected import drop_out
from planner.analysis.partners.contributions import partners
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point
from planner.batch.runner import BatchRunner
from planner.locale import speaking
from planner.planning import SearchLimits, plan
from planner.report.answer_page import keep_page
from planner.report.kept_answers import better_found, kept_answers, kept_page, outdated_pages
from planner.scenario_io import read_scenario

SHIPPED = Path(__file__).parents[3] / "scenarios"
LIMITS = SearchLimits(time_limit=60)


@pytest.fixture(scope="module")
def asked() -> Inquiry:
    scenario = read_scenario(SHIPPED / "contoh-kecil.yaml")
    return Inquiry(scenario, plan(scenario, inline=True).plan, BatchRunner(), LIMITS)


def test_an_answer_older_than_a_better_plan_says_so(asked: Inquiry, tmp_path: Path) -> None:
    made = [partners(asked)]
    levels = dict(asked.runner.levels)
    assert levels, "the plans without partners"
    keep_page(asked.scenario, asked.plan, tmp_path, "partners", made, levels=levels)
    first, *_others = kept_page(asked.plan, tmp_path, "id", "partners") or ()
    assert not outdated_pages(tmp_path)
    key = next(iter(levels))
    keep_page(asked.scenario, asked.plan, tmp_path, "dropout", made, levels={key: levels[key] + 1, "another": 7.0})
    assert outdated_pages(tmp_path) == ["partners"]
    assert better_found(tmp_path, levels) == 1
    said, *_others = kept_page(asked.plan, tmp_path, "id", "partners") or ()
    assert said.sentences[0].startswith("Sejak ini dijawab, pertanyaan lain menemukan rencana yang lebih baik untuk 1 ")
    assert said.sentences[1:] == first.sentences
    kept = kept_answers(asked.plan, tmp_path, "id")
    assert (kept["partners"][0], kept["dropout"][0]) == (said, first), "the newer one stays as it is"
    keep_page(asked.scenario, asked.plan, tmp_path, "partners", made, levels=levels | {key: levels[key] + 1})
    assert kept_page(asked.plan, tmp_path, "id", "partners") == (first,)


def test_what_is_kept_of_other_versions_or_was_edited_is_no_better_plan(asked: Inquiry, tmp_path: Path) -> None:
    keep_page(asked.scenario, asked.plan, tmp_path, "dropout", [drop_out(asked)], levels={"a": 1.0})
    for number, text in enumerate(("[]", "{", '{"levels": 3}', '{"levels": {"a": "9"}}', "{}")):
        (tmp_path / "what-if" / f"x{number}.json").write_text(text, encoding="utf-8")
    assert not outdated_pages(tmp_path)
    assert kept_page(asked.plan, tmp_path, "id", "dropout")


def test_a_runner_knows_the_best_level_of_each_plan_that_is_found_again(asked: Inquiry) -> None:
    point = Point("rencana", asked.scenario)
    with speaking("id"), BatchRunner() as runner:
        found = runner.solve([point], LIMITS)["rencana"].plan
        assert found is not None
        (level,) = runner.levels.values()
        assert level == float(found.rank[0])
        first, *others = found.objective
        better = replace(found, objective=(replace(first, value=first.value + 1), *others))
        runner.keep(point, LIMITS, better)
        assert list(runner.levels.values()) == [level + 1]
        runner.solve([replace(point, name="lagi")], LIMITS)
        assert list(runner.levels.values()) == [level + 1], "one question"
