"""Several plans of one scenario side by side: plans in columns, figures in rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from planner.domain.programmes import Programme
from planner.locale import _
from planner.plans.measures import Measures
from planner.plans.plan import Plan
from planner.plans.rule_measures import penalty
from planner.report.charts.bars import Bar, bars
from planner.report.material import Material
from planner.report.views.quality import gaps_counted, has_penalties, weighted
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.formats import NOTHING, places_needed

MINUS: Final = "\u2212"

FEW: Final = 5
"""Maximum number of columns with amounts in full."""


@dataclass(frozen=True)
class PlanFigures:
    """Plans by name; None where there is none. All figures have the same decimals."""

    material: Material
    names: tuple[str, ...]
    plans: tuple[Plan | None, ...]

    @cached_property
    def measures(self) -> tuple[Measures | None, ...]:
        return tuple(None if plan is None else Measures(self.material.scenario, plan) for plan in self.plans)

    @cached_property
    def _places(self) -> int:
        return min(2, places_needed([c.closed for plan in self.plans if plan is not None for c in plan.closings]))

    def gaps(self, value: int | Fraction) -> str:
        """Format a number of gaps."""
        return self.material.formats.number(value, self._places)

    def closed_of_need(self, closed: Fraction, need: int) -> str:
        """Format "closed of need (share)"; a dash where nothing is needed."""
        if not need:
            return NOTHING
        return _("{closed} of {need} ({share})").format(
            closed=self.gaps(closed),
            need=self.material.formats.count(need),
            share=self.material.formats.share(closed / need),
        )

    def signed(self, value: int | Fraction, shown: Callable[[int | Fraction], str]) -> str:
        """Format a difference with its sign; 0 has none."""
        if not value:
            return shown(value)
        return f"+{shown(value)}" if value > 0 else f"{MINUS}{shown(-value)}"

    def signed_rupiah(self, value: int) -> str:
        return self.signed(value, lambda amount: self.material.formats.rupiah(int(amount)))

    def signed_count(self, value: int) -> str:
        return self.signed(value, lambda number: self.material.formats.count(int(number)))

    def row(self, name: str, value: Callable[[Measures], str]) -> tuple[str, ...]:
        """Return one figure of each plan."""
        return (name, *(NOTHING if m is None else value(m) for m in self.measures))

    def money(self, amount: int) -> str:
        """Format rupiah: in full, or in words where there are many columns."""
        formats = self.material.formats
        return formats.rupiah(amount) if len(self.names) <= FEW else formats.rupiah_in_words(amount)

    def each_gap(self, plan: Plan) -> str:
        """Return the average cost of a closed gap [rupiah]."""
        return NOTHING if plan.cost_of_a_gap is None else self.money(plan.cost_of_a_gap)

    def _sought(self, plan: Plan) -> Fraction:
        """Return the weighted gaps closed less the penalties of the scenario's own goals; a plan made where hard rules
        may be missed has penalties of those too."""
        scenario = self.material.scenario
        own = {rule.name for rule in scenario.rules}
        return plan.weighted_gaps_closed - penalty(scenario, [result for result in plan.rules if result.rule in own])

    def key_rows(self) -> list[tuple[str, ...]]:
        """Return gaps, money, people and classes of the plans."""
        formats = self.material.formats
        rows = [
            self.row(_("Gaps closed (expected)"), lambda m: self.gaps(m.plan.gaps_closed)),
            self.row(_("Coverage"), lambda m: self.material.coverage(m.coverage)),
        ]
        if weighted(self.material):
            rows.append(
                self.row(_("Weighted gaps closed (expected)"), lambda m: self.gaps(m.plan.weighted_gaps_closed))
            )
        if has_penalties(self.material):
            rows.append(self.row(gaps_counted(self.material), lambda m: self.gaps(self._sought(m.plan))))
        return [
            *rows,
            self.row(_("Total cost"), lambda m: self.money(m.plan.total_cost)),
            self.row(_("Own funds"), lambda m: self.money(m.plan.own_cost)),
            self.row(_("Partners"), lambda m: self.money(m.plan.partner_cost)),
            self.row(_("Cost of a closed gap"), lambda m: self.each_gap(m.plan)),
            self.row(_("Participants"), lambda m: formats.count(m.participants)),
            self.row(_("Classes"), lambda m: formats.count(m.classes)),
            self.row(_("Programmes held"), lambda m: formats.count(len(m.running))),
        ]

    def table(self, id: str, caption: str, first: str, rows: Sequence[Sequence[str]], note: str = "") -> Table:
        """Return a table of rows below the names of the plans."""
        columns = [Column(first, "name"), *(Column(name, "number", mixed=True) for name in self.names)]
        return table(id, caption, columns, rows, note=note)

    def gaps_chart(self, id: str, title: str, figures: Table) -> Figure:
        """Draw gaps needed and closed by each plan, as bars above the table of key figures."""
        rows = []
        for name, plan in zip(self.names, self.plans, strict=True):
            if plan is not None:
                words = self.closed_of_need(plan.gaps_closed, plan.total_need)
                rows.append(Bar(name, float(plan.gaps_closed), plan.total_need, words, f"{name}: {words}"))
        description = _("One bar per plan: its length is the number of gaps, the filled part those that are closed.")
        return Figure(
            tuple(bars(id, title, description, rows, _("closed (expected)"), _("left open (expected)"))), (figures,)
        )

    def programme_rows(self, *, all_of_them: bool = False) -> list[tuple[str, ...]]:
        """Return classes and participants of each programme that differs, or of all."""
        rows = []
        for programme in self.material.scenario.programmes:
            held = [None if m is None else _held(m, programme.id) for m in self.measures]
            known = {each for each in held if each is not None}
            if len(known) > 1 or (all_of_them and known != {(0, 0)}):
                rows.append((programme.label, *(NOTHING if h is None else self._shown(programme, *h) for h in held)))
        return rows

    def _shown(self, programme: Programme, classes: int, people: int) -> str:
        """Format "3 · 110", classes and participants; a dash for nothing."""
        if not people:
            return NOTHING
        count = self.material.formats.count
        return f"{count(classes)} · {count(people)}" if programme.class_size else count(people)

    def programme_note(self) -> str:
        return _("Classes · participants; for programmes without classes the participants alone.")

    def group_rows(self) -> list[tuple[str, ...]]:
        """Return gaps closed of the groups that differ."""
        rows = []
        for group in self.material.scenario.groups:
            closed = [None if m is None else m.coverage_by_group[group.id].closed for m in self.measures]
            if len({value for value in closed if value is not None}) > 1:
                rows.append((group.label, *(NOTHING if value is None else self.gaps(value) for value in closed)))
        return rows


def _held(measures: Measures, programme: str) -> tuple[int, int]:
    """Return (classes, participants)."""
    return measures.classes_by_programme[programme], measures.participants_by_programme[programme]
