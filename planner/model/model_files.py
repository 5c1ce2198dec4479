"""Text of a problem in the MPS and LP formats, in the one form that every reader takes for the same problem.

Readers differ in the defaults that they assume, so everything is written out:

    objective   is minimised, a maximisation negated: GLPK refuses the OBJSENSE section that other readers need in MPS
    constant    of the objective is the factor of a column fixed at 1: as a right-hand side of the objective in MPS
                GLPK adds what all others subtract, and as a number in LP it refuses it
    bounds      are both written for every column, the lower first: unwritten, integer columns get bounds 0 and 1 from
                most MPS readers
    sections    are all there, and an objective and a row too: CBC and SCIP refuse MPS without RHS, GLPK LP without rows
    numbers     are the shortest decimals that give the same floating-point number back

MPS is in its free form, whose names may be longer than eight characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from math import inf
from typing import Final

import pulp

OBJECTIVE: Final = "OBJ"
"""Name of the objective in the files."""

ONE: Final = "one"
"""Name of the column fixed at 1, there only for a constant, or where the objective or all rows would be missing."""

LINE: Final = 100
"""Characters after which an expression in LP goes on in the next line, for people to read."""

SENSES: Final = {pulp.LpConstraintLE: ("L", "<="), pulp.LpConstraintEQ: ("E", "="), pulp.LpConstraintGE: ("G", ">=")}
"""Letter in MPS and sign in LP of a row's sense."""

Entry = tuple[str, float]
"""The name of a column, or of a row, and the coefficient there."""


@dataclass(frozen=True)
class PlainColumn:
    """A variable with its bounds, infinite where it has none."""

    name: str
    lower: float
    upper: float
    whole: bool


@dataclass(frozen=True)
class PlainRow:
    """A row: the sum of coefficient x column, in a sense of SENSES, against a number."""

    name: str
    entries: list[Entry]
    sense: int
    bound: float


@dataclass(frozen=True)
class PlainProblem:
    """The contents of a file: minimise the objective over the columns, subject to the rows."""

    objective: list[Entry]
    columns: list[PlainColumn]
    rows: list[PlainRow]


def sign(problem: pulp.LpProblem) -> int:
    """Return the factor from the minimum in a file to the optimum of `problem`: 1, or -1 if it is maximised."""
    return -1 if problem.sense == pulp.LpMaximize else 1


def plain_problem(problem: pulp.LpProblem) -> PlainProblem:
    """Extract the rows of `problem`, and every column that occurs in a row or in the objective."""
    goal = problem.objective
    constant, terms = (0.0, []) if goal is None else (goal.constant, goal.items())
    objective = [(variable.name, sign(problem) * factor) for variable, factor in terms]
    columns = [
        PlainColumn(
            variable.name,
            -inf if variable.lowBound is None else variable.lowBound,
            inf if variable.upBound is None else variable.upBound,
            whole=variable.cat != pulp.LpContinuous,
        )
        for variable in problem.exported_variables()
    ]
    rows = [
        PlainRow(row.name, [(variable.name, factor) for variable, factor in row.items()], row.sense, -row.constant)
        for row in problem.constraints()
    ]
    if constant or not objective or not rows:
        columns.append(PlainColumn(ONE, 1, 1, whole=False))
        objective.append((ONE, sign(problem) * constant))
    if not rows:
        rows.append(PlainRow(f"{ONE}__0", [(ONE, 1.0)], pulp.LpConstraintEQ, 1.0))
    return PlainProblem(objective, columns, rows)


def mps_lines(plain: PlainProblem, remark: str) -> Iterator[str]:
    """Yield the lines of `plain` in free MPS, in ASCII, with `remark` as a comment at the head."""
    yield f"* {_ascii(remark)}"
    yield "NAME planner FREE"
    yield "ROWS"
    yield f" N {OBJECTIVE}"
    for row in plain.rows:
        yield f" {SENSES[row.sense][0]} {row.name}"
    yield "COLUMNS"
    yield from _mps_columns(plain)
    yield "RHS"
    for row in plain.rows:
        if row.bound:
            yield f" RHS {row.name} {_number(row.bound)}"
    yield "BOUNDS"
    for column in plain.columns:
        for kind, bound in _mps_bounds(column):
            yield f" {kind} BND {column.name}{'' if bound is None else ' ' + _number(bound)}"
    yield "ENDATA"


def _mps_columns(plain: PlainProblem) -> Iterator[str]:
    """Yield the columns with their entries, the integer ones between markers."""
    entries: dict[str, list[Entry]] = {column.name: [] for column in plain.columns}
    for name, factor in plain.objective:
        entries[name].append((OBJECTIVE, factor))
    for row in plain.rows:
        for name, factor in row.entries:
            entries[name].append((row.name, factor))
    whole = False
    for column in plain.columns:
        if column.whole != whole:
            whole = column.whole
            yield f" MARKER 'MARKER' '{'INTORG' if whole else 'INTEND'}'"
        for row_name, factor in entries[column.name]:
            yield f" {column.name} {row_name} {_number(factor)}"
    if whole:
        yield " MARKER 'MARKER' 'INTEND'"


def _mps_bounds(column: PlainColumn) -> Iterator[tuple[str, float | None]]:
    """Yield the kinds of bound of a column and their numbers, in the order in which they are written."""
    if column.lower == column.upper:
        yield "FX", column.lower
    elif column.lower == -inf and column.upper == inf:
        yield "FR", None
    else:
        yield ("MI", None) if column.lower == -inf else ("LO", column.lower)
        yield ("PL", None) if column.upper == inf else ("UP", column.upper)


def lp_lines(plain: PlainProblem, remark: str) -> Iterator[str]:
    """Yield the lines of `plain` in the LP format of CPLEX, in ASCII, with `remark` as a comment at the head."""
    yield f"\\ {_ascii(remark)}"
    yield "Minimize"
    yield from _wrapped(chain([f"{OBJECTIVE}:"], _terms(plain.objective)))
    yield "Subject To"
    for row in plain.rows:
        limit = f"{SENSES[row.sense][1]} {_number(row.bound)}"
        yield from _wrapped(chain([f"{row.name}:"], _terms(row.entries), [limit]))
    yield "Bounds"
    for column in plain.columns:
        yield f" {_lp_bounds(column)}"
    whole = [column.name for column in plain.columns if column.whole]
    if whole:
        yield "General"
        yield from _wrapped(whole)
    yield "End"


def _lp_bounds(column: PlainColumn) -> str:
    if column.lower == column.upper:
        return f"{column.name} = {_number(column.lower)}"
    if column.lower == -inf and column.upper == inf:
        return f"{column.name} free"
    upper = "+inf" if column.upper == inf else _number(column.upper)  # GLPK knows inf by its sign alone
    return f"{_number(column.lower)} <= {column.name} <= {upper}"


def _terms(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the terms of a sum, each with its sign as a separate word: "2.5 x0", "- x1". GLPK reads no signed
    numbers."""
    for number, (name, factor) in enumerate(entries):
        before = "- " if factor < 0 else "+ " if number else ""
        size = "" if abs(factor) == 1 else f"{_number(abs(factor))} "
        yield before + size + name


def _wrapped(words: Iterable[str]) -> Iterator[str]:
    """Yield lines of `words`, each of at most LINE characters or one word, indented by one more from the second on."""
    line = ""
    indent = " "
    for word in words:
        if line and len(line) + 1 + len(word) > LINE:
            yield line
            line, indent = "", "  "
        line = f"{line} {word}" if line else indent + word
    if line:
        yield line


def _number(value: float) -> str:
    """Return the shortest decimal that gives `value` back, without a needless point."""
    return repr(float(value) + 0.0).removesuffix(".0")


def _ascii(text: str) -> str:
    """Return `text` as one line of ASCII, so that readers need no encoding."""
    return " ".join(text.encode("ascii", "replace").decode("ascii").split())
