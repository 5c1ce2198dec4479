"""The label block of an RKA form: what the plan knows, and what the planner has to fill in.

The labels are those of the form as SIPD prints it. Each activity of the budget (sub kegiatan) has a form of its own, of
what own funds pay for its programmes; what the scenario does not say is left blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.domain.activities import Activity
from planner.locale import _, ngettext
from planner.plans.budget_lines import BudgetLine
from planner.plans.measures import summed
from planner.plans.plan import Allocation
from planner.report.material import Material, listed

MOST_NAMED: Final = 12
"""Maximum number of places or groups that are named; of more only the number is given."""


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


@dataclass(frozen=True)
class ActivityForm:
    """The form of one activity in the year of the RKA."""

    activity: Activity
    programmes: frozenset[str]
    own: tuple[BudgetLine, ...]
    """What own funds pay."""
    partners: tuple[BudgetLine, ...]
    """What partners pay, which is not in the form."""

    @property
    def label(self) -> str:
        return f"{self.activity.code} {self.activity.name}".strip()


def forms(material: Material, lines: Sequence[BudgetLine]) -> tuple[ActivityForm, ...]:
    """Return the form of each activity that anything is paid for in the year, in the order of the scenario."""
    scenario = material.scenario
    made = []
    for activity in scenario.activities:
        programmes = frozenset(p.id for p in scenario.programmes if p.activity == activity.code)
        mine = [line for line in lines if line.programme in programmes and line.year == material.year]
        own = tuple(line for line in mine if scenario.fund[line.fund].own)
        if mine:
            partners = tuple(line for line in mine if not scenario.fund[line.fund].own)
            made.append(ActivityForm(activity, programmes, own, partners))
    return tuple(made)


def entries_of(material: Material, form: ActivityForm) -> Iterator[Entry]:
    """Yield the label block of the form of one activity."""
    levels = form.activity.code.split(".")
    sums = summed(form.own, lambda line: line.fund, lambda line: line.amount)
    year = year_shown(material)
    known = {
        _("Programme (budget code)"): ".".join(levels[:3]),
        _("Activity"): ".".join(levels[:5]),
        _("Sub-activity"): form.label,
        _("Funding sources (RKA)"): listed(
            [f"{material.scenario.fund[f].label} {material.formats.rupiah(amount)}" for f, amount in sums.items()]
        ),
    }
    for n, text in ((-1, "n-1"), (0, "n"), (1, "n+1")):
        amount = material.formats.rupiah(sum(sums.values())) if not n else ""
        known[_("Allocation {year}").format(year=str(year + n) if year else text)] = amount
    for entry in entries(material, form.programmes):
        yield Entry(entry.label, known.get(entry.label, entry.value))


def indicators_of(material: Material, form: ActivityForm) -> Iterator[Indicator]:
    """Yield the performance table of the form of one activity: people and classes are those that start in the year."""
    formats, year_of = material.formats, material.scenario.year_of
    yield Indicator(_("Programme achievement"))
    yield Indicator(_("Input"), _("Funds needed"), formats.rupiah(sum(line.amount for line in form.own)))
    people = sum(row.participants for row in _of_year(material, form.programmes))
    target = ngettext("{number} participant", "{number} participants", people).format(number=formats.count(people))
    if form.activity.target_unit:
        target = f"{formats.count(people)} {form.activity.target_unit}"
    yield Indicator(_("Output"), form.activity.indicator or _("Participants in competency development"), target)
    held = (row for row in material.plan.classes if row.programme in form.programmes)
    if classes := sum(row.classes for row in held if year_of[row.period] == material.year):
        words = ngettext("{number} class", "{number} classes", classes).format(number=formats.count(classes))
        yield Indicator(_("Output"), _("Classes held"), words)
    *_others, outcome = indicators(material)
    yield Indicator(
        outcome.indicator, _("{measure}, by all activities of the plan").format(measure=outcome.measure), outcome.target
    )


def title() -> str:
    return _("WORK PLAN AND BUDGET OF THE AGENCY")


def box() -> str:
    """Return the text of the box at the top right."""
    return _("Form RKA-BELANJA SKPD")


def entries(material: Material, programmes: frozenset[str] | None = None) -> Iterator[Entry]:
    """Yield the label block, in the order of the form; of participants in some programmes, or in all."""
    identity = material.scenario.scenario
    yield Entry(_("Government affairs"))
    yield Entry(_("Field of government affairs"))
    yield Entry(_("Organisational unit"), identity.agency or "")
    yield Entry(_("Organisational sub-unit"))
    for label in (_("Programme (budget code)"), _("Activity"), _("Sub-activity"), _("SPM"), _("Type of service")):
        yield Entry(label)
    yield Entry(_("Funding sources (RKA)"), _funds(material))
    yield Entry(_("Place"), _places(material, programmes))
    yield Entry(_("Time"), _time(material, programmes))
    yield Entry(_("Target group"), _target_group(material, programmes))
    costs = material.measures.cost_by_year
    year = year_shown(material)
    for n, text in ((-1, "n-1"), (0, "n"), (1, "n+1")):
        named = str(year + n) if year else text
        cost = costs[material.year] if not n else costs.get(named)
        yield Entry(_("Allocation {year}").format(year=named), "" if cost is None else material.formats.rupiah(cost))


def year_shown(material: Material) -> int | None:
    """The year of the form: that of the RKA where the plan has several, else the fiscal year."""
    return int(material.year) if material.several_years else material.scenario.scenario.fiscal_year


def indicators(material: Material) -> Iterator[Indicator]:
    """Yield the performance table: input, output and outcome; people and classes are those that start in the year."""
    plan, measures, formats = material.plan, material.measures, material.formats
    year_of = material.scenario.year_of
    yield Indicator(_("Programme achievement"))
    yield Indicator(_("Input"), _("Funds needed"), formats.rupiah(measures.cost_by_year[material.year]))
    people = sum(n for t, n in measures.participants_by_period.items() if year_of[t] == material.year)
    yield Indicator(
        _("Output"),
        _("Participants in competency development"),
        ngettext("{number} participant", "{number} participants", people).format(number=formats.count(people)),
    )
    if classes := sum(n for t, n in measures.classes_by_period.items() if year_of[t] == material.year):
        held = ngettext("{number} class", "{number} classes", classes).format(number=formats.count(classes))
        yield Indicator(_("Output"), _("Classes held"), held)
    if material.counts_hours:
        of_years = measures.hours_by_group_and_year.items()
        hours = sum((n for (_g, year), n in of_years if year == material.year), Fraction(0))
        yield Indicator(_("Output"), _("Lesson hours given"), _("{number} JP").format(number=formats.number(hours)))
    yield Indicator(
        _("Outcome"),
        _("Competency gaps that are expected to be closed, in all years of the plan")
        if material.several_years
        else _("Competency gaps that are expected to be closed"),
        _("{closed} of {need} gaps ({share})").format(
            closed=material.gaps(plan.gaps_closed),
            need=formats.count(plan.total_need),
            share=material.coverage(measures.coverage),
        ),
    )


def _funds(material: Material) -> str:
    """Return each fund that pays in the year, with its amount."""
    paid = {
        fund.id: material.measures.cost_by_fund_and_year.get((fund.id, material.year), 0)
        for fund in material.scenario.funds
    }
    funds = [fund for fund in material.scenario.funds if paid[fund.id]]
    return listed([f"{fund.label} {material.formats.rupiah(paid[fund.id])}" for fund in funds])


def _places(material: Material, programmes: frozenset[str] | None) -> str:
    """Return the places that participants come from; a scenario does not say where a programme is held."""
    groups = material.scenario.group
    places = dict.fromkeys(groups[row.group].location for row in _of_year(material, programmes))
    named = [place for place in places if place]
    if not named:
        return ""
    shown = listed(named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        shown += " " + _("and {number} more").format(number=material.formats.count(len(named) - MOST_NAMED))
    return _("…………………… (participants from: {places})").format(places=shown)


def _of_year(material: Material, programmes: frozenset[str] | None) -> list[Allocation]:
    """Those who start in the year of the form."""
    year_of = material.scenario.year_of
    return [
        row
        for row in material.plan.allocations
        if year_of[row.period] == material.year and (programmes is None or row.programme in programmes)
    ]


def _time(material: Material, programmes: frozenset[str] | None) -> str:
    """Return the periods of the year with training."""
    begun = {row.period for row in _of_year(material, programmes) if row.participants}
    periods = [t for t in material.scenario.horizon if t in begun]
    year = year_shown(material)
    text = ", ".join(periods)
    if not text or not year or text == str(year):
        return text
    return _("{periods} of fiscal year {year}").format(periods=text, year=year)


def _target_group(material: Material, programmes: frozenset[str] | None) -> str:
    """Return who is trained: the groups by name, or their number."""
    scenario, formats = material.scenario, material.formats
    trained = [scenario.group[id] for id in dict.fromkeys(row.group for row in _of_year(material, programmes))]
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
