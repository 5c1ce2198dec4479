"""Changes of the program's code are made in its living functions, and are gone afterwards."""

from __future__ import annotations

import subprocess
import sys

import pytest

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


KEPT = """
from tests.campaign.mutants import PLANNER, _passing, survives
from tests.campaign.mutations import sites

tests = ("tests/unit/plans/test_measures.py",)
site = next(site for site in sites(PLANNER / "plans" / "measures.py") if site.function == "Measures.agreement_cost")
assert _passing(tests)
assert not survives(site, lambda: False, tests)
"""


@pytest.mark.more  # a minute, for what is used by hand alone
def test_what_the_tests_of_one_change_have_made_hides_no_later_one() -> None:
    """The modules of tests keep plans and what was reckoned of them."""
    done = subprocess.run([sys.executable, "-c", KEPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
