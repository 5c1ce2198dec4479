"""Answers about other plans as a planner reads them: in one language, in figures that agree, and inert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from planner.analysis.comparison.causes import Causes
from planner.analysis.cuts.cut_proof import cuts
from planner.analysis.habits.compared import Habit, Habits, habits
from planner.batch.inquiry import Inquiry
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.comparison import compare
from planner.plans.plan import Status
from planner.report import answer_texts, render_answers, render_comparison
from planner.report.material import material_of
from planner.report.views.answers.gists import gists
from planner.report.wording.formats import NOTHING
from tests.pages.markup import Element, read
from tests.pages.plan_answers import answers_of_small, asked_of_small, explained
from tests.scenarios.hostile import HOSTILE, with_text_everywhere
from tests.scenarios.languages import ENGLISH, INDONESIAN, KEYS, english_scenario
from tests.scenarios.workshop import workshop
from tests.unit.analysis.plans import inquiry

PATHS = KEYS  # inputs are named by their paths, in the words of the scenario format


@pytest.fixture(scope="module")
def asked() -> Inquiry:
    return asked_of_small()


@pytest.fixture(scope="module")
def answered() -> Sequence[object]:
    return answers_of_small()


@pytest.fixture(scope="module")
def answer(answered: Sequence[object]) -> Causes:
    """Why the plan with less money is another."""
    assert isinstance(answered[-1], Causes)
    return answered[-1]


@pytest.fixture(scope="module")
def page(asked: Inquiry, answered: Sequence[object]) -> Element:
    return read(render_answers(asked.scenario, asked.plan, answered))


def table(page: Element, id: str) -> list[list[str]]:
    return page.one("table", id=id).rows()


def test_pages_in_indonesian_have_no_english_word(page: Element) -> None:
    assert sorted(set(ENGLISH.findall(PATHS.sub("", page.visible_text())))) == []


def test_pages_in_english_have_no_indonesian_word(answered: Sequence[object]) -> None:
    """The same plans of the scenario with English names; only why two plans differ names what is in them."""
    english = inquiry(english_scenario())
    page = read(render_answers(english.scenario, english.plan, [*answered[:-1], explained(english)]))
    assert page.one("html").attributes["lang"] == "en"
    assert sorted(set(INDONESIAN.findall(page.visible_text()))) == []


def test_ids_are_unique_although_a_question_is_answered_twice(page: Element) -> None:
    anchors = [section.one("h2").attributes["id"] for section in page.all("section", class_="answer")]
    assert len(anchors) == len(set(anchors)) == 8


def test_habits_stand_beside_the_plan_with_what_a_gap_costs(asked: Inquiry) -> None:
    answer = habits(asked)
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    rows = {row[0]: row[1:] for row in table(page, "table-habits")[1:]}
    head = table(page, "table-habits")[0]
    assert head == ["Ukuran", "Rencana ini", "Menurut jumlah pegawai", "Menurut prioritas"]
    assert len(rows["Biaya per kesenjangan tertutup"]) == 3
    wished = [NOTHING, *(str(habit.intended_seats) for habit in answer.habits)]
    assert rows["Kursi menurut kebiasaan semula"] == wished
    assert "--last FOLDER" in page.visible_text()
    assert [row[0] for row in table(page, "table-habits-agencies")[1:]] == [
        "BPKAD (240 orang)",
        "Dinas Kesehatan (80 orang)",
    ]


def test_a_habit_without_a_plan_and_one_that_closes_more_are_said(asked: Inquiry) -> None:
    better = replace(asked.plan, gaps_closed=asked.plan.gaps_closed + 3)
    first = replace(asked.plan.objective[0], goal="smallest_coverage", by="group")
    answer = Habits(
        replace(asked.plan, objective=(first, *asked.plan.objective)),
        (Habit("headcount", {}, None, None, "rusak\nbaris kedua"), Habit("priority", {}, better, Status.FEASIBLE)),
        None,
    )
    with speaking("id"):
        ((_title, said, _tables),) = answer_texts(asked.scenario, asked.plan, [answer])
    assert said[0] == "Menurut jumlah pegawai: tidak ditemukan rencana yang mendekatinya. rusak"
    assert "3 lebih banyak daripada rencana ini, yang mendahulukan tujuan lain" in said[1]


def test_the_list_names_what_goes_first_first_and_the_core_last() -> None:
    asked = inquiry(workshop(110))
    answer = cuts(asked, (Fraction(1, 5), Fraction(1, 2)))
    page = read(render_answers(asked.scenario, asked.plan, [answer]))
    assert table(page, "table-cuts-list")[1:] == [
        ["kecil", "dicoret pada 20%", "1 angkatan", "2027: 1"],
        ["besar", "dicoret pada 50%", "1 angkatan", "2027: 1"],
        ["kecil", "bertahan: inti", "1 angkatan", "2027: 1"],
    ]
    assert table(page, "table-cuts-budgets")[3] == ["Dipotong 50%", "Rp55", "4", "8", "4", "Rp25", "Rp25"]
    assert "mengorbankan seluruhnya perkiraan 4 kesenjangan" in page.visible_text()


def test_differences_of_other_plans_name_what_is_counted(page: Element) -> None:
    """The small scenario has goals with penalties and no weights: lists, alternatives and near plans lose the same."""
    unit = "kesenjangan, dikurangi penalti sasaran yang tidak tercapai"
    assert f"Dikorbankan untuk daftar, dalam {unit}" in table(page, "table-cuts-budgets")[0]
    text = page.visible_text()
    assert f"dari nilai rencana ini, dihitung dalam {unit}?" in text
    assert f"Batas itu dihitung dalam {unit}." in text
    assert f"Yang boleh hilang dihitung dalam {unit}." in text


def test_the_front_page_and_the_list_of_cuts_tell_their_figures_apart() -> None:
    """At half of the money a plan of its own closes 8, and the list, which is not made anew, 4."""
    asked = inquiry(workshop(110))
    answer = cuts(asked, (Fraction(1, 5), Fraction(1, 2)))
    tenth = replace(answer, budgets=(answer.budgets[0], replace(answer.budgets[2], cut=Fraction(1, 10))))
    with speaking("id"):
        (gist,) = gists(material_of(asked.scenario, asked.plan), tenth)
    assert "yang menutup 8; daftar tahan pemotongan, yang tidak disusun ulang, lalu menutup 4." in gist.sentence


def test_a_budget_without_a_plan_is_explained_in_the_list() -> None:
    rules = [{"name": "Wajib", "measure": "classes", "where": {"programmes": {"id": "besar"}}, "at_least": 1}]
    asked = inquiry(workshop(110, rules=rules))
    page = read(render_answers(asked.scenario, asked.plan, [cuts(asked, (Fraction(1, 2),))]))
    assert "Dipotong 50%: tidak ada rencana." in page.visible_text()
    assert "'Wajib'" in page.visible_text()


def test_the_steps_of_a_comparison_sum_to_the_difference(answer: Causes) -> None:
    page = read(render_comparison(compare([(answer.base, answer.before), (answer.other, answer.after)]), [answer]))
    rows = table(page, "table-causes-1")
    assert [row[0] for row in rows[1:]] == [
        "APBD Provinsi Jambi: jumlah",
        "Sumber dana: Kursi gratis Komdigi",
        "Seluruhnya",
    ]
    assert sum(map(_number, (row[3] for row in rows[1:-1]))) == _number(rows[-1][3])
    assert sum(map(_number, (row[4] for row in rows[1:-1]))) == _number(rows[-1][4])
    assert "Sebab: " in page.visible_text()


def _number(text: str) -> Fraction:
    digits = text.replace("Rp", "").replace(".", "").replace(",", ".").replace("\u2212", "-").replace("≈", "")
    return Fraction(digits.strip())


def test_a_comparison_without_causes_has_no_section_for_them(answer: Causes) -> None:
    page = read(render_comparison(compare([(answer.base, answer.before), (answer.other, answer.after)])))
    assert not page.all("section", class_="answer")
    assert "Sebab" not in page.visible_text()


def test_an_uncertain_step_is_marked(asked: Inquiry, answer: Causes) -> None:
    unsure = replace(answer, causes=tuple(replace(cause, certain=False) for cause in answer.causes))
    page = read(render_answers(asked.scenario, asked.plan, [unsure]))
    assert all(row[3].endswith("≈") for row in table(page, "table-causes")[1:-1])
    assert "≈ menandai langkah yang arahnya tidak pasti" in page.visible_text()


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_hostile_text_is_inert_in_answers(text: str, asked: Inquiry, answered: Sequence[object], page: Element) -> None:
    """The same plans of a scenario in which every name is hostile."""
    built = with_text_everywhere(text)
    hostile = read(render_answers(built, asked.plan, _of(built, answered)))
    assert " ".join(text.split()) in hostile.visible_text()
    assert {e.tag for e in hostile} == {e.tag for e in page}
    assert not [name for e in hostile for name in e.attributes if name.startswith("on")]
    assert len(hostile.all("table")) == len(page.all("table"))


def _of(built: Scenario, answered: Sequence[object]) -> list[object]:
    return [replace(a, base=built, other=built) if isinstance(a, Causes) else a for a in answered]
