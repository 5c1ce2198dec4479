"""Sweeps: charts of gaps and cost over one varied input, or a heat map over two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from planner.analysis.sweep.grid import Sweep, SweepRow
from planner.analysis.sweep.values import Value
from planner.analysis.sweep.vary import CLOSES, EACH_AGENCY, OWN, PARTNER, PARTNERS, PRICES, UPTAKE, Axis
from planner.locale import N_, _, language_in_force, ngettext
from planner.report.charts.bars import Bar, bars
from planner.report.charts.drawing import Drawing
from planner.report.charts.heat import Heat, heat_map
from planner.report.charts.lines import Scale, Series, Spot, lines
from planner.report.charts.palette import step_of
from planner.report.material import Material, listed
from planner.report.views.answers.axes import gaps_scale, money_scale, spanning_scale, stretches
from planner.report.views.answers.intervals import may_be_same, within_tolerance
from planner.report.views.answers.own_money_words import least_found
from planner.report.views.coverage_map import step_words
from planner.report.views.heading import Heading
from planner.report.views.quality import weighted
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.formats import NOTHING, places_needed
from planner.report.wording.scenario_words import input_name
from planner.units.said import nearest

MOST_MESSAGES: Final = 5
"""Maximum number of points without a plan whose reason is printed."""

NAMES: Final = {
    OWN: N_("Own funds in total"),
    PARTNERS: N_("Offers of all partners"),
    PRICES: N_("Prices"),
    CLOSES: N_("How well training works"),
    UPTAKE: N_("How many are willing"),
    EACH_AGENCY: N_("Closed in every agency at least"),
}
"""What the short names of varied inputs stand for."""

STATES: Final = {
    "proven": N_("proven best"),
    "agreed": N_("two searches agree"),
    "claimed": N_("best found"),
    "infeasible": N_("no plan keeps all rules"),
    "no_plan_in_time": N_("no plan in the time given"),
    "solver_failed": N_("the solver failed"),
    "check_failed": N_("rejected by the independent check"),
    "worker_lost": N_("its process ended"),
    "no_answer": N_("its process no longer answered"),
    "failed": N_("could not be computed"),
    "invalid": N_("not possible as a scenario"),
}


def view(material: Material, answer: Sweep, heading: Heading) -> Section:
    shown = _SweepView(material, answer)
    names = [shown.axis(axis) for axis in answer.axes]
    return Section(
        heading,
        _("How do gaps closed and cost change when this is varied: {things}?").format(things=listed(names)),
        tiles=tuple(shown.tiles()),
        sentences=tuple(shown.sentences()),
        blocks=tuple(shown.blocks()),
    )


class _SweepView:
    """One sweep and how its values are written."""

    def __init__(self, material: Material, answer: Sweep) -> None:
        self.material, self.answer, self.formats = material, answer, material.formats
        self.planned = answer.planned
        gaps = [row.gaps_closed for row in self.planned if row.gaps_closed is not None]
        self.places = places_needed([material.plan.gaps_closed, *gaps])
        self.need = material.plan.total_need

    # Words

    def axis(self, axis: Axis) -> str:
        """Return what is varied, in words."""
        if axis.path.startswith(PARTNER):
            fund = self.material.scenario.fund[axis.path.removeprefix(PARTNER)]
            return _("Offer of {partner}").format(partner=fund.label)
        if axis.path in NAMES:
            return _(NAMES[axis.path])
        return input_name([self.material.scenario], axis.path.split("."))

    def value(self, axis: Axis, value: Value) -> str:
        if value.number is None or not axis.numeric:
            return value.text
        return self.written(axis)(value.number)

    def written(self, axis: Axis) -> Callable[[Fraction], str]:
        """Format a value on the axis."""
        if axis.kind == "rupiah":
            return lambda number: self.formats.rupiah(nearest(number))
        if axis.kind == "share":
            return self.formats.given_share
        return lambda number: self.formats.number(number, 6)

    def point(self, row: SweepRow) -> str:
        """Format a point by its values, each with its name where there are several."""
        values = list(zip(self.answer.axes, row.values, strict=True))
        if len(values) == 1:
            return self.value(*values[0])
        return listed([f"{self.axis(axis)} {self.value(axis, value)}" for axis, value in values])

    def gaps(self, value: Fraction | int) -> str:
        return self.formats.number(Fraction(value), self.places)

    # Figures and sentences

    def tiles(self) -> Iterator[Tile]:
        count = self.formats.count
        all_of_them = _("of {all} points").format(all=count(len(self.answer.rows)))
        yield Tile(_("Points with a plan"), count(len(self.planned)), all_of_them)
        if self.planned:
            gaps = [row.gaps_closed or Fraction(0) for row in self.planned]
            costs = [row.total_cost or 0 for row in self.planned]
            need = _("of {need}").format(need=count(self.need))
            yield Tile(_("Fewest gaps closed"), self.gaps(min(gaps)), need)
            yield Tile(_("Most gaps closed"), self.gaps(max(gaps)), need)
            words = self.formats.rupiah_in_words
            note = _("at most {amount}").format(amount=words(max(costs)))
            yield Tile(_("Least total cost"), words(min(costs)), note)

    def sentences(self) -> Iterator[str]:
        today = self.material.plan
        yield _("The plan in question closes an expected {gaps} gaps at a total cost of {cost}.").format(
            gaps=self.gaps(today.gaps_closed), cost=self.formats.rupiah(today.total_cost)
        )
        if not self.planned:
            yield _("No point has a plan.")
        elif len(self.answer.axes) == 1:
            yield from self._along()
        else:
            yield from self._extremes()
        yield from self._without_plan()
        if self.answer.plans_shared:
            number = self.answer.plans_shared
            yield ngettext(
                "At {number} point the plan of a neighbouring point was better than its own, and was taken.",
                "At {number} points the plan of a neighbouring point was better than their own, and was taken.",
                number,
            ).format(number=self.formats.count(number))
        if weighted(self.material) or any(rule.soft for rule in self.material.scenario.rules):
            yield _(
                "Each plan closes gaps by their weights and takes the goals of the scenario into account: with "
                "each gap counted as one, there may be fewer at a point where more is allowed."
            )

    def _along(self) -> Iterator[str]:
        """Describe the change from the first point to the last, and where it is largest."""
        first, last = self.planned[0], self.planned[-1]
        if first is last:
            return
        assert first.gaps_closed is not None
        assert last.gaps_closed is not None
        yield _("From {first} to {last}: gaps closed (expected) from {a} to {b}, total cost from {c} to {d}.").format(
            first=self.point(first),
            last=self.point(last),
            a=self.gaps(first.gaps_closed),
            b=self.gaps(last.gaps_closed),
            c=self.formats.rupiah(first.total_cost or 0),
            d=self.formats.rupiah(last.total_cost or 0),
        )
        yield from self._undecided(first, last)
        steps = [(abs(_gaps(b) - _gaps(a)), a, b) for a, b in pairwise(self.planned)]
        change, before, after = max(steps, key=lambda step: step[0])
        if not change:
            yield _("None of these values changes how many gaps are closed.")
        elif len(self.planned) > 2:
            words = _("The largest change is from {a} to {b}: an expected {gaps} gaps more are closed.")
            if _gaps(after) < _gaps(before):
                words = _("The largest change is from {a} to {b}: an expected {gaps} gaps fewer are closed.")
            yield words.format(a=self.point(before), b=self.point(after), gaps=self.gaps(change))
            yield from self._undecided(before, after)

    def _undecided(self, first: SweepRow, last: SweepRow) -> Iterator[str]:
        """Say that a difference is within the tolerance of the two plans, if it is."""
        if first.counted is None or first.most is None or last.counted is None or last.most is None:
            return
        if may_be_same(first.counted, first.most, last.counted, last.most):
            yield within_tolerance(self.formats.number, first.counted, first.most, last.counted, last.most)

    def _extremes(self) -> Iterator[str]:
        most, fewest = max(self.planned, key=_gaps), min(self.planned, key=_gaps)
        yield _("Most gaps are closed at {point}: an expected {gaps}, for {cost}.").format(
            point=self.point(most), gaps=self.gaps(_gaps(most)), cost=self.formats.rupiah(most.total_cost or 0)
        )
        yield _("Fewest gaps are closed at {point}: an expected {gaps}, for {cost}.").format(
            point=self.point(fewest), gaps=self.gaps(_gaps(fewest)), cost=self.formats.rupiah(fewest.total_cost or 0)
        )

    def _without_plan(self) -> Iterator[str]:
        missing = [row for row in self.answer.rows if not row.has_plan]
        if missing:
            yield ngettext(
                "At {number} point there is no plan; it stands in the table without figures.",
                "At {number} points there is no plan; they stand in the table without figures.",
                len(missing),
            ).format(number=self.formats.count(len(missing)))
        if self.answer.language != language_in_force():  # reasons were given in another language
            return
        for row in [row for row in missing if row.message][:MOST_MESSAGES]:
            yield f"{self.point(row)}: {' '.join(row.message.split())}"

    # Charts and tables

    def blocks(self) -> Iterator[Block]:
        notes = (
            _(
                "Every point is a separate plan that has passed the independent check. Where the plan of "
                "another point is better and passes the check here, it is used: a change that can only help "
                "never makes a result worse."
            ),
            *least_found(self.material, (row.own_cost_proven for row in self.answer.rows)),
        )
        figures = self._table()
        axes = self.answer.axes
        if len(axes) == 1 and axes[0].numeric and self.planned:
            yield Block(
                _("Gaps closed (expected)"), figure=Figure((self._gaps_chart(axes[0]),), (figures,)), notes=notes
            )
            yield Block(_("Cost"), figure=Figure((self._cost_chart(axes[0]),), ()))
        elif len(axes) == 1 and self.planned:
            yield Block(_("Gaps closed (expected)"), figure=Figure(tuple(self._bars()), (figures,)), notes=notes)
        elif len(axes) == 2 and self.planned:
            yield Block(_("Gaps closed (expected)"), figure=Figure(tuple(self._map()), (self._grid(),)), notes=notes)
            yield Block(_("All points"), tables=(figures,))
        else:
            yield Block(_("All points"), tables=(figures,), notes=notes)

    def _table(self) -> Table:
        weights = weighted(self.material)
        columns = [
            *(Column(self.axis(axis), "name" if n == 0 else "number") for n, axis in enumerate(self.answer.axes)),
            Column(_("Status")),
            Column(_("Gaps closed (expected)"), "number"),
            *([Column(_("Weighted gaps closed (expected)"), "number")] if weights else []),
            Column(_("Total cost (Rp)"), "number"),
            Column(_("Paid by own funds (Rp)"), "number"),
            Column(_("At most better by"), "number"),
        ]
        rows = [self._cells(row, weights) for row in self.answer.rows]
        note = _("Money in rupiah. The last column says how much better a plan could still be, by what is proven.")
        return table("table-sweep", _("All points that were varied"), columns, rows, note=note)

    def _cells(self, row: SweepRow, weights: bool) -> tuple[str, ...]:
        values = [self.value(axis, value) for axis, value in zip(self.answer.axes, row.values, strict=True)]
        if row.today:
            values[0] = _("{value} (as it is)").format(value=values[0])
        figures = [NOTHING] * (4 + weights)
        if row.gaps_closed is not None and row.weighted_gaps_closed is not None:
            figures = [
                self.formats.fixed(row.gaps_closed, self.places),
                *([self.formats.fixed(row.weighted_gaps_closed, 2)] if weights else []),
                self.formats.count(row.total_cost or 0),
                self.formats.count(row.own_cost or 0),
                self.formats.float_share(row.relative_gap or 0.0),
            ]
        return (*values, _(STATES[row.state]), *figures)

    def _sorted(self) -> list[SweepRow]:
        """Return the rows in the order of a numeric axis."""
        return sorted(self.answer.rows, key=lambda row: row.values[0].number or Fraction(0))

    def _gaps_chart(self, axis: Axis) -> Drawing:
        rows = self._sorted()
        spots = [self._spot(axis, row, _gaps(row), self.gaps) if row.has_plan else None for row in rows]
        title = _("Gaps closed against: {thing}").format(thing=self.axis(axis))
        description = _("A point for each value that was planned; its height is the number of gaps closed.")
        y = gaps_scale(self.formats, _("Gaps closed (expected)"), [_gaps(row) for row in self.planned])
        return lines("chart-sweep-gaps", title, description, self._x(axis), y, [Series("", stretches(spots))])

    def _cost_chart(self, axis: Axis) -> Drawing:
        rows, rupiah = self._sorted(), lambda value: self.formats.rupiah(int(value))
        total = [self._spot(axis, r, Fraction(r.total_cost or 0), rupiah) if r.has_plan else None for r in rows]
        own = [self._spot(axis, r, Fraction(r.own_cost or 0), rupiah) if r.has_plan else None for r in rows]
        title = _("Cost against: {thing}").format(thing=self.axis(axis))
        description = _("Two points for each value that was planned: the total cost, and what own funds pay of it.")
        costs = [Fraction(cost or 0) for row in self.planned for cost in (row.total_cost, row.own_cost)]
        series = [Series(_("Total cost"), stretches(total)), Series(_("Paid by own funds"), stretches(own))]
        y = money_scale(self.formats, _("Cost"), costs)
        return lines("chart-sweep-cost", title, description, self._x(axis), y, series)

    def _x(self, axis: Axis) -> Scale:
        name, values = self.axis(axis), [value.number or Fraction(0) for value in axis.values]
        if axis.kind == "rupiah":
            name = _("{quantity} [rupiah]").format(quantity=name)
            return spanning_scale(name, values, lambda value: self.formats.rupiah_in_words(nearest(value)))
        return spanning_scale(name, values, self.written(axis))

    def _spot(self, axis: Axis, row: SweepRow, value: Fraction, written: Callable[[Fraction], str]) -> Spot:
        return Spot(row.values[0].number or Fraction(0), value, f"{self.point(row)}: {written(value)}")

    def _bars(self) -> Iterator[Drawing]:
        rows = [
            Bar(self.point(row), float(_gaps(row)), self.need, self.gaps(_gaps(row)), self.point(row))
            for row in self.planned
        ]
        title = _("Gaps closed against: {thing}").format(thing=self.axis(self.answer.axes[0]))
        description = _("One bar per value: its length is the number of gaps, the filled part those that are closed.")
        return bars("chart-sweep-gaps", title, description, rows, _("closed (expected)"), _("left open (expected)"))

    def _map(self) -> Iterator[Drawing]:
        down, across = self.answer.axes
        cells = {
            (row.position[0], row.position[1]): Heat(
                step_of(_share(row, self.need)), self.gaps(_gaps(row)), f"{self.point(row)}: {self.gaps(_gaps(row))}"
            )
            for row in self.planned
        }
        title = _("Gaps closed: {down} (down) and {across} (across)").format(
            down=self.axis(down), across=self.axis(across)
        )
        description = _("Each cell gives the gaps closed at one pair of values; the darker, the larger their share.")
        return heat_map(
            "chart-sweep-map", title, description, self._values(down), self._values(across), cells, step_words()
        )

    def _values(self, axis: Axis) -> list[str]:
        return [self.value(axis, value) for value in axis.values]

    def _grid(self) -> Table:
        down, across = self.answer.axes
        found = {row.position: row for row in self.answer.rows}
        columns = [Column(self.axis(down), "name"), *(Column(text, "number") for text in self._values(across))]
        rows: list[Sequence[str]] = []
        for r, name in enumerate(self._values(down)):
            cells = (found[r, c] for c in range(len(across.values)))
            rows.append((name, *(self.gaps(_gaps(row)) if row.has_plan else NOTHING for row in cells)))
        caption = _("Gaps closed; across: {thing}").format(thing=self.axis(across))
        return table("table-sweep-grid", caption, columns, rows)


def _gaps(row: SweepRow) -> Fraction:
    return row.gaps_closed or Fraction(0)


def _share(row: SweepRow, need: int) -> Fraction:
    return _gaps(row) / need if need else Fraction(1)
