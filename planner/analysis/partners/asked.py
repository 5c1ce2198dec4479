"""What questions about partners have in common: which partners are asked about, and how that is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planner.analysis.parameters import Ids, Parameters
from planner.analysis.partners.partner_roles import refuse_unknown
from planner.analysis.partners.subsets import PartnerSubsets
from planner.analysis.question import Ask, Source
from planner.batch.inquiry import Inquiry


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
