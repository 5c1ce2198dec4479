"""Why gaps stay open, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from planner.locale import N_, _
from planner.plans.causes import Cause, Reasons
from planner.report.material import Material, listed

OTHER_REASONS: Final = N_("Each programme is ruled out by one of these reasons, in other combinations")


def reason_words(material: Material, reasons: Reasons) -> str:
    """Return the reasons of a gap in a few words; several say which of them rule out some of its programmes each."""
    if len(reasons) == 1:
        return cause_words(material, reasons[0])
    first, *others = [in_short(material, cause) for cause in reasons]
    return "; ".join([_("For some programmes: {reason}").format(reason=first), *map(_of_others, others)])


def _of_others(reason: str) -> str:
    return _("for others: {reason}").format(reason=reason)


def cause_words(material: Material, cause: Cause) -> str:
    """Return a cause in a few words, as in the summary and the tables of groups."""
    return {
        Cause.NO_PROGRAMME: _("No programme on offer closes this gap for the group"),
        Cause.LATER: _("The gap appears in a later year than the programmes that close it"),
        Cause.UNWILLING: _("Not willing to take part (yet)"),
        Cause.SUCCESS: _("All who are willing take part, but not all will reach the standard"),
        Cause.HOURS: _("The hours limit per person is used up"),
        Cause.DAYS: _("Each person's working days are used up"),
        Cause.RELEASE: _("No more working days can be released"),
        Cause.MENTORS: _("All mentors are taken"),
        Cause.RESOURCES: _("Used up: {resources}").format(resources=used_up(material, material.open_gaps.used_up)),
        Cause.SMALLEST: _("Fewer people of the group are left than the programme takes"),
        Cause.CLASSES: _("All classes are full and no more are allowed"),
        Cause.MONEY: _("The money left does not pay for one more participant"),
        Cause.RULES: _("Rule at its limit: {rules}").format(rules=_at_limit(material)),
        Cause.CHOICES: _("The choices between programmes rule it out"),
        Cause.PRIORITY: _("No single certain reason"),
    }[cause]


def in_short(material: Material, cause: Cause, resources: Sequence[str] = (), rules: Sequence[str] = ()) -> str:
    """Return a cause in a few words, for cells that hold several; of `resources` used up and `rules` at their limit,
    or of all that are."""
    names = used_up(material, resources or material.open_gaps.used_up) if cause is Cause.RESOURCES else ""
    return {
        Cause.NO_PROGRAMME: _("no programme closes it"),
        Cause.LATER: _("the gap appears later than the programmes"),
        Cause.UNWILLING: _("not willing to take part"),
        Cause.SUCCESS: _("all who are willing take part already"),
        Cause.HOURS: _("hours limit used up"),
        Cause.DAYS: _("each person's working days used up"),
        Cause.RELEASE: _("no working days are left to release"),
        Cause.MENTORS: _("no mentor is free"),
        Cause.RESOURCES: _("used up: {resources}").format(resources=names),
        Cause.SMALLEST: _("too few people of the group"),
        Cause.CLASSES: _("classes are full"),
        Cause.MONEY: _("the money left is too little"),
        Cause.RULES: _("rule at its limit: {rules}").format(rules=_at_limit(material, rules)),
        Cause.CHOICES: _("choices between programmes"),
        Cause.PRIORITY: _("no single certain reason"),
    }[cause]


def used_up(material: Material, resources: Sequence[str]) -> str:
    """Return the names of resources that are used up."""
    return listed([material.scenario.resource[name].label for name in resources])


def _at_limit(material: Material, rules: Sequence[str] = ()) -> str:
    """Return the names of rules at their limit: those given, or all that keep some gap open."""
    return listed(list(rules or material.open_gaps.rules_at_limit))
