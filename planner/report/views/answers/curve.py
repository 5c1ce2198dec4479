"""The budget curve: gaps closed by budget, the effect of more money, the budget for a share of the gaps, the bend."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import Final

from planner.analysis.budget_curve.bracket import OPEN, LeastBudget
from planner.analysis.budget_curve.curve import Curve, NextAmount, TargetBudget
from planner.analysis.scenarios.scaling import paid_of_own
from planner.analysis.sweep.grid import UNKNOWN
from planner.locale import _, ngettext
from planner.report.material import Material, listed
from planner.report.views.answers.curve_figures import CurveFigures
from planner.report.views.answers.own_money_words import least_found
from planner.report.views.heading import Heading
from planner.report.views.quality import has_penalties
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Figure

_VISIBLE: Final = Fraction(1, 10)
"""Smallest uncertainty that is mentioned [gaps]."""


def view(material: Material, answer: Curve, heading: Heading) -> Section:
    shown = _CurveView(material, answer)
    return Section(
        heading,
        _("What would more or less money close, and what would it take to close everything?"),
        tiles=tuple(shown.tiles()),
        sentences=tuple(shown.sentences()),
        blocks=tuple(shown.blocks()),
    )


class _CurveView(CurveFigures):
    """One curve in words."""

    def tiles(self) -> Iterator[Tile]:
        plan, answer = self.material.plan, self.answer
        yield Tile(
            _("Gaps closed today"),
            self.gaps(plan.gaps_closed),
            _("with {amount} of own funds").format(amount=self.money(answer.today)),
        )
        if answer.next is not None:
            amount = self.money(answer.next.amount)
            yield Tile(
                _("The next {amount}").format(amount=amount), f"+{self.closed(answer.next.gain)}", self.counted_in
            )
        full = self.full_reach
        if full is not None and full.least is not None and full.least.budget is not None:
            note = _("closes all that can be closed")
            if full.least.open:
                note = _("closes all that can be closed; less is not ruled out")
            if not self.plain:
                note = _("for the highest value possible, counted in {unit}").format(unit=self.counted_in)
                if full.least.open:
                    note = _("{note}; less is not ruled out").format(note=note)
            yield Tile(_("Own funds for everything"), self.money_rounded_up(full.least.budget), note)
        if answer.bend is not None:
            yield Tile(_("The curve bends at"), self.money(answer.bend.budget), _("of own funds"))

    def sentences(self) -> Iterator[str]:
        answer = self.answer
        if self.unfinished:
            yield ngettext(
                "{number} of the {all} points of the curve is the best plan found so far: with its "
                "budget more may be closed. That is why no bend is named.",
                "{number} of the {all} points of the curve are the best plans found so far: with "
                "their budgets more may be closed. That is why no bend is named.",
                self.unfinished,
            ).format(number=self.formats.count(self.unfinished), all=self.formats.count(len(answer.points)))
        if answer.year:
            words = _("The amounts of own funds in {year} are varied; those of other years stay as they are.")
            yield words.format(year=answer.year)
        elif self.material.several_years and any(f.own and f.amounts for f in self.material.scenario.funds):
            yield _("The amounts of all years are varied, in proportion.")
        if answer.next is not None:
            yield self._next(answer.next)
        if answer.most is not None and answer.most <= 0 and not answer.most_gaps:
            sure = answer.most_proven is not None and answer.most_proven < _VISIBLE and not has_penalties(self.material)
            nothing = _("Nothing can be closed here with any amount of own funds.")
            yield nothing if sure else _("No plan was found that closes anything, with any amount of own funds.")
        yield from self._targets()
        yield from self._bend()
        yield from self._floor()
        yield from self._caveats()

    def _next(self, brings: NextAmount) -> str:
        amount = self.money(brings.amount)
        if not brings.gain:
            sentence = _("The next {amount} of own funds closes no further gap, as far as could be found.")
            if not self.plain:
                sentence = _(
                    "The next {amount} of own funds adds nothing, counted in {unit}, as far as could be found."
                )
            if brings.most is not None and brings.most < _VISIBLE:
                sentence = _("The next {amount} of own funds closes no further gap.")
                if not self.plain:
                    sentence = _("The next {amount} of own funds adds nothing, counted in {unit}.")
            return sentence.format(amount=amount, unit=self.counted_in)
        number = self.closed(brings.gain)
        words = _("The next {amount} of own funds closes an expected {number} more gaps.")
        if not self.plain:
            words = _("The next {amount} of own funds adds an expected {number}, counted in {unit}.")
        sentence = words.format(amount=amount, number=number, unit=self.counted_in)
        if brings.most is not None and brings.most - brings.least >= _VISIBLE:
            sentence += " " + _("By what is proven, it is between {least} and {most}.").format(
                least=self.formats.number(brings.least, 1), most=self.formats.number(brings.most, 1)
            )
        if not self.plain:
            plainly = _("With each gap counted as one there are {number} more.")
            if brings.gaps < 0:
                plainly = _("With each gap counted as one there are {number} fewer, because weights and goals decide.")
            sentence += " " + plainly.format(number=self.formats.number(abs(brings.gaps), self.gap_places))
        return sentence

    def _targets(self) -> Iterator[str]:
        for reach in self.answer.targets:
            if reach.of == "possible" and reach.least is not None and reach.least.budget is not None:
                yield " ".join([self._reach(reach, reach.least), *self._unpaid(reach.least)])
        most, need, proven = self.answer.most, self.answer.need, self.answer.most_proven
        if most is not None and proven is not None and 0 < most < need:
            yield self._most(most, proven, need)

    def _most(self, most: Fraction, proven: Fraction, need: Fraction) -> str:
        """Return what any amount of own funds can close: what was found, and where more is not ruled out, what is."""
        if has_penalties(self.material):  # the need has none, so that no share of it can be named
            words = _(
                "With any amount of own funds the best plan found reaches {most}, counted in {unit}; by what is proven,"
                " no plan reaches more than {limit}. The whole need would count {need}."
            )
            if proven - most < _VISIBLE:
                words = _(
                    "With any amount of own funds no more than {most} can be reached, counted in {unit}. The whole need"
                    " would count {need}."
                )
        elif proven - most < _VISIBLE:
            words = _("With any amount of own funds no more than {share} of the need can be closed: {most} of {need}.")
            if not self.plain:
                words = _(
                    "With any amount of own funds no more than {share} of the need by weight can be closed: {most} of"
                    " {need}."
                )
        elif self.plain:
            words = _(
                "With any amount of own funds the best plan found closes {share} of the need: {most} of {need}. By what"
                " is proven, no plan closes more than {limit}."
            )
        else:
            words = _(
                "With any amount of own funds the best plan found closes {share} of the need by weight: {most} of"
                " {need}. By what is proven, no plan closes more than {limit}."
            )
        return words.format(
            share=self.formats.share(most / need),
            most=self.closed(most),
            need=self.closed(need),
            unit=self.counted_in,
            limit=self.formats.number(Fraction(ceil(min(proven, need) * 10), 10), 1),
        )

    def _reach(self, reach: TargetBudget, least: LeastBudget) -> str:
        """Return "To close 80% of what is possible takes Rp10,02 miliar of own funds, Rp5,73 miliar less than now"."""
        assert least.budget is not None
        aim = _("To close {share} of what is possible")
        if not self.plain:
            aim = _("To reach {share} of the highest value possible, counted in {unit},")
        aim, budget = aim.format(share=self.formats.given_share(reach.share), unit=self.counted_in), least.budget
        if least.open:
            words = _("{aim} takes at most {amount} of own funds; less is not ruled out.")
            return words.format(aim=aim, amount=self.money_rounded_up(budget))
        words = _("{aim} takes {amount} of own funds.")
        difference = budget - self.answer.today
        if self.money_rounded_up(budget) == self.money_rounded_up(self.answer.today):
            words = _("{aim} takes {amount} of own funds, practically as much as today.")
        elif difference > 0:
            words = _("{aim} takes {amount} of own funds, {more} more than today.")
        elif difference < 0:
            words = _("{aim} takes {amount} of own funds, {more} less than today.")
        return words.format(aim=aim, amount=self.money_rounded_up(budget), more=self.money(abs(difference)))

    def _unpaid(self, least: LeastBudget) -> Iterator[str]:
        """Yield why own funds must have clearly more than the plan that they are for pays."""
        if least.budget is None or least.plan is None or least.open:
            return
        paid = least.plan.own_cost
        if least.budget - paid <= OPEN * least.budget:
            return
        own = [fund for fund in self.material.scenario.funds if fund.own and fund.amount]
        late = len(own) == 1 and any(share < 1 for share in own[0].releases.values())
        if late and len(self.material.scenario.years) == 1:  # of several funds or years the cause may be another
            words = _("Its plan pays {paid} of that; the rest has to be there since only a part is released in time.")
            yield words.format(paid=self.money(paid))

    def _bend(self) -> Iterator[str]:
        bend = self.answer.bend
        if bend is None:
            known = not self.unfinished and all(point.state not in UNKNOWN for point in self.answer.points)
            if known and len(self.planned) > 2 and self.planned[0].counted != self.planned[-1].counted:
                yield _("The curve has no marked bend: it rises nearly evenly.")
            return
        words = _(
            "The curve bends at {budget}: up to there each {unit} closes an expected {before} gaps on"
            " average, after it {after}."
        )
        if not self.plain:
            words = _(
                "The curve bends at {budget}: up to there each {unit} adds an expected {before} on average, after it"
                " {after}, counted in {counted}."
            )
        yield words.format(
            budget=self.money(bend.budget),
            unit=self.money(self.unit),
            counted=self.counted_in,
            before=self.formats.number(bend.before * self.unit, 2),
            after=self.formats.number(bend.after * self.unit, 2),
        )

    def _floor(self) -> Iterator[str]:
        floor, scenario = self.answer.floor, self.material.scenario
        own = {fund.id for fund in scenario.funds if fund.own}
        if paid := sum(amount for fund, amount in scenario.facts.spent.items() if fund in own):
            yield _("{amount} of own funds has been paid already, and stands.").format(amount=self.formats.rupiah(paid))
        if floor.lowest > paid_of_own(scenario, self.answer.year):
            yield _("Below {amount} of own funds there is no plan that keeps all rules.").format(
                amount=self.formats.rupiah(floor.lowest)
            )
        if floor.budget and not floor.exact:
            yield _("The smallest budget with a plan is {amount} as far as was found.").format(
                amount=self.formats.rupiah(floor.budget)
            )

    def _caveats(self) -> Iterator[str]:
        answer = self.answer
        first = self.material.scenario.objective[0]
        if not answer.gaps_first and first.minimize is not None:
            yield _(
                "This scenario puts saving before closing gaps, so more money is not used: its points close no more"
                " than the rules demand. What a share of the gaps takes is found as if gaps came first."
            )
        elif not answer.gaps_first:
            yield _(
                "This scenario puts the smallest coverage before gaps closed, so a larger budget may close fewer gaps"
                " more evenly. What a share of the gaps takes is found as if gaps came first."
            )
        failed = [point for point in answer.points if point.state in UNKNOWN]
        if failed:
            yield _("For these budgets no plan was found, though there may be one: {amounts}.").format(
                amounts=listed([self.formats.rupiah(point.budget) for point in failed])
            )

    def blocks(self) -> Iterator[Block]:
        if self.planned:
            figure = Figure((self.chart(),), (self.points(),))
            yield Block(_("The curve"), figure=figure, notes=tuple(self._method()))
        else:
            yield Block(_("The curve"), tables=(self.points(),), notes=tuple(self._method()))
        if self.answer.targets:
            yield Block(_("Own funds for a share of the gaps"), tables=(self.shares(),))

    def _method(self) -> Iterator[str]:
        own = [fund.label for fund in self.material.scenario.funds if fund.own]
        if len(own) > 1:
            yield _(
                "Own funds together, in the proportions that they have now: {funds}. Partners stay as they are."
            ).format(funds=listed(own))
        else:
            yield _("Own funds: {funds}. Partners stay as they are.").format(funds=listed(own))
        if has_penalties(self.material):
            yield _(
                "What is counted is {unit}, as the plan of the scenario counts. Counted this way, more money never"
                " reaches less; with each gap counted as one it may."
            ).format(unit=self.counted_in)
        elif not self.plain:
            yield _("Gaps are counted by the weights of the scenario, as its plan counts them.")
        yield _(
            "Each point is a separate plan that has passed the independent check; none is interpolated. A "
            "budget may reuse the plan of a smaller one, so that more money never gives a worse result."
        )
        yield from least_found(self.material, (point.own_cost_proven for point in self.answer.points))
        if self.answer.points_gap is not None:
            yield _("The points are proven to within {share}, today's to within {fine}.").format(
                share=self.formats.float_share(self.answer.points_gap),
                fine=self.formats.float_share(self.material.plan.tolerance),
            )
        if self.answer.bend is not None:
            yield _("The bend is the point that lies highest above the straight line from the first point to the last.")
