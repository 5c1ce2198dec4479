"""Legal duties and the rules of the scenario: met or not, by how much, and the legal source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.floor import Floor
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.plans.hours_reached import jp_before
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.hours_reached import (
    hours_held_by,
    hours_table,
    rows_at_most,
    rows_without_basic,
    without_basic,
)
from planner.report.views.rules_table import rules_table
from planner.report.views.table import Table
from planner.report.wording.formats import NOTHING, rounded


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
    hours: Table | None
    """How many people reach the target of JP, by agency and group."""
    rules: Table | None
    no_rules: str
    bought: tuple[str, ...]
    """What looks bought to meet a rule rather than needed."""


def duties(material: Material, heading: Heading) -> Duties:
    found = [duty for duty in (*_floors(material), _hours(material)) if duty is not None]
    has_rules = bool(material.plan.rules)
    return Duties(
        heading=heading,
        duties=tuple(found),
        hours=hours_table(material),
        rules=rules_table(material) if has_rules else None,
        no_rules="" if has_rules else _("The scenario sets no rules of its own."),
        bought=tuple(bought(material)),
    )


def bought(material: Material) -> Iterator[str]:
    """Name classes beyond those that their participants fill, where a rule counts classes or cost.

    Without such a rule they would be left out, unless the fewest classes of the programme ask for them.
    """
    if not any(rule.measure in ("classes", "cost") for rule in material.scenario.rules):
        return
    count = material.formats.count
    for row in material.plan.classes:
        programme = material.scenario.programme[row.programme]
        size = programme.class_size
        filled = row.classes if size is None else -(-row.participants // size.max)
        if row.classes > filled and material.measures.classes_by_programme[row.programme] > programme.classes.min:
            yield ngettext(
                "{programme} holds {classes} classes in {period} for {people} participants, who fit into {filled} "
                "class. The others look bought to meet a rule about cost or classes.",
                "{programme} holds {classes} classes in {period} for {people} participants, who fit into {filled} "
                "classes. The others look bought to meet a rule about cost or classes.",
                filled,
            ).format(
                programme=programme.label,
                classes=count(row.classes),
                period=row.period,
                people=count(row.participants),
                filled=count(filled),
            )


def duties_met(material: Material) -> list[tuple[str, str]]:
    """Return (duty, verdict) for each duty that the scenario states."""
    return [(duty.title, duty.verdict) for duty in (*_floors(material), _hours(material)) if duty is not None]


def _verdict(met: bool) -> str:
    return _("✓ Met") if met else _("✗ Not met")


def _target_verdict(reached: int, people: int) -> str:
    if reached == people:
        return _("✓ Met")
    return _("◐ Partly met") if reached else _("✗ Not met")


def _source(text: str | None) -> str:
    return _("Source: {citation}").format(citation=text) if text else ""


def _floors(material: Material) -> list[Duty]:
    """Return the legal floor of each year that has one."""
    return [_floor(material, year, floor) for year, floor in material.scenario.floors.items()]


def _floor(material: Material, year: str, floor: Floor) -> Duty:
    """Compare the legal floor of the training budget in a year with what counts towards it."""
    rupiah, own = material.formats.rupiah, material.measures.own_cost_by_year[year]
    several = len(material.scenario.years) > 1
    counted = own + floor.other_countable
    met = counted >= floor.required
    left = sum(material.measures.left_in_year(fund, year) for fund in material.scenario.funds if fund.own)
    sentences = [
        _("At least {share} of the regional budget of {budget} must be set aside for training: {floor}.").format(
            share=material.formats.given_share(floor.share), budget=rupiah(floor.of), floor=rupiah(floor.required)
        ),
        _(
            "What counts: {own} that own funds spend in this plan and {other} of other spending named"
            " in the scenario; {counted} in all, {share} of the regional budget."
        ).format(
            own=rupiah(own),
            other=rupiah(floor.other_countable),
            counted=rupiah(counted),
            share=_reached(material, floor, own),
        ),
        _("That is {difference} more than required.").format(difference=rupiah(counted - floor.required))
        if met
        else _("{difference} is missing.").format(difference=rupiah(floor.required - counted)),
        _(
            "What does not count: {left} of own funds that the plan leaves unspent, what partners "
            "pay, and salaries and maintenance."
        ).format(left=rupiah(left)),
    ]
    title = _("Legal floor of the training budget")
    if several:
        title = _("Legal floor of the training budget, {year}").format(year=year)
    return Duty(title, _verdict(met), met, tuple(sentences), _source(floor.citation))


def _reached(material: Material, floor: Floor, own: int) -> str:
    """Return the share reached, with as many decimals as it takes to tell it from a floor that is missed."""
    if not floor.of:
        return NOTHING
    share = Fraction(own + floor.other_countable, floor.of)
    for places in range(2, 6):
        if share >= floor.share or rounded(share * 100, places) < rounded(floor.share * 100, places):
            return material.formats.share(share, places)
    return material.formats.given_share(share)


def _hours(material: Material) -> Duty | None:
    """Say how many people reach the target of JP, from who attends what."""
    target, formats = material.scenario.scenario.hours_target, material.formats
    if target is None:
        return None
    reached = sum(row.reached for row in material.plan.hours_target)
    people = sum(row.people for row in material.plan.hours_target)
    words = _("The target is {target} JP per civil servant in a year; {reached} of {people} civil servants reach it.")
    most = sum(row.reached for row in rows_at_most(material))
    if len(material.scenario.one_person.years) > 1:
        words = _(
            "The target is {target} JP per civil servant in a year. It is reached {reached} times of {people}, each "
            "civil servant being counted once a year."
        )
    sentences = [
        words.format(target=formats.count(target), reached=formats.count(reached), people=formats.count(people))
    ]
    sentences += hours_held_by(material, reached, most)
    if without_basic(material):
        less = sum(row.reached for row in rows_without_basic(material))
        sentences.append(_("Without basic training (Latsar), {reached} reach it.").format(reached=formats.count(less)))
    sentences += [
        _("This is counted person by person, from what each can attend; an average would say nothing."),
        _outside_plan(material.scenario),
    ]
    citation = _source(material.scenario.scenario.citations.hours_target)
    title, verdict = _("Lesson hours (JP) per civil servant"), _target_verdict(reached, people)
    return Duty(title, verdict, reached == people, tuple(sentences), citation)


def _outside_plan(scenario: Scenario) -> str:
    """Say whether JP of other training count."""
    before = jp_before(scenario)
    if not before:
        return _("Training outside this plan is not counted.")
    read = scenario.people.read if scenario.people is not None else None
    if read is not None and before.keys() <= read.hours_done.keys():
        return _("JP done before the plan count in its first year, as the list of people has them.")
    return _("JP done before the plan count in its first year, as the scenario has them.")
