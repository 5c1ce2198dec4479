"""The quality of the plan in plain words: what is proven, and how much more could be possible."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile
from typing import Final

from planner.domain.objectives import gaps_come_first
from planner.locale import N_, _
from planner.plans.claim import Claim
from planner.plans.plan_rows import LevelResult
from planner.report.material import Material
from planner.report.wording import gaps_sought, labels
from planner.units.said import nearest


def quality_in_short(material: Material) -> str:
    """Return a few words for the cover: "Proven best within 0.01%"."""
    plan = material.plan
    tolerance = material.formats.float_share(plan.tolerance)
    if _nothing_better(material):
        return _("Proven best")
    if plan.claim is Claim.PROVEN:
        return _("Proven best within {share}").format(share=tolerance)
    if plan.claim is Claim.AGREED:
        return _("Best within {share}: two searches agree").format(share=tolerance)
    if _gaps_proven(material):
        return _("Gaps closed proven best within {share}").format(share=tolerance)
    if open_above := _open_above_gaps(material):
        return _("Best plan found; not proven to be best in: {goals}").format(goals=", ".join(open_above))
    return _("Best plan found; at most {share} better is possible").format(
        share=material.formats.float_share(plan.relative_gap)
    )


def claim_name(claim: Claim) -> str:
    """Return a claim in a word or two."""
    return {
        Claim.PROVEN: _("proven"),
        Claim.AGREED: _("two searches agree"),
        Claim.CLAIMED: _("best found"),
    }[claim]


def confirmed(material: Material) -> str:
    """Return what exact arithmetic confirms, for a plan of any size: "at most 1.3 more gaps can be closed".

    With weights or penalties it confirms that of the figure sought, of which more gaps may be less. Goals that stand
    above gaps closed are named, since plans that give them up may close more.
    """
    more = _confirmed_more(material)
    if more is None:
        return _("nothing: the search was stopped too early")
    if counts_otherwise(material):
        words = _("counted in {unit}: nothing more can be reached with these funds and rules")
        if more:
            words = _("counted in {unit}: at most {gaps} more (expected) can be reached with these funds and rules")
    else:
        words = _("no more gaps can be closed with these funds and rules")
        if more:
            words = _("at most {gaps} more gaps (expected) can be closed with these funds and rules")
    said = words.format(gaps=material.formats.number(more), unit=unit(material))
    above = list(takewhile(lambda level: level.goal != "gaps_closed", material.plan.objective))
    if not above:
        return said
    worse = _(" or ").join(labels.worse(level.goal, level.by) for level in above)
    return _("{confirmed} without {worse}").format(confirmed=said, worse=worse)


_UNPROVEN: Final = {
    "late": N_("This is the best plan found in the time given; that none is better has not been proven."),
    "exhausted": N_(
        "This is the best plan found. The search ended by itself with time left, as all its steps were done; that none "
        "is better has not been proven."
    ),
    "": N_("This is the best plan found; that none is better has not been proven."),
}
"""What is said of a plan that is not proven, by why its search ended."""

_MORE_POSSIBLE: Final = {
    "late": N_(
        "This is the best plan found in the time given; at most {gaps} more gaps (expected, {share}) could be closed."
    ),
    "exhausted": N_(
        "This is the best plan found. The search ended by itself with time left, as all its steps were done; whether "
        "more gaps, at most {gaps} (expected, {share}), could be closed remains open."
    ),
    "": N_("This is the best plan found; at most {gaps} more gaps (expected, {share}) could be closed."),
}
"""The same where gaps closed come first."""


def quality(material: Material) -> str:
    """Return what is proven for the first goal of the scenario, and how."""
    sentence = _proven(material)
    if counts_otherwise(material) and gaps_come_first(material.scenario):
        sentence = f"{sentence} {_('What counts is: {unit}.').format(unit=unit(material))}"
    return sentence


def _proven(material: Material) -> str:
    plan, formats = material.plan, material.formats
    tolerance = formats.float_share(plan.tolerance)
    if _nothing_better(material):
        return _("Proven best: no other plan within the same funds and rules does better.")
    if not gaps_come_first(material.scenario):
        if plan.claim is Claim.PROVEN:
            return _("Proven best: no plan within the same funds and rules does better by more than {share}.").format(
                share=tolerance
            )
        if plan.claim is Claim.AGREED:
            return _(
                "Two searches that work differently agree that no plan within the same funds and rules does better by "
                "more than {share}."
            ).format(share=tolerance)
        return _(_UNPROVEN[_ended(material)])
    if plan.claim is Claim.PROVEN:
        return _(
            "Proven best within {share}: no other plan within the same funds and rules can close more than {share} "
            "in addition."
        ).format(share=tolerance)
    if plan.claim is Claim.AGREED:
        return _(
            "Two searches that work differently agree that no other plan within the same funds and rules can close "
            "more than {share} in addition. In exact arithmetic it is confirmed that {confirmed}."
        ).format(share=tolerance, confirmed=confirmed(material))
    if _gaps_proven(material):
        return _(
            "The gaps closed are proven best within {share}: no other plan within the same funds and rules can "
            "close more than {share} in addition. For the later goals, it has not been proven that no plan is "
            "better."
        ).format(share=tolerance)
    more = formats.number(_still_possible(material))
    return _(_MORE_POSSIBLE[_ended(material)]).format(gaps=more, share=formats.float_share(plan.relative_gap))


def _ended(material: Material) -> str:
    """Return why the search for a plan that is not proven ended; empty where that is not known."""
    run = material.plan.solver
    return "late" if run.late else "exhausted" if run.exhausted else ""


def weighted(material: Material) -> bool:
    """Return whether gaps have different weights, so that weighted gaps differ from gaps."""
    return gaps_sought.has_weights(material.scenario)


def level_value(material: Material, level: LevelResult, value: Fraction | float) -> str:
    """Return a value of a level of the objective in its unit."""
    exact = value if isinstance(value, Fraction) else Fraction(repr(value))
    if level.goal in ("own_cost", "total_cost"):
        return material.formats.rupiah(nearest(exact))
    if level.goal == "smallest_coverage":
        return material.formats.share(exact, 2)
    return material.formats.number(exact)


def level_name(material: Material, level: LevelResult) -> str:
    """Return a level of the objective in words, with what is subtracted from it."""
    name = labels.goal(level.goal, level.by)
    if level.goal == "gaps_closed" and has_penalties(material):
        return _("{goal}, less the penalties of missed goals").format(goal=name)
    return name


def has_penalties(material: Material) -> bool:
    """Return whether goals may be missed at a price, so that what is sought differs from the gaps closed."""
    return gaps_sought.has_penalties(material.scenario)


def gaps_counted(material: Material) -> str:
    """Return the name of the figure that plans seek the most of: gaps closed, by weight, less penalties."""
    return _(gaps_sought.gaps_sought(material.scenario))


def unit(material: Material) -> str:
    """Return the unit of that figure, after "counted in": gaps, weighted gaps, gaps less penalties."""
    return _(gaps_sought.unit_sought(material.scenario))


def counts_otherwise(material: Material) -> bool:
    """Return whether that figure differs from the number of gaps, by weights or by penalties."""
    return weighted(material) or has_penalties(material)


def with_unit(material: Material, heading: str) -> str:
    """Return a heading of differences of that figure, with its unit where this is not plain gaps."""
    if not counts_otherwise(material):
        return heading
    return _("{title}, in {unit}").format(title=heading, unit=unit(material))


def _nothing_better(material: Material) -> bool:
    """Return whether the plan is proven best with no tolerance: none is allowed, or all levels are at their bounds."""
    plan = material.plan
    at_bound = all(
        level.exact_bound is not None and Fraction(repr(level.exact_bound)) == level.value for level in plan.objective
    )
    return plan.claim is Claim.PROVEN and (not plan.tolerance or at_bound)


def _gaps_proven(material: Material) -> bool:
    """Return whether the first goal is gaps closed and proven to the tolerance; a later goal may not be."""
    first = material.plan.objective[0]
    close = material.plan.relative_gap <= material.plan.tolerance
    return gaps_come_first(material.scenario) and close and first.claim is Claim.PROVEN


def _open_above_gaps(material: Material) -> list[str]:
    """Return the goals that are not proven, down to gaps closed, where one of them stands above it: what is left open
    of gaps closed says nothing of that one."""
    levels = material.plan.objective
    count = 1 + [level.goal for level in levels].index("gaps_closed")
    found = [level for level in levels[:count] if level.claim is not Claim.PROVEN]
    return [level_name(material, level) for level in found] if found and found[0].goal != "gaps_closed" else []


def _confirmed_more(material: Material) -> Fraction | None:
    """Return how many more gaps could be closed with the penalties of this plan, as exact arithmetic confirms it."""
    level = material.plan.gaps_level
    if level.exact_bound is None:
        return None
    return max(Fraction(0), Fraction(repr(level.exact_bound)) - level.value)


def _still_possible(material: Material) -> Fraction:
    """Return bound - weighted_gaps_closed, at least 0."""
    return max(Fraction(0), material.bound - material.plan.weighted_gaps_closed)
