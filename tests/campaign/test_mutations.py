"""Changes of the program's code are made in its living functions, and are gone afterwards."""

from __future__ import annotations

from planner.check import verdict
from tests.campaign.mutations import ROOT, changed, sites

FILE = ROOT / "planner" / "check" / "verdict.py"


def test_a_change_is_seen_by_whoever_holds_the_function_and_is_taken_back() -> None:
    held, text = verdict.shown, "a" * 1_000
    before = held(text)
    places = [site for site in sites(FILE) if site.function == "shown"]
    assert places
    seen = set()
    for site in places:
        try:
            with changed(site):
                seen.add(held(text))
        except Exception:
            seen.add("an exception")
        assert held(text) == before
    assert len(seen - {before}) >= 2


def test_every_place_is_named_by_its_line_and_what_is_done() -> None:
    places = [str(site) for site in sites(FILE)]
    assert len(places) == len({(site.node, site.what) for site in sites(FILE)})
    assert all(" -> " in place and ": line " in place for place in places)
