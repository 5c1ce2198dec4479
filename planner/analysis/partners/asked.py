"""What questions about partners have in common: which partners are asked about, and how that is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planner.analysis.parameters import Ids, Parameters
from planner.analysis.partners.partner_roles import refuse_unknown, varying
from planner.analysis.partners.subsets import PartnerSubsets, begun_early
from planner.analysis.question import Ask, Source
from planner.batch.begun import Early
from planner.batch.inquiry import Inquiry
from planner.planning import SearchLimits


class AboutPartners(Parameters):
    """Parameters of a question that may be asked about some of the partners only."""

    partners: Ids


def asking(
    answer: Callable[[Inquiry, Sequence[str], PartnerSubsets], object],
) -> Callable[[Source, AboutPartners], Ask]:
    """Return how a question about partners is prepared: InputError for names that are not partners of the scenario.

    All questions of one inquiry share the plans without partners.
    """

    def prepare(source: Source, parameters: AboutPartners) -> Ask:
        refuse_unknown(source.scenario, parameters.partners)
        return lambda inquiry: [answer(inquiry, parameters.partners, inquiry.shared(PartnerSubsets))]

    return prepare


def beginning(*, uncertain: bool = False) -> Callable[[Source, AboutPartners, SearchLimits], Sequence[Early]]:
    """Return what names the plans of a question about partners that can be begun early."""

    def early(source: Source, parameters: AboutPartners, limits: SearchLimits) -> Sequence[Early]:
        varied = varying(source.scenario, parameters.partners, uncertain=uncertain)
        return begun_early(source.scenario, [fund.id for fund in varied], limits)

    return early
