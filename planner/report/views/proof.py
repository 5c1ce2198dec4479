"""Quality and verification: what is proven, what was checked, and with what the plan was made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from planner import __version__
from planner.locale import _
from planner.report.material import Material
from planner.report.views.cover import Fact
from planner.report.views.heading import Heading
from planner.report.views.quality import level_name, level_value, quality, weighted
from planner.report.views.table import Column, Table, table


@dataclass(frozen=True)
class Proof:
    """The section on quality and verification."""

    heading: Heading
    sentences: tuple[str, ...]
    levels: Table
    facts: tuple[Fact, ...]


def proof(material: Material, heading: Heading, made_on: datetime.date) -> Proof:
    return Proof(heading, tuple(_sentences(material)), _levels(material), tuple(_facts(material, made_on)))


def _sentences(material: Material) -> list[str]:
    sentences = [
        quality(material),
        _(
            "An independent checker, which shares no code with the solver, has recomputed this plan in whole people "
            "and whole rupiah, with no tolerance: all rules are kept, every cost is paid exactly, and every total is "
            "right."
        ),
    ]
    if weighted(material):
        sentences.append(
            _(
                "Gaps carry weights by group and competency. Weighted, the plan closes {gaps}; "
                "the limit proven is {bound}."
            ).format(
                gaps=material.formats.number(material.plan.weighted_gaps_closed),
                bound=material.formats.number(material.bound),
            )
        )
    return sentences


def _levels(material: Material) -> Table:
    return table(
        "table-levels",
        _("Goals, in order of rank: each is held while the next is pursued"),
        [
            Column(_("Rank"), "name"),
            Column(_("Goal")),
            Column(_("Reached"), "number"),
            Column(_("Limit proven"), "number"),
        ],
        [
            (
                str(rank),
                level_name(level),
                level_value(material, level, level.value),
                level_value(material, level, level.bound) if level.bound is not None else _("not proven"),
            )
            for rank, level in enumerate(material.plan.objective, start=1)
        ],
        folded=False,
    )


def _facts(material: Material, made_on: datetime.date) -> list[Fact]:
    plan, formats = material.plan, material.formats
    return [
        Fact(_("Gap between plan and limit"), formats.float_share(plan.relative_gap)),
        Fact(_("Gap allowed"), formats.float_share(plan.tolerance)),
        Fact(_("Scenario"), plan.scenario_id),
        Fact(_("Fingerprint of the scenario (SHA-256)"), plan.scenario_sha256),
        Fact(_("Solver"), f"{plan.solver.name} {plan.solver.version}"),
        Fact(_("Solving time"), _("{seconds} seconds").format(seconds=formats.number(material.seconds, 1))),
        Fact(_("Version of the planner"), plan.planner_version),
        Fact(_("Version that wrote this report"), __version__),
        Fact(_("Date of this report"), formats.date(made_on)),
    ]
