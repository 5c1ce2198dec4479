"""Legal duties and the rules of the scenario: met or not, by how much, and the legal source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from planner.domain.rules import Limit, Rule
from planner.locale import _
from planner.plans.plan import RuleResult
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Table, TableRow, table
from planner.report.wording import labels


@dataclass(frozen=True, slots=True)
class Duty:
    """One legal duty."""

    title: str
    verdict: str
    met: bool
    sentences: tuple[str, ...]
    citation: str


@dataclass(frozen=True)
class Duties:
    """The section on duties and rules."""

    heading: Heading
    duties: tuple[Duty, ...]
    rules: Table | None
    no_rules: str


def duties(material: Material, heading: Heading) -> Duties:
    found = [duty for duty in (_floor(material), _hours(material)) if duty is not None]
    has_rules = bool(material.plan.rules)
    return Duties(
        heading=heading,
        duties=tuple(found),
        rules=_rules(material) if has_rules else None,
        no_rules="" if has_rules else _("The scenario sets no rules of its own."),
    )


def duties_met(material: Material) -> list[tuple[str, str]]:
    """Return (duty, verdict) for each duty that the scenario states."""
    return [(duty.title, duty.verdict) for duty in (_floor(material), _hours(material)) if duty is not None]


def _verdict(met: bool) -> str:
    return _("✓ Met") if met else _("✗ Not met")


def _source(text: str | None) -> str:
    return _("Source: {citation}").format(citation=text) if text else _("The scenario names no source for this.")


def _floor(material: Material) -> Duty | None:
    """Compare the legal minimum of the training budget with the amounts of own funds."""
    identity, formats = material.scenario.scenario, material.formats
    if identity.regional_budget is None or identity.floor_share is None:
        return None
    floor = ceil(identity.floor_share * identity.regional_budget)
    own = material.measures.amount_of("own")
    met = own >= floor
    sentences = [
        _("At least {share} of the regional budget of {budget} must be set aside for training: {floor}.").format(
            share=formats.given_share(identity.floor_share),
            budget=formats.rupiah(identity.regional_budget),
            floor=formats.rupiah(floor),
        ),
        _("Own funds in this scenario are {own}, {difference} more than required.").format(
            own=formats.rupiah(own), difference=formats.rupiah(own - floor)
        )
        if met
        else _("Own funds in this scenario are {own}, {difference} less than required.").format(
            own=formats.rupiah(own), difference=formats.rupiah(floor - own)
        ),
        _("The plan spends {spent} of them.").format(spent=formats.rupiah(material.plan.own_cost)),
    ]
    return Duty(
        _("Legal floor of the training budget"),
        _verdict(met),
        met,
        tuple(sentences),
        _source(identity.citations.floor_share),
    )


def _hours(material: Material) -> Duty | None:
    """Compare the target of JP per person with the average of each group in this plan."""
    target, formats, measures = material.scenario.scenario.hours_target, material.formats, material.measures
    if target is None:
        return None
    reached = sum(measures.hours_per_person_of(group) >= target for group in material.scenario.groups)
    met = measures.hours_per_person >= target
    sentences = (
        _("The target is {target} JP per civil servant; this plan gives {hours} JP on average.").format(
            target=formats.count(target), hours=formats.number(measures.hours_per_person, 1)
        ),
        _("{reached} of {groups} groups reach the target on average through this plan alone.").format(
            reached=formats.count(reached), groups=formats.count(len(material.scenario.groups))
        ),
        _("Training outside this plan is not counted."),
    )
    citation = _source(material.scenario.scenario.citations.hours_target)
    return Duty(_("Lesson hours (JP) per civil servant"), _verdict(met), met, sentences, citation)


def _rules(material: Material) -> Table:
    by_name = {rule.name: rule for rule in material.scenario.rules}
    rows = [_rule_row(material, by_name[result.rule], result) for result in material.plan.rules]
    return table(
        "table-rules",
        _("Rules of this scenario"),
        [
            Column(_("Rule"), "name"),
            Column(_("What is measured")),
            Column(_("Bound")),
            Column(_("In the plan"), "number"),
            Column(_("Verdict"), "verdict"),
        ],
        rows,
        folded=False,
    )


def _rule_row(material: Material, rule: Rule, result: RuleResult) -> TableRow:
    bounds = [
        words.format(bound=_bound(material, rule, limit, value))
        for words, limit, value in (
            (_("at least {bound}"), rule.at_least, result.at_least),
            (_("at most {bound}"), rule.at_most, result.at_most),
        )
        if limit is not None and value is not None
    ]
    kind = _("rule") if rule.hard else _("goal")
    return TableRow(
        (
            f"{result.rule} ({kind})",
            labels.measured(material.scenario, rule),
            "; ".join(bounds),
            _amount(material, rule, result.measure),
            _rule_verdict(material, rule, result),
        ),
        "" if result.held else "missed",
    )


def _bound(material: Material, rule: Rule, limit: Limit, value: Fraction) -> str:
    """Return the bound as written; a share with its value."""
    shown = _amount(material, rule, value)
    return f"{material.formats.given_share(limit.value)} ({shown})" if limit.is_share else shown


def _amount(material: Material, rule: Rule, value: Fraction) -> str:
    """Return a value in the unit of the measure."""
    if rule.measure == "cost":
        return f"Rp{material.formats.number(value)}"
    if rule.measure == "hours":
        return _("{number} JP").format(number=material.formats.number(value))
    return material.formats.number(value)


def missed_by(result: RuleResult) -> Fraction:
    """Return by how much a rule is missed, in the unit of its measure; 0 where it holds."""
    below = result.at_least - result.measure if result.at_least is not None else Fraction(0)
    above = result.measure - result.at_most if result.at_most is not None else Fraction(0)
    return max(below, above, Fraction(0))


def _rule_verdict(material: Material, rule: Rule, result: RuleResult) -> str:
    if result.held:
        return _("✓ Holds")
    missed = missed_by(result)
    if rule.hard:
        return _("✗ Missed by {amount}").format(amount=_amount(material, rule, missed))
    return _("✗ Missed by {amount}, at a price of {gaps} weighted gaps").format(
        amount=_amount(material, rule, missed), gaps=material.formats.number(missed * rule.penalty)
    )
