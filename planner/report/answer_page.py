"""The page of an answer beside its plan: written, and kept for the documents of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.locale import ngettext, speaking
from planner.whole_file import write_whole

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.plans.plan import Plan


def unfinished_words(number: int, wanted: int) -> str:
    """Say that an answer lacks some of the plans that it wanted in all its steps, and how to go on."""
    words = ngettext(
        "{count} of the {wanted} plans of all steps was not finished in the time limit of the command, and its point is"
        " without a plan or may be better. What is finished is kept; the same command goes on from there.",
        "{count} of the {wanted} plans of all steps were not finished in the time limit of the command, and their"
        " points are without a plan or may be better. What is finished is kept; the same command goes on from there.",
        number,
    )
    return words.format(count=number, wanted=max(number, wanted))


def keep_page(
    scenario: Scenario,
    plan: Plan,
    folder: Path,
    page: str,
    answers: Sequence[object],
    *,
    levels: Mapping[str, float],
    unfinished: int = 0,
    wanted: int = 0,
) -> Path:
    """Write the page of answers, and keep them for the documents of the plan; return the path of the page.

    `levels` are those of the runner that made the plans of the answers. An answer that lacks plans says so on its page,
    and does not enter the documents.
    """
    from planner.report import render_answers
    from planner.report.kept_answers import keep_answers
    from planner.store.results import ANSWERS

    path = folder / ANSWERS / f"{page}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    with speaking(scenario.scenario.language):
        lacking = unfinished_words(unfinished, wanted) if unfinished else ""
    write_whole(path, render_answers(scenario, plan, answers, lacking=lacking))
    if unfinished:
        path.with_suffix(".json").unlink(missing_ok=True)
    else:
        keep_answers(scenario, plan, folder, page, answers, levels)
    return path
