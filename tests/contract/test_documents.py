"""A document goes with its plan: its name is one of the folder of results, and on the page that lists them."""

from __future__ import annotations

from pathlib import Path

from planner.store import results

PAGE = (Path(__file__).parents[2] / "docs" / "perintah.md").read_text(encoding="utf-8")
KEPT = {results.POINTS, results.BLOCKS}
"""What stays where the plan is another: plans of further points."""


def names() -> set[str]:
    """The names of files and folders that `planner/store/results.py` states."""
    own = (value for name, value in vars(results).items() if name.isupper() and not name.startswith("_"))
    return {value for value in own if isinstance(value, str)} - KEPT


def test_every_document_is_removed_with_its_plan() -> None:
    stale = names() - results.OURS
    assert {results.REPORT, results.CALENDAR} <= names()
    assert not stale, f"planner/store/results.py leaves these of an earlier plan (OURS): {stale}"


def test_every_name_in_the_folder_of_results_has_a_row_on_the_page_of_the_commands() -> None:
    untold = {name for name in names() if f"\n| `{name}" not in PAGE}
    assert not untold, f"the table of files in docs/perintah.md has no row of {untold}"
