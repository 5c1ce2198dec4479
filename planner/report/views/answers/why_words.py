"""Reasons that exclude a group from a programme, in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from planner.analysis.why_not.exclusion_kinds import Exclusion, FundExclusion
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector
from planner.locale import N_, _
from planner.report.material import Material, listed
from planner.report.wording import labels
from planner.report.wording.formats import NOTHING

_SENTENCES: Final = {
    "for": N_("The programme is only for: {names} (for). Of the group: {others}."),
    "for.id": N_("The programme is only for these groups: {names} (for)."),
    "no_gap": N_("The group lacks none of the competencies that the programme closes: {names}."),
    "later": N_("It starts in {names} only, and people of the group need it from {others} on."),
    "unwilling": N_("Of {first} people with such a gap {second} are willing: less than one person."),
    "release": N_(
        "With {first} released (release) the group has {second} person-days in one period, less than the {third} days"
        " that one participant is away."
    ),
    "hours_each": N_("It has {second} JP, and one person of the group may take {first} JP (max_hours)."),
    "hours_each.taken": N_(
        "It has {second} JP in a year; one person of the group may take {third} JP (max_hours) and has taken {fourth}"
        " JP already (hours_before)."
    ),
    "days_each": N_(
        "One participant is in class for {first} days of a period that has {second} working days, whenever it starts."
    ),
    "smallest": N_(
        "At most {first} people of the group could start it in one period, and it takes at least {second} of a group"
        " (smallest)."
    ),
    "no_classes": N_("The programme may hold no class."),
    "mentors": N_("The pool '{detail}' has {first} mentors, and one participant takes {second} of a mentor."),
    "unpayable": N_("No fund may pay the cost '{detail}'. {barred}"),
    "unaffordable": N_(
        "With this group the programme costs at least {first}, and the funds that may pay for it have {second}."
    ),
    "class_size": N_(
        "Even all {first} people of all groups who could come do not fill the smallest class of {second}."
    ),
    "classes_min": N_("All who could come fill at most {first} classes, and the programme holds {second} or none."),
    "resources": N_("In every period there is too little for the smallest run: {names}."),
    "periods": N_("There is no period in which the programme may start and end within the horizon (lasts: {first})."),
    "over": N_("The periods in which the programme may start are over."),
    "requires": N_("It requires '{detail}', which is impossible for the group. {because}"),
    "requires_late": N_(
        "It requires '{detail}', which starts in {names} only and is not finished before the programme ({others})."
    ),
    "requires_any": N_("It requires one of these, and each is impossible for the group: {names}. {because}"),
}
"""The sentence for each kind of exclusion."""

_BARRED: Final = {
    "programmes": N_("'{fund}' does not pay for this programme"),
    "items": N_("'{fund}' does not pay for this kind of cost"),
    "groups": N_("'{fund}' does not pay for this group"),
}


def reason(material: Material, excluded: Exclusion) -> str:
    """Return one sentence, or several where a reason has further reasons."""
    scenario = material.scenario
    numbers = [_number(material, excluded, place) for place in range(len(excluded.numbers))]
    words = {
        "detail": _detail(scenario, excluded),
        "names": _names(scenario, excluded, excluded.names),
        "others": _names(scenario, excluded, excluded.others) or NOTHING,
        "barred": _barred(scenario, excluded.fund_exclusions),
        "because": " ".join(reason(material, inner) for inner in excluded.because),
    }
    words |= dict(zip(("first", "second", "third", "fourth"), numbers, strict=False))
    kind: str = "for.id" if (excluded.kind, excluded.detail) == ("for", "id") else excluded.kind
    if kind == "hours_each" and len(numbers) > 2:
        kind = "hours_each.taken"
    return _(_SENTENCES[kind]).format(**words).strip()


def _number(material: Material, excluded: Exclusion, place: int) -> str:
    value: Fraction = excluded.numbers[place]
    if excluded.kind == "unaffordable":
        return material.formats.rupiah(int(value))
    if (excluded.kind, place) in (("unwilling", 1), ("release", 0)):
        return material.formats.given_share(value)
    return material.formats.number(value)


def _detail(scenario: Scenario, excluded: Exclusion) -> str:
    records: Mapping[str, object] = {}
    if excluded.kind in ("requires", "requires_late"):
        records = scenario.programme
    elif excluded.kind == "mentors":
        records = scenario.mentor_pool
    found = records.get(excluded.detail)
    return str(getattr(found, "label", excluded.detail))


def _names(scenario: Scenario, excluded: Exclusion, names: tuple[str, ...]) -> str:
    if excluded.kind == "no_gap":
        return listed([scenario.competency[name].label for name in names])
    if excluded.kind == "for":
        selector = GroupSelector.model_validate({excluded.detail: names})
        return labels.selected(scenario, "groups", selector) if names else ""
    if excluded.kind == "requires_any":
        return listed([scenario.programme[name].label for name in names])
    if excluded.kind == "resources":
        return listed([scenario.resource[name].label for name in names])
    return ", ".join(names)


def _barred(scenario: Scenario, barred: tuple[FundExclusion, ...]) -> str:
    """Return why each fund may not pay."""
    parts = [_(_BARRED[each.by]).format(fund=scenario.fund[each.fund].label) for each in barred]
    return f"{listed(parts)}." if parts else ""
