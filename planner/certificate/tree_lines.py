"""Derives the bound found by a search, line by line, from the rows of the model."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import lcm
from typing import Final

from planner.certificate.cut_lines import cut_line
from planner.certificate.known_search import KnownNode, KnownSearch
from planner.certificate.lines import EVERYWHERE, Completion, Line, Sided, Terms, Within, split
from planner.proof.exact_model import Term

DIGITS: Final = 80
"""Binary digits behind the point of a multiplier; coefficients of cuts take half of them."""


class TreeLines:
    """The lines of one search; `rows` are those of its model without cuts, and `defined` says what the value is.

    The rows of nodes say scale x sign x value <= side.
    """

    def __init__(self, search: KnownSearch, rows: list[Sided], defined: Sided, goal: list[Term], sign: int) -> None:
        assert search.tree is not None
        self.search, self.rows, self.defined = search, rows, defined
        self.completion = Completion(search.model)
        self.unit = lcm(*(Fraction(factor).denominator for _, factor in goal))
        self.scale = self.unit << DIGITS
        value, _ = defined.terms[0]
        self.terms: Terms = {value: sign * self.scale}
        self.of_value = sign << DIGITS
        self.cut = cache(self._cut)

    def last(self) -> Line:
        """Return the line of the root: the bound for all points."""
        assert self.search.tree is not None
        return self._of_node(self.search.tree, EVERYWHERE)

    def _of_node(self, known: KnownNode, within: Within) -> Line:
        if len(known.below) == 2:
            low, high = sorted(known.below, key=lambda child: child.up)
            column, floor = low.column, low.floor
            name = f"x{column}"
            assumed = (
                Line({column: 1}, floor, "asm", name=f"{name}<={floor}"),
                Line({column: 1}, floor + 1, "asm", upper=True, name=f"{name}>={floor + 1}"),
            )
            sides = (
                self._of_node(low, Within(within.lower, {**within.upper, column: (floor, assumed[0])})),
                self._of_node(high, Within({**within.lower, column: (floor + 1, assumed[1])}, within.upper)),
            )
            return split("branch", sides, assumed)
        if known.node.empty and known.duals is not None:
            line = self.completion.line({}, self._weighted(known, 1 << DIGITS), within, "empty")
            if line.absurd:
                return line
        bounded: KnownNode | None = known if not known.node.empty else known.above
        while bounded is not None and bounded.duals is None:
            bounded = bounded.above
        multiplied = [] if bounded is None else self._weighted(bounded, self.scale)
        return self.completion.line(self.terms, [(self.defined, self.of_value), *multiplied], within, "bound")

    def _weighted(self, known: KnownNode, scale: int) -> list[tuple[Sided, int]]:
        """Return the rows with the duals of a node, in units of 1 / scale."""
        assert known.duals is not None
        first, weighted = len(self.rows), []
        for place in known.duals.nonzero()[0].tolist():
            y = int(Fraction(float(known.duals[place])) * scale)
            if y:
                row = self.rows[place] if place < first else self.cut(known.order[place - first])
                if row is not None:
                    weighted.append((row, y))
        return weighted

    def _cut(self, number: int) -> Sided | None:
        """Return the row of a cut, with its derivation; None where it has none."""
        log = self.search.log
        assert log is not None
        recipe, (terms, _) = log.recipes[number], self.search.cut_rows[number]
        made = []
        for place, multiplier in recipe.multipliers.items():
            row = self.rows[place] if place >= 0 else self.cut(-1 - place)
            if row is None:
                return None
            made.append((row, multiplier))
        point = log.points[recipe.round]
        line = cut_line(self.search.model, self.completion, (terms, point), made, f"cut{number}")
        return None if line is None else Sided(list(line.terms.items()), None, line.side, at_high=line)
