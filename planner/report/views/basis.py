"""The section on assumptions and sources: those of the method and those of the scenario."""

from __future__ import annotations

from dataclasses import dataclass

from planner.locale import _
from planner.report.material import Material
from planner.report.views.cover import MOST_WORDS
from planner.report.views.heading import Heading


@dataclass(frozen=True)
class Basis:
    """The section on assumptions and sources."""

    heading: Heading
    method: tuple[str, ...]
    assumptions: tuple[str, ...]
    sources: tuple[str, ...]


def basis(material: Material, heading: Heading) -> Basis:
    identity = material.scenario.scenario
    return Basis(
        heading=heading,
        method=tuple(_method(material)),
        assumptions=(identity.description, *identity.assumptions)
        if len(identity.description) > MOST_WORDS
        else identity.assumptions,
        sources=identity.sources,
    )


def _method(material: Material) -> list[str]:
    """Return the assumptions of the method that matter for this scenario."""
    scenario, formats = material.scenario, material.formats
    effects = [effect for programme in scenario.programmes for effect in programme.closes.values()]
    least, most = formats.given_share(min(effects)), formats.given_share(max(effects))
    expected = _(
        "The number of gaps closed is an expected number: of the participants of a programme, between {least} and "
        "{most} are expected to reach the standard, depending on programme and competency."
    )
    if least == most:
        expected = _("Gaps closed: {most} of the participants of a programme are expected to reach the standard.")
    sentences = [
        expected.format(least=least, most=most),
        _("Participants are assumed to be people with the gap; within a group they are chosen by need."),
    ]
    uptakes = [group.uptake for group in scenario.groups]
    least, most = formats.given_share(min(uptakes)), formats.given_share(max(uptakes))
    if min(uptakes) < 1:
        words = _("Not everybody takes part: between {least} and {most} of each group are willing today.")
        if least == most:
            words = _("Not everybody takes part: {most} of each group are willing today.")
        sentences.append(words.format(least=least, most=most))
    if any(fund.chance < 1 for fund in scenario.funds):
        sentences.append(_("The plan counts on all money and seats that partners promise."))
    sentences.append(_("Participants, classes and seats are whole numbers, and money is whole rupiah."))
    return sentences
