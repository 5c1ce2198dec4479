"""The label block and the performance table of an RKA form: what the plan knows; the planner fills in the rest.

The labels are those of the form as SIPD prints it. Each activity of the budget (sub kegiatan) has a form of its own, of
what own funds pay for its programmes; what the scenario does not say is left blank. Terms of reference read the
same indicators, so that one activity has one figure of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.domain.funds import FundKind
from planner.locale import _, ngettext
from planner.plans.coverage import Coverage
from planner.plans.measures import summed
from planner.report.material import Material, listed
from planner.report.views.plan_part import PlanPart, parts_of
from planner.report.wording.formats import BLANK

MOST_NAMED: Final = 12
"""Maximum number of places or groups that are named; of more only the number is given."""

_PEOPLE: Final = ("orang", "peserta")
_CLASSES: Final = ("angkatan", "kelas")
_HOURS: Final = ("jp", "jam pelajaran")
"""Units of a target that the plan counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the label block; without a value it is for the planner to fill in."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the performance table."""

    indicator: str
    measure: str = ""
    target: str = ""


def forms(material: Material) -> tuple[PlanPart, ...]:
    """Return the activities that have a form: those for which anything is paid in the year."""
    return tuple(part for part in parts_of(material) if part.code is not None and part.lines)


def title() -> str:
    return _("WORK PLAN AND BUDGET OF THE AGENCY")


def box() -> str:
    """Return the text of the box at the top right."""
    return _("Form RKA-BELANJA SKPD")


def year_shown(material: Material) -> int | None:
    """Return the year of the form: that of the RKA where the plan has several, else the fiscal year."""
    return int(material.year) if material.several_years else material.scenario.scenario.fiscal_year


def entries(part: PlanPart) -> Iterator[Entry]:
    """Yield the label block, in the order of the form; its money is that of own funds."""
    material = part.material
    levels = part.code.split(".") if part.code else []
    yield Entry(_("Government affairs"))
    yield Entry(_("Field of government affairs"))
    yield Entry(_("Organisational unit"), material.scenario.scenario.agency or "")
    yield Entry(_("Organisational sub-unit"))
    yield Entry(_("Programme (budget code)"), ".".join(levels[:3]))
    yield Entry(_("Activity"), ".".join(levels[:5]))
    yield Entry(_("Sub-activity"), part.label)
    yield Entry(_("SPM"))
    yield Entry(_("Type of service"))
    yield Entry(_("Funding sources (RKA)"), payers(part, "own"))
    if part.whole and part.partner_cost:
        yield Entry(_("Partner money, outside the RKA"), payers(part, "partner"))
    yield Entry(_("Place"), _places(part))
    yield Entry(_("Time"), _time(part))
    yield Entry(_("Target group"), _target_group(part))
    own = _own_cost_by_year(part)
    year = year_shown(material)
    for n, text in ((-1, "n-1"), (0, "n"), (1, "n+1")):
        named = str(year + n) if year else text
        cost = own.get(named) if n else part.own_cost
        yield Entry(_("Allocation {year}").format(year=named), "" if cost is None else material.formats.rupiah(cost))


def _own_cost_by_year(part: PlanPart) -> Mapping[str, int]:
    """Return what own funds pay for the part in each year of the plan [rupiah]."""
    fund, every = part.scenario.fund, part.material.budget_lines
    mine = [line for line in every if part.has(line.programme) and fund[line.fund].own]
    return dict.fromkeys(part.scenario.years, 0) | summed(mine, lambda line: line.year, lambda line: line.amount)


def form_indicators(part: PlanPart) -> Iterator[Indicator]:
    """Yield the performance table of the form; partner money is named in the form of the whole plan alone."""
    yield Indicator(_("Programme achievement"))
    yield from indicators(part, partners=part.whole)


def indicators(part: PlanPart, *, partners: bool) -> Iterator[Indicator]:
    """Yield input, output and outcome; people and classes are those that start in the year.

    The input is what own funds pay; `partners` adds their money as a figure of its own.
    """
    formats = part.material.formats
    yield Indicator(_("Input"), _("Funds needed"), formats.rupiah(part.own_cost))
    if partners and part.partner_cost:
        yield Indicator(_("Input"), _("Partner money, outside the RKA"), formats.rupiah(part.partner_cost))
    unit = _unit_of_target(part)
    if (activity := part.activity) is not None and activity.indicator:
        yield Indicator(_("Output"), activity.indicator, _target(part, activity.target_unit or ""))
    if unit not in _PEOPLE and not part.prepares:
        people = ngettext("{number} participant", "{number} participants", part.participants)
        words = people.format(number=formats.count(part.participants))
        yield Indicator(_("Output"), _("Participants in competency development"), words)
    if part.classes and unit not in _CLASSES:
        held = ngettext("{number} class", "{number} classes", part.classes).format(number=formats.count(part.classes))
        yield Indicator(_("Output"), _("Classes held"), held)
    if part.hours and unit not in _HOURS:
        hours = _("{number} JP").format(number=formats.number(part.hours))
        yield Indicator(_("Output"), _("Lesson hours given"), hours)
    yield from _outcome(part)


def _unit_of_target(part: PlanPart) -> str:
    """Return the unit of the stated indicator, to compare; empty where the scenario states none."""
    activity = part.activity
    return (activity.target_unit or "").strip().lower() if activity is not None and activity.indicator else ""


def _target(part: PlanPart, written: str) -> str:
    """Return the target of the indicator that the scenario states: dots where the plan does not count its unit."""
    formats, unit = part.material.formats, _unit_of_target(part)
    counted = {
        _PEOPLE: formats.count(part.participants),
        _CLASSES: formats.count(part.classes),
        _HOURS: formats.number(part.hours),
    }
    target = next((number for units, number in counted.items() if unit in units), BLANK)
    said = f"{target} {written}".strip()
    if unit in _PEOPLE and len(part.participants_by_programme) > 1:
        return _("{target} (participations)").format(target=said)
    return said


def _outcome(part: PlanPart) -> Iterator[Indicator]:
    """Yield the gaps that the plan closes, of a sub-activity those in the competencies that its programmes teach."""
    taught = part.coverage.values()
    found = Coverage(sum(each.need for each in taught), sum((each.closed for each in taught), Fraction(0)))
    if part.whole:
        found = part.material.measures.coverage
    if not found.need:
        return
    measure = _("Competency gaps that are expected to be closed")
    if not part.whole:
        measure = _("Competency gaps expected to be closed in what it teaches")
        if part.taught_elsewhere:
            measure = _("{measure}, together with other sub-activities").format(measure=measure)
    if part.material.several_years:
        measure = _("{measure}, in all years of the plan").format(measure=measure)
    yield Indicator(_("Outcome"), measure, closed_of_need(part.material, found))


def closed_of_need(material: Material, coverage: Coverage) -> str:
    """Return "an expected 84 of 120 gaps (70%)"; whole gaps, unless they would be another share."""
    closed, share = material.whole_coverage(coverage)
    return _("an expected {closed} of {need} gaps ({share})").format(
        closed=closed, need=material.formats.count(coverage.need), share=share
    )


def payers(part: PlanPart, kind: FundKind) -> str:
    """Return each own fund or partner that pays in the year, with its amount."""
    funds, formats = part.scenario.fund, part.material.formats
    paid = {id: amount for id, amount in part.cost_by_fund.items() if funds[id].kind == kind}
    return listed([f"{funds[id].label} {formats.rupiah(amount)}" for id, amount in paid.items()])


def _places(part: PlanPart) -> str:
    """Return the places that participants come from; a scenario does not say where a programme is held."""
    groups = part.scenario.group
    places = dict.fromkeys(groups[row.group].location for row in part.allocations)
    named = [place for place in places if place]
    if not named:
        return ""
    shown = listed(named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        shown += " " + _("and {number} more").format(number=part.material.formats.count(len(named) - MOST_NAMED))
    return _("…………………… (participants from: {places})").format(places=shown)


def _time(part: PlanPart) -> str:
    """Return the periods of the year with training."""
    year = year_shown(part.material)
    text = ", ".join(part.periods)
    if not text or not year or text == str(year):
        return text
    return _("{periods} of fiscal year {year}").format(periods=text, year=year)


def _target_group(part: PlanPart) -> str:
    """Return who is trained: the groups by name, or their number."""
    scenario, formats = part.scenario, part.material.formats
    trained = [scenario.group[id] for id in dict.fromkeys(row.group for row in part.allocations)]
    if not trained:
        return ""
    if len(trained) <= MOST_NAMED:
        return listed([group.label for group in trained])
    agencies = {group.agency for group in trained if group.agency}
    text = ngettext("{number} group of civil servants", "{number} groups of civil servants", len(trained))
    groups = text.format(number=formats.count(len(trained)))
    if not agencies:
        return groups
    text = ngettext("{groups} in {number} agency", "{groups} in {number} agencies", len(agencies))
    return text.format(groups=groups, number=formats.count(len(agencies)))
