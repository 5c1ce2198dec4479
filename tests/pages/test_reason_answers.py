"""Answers about reasons, repairs and prices as a planner reads them: in one language, and inert."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from planner.analysis.repairs.smallest import Repairs, RepairSearch
from planner.analysis.rules.fairness import fairness
from planner.analysis.rules.rule_prices import rule_prices
from planner.analysis.why_not.why import WhyAnswer, why
from planner.batch.inquiry import Inquiry
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.locale import speaking
from planner.planning import plan
from planner.report import answer_texts, render_answers
from tests.pages.markup import Element, read
from tests.pages.repair_words import words
from tests.sampled import sampled
from tests.scenarios.builders import scenario as small
from tests.scenarios.hand import costing
from tests.scenarios.hand import scenario as hand
from tests.scenarios.hostile import HOSTILE, with_text_everywhere
from tests.scenarios.languages import ENGLISH, INDONESIAN, english_scenario
from tests.unit.analysis.plans import EXACT, inquiry


def answers(asked: Inquiry) -> list[object]:
    """One of each kind; why for every group and programme."""
    pairs = [(g, p) for g in asked.scenario.group for p in asked.scenario.programme]
    competency = next(iter(asked.scenario.competency))
    return [*(why(asked, g, p, competency) for g, p in pairs), rule_prices(asked), fairness(asked, "group", 3)]


def impossible(read_scenario: Scenario) -> Scenario:
    """The scenario with its first rule asking for more than there is."""
    rule, *others = read_scenario.rules
    more = {"name": rule.name, "measure": "participants", "at_least": 5_000}
    plain = read_scenario.to_plain() | {"rules": [more, *(other.model_dump() for other in others if not other.hard)]}
    return Scenario.model_validate(plain | {"rules": [more]})


def test_rules_and_goals_are_counted_apart() -> None:
    """The small scenario has one rule and one goal."""
    asked = inquiry(small())
    page = read(render_answers(asked.scenario, asked.plan, [rule_prices(asked)]))
    tiles = [tile.text for tile in page.all("div", class_="tile")]
    assert tiles[:2] == ["Aturan 1 dalam skenario", "Sasaran 1 aturan yang boleh meleset"]


def repairs(scenario: Scenario) -> Repairs:
    with pytest.raises(InfeasibleError) as raised:
        plan(scenario, EXACT, inline=True)
    search = RepairSearch(scenario, raised.value.limits, EXACT)
    search.run(BatchRunner())
    search.add_best_plans(BatchRunner(), EXACT, 1)
    return search.found()


@pytest.fixture(scope="module")
def asked() -> Inquiry:
    return inquiry(small())


@pytest.fixture(scope="module")
def answered(asked: Inquiry) -> list[object]:
    return answers(asked)


@pytest.fixture(scope="module")
def page(asked: Inquiry, answered: list[object]) -> Element:
    return read(render_answers(asked.scenario, asked.plan, answered))


def test_differences_of_what_is_sought_name_their_unit(asked: Inquiry, answered: list[object]) -> None:
    """Gaps have weights and a goal has a penalty: a loss is not one of plain gaps, and no place may say that it is."""
    page = read(render_answers(asked.scenario, asked.plan, answered))
    heads = [cell.text for cell in page.all("th") if cell.text.startswith("Hilang")]
    assert len(heads) >= 2
    assert all("penalti" in head for head in heads), heads
    sentences = [each for each in re.split(r"(?<=[.)]) ", page.visible_text()) if "rencana terbaik" in each.lower()]
    lost = [each for each in sentences if re.search(r"menutup .* lebih (?:sedikit|banyak)", each)]
    assert lost
    assert all("penalti" in each for each in lost), lost


MISSED = {"name": "Banyak", "measure": "participants", "at_least": 9, "soft": {"penalty": 0.25}}
OTHER = {"name": "Lain", "measure": "cost", "at_most": 10, "soft": {"penalty": 0.001}}


def test_what_a_goal_costs_is_counted_without_its_own_penalty() -> None:
    """A goal that the plan misses is judged in the scenario without it: its unit has only the penalties of others."""

    def told(*rules: dict[str, object]) -> tuple[str, list[list[str]]]:
        plain = hand(programmes={**costing("participant", 7), "closes": {"keu": 0.35}}, funds={"amount": 50})
        asked = inquiry(Scenario.model_validate(plain | {"rules": rules}))
        page = read(render_answers(asked.scenario, asked.plan, [rule_prices(asked)]))
        return page.visible_text(), page.one("table", id="table-rule-prices").rows()

    words, (head, row) = told(MISSED)
    assert head[5:7] == ["Lebih banyak tanpanya (perkiraan)", "Dihitung dalam"]
    assert row[5:7] == ["0", "kesenjangan"]
    assert "dikurangi penalti" not in words
    _words, (_head, first, second, together) = told(MISSED, OTHER)
    for row in (first, second):
        assert row[6] == "kesenjangan, dikurangi penalti sasaran lain yang tidak tercapai"
    assert together[6] == "kesenjangan"


def test_pages_in_indonesian_have_no_english_word(page: Element) -> None:
    assert words(page.visible_text(), ENGLISH) == []


def test_pages_in_english_have_no_indonesian_word(asked: Inquiry, answered: list[object]) -> None:
    """The same plans of the scenario with English names."""
    page = read(render_answers(english_scenario(), asked.plan, answered))
    assert page.one("html").attributes["lang"] == "en"
    assert words(page.visible_text(), INDONESIAN) == []


def test_repairs_keep_to_the_language_of_the_scenario_whatever_the_terminal_speaks() -> None:
    with speaking("en"):
        scenario = impossible(small())
        page = read(render_answers(scenario, None, [repairs(scenario)]))
    assert words(page.visible_text(), ENGLISH) == []
    assert "tidak ada rencana yang memenuhi semua aturan" in page.visible_text()
    english = impossible(english_scenario())
    page = read(render_answers(english, None, [repairs(english)]))
    assert words(page.visible_text(), INDONESIAN) == []


def test_one_condition_is_not_told_as_one_of_several(asked: Inquiry, answered: list[object]) -> None:
    excluded = next(each for each in answered if isinstance(each, WhyAnswer) and each.exclusions)
    first = []
    for number in (1, 2):
        answer = replace(excluded, exclusions=excluded.exclusions[:1] * number)
        with speaking("id"):
            ((_title, sentences, _tables),) = answer_texts(asked.scenario, asked.plan, [answer])
        first.append(sentences[0])
    assert first[0] == "Tidak mungkin: satu syarat dalam skenario menghalanginya."
    assert first[1].startswith("Tidak mungkin: 2 syarat dalam skenario menghalanginya, masing-masing")


def test_where_people_are_seated_is_said_once(asked: Inquiry, answered: list[object]) -> None:
    """The number of people is not repeated behind the one period; of several each has its own."""
    seated = [answer for answer in answered if isinstance(answer, WhyAnswer) and answer.seated]
    kinds = set()
    with speaking("id"):
        texts = [answer_texts(asked.scenario, asked.plan, [answer])[0] for answer in seated]
    for answer, (_title, sentences, _tables) in zip(seated, texts, strict=True):
        rows = [r for r in asked.plan.allocations if (r.group, r.programme) == (answer.group, answer.programme)]
        (sentence,) = [each for each in sentences if each.startswith("Rencana mengikutkan")]
        kinds.add(len(rows) > 1)
        if len(rows) == 1:
            assert sentence.endswith(f"{rows[0].participants} orang dari kelompok ini, pada {rows[0].period}.")
        else:
            assert all(f"{row.period}: {row.participants}" in sentence for row in rows)
    assert False in kinds


def test_tables_have_ids_of_their_own_on_a_page_of_many_answers(page: Element) -> None:
    anchors = [section.one("h2").attributes["id"] for section in page.all("section", class_="answer")]
    assert len(anchors) == len(set(anchors))


def test_the_terminal_says_what_the_page_says(asked: Inquiry, answered: list[object]) -> None:
    given: Sequence[object] = answered[-2:]
    with speaking("id"):
        texts = answer_texts(asked.scenario, asked.plan, given)
    page = read(render_answers(asked.scenario, asked.plan, given)).visible_text()
    for title, sentences, _tables in texts:
        assert title in page
        for sentence in sentences:
            assert sentence in page


@pytest.mark.parametrize("text", sampled([HOSTILE[0], HOSTILE[5], HOSTILE[10]], 3))
def test_hostile_text_is_printed_as_it_stands(text: str, page: Element) -> None:
    asked = inquiry(with_text_everywhere(text))
    hostile = read(render_answers(asked.scenario, asked.plan, answers(asked)))
    assert {element.tag for element in hostile} == {element.tag for element in page}
    scenario = impossible(with_text_everywhere(text))
    assert text in read(render_answers(scenario, None, [repairs(scenario)])).visible_text()
