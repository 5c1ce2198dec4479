"""Writes a certificate in the format VIPR 1.0 (Cheung, Gleixner and Steffy 2017), which other programs check too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.certificate.lines import Line, Sided, Source
from planner.certificate.words import column_names, row_names
from planner.proof.columns import Columns
from planner.proof.exact_model import ExactModel, Number, Term


@dataclass(frozen=True)
class DefinedColumn:
    """A column that stands for terms of others."""

    name: str
    terms: Sequence[Term]


class VarsAndRows:
    """The sections of variables and rows: the exact model, and a column for each definition.

    Two rows for each column of the model come first, its bounds; then the rows; then the definitions.
    """

    def __init__(self, c: Columns, model: ExactModel, definitions: Sequence[DefinedColumn]) -> None:
        self.names = [*column_names(c, model), *(each.name for each in definitions)]
        self.whole = [column for column, whole in enumerate(model.whole) if whole]
        self.lines: list[str] = []
        self.bounds = 2 * len(model.upper)
        for column, (low, high) in enumerate(zip(model.lower, model.upper, strict=True)):
            self._add(f"least:{column}", "G", low, ((column, 1),))
            self._add(f"most:{column}", "L", high, ((column, 1),))
        self.rows = [
            self._row(name, model.terms(row), low, high)
            for row, (name, low, high) in enumerate(zip(row_names(model), model.low, model.high, strict=True))
        ]
        self.definitions = [
            self._row(f"defines:{each.name}", _defining(len(model.upper) + number, each.terms), 0, 0)
            for number, each in enumerate(definitions)
        ]

    def _add(self, name: str, sense: str, side: Number, terms: Iterable[tuple[int, int]]) -> int:
        self.lines.append(_constraint(name, sense, side, terms))
        return len(self.lines) - 1

    def _row(self, name: str, terms: list[tuple[int, int]], low: int | None, high: int | None) -> Sided:
        if low is not None and low == high:
            at = self._add(name, "E", low, terms)
            return Sided(terms, low, high, at, at)
        at_low = -1 if low is None else self._add(f"{name}:least" if high is not None else name, "G", low, terms)
        at_high = -1 if high is None else self._add(f"{name}:most" if low is not None else name, "L", high, terms)
        return Sided(terms, low, high, at_low, at_high)

    def text(self) -> Iterator[str]:
        """Yield the sections VAR, INT and CON; the objective is the first definition."""
        yield f"VAR {len(self.names)}"
        yield from self.names
        yield f"INT {len(self.whole)}"
        yield " ".join(map(str, self.whole))


def _defining(column: int, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Return column = terms, with whole coefficients; the new column comes first."""
    summed: dict[int, Number] = {}
    for each, factor in terms:
        summed[each] = summed.get(each, 0) + factor
    model = ExactModel(lower=[0] * (column + 1), upper=[0] * (column + 1), whole=[False] * (column + 1))
    model.row([(column, 1), *((each, -factor) for each, factor in summed.items())], low=0, high=0)
    return model.terms(0)


def _constraint(name: str, sense: str, side: Number, terms: Iterable[tuple[int, int]]) -> str:
    listed = list(terms)
    return " ".join([name, sense, str(side), str(len(listed)), *(f"{column} {value}" for column, value in listed)])


class Derivation:
    """The section of derived lines: each is written once, after those that it follows from."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._places: dict[int, int] = {}
        self._kept: list[Line] = []
        self.lines: list[str] = []

    def add(self, line: Line) -> int:
        """Write a line and all that it follows from; return its number."""
        waiting = [line]
        while waiting:
            each = waiting[-1]
            missing = [s for s, _ in each.parts if isinstance(s, Line) and id(s) not in self._places]
            if missing:
                waiting += missing
            else:
                waiting.pop()
                if id(each) not in self._places:
                    self._write(each)
        return self._places[id(line)]

    def conclude(self, value: int, line: Line, factor: Fraction, *, upper: bool, bound: Fraction) -> None:
        """Write the bound of the value: the last line times a factor."""
        sense, place = ("L" if upper else "G"), self.add(line)
        self.lines.append(f"{_constraint('bound', sense, bound, ((value, 1),))} {{ lin 1 {place} {factor} }} -1")

    def _write(self, line: Line) -> None:
        number = self._places[id(line)] = self._rows + len(self.lines)
        self._kept.append(line)
        reason: str = line.kind
        if line.kind in ("lin", "rnd"):
            summed: dict[int, int] = {}
            for source, y in line.parts:
                summed[self._place(source)] = summed.get(self._place(source), 0) + y
            used = {place: y for place, y in summed.items() if y}
            factors = (f"{place} {Fraction(y, 1 << line.digits)}" for place, y in used.items())
            reason = " ".join([line.kind, str(len(used)), *factors])
        elif line.kind == "uns":
            reason = " ".join(["uns", *(str(self._place(source)) for source, _ in line.parts)])
        sense = "G" if line.upper else "L"
        row = _constraint(f"{line.name}#{number}", sense, line.side, line.terms.items())
        self.lines.append(f"{row} {{ {reason} }} -1")

    def _place(self, source: Source) -> int:
        return self._places[id(source)] if isinstance(source, Line) else source


def solution(point: Sequence[Number]) -> str:
    """Return the plan as a solution: the values that are not 0."""
    values = [(column, value) for column, value in enumerate(point) if value]
    return " ".join(["plan", str(len(values)), *(f"{column} {value}" for column, value in values)])
