"""A planner and a reviewer who only press keys: each field is reached, seen to be reached, and does what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tests.browser.conftest import Site, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., Visitor]
MOST: Final = 90
"""Most presses of Tab until something is reached."""
REACHED: Final = """wanted => {
    const here = document.activeElement, style = getComputedStyle(here), place = here.getBoundingClientRect();
    if (!here.matches(wanted)) return '';
    const seen = place.width > 0 && place.bottom > 0 && place.top < innerHeight;
    return seen && style.outlineStyle !== 'none' && style.outlineWidth !== '0px' ? 'seen' : 'not seen';
}"""


def test_a_plan_is_made_tried_explained_and_approved_by_keys_alone(shared: Site, own: str, visit: Visit) -> None:
    visitor = visit(shared)
    page = visitor.open(f"/skenario/{own}/")
    _press(page, "form[action$='susun'] button")
    page.locator(".run-done").wait_for()
    _press(page, ".tabs a[href$='/bila']", to="/bila")
    _tab_to(page, ".slide")
    for _step in range(3):
        page.keyboard.press("ArrowLeft")
    page.locator("#answer .answer-state.done").wait_for()
    assert page.evaluate(REACHED, ".slide") == "seen", "the answer takes nobody away from the slider"
    _press(page, ".tabs a[href$='/peta']", back=True, to="/peta")
    _tab_to(page, ".tiles-map a")
    shown = [page.evaluate("document.activeElement.textContent")]
    for key in ("End", "Home", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        shown.append(page.evaluate("document.activeElement.textContent"))
    assert shown[0] == shown[2] == shown[4] != shown[1] == shown[3]
    page.keyboard.press("Enter")
    page.wait_for_url("**bagian=**")
    _press(page, ".group-gaps .tiles-map a", to="/mengapa?kelompok=*")
    assert page.locator(".sentences li").count() >= 1
    visitor.open(f"/skenario/{own}/")
    _press(page, ".submitting summary")
    _tab_to(page, ".submitting input[name=who]")
    page.keyboard.type("Budi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rencana/**")
    _tab_to(page, ".review input[name=who]")
    page.keyboard.press("Control+a")
    page.keyboard.type("Siti")
    _press(page, "button[formaction$='setujui']")
    page.locator(".approved", has_text="Siti").wait_for()


def _tab_to(page: Page, wanted: str, *, back: bool = False) -> None:
    """Press Tab until something is reached, which must be seen to be."""
    for _press_of_tab in range(MOST):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if found := page.evaluate(REACHED, wanted):
            assert found == "seen", wanted
            return
    raise AssertionError(f"no key leads to {wanted}")


def _press(page: Page, wanted: str, *, back: bool = False, to: str = "") -> None:
    """Go to something by keys and press Enter; `to` is how the address ends that it leads to."""
    _tab_to(page, wanted, back=back)
    page.keyboard.press("Enter")
    if to:
        page.wait_for_url(f"**{to}")
