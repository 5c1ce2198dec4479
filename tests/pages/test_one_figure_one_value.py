"""A figure has one value wherever it stands: report, workbook, tables, plan.json, terminal and comparison.

Figures are read with their names, as tests/pages/named_figures.py and named_details.py say; two values of one name are
an error, and so is a printed total that is not the sum of its rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from planner.analysis.rules.fairness import fairness
from planner.batch.inquiry import Inquiry
from planner.domain.scenario import Scenario
from planner.planning import plan as planned
from planner.plans.plan import Plan
from planner.report import render_report
from planner.report.results_workbook import workbook_bytes
from planner.scenario_io import read_scenario
from tests.pages.markup import Element, read
from tests.pages.named_answers import of_answers
from tests.pages.named_charts import of_charts
from tests.pages.named_details import of_comparison, of_details, of_parts, of_terminal, unexplained
from tests.pages.named_figures import COST, WHOLE, Figure, Found, Key, of_page, of_plan, of_workbook
from tests.pages.plan_answers import answers as plan_answers
from tests.pages.samples import kept
from tests.plans.shipped import LARGE, SCENARIOS, shipped
from tests.scenarios.builders import SMALL, large, plan, scenario
from tests.scenarios.three_years import three_years
from tests.unit.analysis.plans import inquiry

Case = tuple[Scenario, Plan]
BUILT = ("small", "weighted", "large", "three years")
TRIED = ("jambi-2027-perubahan",)
"""Of the large scenarios the one tried in every run: it has all that the others have, and facts."""

CASES = [
    *BUILT,
    *(
        pytest.param(name, marks=[] if name in TRIED or not name.startswith(LARGE) else [pytest.mark.more])
        for name in shipped()
    ),
]


@cache
def case(name: str) -> Case:
    """A scenario and a plan of it; the built ones have a plan made by hand, but for the three years.

    Of the large shipped ones any plan will do, so the gallery's is taken.
    """
    if name == "small":
        return scenario(), plan()
    if name == "weighted":
        by_weight = scenario(competencies=[{**each, "weight": n} for n, each in enumerate(SMALL["competencies"], 1)])
        return by_weight, plan(by_weight)
    if name == "large":
        return large(30, 12, 20)
    if name.startswith(LARGE):
        return kept(name)
    found = three_years() if name == "three years" else read_scenario(SCENARIOS / f"{name}.yaml")
    return found, planned(found, inline=True).plan


@cache
def html(name: str) -> str:
    return render_report(*case(name))


def of_documents(name: str, page: Element) -> Found:
    scenario, _plan = case(name)
    yield from of_page(scenario, page)
    yield from of_details(scenario, page)
    yield from of_charts(scenario, page)
    yield from beside_the_page(name)


@cache
def beside_the_page(name: str) -> list[tuple[Key, Figure]]:
    scenario, plan = case(name)
    return [
        *of_workbook(scenario, workbook_bytes(scenario, plan, "id")),
        *of_plan(scenario, plan),
        *of_parts(scenario, plan),
        *of_terminal(scenario, plan),
        *of_comparison(scenario, plan),
    ]


def disagreements(figures: Iterable[tuple[Key, Figure]]) -> list[str]:
    """The names that have two values, with where they stand."""
    found: dict[Key, list[Figure]] = defaultdict(list)
    for key, figure in figures:
        found[key].append(figure)
    return [
        f"{key}: {first.value} ({first.place}), {other.value} ({other.place})"
        for key, (first, *others) in found.items()
        for other in others
        if not first.agrees(other)
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_name_has_one_value_in_all_documents(name: str) -> None:
    figures = [*of_documents(name, read(html(name)))]
    assert disagreements(figures) == []
    places = {figure.place.split(":")[0] for key, figure in figures if key == (COST, WHOLE)}
    assert {"table-forms", "table-costs", "table-funds", "tile Jumlah biaya", "plan.json", "terminal"} <= places


@pytest.mark.parametrize("name", CASES)
def test_a_printed_total_is_the_sum_of_its_printed_rows(name: str) -> None:
    assert unexplained(read(html(name))) == []


def found_in(name: str, page: str) -> list[str]:
    """What the tests above find in a page of the case, beside its other documents as they are."""
    shown = read(page)
    return [*disagreements(of_documents(name, shown)), *unexplained(shown)]


CORRUPTIONS = {
    "an agency's coverage in the annex": ("small", r"(90,2 dari 180 )\(50,1%\)", r"\1(23,2%)"),
    "costs by form of programmes alone": ("small", r'(id="table-forms".*?<tfoot>.*?)162\.700\.', r"\g<1>137.700."),
    "gaps less penalties": ("small", r"(tidak tercapai menjadi )110,7", r"\g<1>115,7"),
    "the value of the first goal": ("weighted", r'(id="table-levels".*?)132,9', r"\g<1>137,9"),
    "gaps closed on the front page": ("small", r"Perkiraan 115,7 dari", "Perkiraan 116,7 dari"),
    "what partners pay on the front page": ("small", r"mitra membayar Rp60\.000\.000", "mitra membayar Rp60.000.001"),
    "participants on the front page": ("small", r"147 peserta", "110 peserta"),
    "participants in the RKA form": ("small", r"(RKA.*)147 peserta", r"\g<1>110 peserta"),
    "participants in a period": ("small", r'(id="table-calendar".*?)2 / 80', r"\g<1>2 / 81"),
    "a fund's card": ("small", r"Terpakai Rp102\.700\.000", "Terpakai Rp77.700.000"),
    "JP for each person": ("small", r"memperoleh 9,4 JP", "memperoleh 9,8 JP"),
    "what a group closes": ("small", r"(<td>)22,2 dari 60", r"\g<1>24,2 dari 60"),
    "a bar": ("small", r"22,2 dari 60 ·", "24,2 dari 60 ·"),
    "money in words": ("small", r"Rp\s133,45\sjuta", "Rp\u00a0137,7\u00a0juta"),
    "a cell of the map": ("small", r": 22,2 dari 60 tertutup", ": 24,2 dari 60 tertutup"),
    "a rule": ("small", r'(id="table-rules".*?)Rp133\.450\.000', r"\g<1>Rp133.450.001"),
    "the last year": ("three years", r'(id="table-years-2029-competencies".*?<tfoot>.*?)19,4', r"\g<1>20,4"),
    "a fund in a year": ("three years", r'(id="table-funds-by-year".*?)6\.000\.000', r"\g<1>7.000.000"),
    "what was paid already": ("contoh-kecil-perubahan", r'(id="table-rka-accounts".*?<tfoot>.*?)50\.', r"\g<1>24."),
    "the year of the RKA": ("three years", r'(id="table-rka-accounts".*?<tfoot>.*?)6\.000\.000', r"\g<1>6.000.001"),
}
"""Parts of a page, each with a pattern of it and what a faulty report would print there."""


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_a_page_with_another_value_in_one_place_is_found(what: str) -> None:
    """The test of the test."""
    name, pattern, other = CORRUPTIONS[what]
    corrupt, times = re.subn(pattern, other, html(name), count=1, flags=re.DOTALL)
    assert times == 1
    assert corrupt != html(name)
    assert found_in(name, corrupt)


@pytest.fixture(scope="module")
def asked() -> Inquiry:
    return inquiry(scenario())


def of_report_with(asked: Inquiry, answers: list[object]) -> list[tuple[Key, Figure]]:
    scenario, plan = asked.scenario, asked.plan
    page = read(render_report(scenario, plan))
    figures = [*of_answers(scenario, read(render_report(scenario, plan, answers=answers)))]
    assert len(figures) >= 4 * len(answers)
    return [*of_page(scenario, page), *of_details(scenario, page), *of_charts(scenario, page), *figures]


def test_the_price_of_fairness_starts_from_the_figures_of_the_report(asked: Inquiry) -> None:
    answer = fairness(asked, "group", 2)
    assert disagreements(of_report_with(asked, [answer])) == []
    first, *others = answer.guarantees
    worse = replace(first, coverage=first.coverage - Fraction(1, 10))
    assert disagreements(of_report_with(asked, [replace(answer, guarantees=(worse, *others))]))


@pytest.mark.more
def test_answers_state_the_figures_of_the_plan_as_the_report_does(asked: Inquiry) -> None:
    assert disagreements(of_report_with(asked, plan_answers(asked)[:-1])) == []  # the last is about another plan


def test_what_is_sought_is_led_back_to_the_gaps_closed() -> None:
    """A goal is missed by 10 participants at 0.5 weighted gaps each, and communication counts twice.

    115.7 gaps closed, 22.2 of them in communication: 115.7 + 22.2 = 137.9 by weight, and 137.9 - 5 = 132.9.
    """
    _scenario, plan = case("weighted")
    assert (float(plan.gaps_closed), float(plan.weighted_gaps_closed)) == (115.7, 137.9)
    text = read(html("weighted")).visible_text()
    assert "Rencana ini menutup perkiraan 115,7 kesenjangan, masing-masing dihitung satu." in text
    assert "Menurut bobot, rencana ini menutup perkiraan 137,9." in text
    assert "Dikurangi 5 untuk sasaran yang tidak tercapai menjadi 132,9." in text
    assert "Batas yang diketahui untuk angka itu 132,9." in text
    assert "menurut bobot, dikurangi penalti sasaran yang tidak tercapai" in text


def test_a_match_is_stated_of_what_both_pay_for_programmes() -> None:
    """Of the Rp102.7 million of the APBD 25 are for socialization and the agreement, which no match counts."""
    text = read(html("small")).visible_text()
    assert "✓ Rp60.000.000 dari paling banyak Rp77.700.000" in text
