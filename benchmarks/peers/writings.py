"""One model written in each library's own idiom, and its relaxation solved by the HiGHS that the library calls.

    writing(matrix) -> how to solve it; solve() -> minimum of the relaxation

The model is given as a matrix, read from the file that all solvers get; rows are written family by family.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Solve = Callable[[], float]


@dataclass(frozen=True)
class Family:
    """Rows of one kind: lower <= the sum of factors x columns <= upper; row r has the entries starts[r]:starts[r+1]."""

    name: str
    starts: NDArray[np.int64]
    columns: NDArray[np.int64]
    factors: Numbers
    lower: Numbers
    upper: Numbers

    def rows(self) -> Iterator[tuple[list[tuple[int, float]], float, float]]:
        """The entries and the two bounds of each row."""
        entries = list(zip(self.columns.tolist(), self.factors.tolist(), strict=True))
        bounds = zip(self.lower.tolist(), self.upper.tolist(), strict=True)
        for (low, high), begin, end in zip(bounds, self.starts[:-1], self.starts[1:], strict=True):
            yield entries[begin:end], low, high


@dataclass(frozen=True)
class Matrix:
    """Minimise cost x columns within the bounds of columns and rows."""

    cost: Numbers
    lower: Numbers
    upper: Numbers
    whole: NDArray[np.bool_]
    families: tuple[Family, ...]

    @classmethod
    def read(cls, file: Path) -> Self:
        """The matrix of an MPS file, its rows in families by their names."""
        import highspy  # only here: OR-Tools brings a HiGHS of its own, and two in one process break

        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.readModel(str(file))
        lp: Any = highs.getLp()
        by_column = lp.a_matrix_  # HiGHS keeps what it has read by columns
        row_of, factors = np.array(by_column.index_), np.array(by_column.value_)
        order = np.argsort(row_of, kind="stable")
        columns = np.repeat(np.arange(lp.num_col_), np.diff(by_column.start_))[order]
        factors = factors[order]
        starts = np.concatenate([[0], np.cumsum(np.bincount(row_of, minlength=lp.num_row_))])
        names = np.array([name.partition("__")[0] for name in lp.row_names_])
        families = []
        for name in dict.fromkeys(names.tolist()):
            rows = np.flatnonzero(names == name)
            entries = np.concatenate([np.arange(starts[r], starts[r + 1]) for r in rows])
            lengths = np.concatenate([[0], np.cumsum(starts[rows + 1] - starts[rows])])
            low, high = np.array(lp.row_lower_)[rows], np.array(lp.row_upper_)[rows]
            families.append(Family(name, lengths, columns[entries], factors[entries], low, high))
        whole = np.array([kind == highspy.HighsVarType.kInteger for kind in lp.integrality_] or [False] * lp.num_col_)
        return cls(np.array(lp.col_cost_), np.array(lp.col_lower_), np.array(lp.col_upper_), whole, tuple(families))


def in_pyomo(matrix: Matrix) -> Solve:
    """Variables and constraints by index sets and rules."""
    import pyomo.environ as pyo

    model: Any = pyo.ConcreteModel()
    low, high, whole = matrix.lower.tolist(), matrix.upper.tolist(), matrix.whole.tolist()
    model.columns = pyo.RangeSet(0, len(low) - 1)
    model.x = pyo.Var(
        model.columns,
        domain=lambda _, n: pyo.Integers if whole[n] else pyo.Reals,
        bounds=lambda _, n: (low[n], high[n]),
    )
    for family in matrix.families:
        rows = list(family.rows())

        def rule(model: Any, number: int, rows: list[Any] = rows) -> Any:
            entries, least, most = rows[number]
            total = pyo.quicksum(factor * model.x[n] for n, factor in entries)
            if least == most:
                return total == least
            return total <= most if least == -np.inf else (total >= least if most == np.inf else (least, total, most))

        setattr(model, family.name, pyo.Constraint(range(len(rows)), rule=rule))
    costs = [(n, factor) for n, factor in enumerate(matrix.cost.tolist()) if factor]
    model.goal = pyo.Objective(expr=pyo.quicksum(factor * model.x[n] for n, factor in costs))

    def solve() -> float:
        solver = pyo.SolverFactory("appsi_highs")
        solver.highs_options = {"solve_relaxation": True, "parallel": "off"}
        solver.solve(model)
        return float(pyo.value(model.goal))

    return solve


def in_linopy(matrix: Matrix) -> Solve:
    """Arrays of variables, and for each family one array of expressions, padded to its longest row."""
    import linopy
    import xarray

    model = linopy.Model()
    labels = np.zeros(len(matrix.cost), dtype=np.int64)
    for kind, chosen in (("whole", matrix.whole), ("real", ~matrix.whole)):
        at = np.flatnonzero(chosen)
        if len(at):
            bounds = [xarray.DataArray(some[at], {f"{kind}_column": at}) for some in (matrix.lower, matrix.upper)]
            labels[at] = model.add_variables(*bounds, name=kind, integer=kind == "whole").labels.to_numpy()
    for family in matrix.families:
        lengths = np.diff(family.starts)
        used = np.arange(lengths.max()) < lengths[:, None]
        columns, factors = np.full(used.shape, -1), np.full(used.shape, np.nan)
        columns[used], factors[used] = labels[family.columns], family.factors
        place = (f"{family.name}_row", "_term")
        sums: Any = xarray.Dataset(
            {"coeffs": (place, factors), "vars": (place, columns)}, {place[0]: np.arange(len(lengths))}
        )
        total = linopy.LinearExpression(sums, model)
        for sign, bound in (("=", family.lower), (">=", family.lower), ("<=", family.upper)):
            exact = family.lower == family.upper
            at = np.flatnonzero(np.isfinite(bound) & (exact if sign == "=" else ~exact))
            if len(at):
                side = xarray.DataArray(bound[at], {place[0]: at})
                name = f"{family.name}_{ {'=': 'equal', '>=': 'least', '<=': 'most'}[sign] }"
                model.add_constraints(total.isel({place[0]: at}), sign, side, name=name)
    at = np.flatnonzero(matrix.cost)
    terms: Any = xarray.Dataset({"coeffs": ("_term", matrix.cost[at]), "vars": ("_term", labels[at])})
    model.add_objective(linopy.LinearExpression(terms, model))

    def solve() -> float:
        model.solve("highs", io_api="direct", solve_relaxation=True, parallel="off", output_flag=False)
        return float(model.objective.value or 0.0)

    return solve


def in_mathopt(matrix: Matrix) -> Solve:
    """Variables and linear expressions, one by one; solved by the HiGHS that OR-Tools brings."""
    from ortools.math_opt.python import mathopt

    model = mathopt.Model()
    bounds = zip(matrix.lower.tolist(), matrix.upper.tolist(), matrix.whole.tolist(), strict=True)
    x = [model.add_variable(lb=low, ub=high, is_integer=whole) for low, high, whole in bounds]
    for family in matrix.families:
        for entries, low, high in family.rows():
            model.add_linear_constraint(lb=low, expr=mathopt.fast_sum(factor * x[n] for n, factor in entries), ub=high)
    model.minimize(mathopt.fast_sum(factor * x[n] for n, factor in enumerate(matrix.cost.tolist()) if factor))

    def solve() -> float:
        options = mathopt.SolveParameters()
        options.highs.bool_options["solve_relaxation"] = True
        options.highs.string_options["parallel"] = "off"
        return float(mathopt.solve(model, mathopt.SolverType.HIGHS, params=options).objective_value())

    return solve


def in_pulp(matrix: Matrix) -> Solve:
    """Variables and sums as PuLP's own pages show them: what `planner` is built on, used plainly."""
    import pulp

    model = pulp.LpProblem("peers", pulp.LpMinimize)
    x = [
        model.add_variable(
            f"x{n}",
            None if low == -np.inf else low,
            None if high == np.inf else high,
            "Integer" if whole else "Continuous",
        )
        for n, (low, high, whole) in enumerate(
            zip(matrix.lower.tolist(), matrix.upper.tolist(), matrix.whole.tolist(), strict=True)
        )
    ]
    model.setObjective(pulp.lpSum(factor * x[n] for n, factor in enumerate(matrix.cost.tolist()) if factor))
    for family in matrix.families:
        for number, (entries, low, high) in enumerate(family.rows()):
            total = pulp.lpSum(factor * x[n] for n, factor in entries)
            if low == high:
                model.addConstraint(total == low, f"{family.name}_{number}")
            else:
                if low != -np.inf:
                    model.addConstraint(total >= low, f"{family.name}_{number}_least")
                if high != np.inf:
                    model.addConstraint(total <= high, f"{family.name}_{number}_most")

    def solve() -> float:
        model.solve(pulp.HiGHS(msg=False, mip=True, solve_relaxation=True, parallel="off"))
        value = pulp.value(model.objective)
        assert value is not None
        return value

    return solve


WRITINGS: Final[dict[str, tuple[str, str, Callable[[Matrix], Solve]]]] = {
    "PuLP": ("pulp", "pulp", in_pulp),
    "Pyomo": ("pyomo", "pyomo.environ", in_pyomo),
    "linopy": ("linopy", "linopy", in_linopy),
    "OR-Tools MathOpt": ("ortools", "ortools.math_opt.python.mathopt", in_mathopt),
}
"""Name of a library -> its package, what is imported of it, and the model written by it."""
