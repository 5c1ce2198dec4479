"""Own money in words: what a partner frees of it, and how far own cost is proven to be the least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.analysis.partners.contributions import Contribution
from planner.batch.taken_over import FAR
from planner.locale import _
from planner.report.material import Material
from planner.report.views.answers.intervals import SMALLEST


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


def own_money(material: Material, contribution: Contribution) -> Iterator[str]:
    """Yield what of its own money the agency would need to close as many gaps without the partner."""
    money = contribution.own_money
    if money is None:
        yield _("Not even with more money of its own could the agency close as many gaps without you.")
    elif money.freed and money.beyond:
        lacking = _lacking(material, contribution, money.freed)
        words = _(
            "To close as many gaps without you, the agency would need {amount} more of its own money than it pays now, "
            "which what it has left may not pay for."
        )
        if lacking > 0:
            words = _(
                "To close as many gaps without you, the agency would need {amount} more of its own money than it pays "
                "now; at least {lacking} of that is not there."
            )
        formats = material.formats
        yield words.format(amount=formats.rupiah(money.freed), lacking=formats.rupiah(lacking))
    elif contribution.own_money_short >= SMALLEST:
        words = _(
            "To close nearly as many gaps without you, the agency needs no more of its own money; the difference is "
            "within the tolerance of the plans, and to close exactly as many may take more."
        )
        if money.freed:
            words = _(
                "To close nearly as many gaps without you, the agency would have to pay {amount} more of its own "
                "money; the difference is within the tolerance of the plans, and to close exactly as many may take "
                "more."
            )
        yield words.format(amount=material.formats.rupiah(money.freed))
    elif money.freed:
        yield _(
            "To close as many gaps without you, the agency would have to pay {amount} more of its own money; you free "
            "it for other things."
        ).format(amount=material.formats.rupiah(money.freed))


def _lacking(material: Material, contribution: Contribution, freed: int) -> int:
    """Return what the agency would need beyond all its own funds: own_cost + freed - amounts [rupiah]."""
    with_it = contribution.with_it.plan
    assert with_it is not None
    return with_it.own_cost + freed - sum(fund.amount for fund in material.scenario.funds if fund.own)
