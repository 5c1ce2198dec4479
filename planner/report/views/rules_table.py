"""The table of the planner's own rules: what is measured, bound, value and verdict."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from planner.domain.rules import Limit, Rule
from planner.locale import _, ngettext
from planner.plans.plan_rows import RuleResult
from planner.report.material import Material
from planner.report.views.table import Column, Table, TableRow, table
from planner.report.wording import labels
from planner.report.wording.formats import NOTHING

MOST_UNITS: Final = 12
"""Most programmes, groups, agencies or locations of a rule that the table shows: the ones with the least room."""


def rules_table(material: Material) -> Table:
    """Return the rules of the scenario: bound, value in the plan, and by how much each is met or missed."""
    rows = [row for rule in material.scenario.rules for row in _rule_rows(material, rule)]
    return table(
        "table-rules",
        _("Rules of this scenario"),
        [
            Column(_("Rule"), "name"),
            Column(_("What is measured")),
            Column(_("Bound")),
            Column(_("In the plan"), "number", mixed=True),
            Column(_("Verdict"), "verdict"),
        ],
        rows,
        note=_left_out_of_shares(material),
        folded=False,
    )


def _left_out_of_shares(material: Material) -> str:
    """Say what shares of cost leave out of the cost of the plan, where there is such a rule and such a cost."""
    shares = any(rule.measure == "cost" and rule.has_share for rule in material.scenario.rules)
    left_out = material.measures.agreement_cost + material.measures.socialization_cost
    if not shares or not left_out:
        return ""
    return _(
        "Shares of cost are of the costs of programmes, {amount}. The other {rest} of the cost of the plan are for "
        "socialization and agreements; a rule counts them only where it names them as items."
    ).format(
        amount=material.formats.rupiah(material.plan.total_cost - left_out), rest=material.formats.rupiah(left_out)
    )


def _rule_rows(material: Material, rule: Rule) -> Iterator[TableRow]:
    """Yield the row of a rule; with `per` a summary, and a row for each unit, those with the least room first."""
    results = material.plan.results_of(rule.name)
    if rule.per is None:
        yield from (_rule_row(material, rule, result) for result in results)
        return
    held = sum(result.held for result in results)
    count = material.formats.count
    verdict = _("{number} of {all}").format(number=count(held), all=count(len(results)))
    kind = _("rule") if rule.hard else _("goal")
    yield TableRow(
        (
            f"{rule.name} ({kind})",
            labels.measured(material.scenario, rule),
            _as_stated(material, rule),
            NOTHING,
            _("✓ Holds for all: {number}").format(number=count(held)) if held == len(results) else f"✗ {verdict}",
        ),
        "" if held == len(results) else "missed",
    )
    nearest = sorted(results, key=lambda result: (result.held, _room(result)))
    for result in nearest[:MOST_UNITS]:
        row = _rule_row(material, rule, result)
        name = labels.unit_of_rule(material.scenario, rule, result.of)
        yield TableRow((f"· {name}", "", *row.cells[2:]), row.mark)
    if len(nearest) > MOST_UNITS:
        others = len(nearest) - MOST_UNITS
        words = ngettext("· {number} other with more room", "· {number} others with more room", others)
        yield TableRow((words.format(number=count(others)), "", "", NOTHING, ""))


def _room(result: RuleResult) -> Fraction:
    """Return the slack of a unit as a part of its bound, so that small and large units compare."""
    bounds = [bound for bound in (result.at_least, result.at_most) if bound]
    return result.slack / max(bounds) if bounds else result.slack


def _as_stated(material: Material, rule: Rule) -> str:
    """Return the bounds as the scenario states them."""
    bounds = ((_("at least {bound}"), rule.at_least), (_("at most {bound}"), rule.at_most))
    return "; ".join(
        words.format(
            bound=material.formats.given_share(limit.value) if limit.is_share else _amount(material, rule, limit.value)
        )
        for words, limit in bounds
        if limit is not None
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
