"""From an answer to the what-if page: points of a curve, partners and varied values that can be opened there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from planner.analysis.budget_curve.curve import Curve
from planner.analysis.partners.contributions import Partners
from planner.analysis.sweep.grid import Sweep
from planner.analysis.sweep.vary import OWN, PARTNER
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.report.wording.formats import Formats
from planner.web.controls import controls

MOST: Final = 60
"""Most points that can be opened of one answer."""


@dataclass(frozen=True)
class Opening:
    """A change that an answer is about: its query of the what-if page, and what it is called."""

    query: str
    label: str


def openings(scenario: Scenario, answers: Sequence[object], formats: Formats) -> tuple[Opening, ...]:
    """Return what of the `answers` can be opened."""
    return tuple(_found(scenario, answers, formats))[:MOST]


def _found(scenario: Scenario, answers: Iterable[object], formats: Formats) -> Iterator[Opening]:
    for answer in answers:
        if isinstance(answer, Curve) and not answer.year:
            for point in answer.points:
                label = formats.rupiah(point.budget)
                yield Opening(urlencode({OWN: point.budget}), label)
        elif isinstance(answer, Partners):
            for each in answer.contributions:
                label = _("without {partner}").format(partner=scenario.fund[each.partner].label)
                yield Opening(urlencode({PARTNER + each.partner: "0%"}), label)
        elif isinstance(answer, Sweep):
            yield from _of_sweep(scenario, answer)


def _of_sweep(scenario: Scenario, answer: Sweep) -> Iterator[Opening]:
    """Yield the points of a sweep, where the what-if page has all that is varied."""
    known = {control.path: control.label for control in controls(scenario)}
    paths = [axis.path for axis in answer.axes]
    if all(path in known for path in paths):
        for row in answer.rows:
            values = [value.text for value in row.values]
            label = ", ".join(f"{known[path]} {value}" for path, value in zip(paths, values, strict=True))
            yield Opening(urlencode(dict(zip(paths, values, strict=True))), label)
