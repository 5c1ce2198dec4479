"""The words of what a fund keeps: the report and the workbook say the same."""

from __future__ import annotations

from typing import Final

from planner.domain.funds import Fund
from planner.locale import N_, _
from planner.plans.fund_left import FundLimit, Kept
from planner.report.material import Material, listed

LIMITS: Final = {
    FundLimit.SHARE: N_("its share of the cost of a programme"),
    FundLimit.RELEASED: N_("what is released by then"),
    FundLimit.MATCH: N_("its match with another fund"),
    FundLimit.RULE: N_("a rule on cost"),
}


def why_left(material: Material, fund: Fund) -> str:
    """Return why a fund keeps money; nothing where it keeps none."""
    left = material.funds_left.of(fund)
    if left is None:
        return ""
    step = material.scenario.scenario.round_to
    unused = FundLimit.USE in left.limits
    sentences = {
        Kept.NO_GROUP: _("No group of this plan belongs to its agency, {agency}, so it pays for nobody.").format(
            agency=fund.agency
        ),
        Kept.ALL_PAID: _("It pays all that it may pay of this plan."),
        Kept.LIMITS: _unused(material, fund)
        if unused
        else (
            _("One rupiah more would go beyond {limits}.")
            if step is None
            else _("{step} more, to which divided costs are rounded, would go beyond {limits}.")
        ).format(
            step=material.formats.rupiah(step or 1),
            limits=listed([_(LIMITS[limit]) for limit in left.limits if limit in LIMITS]),
        ),
        Kept.WHOLE_UNITS: _("No further person, class or item that it may pay fits in what is left."),
        Kept.PARTNERS: _("Partners pay first, so that own money is spared."),
        Kept.OTHERS: _("Other funds pay what it could pay too."),
    }
    found = [sentences[left.kept]]
    if left.nobody_fits:
        fits = _("What is left does not pay for one more participant who would close a gap.")
        if left.kept is Kept.ALL_PAID:
            found = [fits]
        elif left.kept is not Kept.WHOLE_UNITS:  # which says of a participant that none fits, too
            found.append(fits)
    elif left.needless and left.elsewhere:
        found.append(_("No gap that it could pay to close stays open for want of money."))
    elif left.needless:
        found.append(
            _("No gap stays open for want of money.")
            if fund.agency is None
            else _("No gap of its agency stays open for want of money.")
        )
    return " ".join(found)


def _unused(material: Material, fund: Fund) -> str:
    """Return why a fund is not used, whose use asks for a minimum or for an agreement."""
    minimum, agreement = material.formats.rupiah(fund.minimum), material.formats.rupiah(fund.agreement)
    if not fund.agreement:
        return _("The plan does not use it: once used, it has to pay at least {minimum}.").format(minimum=minimum)
    if not fund.minimum:
        return _("The plan does not use it: its agreement alone costs {agreement}.").format(agreement=agreement)
    words = _(
        "The plan does not use it: once used, it has to pay at least {minimum}, and its agreement alone costs "
        "{agreement}."
    )
    return words.format(minimum=minimum, agreement=agreement)
