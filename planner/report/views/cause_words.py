"""Why gaps stay open, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from planner.locale import N_, _
from planner.plans.causes import Cause, LeadingCause, Reasons
from planner.report.material import Material, listed

_WORDS: Final = {
    Cause.NO_PROGRAMME: N_("No programme on offer closes this gap for the group"),
    Cause.LATER: N_("The gap appears in a later year than the programmes that close it"),
    Cause.UNWILLING: N_("Not willing to take part (yet)"),
    Cause.SUCCESS: N_("Not everybody reaches the standard, even if all who are willing take part"),
    Cause.HOURS: N_("The hours limit per person is used up"),
    Cause.DAYS: N_("Each person's working days are used up"),
    Cause.RELEASE: N_("No more working days can be released"),
    Cause.MENTORS: N_("All mentors are taken"),
    Cause.RESOURCES: N_("Used up: {resources}"),
    Cause.SMALLEST: N_("Fewer people are left than the programme or a further class takes"),
    Cause.CLASSES: N_("All classes are full and no more are allowed"),
    Cause.RULES: N_("One more participant, or the class for one, would break a rule: {rules}"),
    Cause.CHOICES: N_("The choices between programmes rule it out"),
    Cause.MONEY: N_("The money left does not pay for one more participant"),
    Cause.PRIORITY: N_("No single certain reason"),
}
"""Causes in a few words, as in the summary and the tables of groups."""

_IN_SHORT: Final = {
    Cause.NO_PROGRAMME: N_("no programme closes it"),
    Cause.LATER: N_("the gap appears later than the programmes"),
    Cause.UNWILLING: N_("not willing to take part"),
    Cause.SUCCESS: N_("all who are willing take part already"),
    Cause.HOURS: N_("hours limit used up"),
    Cause.DAYS: N_("each person's working days used up"),
    Cause.RELEASE: N_("no working days are left to release"),
    Cause.MENTORS: N_("no mentor is free"),
    Cause.RESOURCES: N_("used up: {resources}"),
    Cause.SMALLEST: N_("too few people for the programme or a further class"),
    Cause.CLASSES: N_("classes are full"),
    Cause.RULES: N_("one more would break a rule: {rules}"),
    Cause.CHOICES: N_("choices between programmes"),
    Cause.MONEY: N_("the money left is too little"),
    Cause.PRIORITY: N_("no single certain reason"),
}
"""The same for cells that hold several."""


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
    return _(_WORDS[cause]).format(**_names(material, cause))


def led_by(material: Material, led: LeadingCause) -> str:
    """Return a cause that leads, and whether other causes rule out other programmes for all of its gaps."""
    words = cause_words(material, led.cause)
    return words if led.alone else _("{reason}, with other reasons for other programmes").format(reason=words)


def in_short(material: Material, cause: Cause, resources: Sequence[str] = (), rules: Sequence[str] = ()) -> str:
    """Return a cause in a few words, for cells that hold several; of `resources` used up and `rules` that one more
    participant would break, or of all that are."""
    return _(_IN_SHORT[cause]).format(**_names(material, cause, resources, rules))


def used_up(material: Material, resources: Sequence[str]) -> str:
    """Return the names of resources that are used up."""
    return listed([material.scenario.resource[name].label for name in resources])


def _names(
    material: Material, cause: Cause, resources: Sequence[str] = (), rules: Sequence[str] = ()
) -> dict[str, str]:
    """Return what a cause names: resources used up or rules that leave no room; those given, or all that do."""
    if cause is Cause.RESOURCES:
        return {"resources": used_up(material, resources or material.open_gaps.used_up)}
    if cause is Cause.RULES:
        return {"rules": listed(list(rules or material.open_gaps.rules_at_limit))}
    return {}
