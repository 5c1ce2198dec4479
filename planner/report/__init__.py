"""Render reports of plans: self-contained HTML documents, and tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.locale import speaking

if TYPE_CHECKING:
    import datetime

    from planner.analysis.comparison.causes import Causes
    from planner.domain.scenario import Scenario
    from planner.plans.comparison import Comparison
    from planner.plans.plan import Plan
    from planner.report.material import Material
    from planner.report.views.document import Length
    from planner.report.views.section import Section

__all__ = [
    "answer_texts",
    "comparison_table",
    "render_answers",
    "render_comparison",
    "render_report",
    "report_of",
    "summary_table",
]


def render_report(
    scenario: Scenario,
    plan: Plan,
    warnings: Sequence[str] = (),
    *,
    answers: Sequence[object] = (),
    before: Plan | None = None,
    language: str | None = None,
    made_on: datetime.date | None = None,
    year: str = "",
    kept: Mapping[str, Sequence[Section]] = MappingProxyType({}),
    length: Length = "full",
) -> str:
    """Render a checked plan as one self-contained HTML document; `answers` to what-if questions become sections of it.
    `before` is the first plan, of a plan of what was left of it.

    The language is that of the scenario unless `language` is given; the date is `made_on`, else SOURCE_DATE_EPOCH, else
    today. The RKA is that of `year`, else of the first year of the plan. `kept` are answers that were asked before.
    """
    from planner.report.material import material_of

    material = material_of(scenario, plan, warnings, before=before, language=language, year=year)
    return report_of(material, answers, made_on, kept, length)


def report_of(
    material: Material,
    answers: Sequence[object] = (),
    made_on: datetime.date | None = None,
    kept: Mapping[str, Sequence[Section]] = MappingProxyType({}),
    length: Length = "full",
) -> str:
    """Render the report from its material."""
    from planner.report.material import today
    from planner.report.page import frame, render
    from planner.report.views.document import report

    with speaking(material.formats.language):
        identity = material.scenario.scenario
        head = " · ".join(part for part in (identity.agency, identity.label) if part)
        view = report(material, made_on or today(), answers, kept, length)
        head_of_page = frame(identity.label, head, pictures=identity.logo is not None)
        return render("report.html.j2", frame=head_of_page, report=view)


def render_answers(
    scenario: Scenario,
    plan: Plan | None,
    answers: Sequence[object],
    *,
    language: str | None = None,
    made_on: datetime.date | None = None,
    lacking: str = "",
) -> str:
    """Render answers to what-if questions as one self-contained HTML document.

    `plan` is the checked plan that they are about; None for a scenario that has no plan. `lacking` says what of the
    answers is not finished.
    """
    from planner.plans.stored_figures import as_written
    from planner.report.material import Material, today
    from planner.report.page import frame, render
    from planner.report.views.answers.empty_plan import empty_plan
    from planner.report.views.answers.page import answers_page
    from planner.report.wording.formats import Formats

    chosen = language or scenario.scenario.language
    with speaking(chosen):
        material = Material(scenario, as_written(plan or empty_plan(scenario)), Formats(chosen))
        view = answers_page(material, answers, made_on or today(), planned=plan is not None, lacking=lacking)
        return render("answers.html.j2", frame=frame(view.title, f"{view.title} · {view.kind}"), answers=view)


def answer_texts(
    scenario: Scenario, plan: Plan, answers: Sequence[object]
) -> list[tuple[str, tuple[str, ...], list[tuple[str, list[list[str]]]]]]:
    """Return answers as text for the terminal, in the current language: per answer its title, its sentences, and its
    tables as (caption, rows), the first row being the header."""
    from planner.report.terminal import answer_texts as texts

    return texts(scenario, plan, answers)


def summary_table(scenario: Scenario, plan: Plan) -> list[tuple[str, str]]:
    """Return the summary of a plan as (label, value) rows for the terminal, in the current language."""
    from planner.report.terminal import summary_rows

    return summary_rows(scenario, plan)


def render_comparison(
    comparison: Comparison,
    causes: Sequence[Causes] = (),
    *,
    language: str | None = None,
    made_on: datetime.date | None = None,
) -> str:
    """Render a comparison of plans as one self-contained HTML document, in the language of the base scenario.

    `causes` holds, for some of the plans, the effect of each changed input.
    """
    from planner.report.material import today
    from planner.report.page import frame, render
    from planner.report.views.side_by_side import side_by_side
    from planner.report.wording.formats import Formats

    chosen = language or comparison.base.scenario.scenario.language
    with speaking(chosen):
        view = side_by_side(comparison, Formats(chosen), made_on or today(), causes)
        return render("comparison.html.j2", frame=frame(view.title, view.title), comparison=view)


def comparison_table(comparison: Comparison) -> list[list[str]]:
    """Return a comparison of plans as rows of text for the terminal, in the current language; the first row is the
    header."""
    from planner.report.terminal import comparison_rows

    return comparison_rows(comparison)
