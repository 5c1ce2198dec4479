"""Pressing keys only: what is reached is seen to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST: Final = 90
"""Most presses of Tab until something is reached."""
REACHED: Final = """wanted => {
    const here = document.activeElement, style = getComputedStyle(here), place = here.getBoundingClientRect();
    if (!here.matches(wanted)) return '';
    const seen = place.width > 0 && place.bottom > 0 && place.top < innerHeight;
    return seen && style.outlineStyle !== 'none' && style.outlineWidth !== '0px' ? 'seen' : 'not seen';
}"""


def tab_to(page: Page, wanted: str, *, back: bool = False) -> None:
    """Press Tab until something is reached, which must be seen to be."""
    for _press_of_tab in range(MOST):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if found := page.evaluate(REACHED, wanted):
            assert found == "seen", wanted
            return
    raise AssertionError(f"no key leads to {wanted}")


def press(page: Page, wanted: str, *, back: bool = False, to: str = "") -> None:
    """Go to something by keys and press Enter; `to` is how the address ends that it leads to."""
    tab_to(page, wanted, back=back)
    page.keyboard.press("Enter")
    if to:
        page.wait_for_url(f"**{to}")
