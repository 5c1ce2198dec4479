"""The comparison says what differs in the inputs and what that does to the answer."""

from __future__ import annotations

import pytest

from planner.locale import speaking
from planner.plans.comparison import compare
from planner.report import comparison_table, render_comparison
from tests.pages.comparisons import small_comparison
from tests.pages.markup import Element, read
from tests.scenarios.builders import plan, scenario


@pytest.fixture(scope="module")
def page() -> Element:
    return read(render_comparison(small_comparison()))


def rows(page: Element, id: str) -> list[list[str]]:
    return page.one("table", id=id).rows()


def test_inputs_that_differ_stand_with_their_old_and_new_values(page: Element) -> None:
    assert rows(page, "table-inputs-1")[1:] == [
        ["APBD Provinsi Jambi: jumlah", "diubah", "Rp400.000.000", "Rp300.000.000"],
        ["Sumber dana: Universitas Jambi", "dihapus", "Universitas Jambi", "\u2013"],
    ]
    assert "Masukan Rencana yang sama sama dengan skenario dasar." in page.visible_text()


def test_cost_by_fund_shows_each_plan_and_what_changes(page: Element) -> None:
    assert rows(page, "table-money")[1:] == [
        ["APBD Provinsi Jambi", "Rp102.700.000", "Rp105.250.000 (+Rp2.550.000)", "Rp102.700.000"],
        ["Universitas Jambi", "Rp60.000.000", "\u2013", "Rp60.000.000"],
        ["Kursi gratis Komdigi", "Rp0", "Rp0", "Rp0"],
    ]


def test_coverage_stands_by_competency_and_by_group(page: Element) -> None:
    assert rows(page, "table-competencies")[1][1:3] == ["93,5 dari 150 (62,3%)", "59,5 dari 150 (39,7%)"]
    assert rows(page, "table-groups")[1][1:3] == ["90,2 dari 180 (50,1%)", "34 dari 180 (18,9%)"]


def test_programmes_that_gain_or_lose_are_listed(page: Element) -> None:
    assert [row[0] for row in rows(page, "table-programmes")[1:]] == [
        "Bimtek pengelolaan keuangan daerah: angkatan",
        "Bimtek pengelolaan keuangan daerah: peserta",
        "Pelatihan komunikasi efektif: peserta",
    ]
    assert rows(page, "table-programmes")[1][1:] == ["3", "2 (\u22121)", "3"]


def test_one_sentence_per_plan_says_what_it_gains_and_costs(page: Element) -> None:
    first, second = page.all("ul", class_="sentences")[0].all("li")
    assert first.text == (
        "Tanpa mitra universitas menutup perkiraan 56,2 kesenjangan lebih sedikit (59,5 dari 222) "
        "dan berbiaya Rp57.450.000 lebih kecil (Rp105.250.000)."
    )
    assert "kesenjangan yang sama banyak" in second.text


def test_equal_plans_are_said_to_hold_the_same_classes() -> None:
    text = read(render_comparison(compare([(scenario(), plan())] * 2))).visible_text()
    assert "Semua rencana menyelenggarakan angkatan yang sama" in text


def test_the_terminal_table_is_rectangular_and_headed_by_the_plans() -> None:
    with speaking("id"):
        table = comparison_table(small_comparison())
    assert table[0] == ["", "Rencana Bangkom Contoh TA 2027", "Tanpa mitra universitas", "Rencana yang sama"]
    assert {len(row) for row in table} == {4}
    assert ["APBD Provinsi Jambi: jumlah", "Rp400.000.000", "Rp300.000.000", "Rp400.000.000"] in table
    titles = [row[0] for row in table if not any(row[1:])]
    assert titles == [
        "Masukan yang berbeda",
        "Angka utama",
        "Biaya menurut sumber dana",
        "Kesenjangan tertutup (perkiraan) menurut kompetensi",
        "Kesenjangan tertutup (perkiraan) menurut kelompok",
        "Program yang bertambah atau berkurang angkatan atau pesertanya",
    ]
