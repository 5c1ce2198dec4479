"""The section on quality and verification: what is proven, what was checked, and which programs made the plan."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from planner.locale import _
from planner.report.material import Material
from planner.report.views.cover import Fact
from planner.report.views.heading import Heading
from planner.report.views.likely import range_in_figures
from planner.report.views.quality import (
    claim_name,
    confirmed,
    has_penalties,
    level_name,
    level_value,
    quality,
    weighted,
)
from planner.report.views.table import Column, Table, table
from planner.version import VERSION


@dataclass(frozen=True)
class ProofSection:
    """The section on quality and verification."""

    heading: Heading
    sentences: tuple[str, ...]
    levels: Table
    facts: tuple[Fact, ...]


def proof(material: Material, heading: Heading, made_on: datetime.date) -> ProofSection:
    return ProofSection(heading, tuple(_sentences(material)), _levels(material), tuple(_facts(material, made_on)))


def _sentences(material: Material) -> list[str]:
    sentences = [
        quality(material),
        _(
            "Three terms state how certain it is that no plan is better. Proven: exact arithmetic confirms it, "
            "independently of the solver. Two searches agree: two searches that work differently reached the "
            "same result. Best found: neither; exact arithmetic then states how much more is possible at most."
        ),
        _(
            "An independent checker, which shares no code with the solver, has recomputed this plan in whole "
            "people and whole rupiah, with no tolerance: all rules are kept, every cost is paid exactly, and "
            "every total is right. This shows that the plan is valid, not that it is the best."
        ),
    ]
    if words := range_in_figures(material):
        sentences.append(words)
    if weighted(material) or has_penalties(material):
        sentences.append(_counted(material))
    return sentences


def _counted(material: Material) -> str:
    """Return how the figure that the first table of goals states comes from the gaps closed."""
    number, plan = material.formats.number, material.plan
    weights = weighted(material)
    words = _("The plan closes an expected {gaps} gaps, each counted as one.").format(
        gaps=material.gaps(plan.gaps_closed)
    )
    if weights:
        words += " " + _(
            "Gaps carry weights by group and competency. Weighted, the plan closes an expected {gaps}."
        ).format(gaps=number(plan.weighted_gaps_closed))
    if has_penalties(material):
        words += " " + _("Less {penalties} for goals that are missed, that is {level}.").format(
            penalties=number(plan.weighted_gaps_closed - plan.gaps_level.value), level=number(plan.gaps_level.value)
        )
    if plan.gaps_level.bound is not None:
        words += " " + _("The known limit of that figure is {bound}.").format(
            bound=number(Fraction(repr(plan.gaps_level.bound)))
        )
    return words


def _levels(material: Material) -> Table:
    return table(
        "table-levels",
        _("Goals in order of priority: the value of each is kept while the next is optimised"),
        [
            Column(_("Rank"), "name"),
            Column(_("Goal")),
            Column(_("Reached"), "number", mixed=True),
            Column(_("Limit known"), "number", mixed=True),
            Column(_("How sure"), "name"),
            Column(_("Confirmed exactly"), "number", mixed=True),
        ],
        [
            (
                str(rank),
                level_name(material, level),
                level_value(material, level, level.value),
                level_value(material, level, level.bound) if level.bound is not None else _("none"),
                claim_name(level.claim),
                level_value(material, level, level.exact_bound) if level.exact_bound is not None else _("none"),
            )
            for rank, level in enumerate(material.plan.objective, start=1)
        ],
        folded=False,
    )


def _facts(material: Material, made_on: datetime.date) -> list[Fact]:
    plan, formats = material.plan, material.formats
    second = [Fact(_("Second search"), plan.solver.second)] if plan.solver.second else []
    if material.seconds is not None:
        second.append(
            Fact(_("Solving time"), _("{seconds} seconds").format(seconds=formats.number(material.seconds, 1)))
        )
    return [
        Fact(_("In exact arithmetic"), confirmed(material)),
        Fact(_("Gap between plan and limit"), formats.float_share(plan.relative_gap)),
        Fact(_("Gap allowed"), formats.float_share(plan.tolerance)),
        Fact(_("Scenario"), plan.scenario_id),
        Fact(_("Fingerprint of the scenario (SHA-256)"), plan.scenario_sha256),
        Fact(_("Solver"), f"{plan.solver.name} {plan.solver.version}"),
        *second,
        Fact(_("Version of the planner"), plan.planner_version),
        Fact(_("Version that wrote this report"), VERSION),
        Fact(_("This report was made on"), formats.date(made_on)),
    ]
