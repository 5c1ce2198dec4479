"""What the proof of a scenario keeps for similar scenarios: how cuts were made, and the step of a level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from planner.domain.scenario import Scenario
from planner.proof.columns import Columns
from planner.proof.cuts import binding
from planner.proof.exact_model import IntegerRow
from planner.proof.formulation import Formulation, formulate, people_part, with_money
from planner.proof.kept_cuts import KeptCuts
from planner.proof.moved_cuts import moved
from planner.proof.preparation import maximised
from planner.proof.same_money import changed_money, with_other_amounts
from planner.proof.same_people import for_other_amounts, for_other_money
from planner.proof.search import Search
from planner.proof.steps import step_of

ROUNDS = 8
"""Most rounds of cuts that are made to be kept."""


@dataclass(frozen=True)
class KeptProof:
    """What is kept of the proof of one scenario, for its first level."""

    people: Columns
    """The part of the exact model that does not depend on funds."""
    formulation: Formulation
    step: Fraction
    cuts: KeptCuts

    def formulated(self, scenario: Scenario) -> Formulation:
        """Return the exact model of `scenario`, with these rows of people where only money and bounds of rules
        differ."""
        known = with_other_amounts(self.formulation, self.people, scenario)
        if known is not None:
            return known
        people = for_other_amounts(self.people, scenario) or for_other_money(self.people, scenario)
        return formulate(scenario) if people is None else with_money(people)

    def only_amounts_differ(self, formulation: Formulation) -> bool:
        """Return whether `formulation` is of a scenario with other amounts alone: then the cuts bound as tightly."""
        return formulation.columns.money_rows is self.formulation.columns.money_rows

    def cuts_for(self, formulation: Formulation) -> KeptCuts:
        """Return how the cuts were made, in the rows and columns of `formulation`.

        Where only amounts differ, cuts stay the same whose rows contain no changed fund.
        """
        if not self.only_amounts_differ(formulation):
            return moved(self.cuts, self.formulation.columns, formulation.columns)
        rows, columns = changed_money(self.formulation.columns, formulation.columns)
        known = {
            cut: row
            for cut, row in self._made.items()
            if self._made_of[cut][0].isdisjoint(rows) and self._made_of[cut][1].isdisjoint(columns)
        }
        return replace(self.cuts, known=known)

    @cached_property
    def _made(self) -> dict[int, IntegerRow | None]:
        """The cuts by number."""
        return self.cuts.made(self.formulation.model)

    @cached_property
    def _made_of(self) -> dict[int, tuple[set[int], set[int]]]:
        """The rows without cuts that each cut is made of, and their columns."""
        found, model = {}, self.formulation.model
        for cut, rows in self.cuts.rows_of_cuts().items():
            columns = (model.indices[model.starts[row] : model.starts[row + 1]] for row in rows)
            found[cut] = rows, {column for each in columns for column in each}
        return found

    def step_of(self, formulation: Formulation) -> Fraction | None:
        """Return the step of the first level of `formulation`; None where it may be different.

        Funds affect it only by who may attend what.
        """
        mine, other = self.formulation.columns, formulation.columns
        like = other.scenario.changed(funds=mine.scenario.funds, scenario=mine.scenario.scenario) == mine.scenario
        same = mine.closed.keys() == other.closed.keys() and mine.programmes_of == other.programmes_of
        return self.step if like and same and mine.missed.keys() == other.missed.keys() else None


def kept_proof(scenario: Scenario, value: Fraction, gap: Fraction) -> KeptProof:
    """Bound the first level of `scenario` by cuts to within `gap` of the `value` of its plan, and keep how they were
    made."""
    people = people_part(scenario)
    whole = for_other_amounts(people, scenario)
    assert whole is not None  # the same scenario
    formulation = with_money(whole)
    sign, step = 1 if formulation.maximises(0) else -1, step_of(formulation, 0)
    search = Search(formulation.model, maximised(formulation, 0), lambda _: None, step, sign * value, gap)
    search.root(rounds=ROUNDS)
    assert search.log is not None
    model, point = search.model, search.relaxation.solve().point
    holding = [] if point is None else binding(model, search.log.first, point)
    return KeptProof(
        people, formulation, step, search.log.kept(holding, search.stood, search.relaxation.basis(range(model.size[0])))
    )
