"""The whole report, put together from its sections."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from planner.locale import _
from planner.report.material import Material
from planner.report.views.agencies import Agencies, agencies
from planner.report.views.basis import Basis, basis
from planner.report.views.competencies import Competencies, competencies
from planner.report.views.cover import Cover, cover
from planner.report.views.duties import Duties, duties
from planner.report.views.funds import Funds, funds
from planner.report.views.heading import Heading
from planner.report.views.money import Money, money
from planner.report.views.proof import Proof, proof
from planner.report.views.schedule import Schedule, schedule
from planner.report.views.summary import Summary, summary


@dataclass(frozen=True)
class Report:
    """One plan as a document."""

    contents: tuple[Heading, ...]
    cover: Cover
    summary: Summary
    competencies: Competencies
    schedule: Schedule
    money: Money
    funds: Funds
    duties: Duties
    agencies: Agencies
    basis: Basis
    proof: Proof


def report(material: Material, made_on: datetime.date) -> Report:
    """All sections in the order of the document."""
    headings = {
        "summary": _("Summary"),
        "competencies": _("Competency gaps: needed and closed"),
        "schedule": _("Schedule: classes and participants"),
        "money": _("Where the money goes"),
        "funds": _("Funding sources"),
        "duties": _("Duties and rules"),
        "agencies": _("Agencies and groups in detail"),
        "basis": _("Assumptions and sources"),
        "proof": _("Quality and verification"),
    }
    contents = {
        anchor: Heading(anchor, number, text) for number, (anchor, text) in enumerate(headings.items(), start=1)
    }
    return Report(
        contents=tuple(contents.values()),
        cover=cover(material, made_on),
        summary=summary(material, contents["summary"]),
        competencies=competencies(material, contents["competencies"]),
        schedule=schedule(material, contents["schedule"]),
        money=money(material, contents["money"]),
        funds=funds(material, contents["funds"]),
        duties=duties(material, contents["duties"]),
        agencies=agencies(material, contents["agencies"]),
        basis=basis(material, contents["basis"]),
        proof=proof(material, contents["proof"], made_on),
    )
