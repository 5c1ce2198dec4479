"""What a planner reads on the pages of a scenario is in words: no paths of the format, no digits in a row."""

from __future__ import annotations

from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, store_plan


def test_warnings_about_a_planned_scenario_name_fields_as_forms_do(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(desk.text().replace("{arsip: 15}", "{arsip: 15}, max_hours: 1"))
    warnings = desk.bench.workspace.file("contoh-kecil.yaml").load().warnings
    assert warnings, "it has something to look at"
    store_plan(desk, "contoh-kecil.yaml")
    page = desk.browser().get(f"{SMALL}?ringkasan=1").content.decode()
    for warning in warnings:
        assert warning.path not in page
        assert "contoh-kecil.yaml:" not in page
    assert "Groups · Pengelola arsip" in page


def test_prices_of_cost_lines_are_grouped_in_their_summary(desk: Desk) -> None:
    page = desk.browser().get(f"{SMALL}ubah", {"di": "programmes/bimtek-keuangan"}).content.decode()
    line = page[page.index('class="entry-facts"') :].split("</span>")[0]
    assert "Price: 1,000,000" in line or "Price: 1.000.000" in line


def test_a_list_whose_file_is_missing_is_named_without_a_key(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(desk.text() + "\nprice_lists:\n  ssh: {table: tidak-ada.csv}\n")
    page = desk.browser().get(f"{SMALL}kartu").content.decode()
    assert "tidak-ada.csv" in page
    assert "<strong>Price lists · ssh</strong>" in page
