"""What a changed scenario does: its checked plan beside that of the base, in key figures, gains, losses and payers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from planner.batch.changing import Estimate
from planner.batch.taken_over import FAR, own_cost_proven
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.plans.comparison import Comparison, Item, compare
from planner.plans.coverage import Coverage
from planner.plans.plan import Plan
from planner.report.views.answers.intervals import SMALLEST
from planner.report.views.compared import ComparedPlans, changed_programmes, cost_by_fund
from planner.report.views.quality import gaps_counted, has_penalties, quality_in_short, weighted
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING, Formats
from planner.units.said import nearest

Tone = Literal["good", "bad", "same"]
MOST_NAMED: Final = 8
"""Most of those who gain, and of those who lose, that are named."""


@dataclass(frozen=True)
class Delta:
    """A key figure now and before."""

    label: str
    value: str
    change: str
    """By how much it differs, with its sign; in words where it does not."""
    tone: Tone = "same"
    """Whether the change is what a planner wishes for."""


@dataclass(frozen=True)
class Moved:
    """Who closes more, or fewer, gaps than before."""

    name: str
    change: str
    note: str
    """What is closed of the need now."""
    part: int
    """The change against the largest one [percent]."""


@dataclass(frozen=True)
class Effect:
    """A changed scenario against its base."""

    sentence: str
    figures: tuple[Delta, ...]
    gainers: tuple[Moved, ...]
    losers: tuple[Moved, ...]
    further: str
    """How many more gain or lose than are named; empty where all are."""
    payers: Table
    programmes: Table | None
    proven: str
    """How far the plan is proven."""

    @property
    def cost(self) -> Delta:
        """The total cost."""
        return next(figure for figure in self.figures if figure.label == _("Total cost"))


def effect(base: tuple[Scenario, Plan], changed: tuple[Scenario, Plan], name: str, formats: Formats) -> Effect:
    """Return the effect of a change; `name` is what the changed scenario is called. Both plans have passed the
    checker."""
    scenario = changed[0].changed(scenario=changed[0].scenario.model_copy(update={"name": name}))
    comparison = compare([base, (scenario, changed[1])])
    compared = ComparedPlans(comparison, formats)
    compared.places = min(compared.places, 1)
    before, after = comparison.items
    moved = _moved(comparison)
    gains = [each for each in moved if each[1] > 0]
    losses = [each for each in moved[::-1] if each[1] < 0]
    largest = max((abs(by) for _name, by, _coverage in moved), default=Fraction(1))

    def shown(rows: list[tuple[str, Fraction, Coverage]]) -> tuple[Moved, ...]:
        return tuple(_moved_by(compared, *row, largest) for row in rows[:MOST_NAMED])

    more = max(0, len(gains) - MOST_NAMED) + max(0, len(losses) - MOST_NAMED)
    further = ngettext("One more change is smaller.", "{count} more changes are smaller.", more)
    programmes = changed_programmes(compared).rows
    return Effect(
        compared.sentence(after),
        tuple(_figures(compared, before, after)),
        shown(gains),
        shown(losses),
        further.format(count=formats.count(more)) if more else "",
        table("table-payers", _("Who pays"), _columns(_("Fund")), cost_by_fund(compared).rows, folded=False),
        table("table-changed-programmes", _("Programmes that change"), _columns(_("Programme")), programmes)
        if programmes
        else None,
        _proven(compared),
    )


def estimated(base: Plan, estimate: Estimate, formats: Formats) -> Delta:
    """Return what a change will probably close, to be marked as an estimate."""
    closed, before = Fraction(estimate.gaps_closed), base.gaps_closed
    places = 0 if before >= 100 else 1
    change, tone = _change(closed - before, Fraction(1, 2), lambda by: formats.number(by, places), wished=1)
    value = _("about {closed} of {need}").format(
        closed=formats.number(closed, places), need=formats.count(base.total_need)
    )
    return Delta(_("Gaps closed (expected)"), value, change, tone)


def _columns(first: str) -> list[Column]:
    return [Column(first, "name"), Column(_("Now"), "number"), Column(_("Then"), "number")]


def _figures(compared: ComparedPlans, before: Item, after: Item) -> list[Delta]:
    formats = compared.formats
    old, new = before.plan, after.plan
    shares = [item.measures.coverage.share for item in (before, after)]
    covered = formats.share(shares[1]) if new.total_need else NOTHING

    def points(number: Fraction) -> str:
        return _("{number} points").format(number=formats.number(number, 1))

    known = formats.gaps_in_words(new.gaps_closed)
    closed = _("{closed} of {need}").format(closed=known, need=formats.count(new.total_need))
    gaps = _change(new.gaps_closed - old.gaps_closed, SMALLEST, compared.gaps, wished=1)
    material = compared.materials[1]
    sought = []
    if weighted(material) or has_penalties(material):
        level = new.gaps_level.value
        by_level = _change(level - old.gaps_level.value, SMALLEST, formats.number, wished=1)
        sought = [Delta(gaps_counted(material), formats.number(level), *by_level)]  # in the digits of a report
    figures = [
        Delta(_("Gaps closed (expected)"), closed, *gaps),
        *sought,
        Delta(_("Coverage"), covered, *_change((shares[1] - shares[0]) * 100, Fraction(1, 20), points, wished=1)),
        Delta(_("Total cost"), formats.rupiah(new.total_cost), *_money(formats, new.total_cost - old.total_cost)),
        Delta(_("Own funds"), formats.rupiah(new.own_cost), *_money(formats, new.own_cost - old.own_cost)),
    ]
    if new.partner_cost or old.partner_cost:
        by = _money(formats, new.partner_cost - old.partner_cost)
        figures.append(Delta(_("Partners"), formats.rupiah(new.partner_cost), by[0]))
    people = (item.measures.participants for item in (after, before))
    counted = next(people)
    change = _change(Fraction(counted - next(people)), Fraction(1), lambda n: formats.count(int(n)), wished=0)
    figures.append(Delta(_("Participants"), formats.count(counted), *change))
    return figures


def _money(formats: Formats, by: int) -> tuple[str, Tone]:
    return _change(Fraction(by), Fraction(1), lambda amount: formats.rupiah(int(amount)), wished=-1)


def _change(by: Fraction, least: Fraction, written: Callable[[Fraction], str], *, wished: int) -> tuple[str, Tone]:
    """Return a difference with its sign, and whether it is wished for; below `least` there is none."""
    if abs(by) < least:
        return _("as it is now"), "same"
    words = f"{'+' if by > 0 else '\u2212'}{written(abs(by))}"
    return words, "same" if not wished else "good" if (by > 0) == (wished > 0) else "bad"


def _moved(comparison: Comparison) -> list[tuple[str, Fraction, Coverage]]:
    """Return who changes by how many gaps closed, from the largest gain to the largest loss: agencies where there are
    several, else groups."""
    before, after = comparison.items
    agencies = after.measures.coverage_by_agency
    if len(agencies) > 1:
        names = {agency: agency or _("no agency named") for agency in agencies}
        return _differences(names, before.measures.coverage_by_agency, agencies)
    labels = {group.id: group.label for group in after.scenario.groups}
    return _differences(labels, before.measures.coverage_by_group, after.measures.coverage_by_group)


def _differences[K](
    names: Mapping[K, str], before: Mapping[K, Coverage], after: Mapping[K, Coverage]
) -> list[tuple[str, Fraction, Coverage]]:
    found = [(names[key], after[key].closed - before[key].closed, after[key]) for key in names if key in before]
    return sorted((row for row in found if abs(row[1]) >= SMALLEST), key=lambda row: -row[1])


def _moved_by(compared: ComparedPlans, name: str, by: Fraction, coverage: Coverage, largest: Fraction) -> Moved:
    words, _tone = _change(by, SMALLEST, lambda gaps: compared.formats.number(gaps, 1), wished=1)
    note = _("{closed} of {need} ({share})").format(
        closed=compared.formats.gaps_in_words(coverage.closed),
        need=compared.formats.count(coverage.need),
        share=compared.formats.share(coverage.share),
    )
    return Moved(name, words, note, max(1, nearest(abs(by) / largest * 100)))


def _proven(compared: ComparedPlans) -> str:
    kept = _("Checked independently: it keeps all rules, to the rupiah.")
    found = f"{kept} {quality_in_short(compared.materials[1])}."
    if own_cost_proven(compared.materials[1].plan) is not False:
        return found
    open_ = _("Own cost is the least that was found; that no plan closes as many gaps for {share} less is not proven.")
    return f"{found} {open_.format(share=compared.formats.float_share(FAR))}"
