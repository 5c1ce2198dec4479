"""How far the own money of compared plans is proven to be the least, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.batch.taken_over import FAR
from planner.locale import _
from planner.report.material import Material


def least_found(material: Material, proven: Iterable[bool | None]) -> Iterator[str]:
    """Yield the sentence that own cost is the least found, where it is not `proven` of each plan that it nearly is."""
    asked = [each for each in proven if each is not None]
    if not all(asked):
        yield _(
            "Own cost is the least that was found. That no plan closes as many gaps for {share} less own money is"
            " proven of {number} of the {all} plans here."
        ).format(
            share=material.formats.float_share(FAR),
            number=material.formats.count(sum(asked)),
            all=material.formats.count(len(asked)),
        )
