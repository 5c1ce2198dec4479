"""The plan closest to an earlier one, and what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.analysis.alternatives.nearest_plan import NearestPlan
from planner.analysis.plans.moves import Moves, NumberChange
from planner.locale import _, ngettext
from planner.report.material import Material, listed
from planner.report.views.answers.plan_figures import PlanFigures
from planner.report.views.heading import Heading
from planner.report.views.quality import counts_otherwise, gaps_counted, unit
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Table, table


def view(material: Material, answer: NearestPlan, heading: Heading) -> Section:
    figures = PlanFigures(material, (_("Best plan"), _("Nearest plan")), (answer.best, answer.plan))
    return Section(
        heading,
        _("How can the earlier plan of {scenario} be kept as far as possible, losing at most {share}?").format(
            scenario=answer.earlier.id, share=material.formats.given_share(answer.within)
        ),
        tiles=_tiles(figures, answer) if answer.plan is not None else (),
        sentences=tuple(_sentences(figures, answer)),
        blocks=tuple(_blocks(figures, answer)) if answer.plan is not None else (),
    )


def _tiles(figures: PlanFigures, answer: NearestPlan) -> tuple[Tile, ...]:
    count = figures.material.formats.count
    assert answer.plan is not None
    lost = answer.best.gaps_level.value - answer.plan.gaps_level.value
    return (
        Tile(
            _("Seats and classes changed"),
            count(answer.from_earlier.all_changes),
            _("{number} by the best plan").format(number=count(answer.best_from_earlier.all_changes)),
        ),
        Tile(
            gaps_counted(figures.material),
            figures.gaps(answer.plan.gaps_level.value),
            _("{difference} against the best plan").format(difference=figures.signed(-lost, figures.gaps)),
        ),
    )


def _sentences(figures: PlanFigures, answer: NearestPlan) -> Iterator[str]:
    count = figures.material.formats.count
    if answer.plan is None:
        yield (
            _("No plan was found near to the earlier one within this limit. {reason}")
            .format(reason=answer.message.split("\n")[0])
            .strip()
        )
    elif not answer.from_earlier.all_changes and not answer.lost_seats:
        yield _("The earlier plan can be kept as it is.")
    else:
        near, best = answer.from_earlier, answer.best_from_earlier
        yield _in_words(
            figures,
            _("Against the earlier plan: {added} seats more, {removed} fewer, and {classes} classes changed."),
            near,
        )
        yield _in_words(
            figures, _("The best plan would change: {added} seats more, {removed} fewer, and {classes} classes."), best
        )
    if answer.unknown_ids:
        words = ngettext(
            "In the earlier plan but not in this scenario: {names}. With that {number} seat of it is lost.",
            "In the earlier plan but not in this scenario: {names}. With that {number} seats of it are lost.",
            answer.lost_seats,
        )
        yield words.format(names=listed(answer.unknown_ids), number=count(answer.lost_seats))


def _in_words(figures: PlanFigures, words: str, moved: Moves) -> str:
    count = figures.material.formats.count
    return words.format(added=count(moved.added), removed=count(moved.removed), classes=count(moved.classes_changed))


def _blocks(figures: PlanFigures, answer: NearestPlan) -> Iterator[Block]:
    key = figures.table("table-near", _("The best and the nearest plan in figures"), _("Figure"), figures.key_rows())
    counted = _("What may be lost is counted in {unit}.").format(unit=unit(figures.material))
    notes = (counted,) if counts_otherwise(figures.material) else ()
    chart = figures.gaps_chart("chart-near", _("Gaps closed by the best and the nearest plan"), key)
    yield Block(figure=chart, notes=notes)
    scenario = figures.material.scenario
    head: tuple[str, ...]
    named: list[tuple[str, ...]]
    tables = []
    moved = answer.from_earlier
    if moved.classes:
        head = (_("Programme"), _("Period"))
        named = [(scenario.programme[c.key[0]].label, c.key[1]) for c in moved.classes]
        tables.append(_changes(figures, "classes", _("Classes that change"), head, named, moved.classes))
    if moved.people:
        with_period = len(moved.people[0].key) > 2
        head = (_("Programme"), _("Group"), *((_("Period"),) if with_period else ()))
        people = [c.key for c in moved.people]
        named = [(scenario.programme[p].label, scenario.group[g].label, *when) for g, p, *when in people]
        tables.append(_changes(figures, "people", _("Seats that change"), head, named, moved.people))
    if tables:
        yield Block(_("What changes against the earlier plan"), tables=tuple(tables))


def _changes(
    figures: PlanFigures,
    kind: str,
    caption: str,
    head: tuple[str, ...],
    named: Sequence[tuple[str, ...]],
    changes: Sequence[NumberChange],
) -> Table:
    count = figures.material.formats.count
    rows = [
        (*names, count(c.before), count(c.after), figures.signed_count(c.after - c.before))
        for names, c in zip(named, changes, strict=True)
    ]
    columns = [
        Column(head[0], "name"),
        *(Column(name) for name in head[1:]),
        Column(_("Earlier"), "number"),
        Column(_("Now"), "number"),
        Column(_("Difference"), "number"),
    ]
    return table(f"table-near-{kind}", caption, columns, rows)
