"""Choices between programmes in the report: what the scenario asks, and which of the programmes run."""

from __future__ import annotations

from collections.abc import Iterator

from planner.locale import _
from planner.report.material import Material
from planner.report.views.table import Column, Table, table


def choices_table(material: Material) -> Table | None:
    """Return a row for each relation between programmes; None where the scenario has none."""
    scenario, running = material.scenario, set(material.measures.running)
    if not scenario.choices.programmes:
        return None

    def run(name: str) -> str:
        return _("{programme} runs") if name in running else _("{programme} does not run")

    return table(
        "table-choices",
        _("Choices between programmes: what is asked, and what the plan does"),
        [Column(_("What is asked"), "name"), Column(_("In the plan"))],
        [
            (asked, "; ".join(run(name).format(programme=scenario.programme[name].label) for name in names))
            for asked, names in _relations(material)
        ],
        folded=False,
    )


def _relations(material: Material) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each relation in words, with the programmes that it is about."""
    choices, label = material.scenario.choices, {p.id: p.label for p in material.scenario.programmes}
    for names in choices.together:
        yield _("All of these or none"), names
    for name, condition in choices.only_if.items():
        words = _("{programme} only if {condition} runs")
        yield words.format(programme=label[name], condition=label[condition]), (name, condition)
    for names in choices.at_most_one_of:
        yield _("At most one of these"), names
