"""A morning without a mouse: a marked mistake is corrected, plans are made, searched on and compared."""

from __future__ import annotations

from collections.abc import Callable

from planner import planning
from planner.domain.decisions import Decisions
from planner.scenario_io import read_scenario
from planner.store.results import write_results
from tests.browser.conftest import Site, Visitor
from tests.browser.keys import press, tab_to

Visit = Callable[..., Visitor]


def test_a_mistake_is_corrected_and_its_plan_made_searched_on_and_compared_by_keys(
    shared: Site, own: str, visit: Visit
) -> None:
    file = shared.folder / own
    whole = file.read_text(encoding="utf-8")
    other = shared.folder / f"lain-{own}"
    other.write_text(whole.replace(f"id: {own[:-5]}", f"id: lain-{own[:-5]}"), encoding="utf-8")
    file.write_text(whole.replace("amount: 24_500_000", "amount: dua puluh"), encoding="utf-8")
    visitor = visit(shared)
    page = visitor.open("/")
    press(page, f".case h2 a[href='/skenario/{own}/']", to=f"/{own}/")
    press(page, ".problems a[href*='ubah?di=']", to="ubah?di=funds/apbd")
    tab_to(page, "[aria-invalid=true]")
    page.keyboard.press("Control+a")
    page.keyboard.type("24.500.000")
    page.locator("[aria-invalid=true]").wait_for(state="detached")
    press(page, "button[name=then][value=plan]")
    page.locator(".run-done").wait_for()
    _leave_a_gap(shared, own)
    visitor.open(f"/skenario/{own}/")
    press(page, "details.going-on summary")
    tab_to(page, "#go-on-minutes")
    page.keyboard.press("Home")
    press(page, "form[action$='cari-lagi'] button")
    page.get_by_text("menemukan rencana yang lebih baik").wait_for()
    page.locator("[data-live]").wait_for(state="detached")  # the page is loaded anew once the search has ended
    assert (visitor.violations(), visitor.fits()) == ([], True)
    visitor.open(f"/skenario/{other.name}/")
    press(page, "form[action$='susun'] button")
    page.locator(".run-done").wait_for()
    visitor.open("/")
    for name in (own, other.name):
        tab_to(page, f"input[type=checkbox][value='{name}']")
        page.keyboard.press("Space")
    press(page, ".cards-foot button", to="**")
    page.get_by_role("navigation", name="Daftar isi").wait_for()
    assert page.url.count("dengan=") == 2


def _leave_a_gap(site: Site, name: str) -> None:
    """Store a plan that trains nobody in place of the one that was made, as of a search that was stopped early."""
    scenario = read_scenario(site.folder / name)
    write_results(scenario, planning.adopt(scenario, Decisions()), site.folder.parent / "reports" / scenario.id)
