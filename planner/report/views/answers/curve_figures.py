"""The budget curve as chart and tables: its points, and own funds for a share of the gaps."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Final

from planner.analysis.budget_curve.curve import Curve, Slope, TargetBudget, slopes
from planner.analysis.budget_curve.curve_plans import CurvePoint
from planner.locale import _
from planner.report.charts.drawing import Drawing
from planner.report.charts.lines import Mark, Series, Spot, Zone, lines
from planner.report.material import Material
from planner.report.views.answers.axes import gaps_scale, spanning_scale, stretches
from planner.report.views.answers.sweep import STATES
from planner.report.views.quality import counts_otherwise, gaps_counted, unit
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING, places_needed
from planner.units.said import nearest

_HUNDRED_MILLION: Final = 10**8
_NOISE: Final = Fraction(1, 10**6)
"""What floating-point arithmetic may add to a limit, in its last decimal shown."""


class CurveFigures:
    """One curve and how its figures are written."""

    def __init__(self, material: Material, answer: Curve) -> None:
        self.material, self.answer, self.formats = material, answer, material.formats
        self.planned = [point for point in answer.points if point.counted is not None]
        self.unfinished = sum(point.open for point in self.planned)
        """Number of points whose plan is only the best found."""
        self.plain = not counts_otherwise(material)
        self.counted_in = unit(material)
        self.name = gaps_counted(material)
        counted = [point.counted for point in self.planned if point.counted is not None]
        stated = [value for value in (answer.most, answer.need) if value is not None]
        if answer.next is not None:
            stated.append(answer.next.gain)
        self.places = places_needed([*counted, *stated])
        gaps = [point.gaps_closed for point in self.planned if point.gaps_closed is not None]
        if answer.next is not None:
            gaps.append(answer.next.gaps)
        self.gap_places = min(2, places_needed([material.plan.gaps_closed, *gaps]))
        self.unit = self._unit()

    def _unit(self) -> int:
        """Return the amount by which slopes are stated: Rp100 juta, or a power of ten for small budgets."""
        span = self.answer.points[-1].budget - self.answer.points[0].budget
        unit = _HUNDRED_MILLION
        while unit > 1 and unit * 10 > span:
            unit //= 10
        return unit

    def money(self, amount: int) -> str:
        """Format an amount as read aloud."""
        return self.formats.rupiah_in_words(amount)

    def money_rounded_up(self, amount: int) -> str:
        """Format an amount as read aloud, rounded up, so that the amount stated is sufficient."""
        grain = max(1, 10 * 1000 ** ((len(str(amount)) - 1) // 3) // 1000)
        return self.formats.rupiah_in_words(-(-amount // grain) * grain if amount >= 10**6 else amount)

    def closed(self, value: Fraction) -> str:
        return self.formats.number(value, min(2, self.places))

    def gaps(self, value: Fraction) -> str:
        return self.formats.number(value, self.gap_places)

    @property
    def today(self) -> CurvePoint | None:
        return next((point for point in self.answer.points if point.today), None)

    @property
    def full_reach(self) -> TargetBudget | None:
        """The budget that closes all that can be closed, if the answer has it."""
        return next((r for r in self.answer.targets if r.of == "possible" and r.share == 1), None)

    def chart(self) -> Drawing:
        points, answer = self.answer.points, self.answer
        spots = [self._spot(point) for point in points]
        x = spanning_scale(
            _("{quantity} [rupiah]").format(quantity=_("Own funds in total")),
            [Fraction(point.budget) for point in points],
            lambda value: self.money(nearest(value)),
        )
        y = gaps_scale(self.formats, self.name, [Fraction(p.counted or 0) for p in self.planned])
        marks = []
        if self.today is not None:
            marks.append(Mark(Fraction(answer.today), _("today: {amount}").format(amount=self.money(answer.today))))
        if answer.bend is not None and answer.bend.budget != answer.today:
            budget = answer.bend.budget
            marks.append(Mark(Fraction(budget), _("bend: {amount}").format(amount=self.money(budget))))
        description = _("One point for each budget; its height says how much is closed with it, by a plan of its own.")
        series = [Series(self.name, stretches(spots))]
        title = _("{counted} against own funds").format(counted=self.name)
        return lines("chart-curve", title, description, x, y, series, marks=marks, zone=self._zone())

    def _zone(self) -> Zone | None:
        """Return the budgets without a plan at the beginning of the curve."""
        first, floor = self.answer.points[0].budget, self.answer.floor
        if self.answer.points[0].state != "infeasible":
            return None
        end = min(floor.budget or self.planned[0].budget, self.planned[0].budget)
        return Zone(Fraction(first), Fraction(end), _("no plan keeps all rules"))

    def _spot(self, point: CurvePoint) -> Spot | None:
        if point.counted is None:
            return None
        hint = f"{self.formats.rupiah(point.budget)}: {self.closed(point.counted)}"
        return Spot(Fraction(point.budget), point.counted, hint)

    def points(self) -> Table:
        added = _("Added per {unit}").format(unit=self.money(self.unit))
        columns = [
            Column(_("Own funds in total"), "name"),
            Column(_("Status")),
            Column(self.name, "number"),
            *([] if self.plain else [Column(_("Gaps closed (expected)"), "number")]),
            Column(added, "number"),
            Column(_("Total cost (Rp)"), "number"),
            Column(_("Paid by own funds (Rp)"), "number"),
            Column(_("At most possible"), "number"),
        ]
        rows = [
            self._cells(point, slope)
            for point, slope in zip(self.answer.points, slopes(self.answer.points), strict=True)
        ]
        return table("table-curve", _("The points of the curve"), columns, rows, note=self._note())

    def _note(self) -> str:
        words = _("Money in rupiah. What is added is the rise since the row above, for each {unit}.")
        note = words.format(unit=self.money(self.unit))
        undecided = [slope for slope in slopes(self.answer.points) if slope is not None and slope.undecided]
        if any(slope.least is not None and slope.most is not None for slope in undecided):
            note += " " + _(
                "A range stands where the rise is smaller than what is not proven of the two points: the best plans"
                " with the two budgets differ by something in it."
            )
        if any(slope.least is None or slope.most is None for slope in undecided):
            note += " " + _("{nothing} stands where nothing is proven of one of the two points.").format(
                nothing=NOTHING
            )
        return note

    def _added(self, slope: Slope | None) -> str:
        """Return what is added per unit: a number, the range that is proven where the number is smaller than what is
        unproven, or a dash where there is no limit."""
        if slope is None:
            return NOTHING
        if not slope.undecided:
            return self.formats.fixed(slope.found * self.unit, 2)
        if slope.least is None or slope.most is None:
            return NOTHING
        floor = Fraction(0) if self.answer.gaps_first else slope.least
        limits = (max(floor, slope.least), max(floor, slope.most))
        least, most = (self.formats.fixed(limit * self.unit, 2) for limit in limits)
        return least if least == most else _("{least} to {most}").format(least=least, most=most)

    def _cells(self, point: CurvePoint, slope: Slope | None) -> tuple[str, ...]:
        budget = self.formats.rupiah(point.budget)
        name = _("{value} (today)").format(value=budget) if point.today else budget
        if point.counted is None or point.gaps_closed is None:
            return (name, _(STATES[point.state]), *([NOTHING] * (5 + (not self.plain))))
        return (
            name,
            _(STATES[point.state]),
            self.formats.fixed(point.counted, min(2, self.places)),
            *([] if self.plain else [self.formats.fixed(point.gaps_closed, self.gap_places)]),
            self._added(slope),
            self.formats.count(point.total_cost or 0),
            self.formats.count(point.own_cost or 0),
            self._limit(point.bound, point.counted),
        )

    def _limit(self, bound: float | None, counted: Fraction) -> str:
        """Format a proven limit, rounded up to the decimals of what is reached, so that it never looks lower."""
        if bound is None:
            return NOTHING
        places = min(2, self.places)
        limit = Fraction(ceil(Fraction(bound) * 10**places - _NOISE), 10**places)
        return self.formats.fixed(max(counted, limit), places)

    def shares(self) -> Table:
        columns = [
            Column(_("To close") if self.plain else _("To reach"), "name"),
            Column(self.name, "number"),
            Column(_("Own funds needed"), "number"),
            Column(_("Not with less than"), "number"),
            Column(_("More than today"), "number"),
        ]
        rows = [self._share(reach) for reach in self.answer.targets]
        note = _(
            "With the own funds needed, a checked plan exists. With less than the next column, no plan can reach it."
        )
        if not self.plain:
            note += " " + _("Shares are counted like the curve, in {unit}.").format(unit=self.counted_in)
        for reach in self.answer.targets:
            note += self._within(reach)
        return table("table-curve-shares", _("Own funds for a share of the gaps"), columns, rows, note=note)

    def _within(self, reach: TargetBudget) -> str:
        """That the plan of a share closes visibly less than it, which is searched for to the tolerance only."""
        plan = None if reach.least is None or reach.least.budget is None else reach.least.plan
        if plan is None or plan.gaps_level.value >= reach.target:
            return ""
        closed, target = (self.formats.number(value, 2) for value in (plan.gaps_level.value, reach.target))
        if closed == target:
            return ""
        words = _(
            "The plan for {target} reaches {closed}: that much is looked for to within the tolerance of the search."
        )
        return " " + words.format(target=target, closed=closed)

    def _share(self, reach: TargetBudget) -> tuple[str, ...]:
        words = _("{share} of what is possible") if reach.of == "possible" else _("{share} of the need")
        if not self.plain and reach.of == "possible":
            words = _("{share} of the highest value possible")
        name, target = words.format(share=self.formats.given_share(reach.share)), self.formats.number(reach.target, 2)
        if reach.least is None:
            return (name, target, _("not possible"), NOTHING, NOTHING)
        if reach.least.budget is None:
            return (name, target, _("not found"), self.formats.rupiah(reach.least.lowest), NOTHING)
        difference = reach.least.budget - self.answer.today
        sign = "" if not difference else "+" if difference > 0 else "\u2212"
        needed, more = self.formats.rupiah(reach.least.budget), f"{sign}{self.formats.rupiah(abs(difference))}"
        if reach.least.open:
            needed, more = (_("at most {amount}").format(amount=amount) for amount in (needed, more))
        nothing_proven = reach.least.open and not reach.least.lowest
        lowest = NOTHING if nothing_proven else self.formats.rupiah(reach.least.lowest)
        return (name, target, needed, lowest, more)
