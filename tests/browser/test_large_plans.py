"""Pages of a large plan, which come in parts: what follows is there without asking, and nothing is lost meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.scenario_io import write_scenario
from planner.store.results import write_results
from planner.web.sections import MANY_GROUPS
from tests.browser.conftest import Site, Visitor
from tests.scenarios.builders import large

Visit = Callable[..., Visitor]
HERE = "/skenario/besar.yaml/"


@pytest.fixture(scope="module")
def made() -> tuple[Scenario, Plan]:
    return large(MANY_GROUPS + 60, 6, 8)


@pytest.fixture
def site(shared: Site, made: tuple[Scenario, Plan]) -> Site:
    """The shared workbench with a large scenario and its plan."""
    scenario, plan = made
    write_scenario(scenario, shared.folder / "besar.yaml")
    write_results(scenario, plan, Path(shared.folder.parent) / "reports" / scenario.id)
    return shared


def test_the_report_and_the_reasons_follow_their_pages(site: Site, visit: Visit) -> None:
    visitor = visit(site)
    page = visitor.open(f"{HERE}laporan#money")
    page.locator("#money").wait_for()
    page.wait_for_function("Math.abs(document.getElementById('money').getBoundingClientRect().top) < 200")
    assert page.locator("#whole").count() == 1
    assert page.locator(".later").count() == 0
    page = visitor.open(f"{HERE}mengapa")
    page.get_by_role("heading", name="Dana sendiri").wait_for()
    assert page.locator("#whole").count() == 1
    assert visitor.violations() == []


def test_all_rows_of_a_long_table_come_and_a_new_one_stands_behind_them(site: Site, visit: Visit) -> None:
    groups = MANY_GROUPS + 60
    visitor = visit(site)
    page = visitor.open(f"{HERE}ubah/tabel")
    page.locator("#grid .tabulator-row").first.wait_for()
    page.locator("#grid .tabulator-tableholder").focus()
    page.keyboard.press("ArrowDown")  # a cell is chosen while further rows still come
    page.get_by_role("button", name="Tambah baris").click()
    page.locator("#grid .tabulator-row", has_text="kelompok baru").wait_for()
    page.locator("#grid .tabulator-tableholder").focus()
    page.keyboard.press("Control+End")
    rows = page.evaluate("document.querySelector('#grid .tabulator-table').getBoundingClientRect().height")
    height = page.evaluate("document.querySelector('#grid .tabulator-row').getBoundingClientRect().height")
    assert round(rows / height) == groups + 1, "all groups, and the new one"
