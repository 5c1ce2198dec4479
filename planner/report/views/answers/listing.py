"""Which view shows which answer, under what heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.locale import _
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.section import Section


@dataclass(frozen=True)
class Shown:
    """How one kind of answer is shown: the anchor of its section, its title (an English msgid), and its view."""

    anchor: str
    title: str
    view: Callable[[Material, Any, Heading], Section]


VIEWS: Final[dict[type, Shown]] = {}
"""The view of each kind of answer, by the class of the answer."""


def sections(material: Material, answers: Sequence[object], first: int) -> tuple[Section, ...]:
    """The sections of `answers`, numbered from `first`; several answers of one kind get anchors of their own."""
    made: list[Section] = []
    used: dict[str, int] = {}
    for number, answer in enumerate(answers, start=first):
        shown = VIEWS[type(answer)]
        used[shown.anchor] = used.get(shown.anchor, 0) + 1
        again = used[shown.anchor]
        anchor = shown.anchor if again == 1 else f"{shown.anchor}-{again}"
        made.append(shown.view(material, answer, Heading(anchor, number, _(shown.title))))
    return tuple(made)
