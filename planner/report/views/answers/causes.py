"""Why two plans differ: the effect of each changed input, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.analysis.comparison.causes import Causes, ChangeEffect, MergedChange, relevant
from planner.locale import _, ngettext
from planner.plans.comparison import Difference
from planner.report.charts.drawing import Drawing
from planner.report.charts.waterfall import Step, waterfall
from planner.report.material import Material, listed
from planner.report.views.answers.plan_figures import PlanFigures
from planner.report.views.answers.sweep import STATES
from planner.report.views.heading import Heading
from planner.report.views.inputs import input_value
from planner.report.views.quality import weighted
from planner.report.views.section import Block, Section
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.scenario_words import input_name


def view(material: Material, answer: Causes, heading: Heading) -> Section:
    names = (answer.base.scenario.label, answer.other.scenario.label)
    plans = (answer.before, *(cause.plan for cause in answer.causes), answer.after)
    figures = PlanFigures(material, ("",) * len(plans), plans)
    return Section(
        heading,
        _("What is the effect of each changed input from {base} to {other}?").format(base=names[0], other=names[1]),
        sentences=tuple(_sentences(figures, answer)),
        blocks=(
            Block(
                figure=Figure(_drawings(figures, answer, names, heading.anchor), (_table(figures, answer, heading),)),
                notes=tuple(_notes(answer)),
            ),
        )
        if answer.causes
        else (),
    )


def _sentences(figures: PlanFigures, answer: Causes) -> Iterator[str]:
    if not answer.causes:
        yield _("The two scenarios have the same inputs, so there is no cause to name.")
        return
    gaps = answer.after.gaps_closed - answer.before.gaps_closed
    cost = answer.after.total_cost - answer.before.total_cost
    steps = len(answer.causes)
    yield ngettext(
        "In {number} step: gaps closed (expected) {gaps}, total cost {cost}.",
        "In {number} steps that add exactly to the difference: gaps closed (expected) {gaps}, total cost {cost}.",
        steps,
    ).format(
        number=figures.material.formats.count(steps),
        gaps=figures.signed(gaps, figures.gaps),
        cost=figures.signed_rupiah(cost),
    )
    strongest = max(answer.causes, key=lambda cause: abs(cause.gaps))
    if steps > 1 and strongest.gaps:
        yield _("What changes most: {changes} ({gaps} expected gaps).").format(
            changes=_changes(answer, strongest), gaps=figures.signed(strongest.gaps, figures.gaps)
        )
    for cause in answer.causes:
        for merged in cause.merged:
            yield _not_alone(answer, merged)


def _not_alone(answer: Causes, merged: MergedChange) -> str:
    changes = listed([_named(answer, change) for change in relevant(merged.change)])
    if merged.reason == "invalid":
        words = _(
            "After the change of {changes} alone the scenario contradicts itself; it is taken together with the next."
        )
    elif merged.reason == "infeasible":
        words = _("After the change of {changes} alone no plan can keep all rules; it is taken together with the next.")
    elif merged.reason == "no_plan_in_time":
        words = _("After the change of {changes} alone no plan was found in time; it is taken together with the next.")
    else:
        words = _(
            "After the change of {changes} alone the plan could not be made ({reason}); it is taken together with the"
            " next."
        )
    return words.format(changes=changes, reason=_(STATES[merged.reason]))


def _changes(answer: Causes, cause: ChangeEffect) -> str:
    return listed([_named(answer, change) for change in relevant(cause.changes)])


def _named(answer: Causes, change: Difference) -> str:
    """Return the name of an input: "Universitas Jambi: amount"."""
    return input_name((answer.base, answer.other), change.steps)


def _table(figures: PlanFigures, answer: Causes, heading: Heading) -> Table:
    """Return the steps from the base to the other plan, and their sum."""
    by_weight = weighted(figures.material)
    columns = [
        Column(_("Changed input"), "name"),
        Column(_("Before")),
        Column(_("After")),
        Column(_("Gaps closed (expected)"), "number"),
    ]
    columns += [Column(_("Weighted gaps closed (expected)"), "number")] if by_weight else []
    columns += [Column(_("Total cost"), "number"), Column(_("Own funds"), "number")]

    def numbers(gaps: str, worth: Fraction, total: int, own: int) -> tuple[str, ...]:
        middle = (figures.signed(worth, figures.gaps),) if by_weight else ()
        return (gaps, *middle, figures.signed_rupiah(total), figures.signed_rupiah(own))

    rows = []
    for cause in answer.causes:
        shown = list(relevant(cause.changes))
        gaps = figures.signed(cause.gaps, figures.gaps) + ("" if cause.certain else " ≈")
        rows.append(
            (
                _changes(answer, cause),
                _values(figures, shown, "old"),
                _values(figures, shown, "new"),
                *numbers(gaps, cause.weighted, cause.total_cost, cause.own_cost),
            )
        )
    before, after = answer.before, answer.after
    total = (
        _("All together"),
        "",
        "",
        *numbers(
            figures.signed(after.gaps_closed - before.gaps_closed, figures.gaps),
            after.weighted_gaps_closed - before.weighted_gaps_closed,
            after.total_cost - before.total_cost,
            after.own_cost - before.own_cost,
        ),
    )
    caption = _("Effect of each changed input")
    return table(f"table-{heading.anchor}", caption, columns, rows, total=total)


def _values(figures: PlanFigures, changes: Sequence[Difference], side: str) -> str:
    return listed([input_value(figures.material.formats, change.path, getattr(change, side)) for change in changes])


def _drawings(figures: PlanFigures, answer: Causes, names: tuple[str, str], anchor: str) -> tuple[Drawing, ...]:
    """Draw the gaps closed from the base to the other plan, step by step."""
    reached = answer.before.gaps_closed
    rows = [Step(names[0], 0.0, float(reached), figures.gaps(reached), whole=True)]
    for cause in answer.causes:
        start, reached = reached, reached + cause.gaps
        rows.append(
            Step(_changes(answer, cause), float(start), float(reached), figures.signed(cause.gaps, figures.gaps))
        )
    rows.append(Step(names[1], 0.0, float(reached), figures.gaps(reached), whole=True))
    title = _("From {base} to {other}: gaps closed").format(base=names[0], other=names[1])
    description = _(
        "A bar for each changed input: it begins where the one before ended, and shows what is gained or lost."
    )
    words = (_("gaps closed"), _("gained"), _("lost"))
    return tuple(waterfall(f"chart-{anchor}", title, description, rows, words))


def _notes(answer: Causes) -> Iterator[str]:
    yield _(
        "Inputs are changed one after the other in the order of the file, and a plan is made after each. The "
        "effect of a step depends on the changes before it. The first plan is that of the base, the last that "
        "of the other scenario; all have passed the independent check."
    )
    if any(not cause.certain for cause in answer.causes):
        yield _("≈ marks a step whose direction is not certain: it is smaller than what the plans are proven to.")
    if answer.grouped:
        yield _("There are many differences; those of one record or one list form one step.")
