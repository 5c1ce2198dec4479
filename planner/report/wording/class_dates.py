"""What is said where the dates that a scenario gives and the classes that a plan holds differ in number."""

from __future__ import annotations

from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.plans.courses import HeldClass, other_numbers
from planner.report.wording.formats import Formats


def differences(scenario: Scenario, found: tuple[HeldClass, ...], formats: Formats) -> list[str]:
    """Return one sentence for each programme and period; none where each class of a programme with dates has its
    own."""
    said = []
    for row in other_numbers(scenario, found):
        held = ngettext("{number} class", "{number} classes", row.held).format(number=formats.count(row.held))
        name = scenario.programme[row.programme].label
        if row.unused:
            unused = ", ".join(formats.days(*days) for days in row.unused)
            said.append(
                _(
                    "{programme}, {period}: {held} in the plan; of the dates given these are not needed: {dates}."
                ).format(programme=name, period=row.period, held=held, dates=unused)
            )
        else:
            said.append(
                _("{programme}, {period}: {held} in the plan, {dated} of them with dates.").format(
                    programme=name, period=row.period, held=held, dated=formats.count(row.dated)
                )
            )
    return said
