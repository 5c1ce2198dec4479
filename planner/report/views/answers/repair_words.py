"""Repairs in words: which limit is changed, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from planner.analysis.repairs.adjustable import as_written
from planner.analysis.repairs.smallest import LimitChange, Repair
from planner.domain.checks.problem import Path
from planner.domain.scenario import Scenario
from planner.locale import N_, _
from planner.report.wording.formats import Formats

_AMOUNT_CHANGES: Final = {
    "rule_at_least": N_("Lower the rule '{owner}' from at least {old} to {new}"),
    "rule_at_least.0": N_("Drop the lower bound of the rule '{owner}', now {old}"),
    "rule_at_most": N_("Raise the rule '{owner}' from at most {old} to {new}"),
    "fund_amount": N_("Raise the fund '{owner}' by {by}, from {old} to {new}"),
    "fund_amount.year": N_("Raise what the fund '{owner}' has in {detail} by {by}, from {old} to {new}"),
    "fund_releases": N_("Let the fund '{owner}' release {new} instead of {old} by the end of {detail}"),
    "fund_max_share": N_("Let the fund '{owner}' pay up to {new} of a programme instead of {old}"),
    "fund_match": N_("Let the fund '{owner}' pay up to {new} x what the other fund pays, instead of {old} x"),
    "fund_minimum": N_("Lower the minimum of the fund '{owner}' by {by}, from {old} to {new}"),
    "classes.min": N_("Lower the fewest classes of the programme '{owner}' from {old} to {new}"),
    "classes.max": N_("Raise the most classes of the programme '{owner}' from {old} to {new}"),
    "classes.per_period": N_("Raise the most classes of the programme '{owner}' in one period from {old} to {new}"),
    "committed": N_("Lower the promised classes of the programme '{owner}' in {detail} from {old} to {new}"),
    "class_size": N_("Lower the smallest class of the programme '{owner}' from {old} to {new} people"),
    "smallest": N_("Let the programme '{owner}' take {new} people of a group in a period instead of at least {old}"),
    "mentors": N_("Raise the share of mentors in the pool '{owner}' from {old} to {new}"),
    "resources.every": N_("Have {new} of the resource '{owner}' in every period instead of {old}"),
    "resources.one": N_("Have {new} of the resource '{owner}' in {detail} instead of {old}"),
    "uptake": N_("Have {new} of the group '{owner}' willing to take part instead of {old}"),
    "socialization": N_("Let socialization raise the willing of the group '{owner}' to {new} instead of {old}"),
    "max_hours": N_("Raise the JP per person of the group '{owner}' from {old} to {new}"),
    "release": N_("Release up to {new} of the working days of the group '{owner}' in one period instead of {old}"),
}
"""Sentences for limits that are changed by some amount, by kind."""

_REMOVALS: Final = {
    "fund_releases": N_("Let the fund '{owner}' release all its money from the first period on"),
    "fund_match": N_("Do without the matching condition of the fund '{owner}'"),
    "fund_pays": N_("Let the fund '{owner}' pay for anything"),
    "fund_pays.programmes": N_("Let the fund '{owner}' pay for all programmes"),
    "fund_pays.groups": N_("Let the fund '{owner}' pay for all groups"),
    "fund_pays.items": N_("Let the fund '{owner}' pay for all cost items"),
    "classes": N_("Do without limits on the number of classes of the programme '{owner}'"),
    "requires": N_("Do without the prerequisites of the programme '{owner}'"),
    "choices": N_("Do without '{owner}' among the choices between programmes"),
    "mentors": N_("Find mentors outside the pool '{owner}' for the programmes that need them"),
    "release": N_("Release the group '{owner}' without a limit on working days"),
}
"""Sentences for limits that are removed, by kind."""

_UNITS: Final = {
    "people": N_("{number} (people)"),
    "classes": N_("{number} (classes)"),
    "gaps": N_("{number} (gaps)"),
}
"""Words for quantities, by kind."""

NULL: Final = "null"


def change_sentence(scenario: Scenario, formats: Formats, change: LimitChange) -> str:
    """Return "Raise the fund 'APBD' by Rp12.000.000, from … to …"."""
    owner, detail = owner_label(scenario, change), _detail(scenario, change)
    if change.unit == "removed":
        if change.kind == "requires.one":
            known = scenario.programme
            detail = known[change.named].label if change.named in known else change.named
            words = _("Do without the prerequisite '{detail}' of the programme '{owner}'")
            return words.format(owner=owner, detail=detail)
        return _(_REMOVALS[change.kind]).format(owner=owner)
    kind = "rule_at_least.0" if change.kind == "rule_at_least" and not change.new else change.kind
    return _(_AMOUNT_CHANGES[kind]).format(
        owner=owner,
        detail=detail,
        old=quantity(formats, change, change.old),
        new=quantity(formats, change, change.new),
        by=quantity(formats, change, abs(change.new - change.old)),
    )


def _detail(scenario: Scenario, change: LimitChange) -> str:
    """Return what a limit is of, where its owner has several: a period or a year."""
    if change.kind == "committed":
        assert scenario.actuals is not None
        return scenario.actuals.committed[int(change.path[2])].period
    return str(change.path[-1])


def owner_label(scenario: Scenario, change: LimitChange) -> str:
    """Return the label of the record whose limit is changed."""
    part = change.path[0]
    if part in ("rules", "choices"):
        return change.owner
    records: Mapping[str, Mapping[str, Any]] = {
        "funds": scenario.fund,
        "programmes": scenario.programme,
        "actuals": scenario.programme,
        "mentor_pools": scenario.mentor_pool,
        "resources": scenario.resource,
        "groups": scenario.group,
    }
    return str(records[str(part)][change.owner].label)


def quantity(formats: Formats, change: LimitChange, value: Fraction) -> str:
    """Format a value in the unit of the change."""
    match change.unit:
        case "rupiah":
            return formats.rupiah(int(value))
        case "share":
            return formats.given_share(value)
        case "hours":
            return _("{number} JP").format(number=formats.number(value))
        case _:
            return formats.number(value)


def size(formats: Formats, change: LimitChange) -> str:
    """Format the size of a change: +Rp12.000.000, 3 percentage points; "taken out" for a removed limit."""
    if change.unit == "removed":
        return _("taken out")
    difference = abs(change.new - change.old)
    sign = "+" if change.new > change.old else "\u2212"
    if change.unit == "share":
        return sign + _("{number} percentage points").format(number=formats.number(difference * 100))
    if change.unit in _UNITS:
        return sign + _(_UNITS[change.unit]).format(number=formats.number(difference))
    return sign + quantity(formats, change, difference)


def least(repair: Repair) -> str:
    """Return how certain it is that no smaller change is enough."""
    return _("proven") if repair.proven_least else _("less may be enough")


def edits(change: LimitChange, places: Mapping[Path, str]) -> list[tuple[str, str, str, str]]:
    """Yield what to edit: (place, key, current value, new value)."""
    rows = []
    for path, text in change.edits:
        old = as_written(change.unit, change.old) if path == change.path and change.unit != "removed" else ""
        rows.append((places.get(path, ""), str(path[-1]), old, _("(remove it)") if text == NULL else text))
    return rows


def setting(scenario: Scenario, change: LimitChange) -> str:
    """Return the options that try the change: --set funds.apbd.amount=2_512_000_000."""
    return " ".join(f"--set {_quoted(f'{_dotted(scenario, path)}={text}')}" for path, text in change.edits)


def _dotted(scenario: Scenario, path: Path) -> str:
    """Return the path as --set takes it; a rule without an id is given by name, or else by position."""
    part, key, *rest = path
    if part == "rules" and isinstance(key, int):
        rule = scenario.rules[key]
        names = [other.id or other.name for other in scenario.rules]
        name = rule.id or rule.name
        if names.count(name) == 1 and "=" not in name:
            key = name
    return ".".join(str(step) for step in (part, key, *rest))


def _quoted(text: str) -> str:
    """Return the text quoted for a shell."""
    import shlex

    return shlex.quote(text)
