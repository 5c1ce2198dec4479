"""A model as HiGHS holds it: loaded once; goals, bounds and held levels then change in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from planner.highs.configured import configured
from planner.highs.simplex import DUAL, PRIMAL
from planner.model.build import Model
from planner.model.rows import Term
from planner.solve.engine import RunOptions
from planner.solve.guided.kept_matrix import KeptMatrix
from planner.solve.guided.open_part import Coefficients, Mask, OpenPart, Values
from planner.solve.highs import HEURISTICS
from planner.solve.highs_run import Watch, outcome_of
from planner.solve.outcome import Ending, Outcome, believed

Basis = highspy.HighsBasis
"""Which columns and rows are at their bounds, and which are basic."""

NO_LIMIT: Final = 2**31 - 1
"""Iterations of the simplex method that never end [HiGHS' own default]."""

NO_PRICE: Final = 1e-6
"""A row or column without an end whose price is at most this counts as free: HiGHS prices are off by up to 1e-7."""


class NotInMatrix(LookupError):
    """A goal contains a variable that is in no row, so that HiGHS has no column for it."""


@dataclass(frozen=True)
class Relaxed:
    """The best point in fractions."""

    value: float
    bound: float
    """What no point exceeds, in whole numbers or fractions; since HiGHS's tolerances let it stop early, this may be
    better than `value`. Infinite where it was not asked for."""
    point: Values
    """By column."""
    slope: Values
    """By column: by how much the goal at first improves with each unit more of it."""

    @property
    def loss(self) -> Values:
        """By column: by how much the goal worsens with each unit by which the column leaves its bound."""
        return np.abs(self.slope)


class Matrix:
    """One model in HiGHS. Bounds are given with each run and hold for that run only; added rows stay."""

    def __init__(self, model: Model, start: Basis | None = None, kept: KeptMatrix | None = None) -> None:
        """Load `model`, or change the matrix `kept` where `model` was refit from the model of that.

        Its first relaxation starts from the basis `start` of a similar model, if that fits.
        """
        refit = None if kept is None else kept.refit(model)
        held = KeptMatrix(model) if kept is None or refit is None else kept
        self._highs: Any = held.highs if refit is None else refit
        self.places = held.places
        """The id of the variable of each column."""
        self.size = held.size
        """The number of variables of the problem."""
        self._column = held.column
        lp = self._highs.getLp()
        self.lower, self.upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
        self.whole: Mask = held.whole
        self.people: Mask = held.people
        self.design: Mask = self.whole & ~self.people
        self.decided: Mask = self.design & ~held.follows
        """The part of the design that a plan decides; the rest follows from it and from the people."""
        self.classes: Mask = held.classes
        self._coefficients: Coefficients | None = None
        self._optimum: Basis | None = None
        self._all = np.arange(len(self.places), dtype=np.int32)
        continuous = np.full(len(self.places), highspy.HighsVarType.kContinuous)
        self._highs.changeColsIntegrality(len(self.places), self._all, continuous)
        if start is not None and (len(start.col_status), len(start.row_status)) == (lp.num_col_, lp.num_row_):
            self._highs.setBasis(start)

    @property
    def basis(self) -> Basis | None:
        """The basis of the last relaxation; None where it is unknown."""
        stood = self._highs.getBasis()
        return stood if stood.valid else None

    def leave_basis(self) -> None:
        """Start the next relaxation from scratch, with presolve."""
        self._highs.clearSolver()

    def back_to_optimum(self) -> bool:
        """Start the next relaxation from the optimum within all bounds of the goal before; return whether it is known.

        A goal held since leaves that point possible, so that the primal simplex method goes on from it: for 2,000
        groups it takes 64 iterations to the least cost, where the dual one takes 5,300, and 105,000 from scratch.
        """
        optimum = self._optimum
        if optimum is None:
            return False
        rows = list(optimum.row_status)
        added = self._highs.getNumRow() - len(rows)
        optimum.row_status = rows + [highspy.HighsBasisStatus.kBasic] * added
        return bool(self._highs.setBasis(optimum) == highspy.HighsStatus.kOk)

    def columns_of(self, variables: Sequence[pulp.LpVariable]) -> NDArray[np.int32]:
        """Return the columns of those variables that have one."""
        found = self._column[[variable.id for variable in variables]] if variables else self._column[:0]
        return found[found >= 0]

    def aim(self, terms: Sequence[Term], sense: Literal["max", "min"]) -> None:
        """Make the sum of `terms` the goal. Raises NotInMatrix where a variable has no column."""
        cost = np.zeros(len(self._all))
        for variable, factor in terms:
            column = self._column[variable.id]
            if column < 0:
                raise NotInMatrix(variable.name)
            cost[column] += factor
        self._highs.changeColsCost(len(cost), self._all, cost)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize if sense == "max" else highspy.ObjSense.kMinimize)
        self._highs.changeObjectiveOffset(0.0)
        self.sense: Literal["max", "min"] = sense
        self.cost = cost

    def hold(self, terms: Sequence[Term], low: float, high: float) -> None:
        """Add the row low <= sum of terms <= high."""
        factors = np.zeros(len(self._all))
        for variable, factor in terms:
            factors[self._column[variable.id]] += factor
        columns = np.flatnonzero(factors).astype(np.int32)
        self._coefficients = None
        self._highs.addRow(low, high, len(columns), columns, factors[columns])

    def relaxed(
        self,
        lower: Values,
        upper: Values,
        options: RunOptions,
        *,
        bounding: bool = True,
        most_iterations: int | None = None,
        presolved: bool = True,
        primal: bool = False,
    ) -> Relaxed | Ending:
        """Optimise in fractions within these bounds, from the basis of the previous run.

        With `bounding`, the bounds are those of all plans, and a bound that no point exceeds is computed too. After
        `most_iterations` of the simplex method, the `primal` or the dual one, it ends without an answer. Where there is
        no basis, the model is `presolved` first.
        """
        self._highs.setOptionValue("presolve", "choose" if presolved else "off")
        self._highs.setOptionValue("simplex_strategy", PRIMAL if primal else DUAL)
        self._highs.setOptionValue("simplex_iteration_limit", most_iterations or NO_LIMIT)
        self._highs.changeColsBounds(len(self._all), self._all, lower, upper)
        if options.seconds is not None:
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + options.seconds)
        self._watch(options).follow(self._highs)
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            solution = self._highs.getSolution()
            point = np.asarray(solution.col_value, dtype=np.float64)
            prices = np.asarray(solution.col_dual, dtype=np.float64)
            value = float(np.dot(self.cost, point))
            if np.all(np.isfinite(point)) and np.all(np.isfinite(prices)):
                bound = np.inf if self.sense == "max" else -np.inf
                if bounding:
                    self._optimum = self.basis
                    bound = self._bound(prices, np.asarray(solution.row_dual, dtype=np.float64), lower, upper)
                return Relaxed(value, bound, point, prices if self.sense == "max" else -prices)
        infeasible = status == highspy.HighsModelStatus.kInfeasible
        return Ending.INFEASIBLE if infeasible else Ending.FAILED

    def _bound(self, prices: Values, row_prices: Values, lower: Values, upper: Values) -> float:
        """Return a bound that no point exceeds: the sum of price x range over columns and rows.

            goal of x = sum of price_j x_j + sum of price_i (row i of x),    whatever the prices of the rows

        so that each term is at most (at least, where the goal is minimised) its value at one end of its range. HiGHS
        calls a point optimal with prices wrong by up to its tolerance, which adds up over wide ranges: it took a
        coverage of 0.5011 of people for the best where 0.5024 is possible. Infinite where a price has no end.
        """
        lp = self._highs.getLp()
        rows = (row_prices, np.asarray(lp.row_lower_), np.asarray(lp.row_upper_))
        return sum(self._furthest(*each) for each in ((prices, lower, upper), rows))

    def _furthest(self, prices: Values, lower: Values, upper: Values) -> float:
        up = (prices > 0) == (self.sense == "max")
        ends = np.where(up, upper, lower)
        priced = np.where(np.isfinite(ends), prices, np.where(np.abs(prices) <= NO_PRICE, 0.0, prices))
        return float(np.sum(priced * np.where(priced == 0.0, 0.0, ends)))

    def searched(self, lower: Values, upper: Values, whole: Mask, options: RunOptions) -> Outcome:
        """Optimise within these bounds with some columns whole; the point has a value per variable of the problem.

        The start in the options is a value per column, NaN where unknown.
        """
        lp = self._highs.getLp()
        lp.col_lower_, lp.col_upper_ = lower, upper
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in whole]
        settings: dict[str, Any] = {"random_seed": 0, "mip_rel_gap": 0.0}
        if options.seconds is not None:
            settings["time_limit"] = options.seconds
        if options.most_nodes is not None:
            settings["mip_max_nodes"] = options.most_nodes
        if not options.heuristics:
            settings |= dict.fromkeys(HEURISTICS, False)
        if not options.restarts:
            settings |= {"mip_allow_restart": False, "mip_detect_symmetry": False}
        if options.target is not None:
            settings["objective_target"] = options.target
        highs: Any = configured(settings)
        highs.passModel(lp)
        if options.start is not None:
            known = np.flatnonzero(np.isfinite(options.start)).astype(np.int32)
            highs.setSolution(len(known), known, options.start[known])
        watch = self._watch(options)
        watch.follow(highs)
        return believed(outcome_of(highs, watch, bool(whole.any())), self.size, self.sense)

    def searched_apart(self, lower: Values, upper: Values, whole: Mask, options: RunOptions) -> Outcome:
        """Search in the part that the bounds leave open, without looking for points beside: for searches of a moment.

        It ends with a point as good as the target of the options.
        """
        if self._coefficients is None:
            self._coefficients = Coefficients.of(self._highs.getLp())
        part = OpenPart.within(self._coefficients, self.cost, lower, upper)
        if part is None:
            return Outcome(Ending.INFEASIBLE)
        settings: dict[str, Any] = {"random_seed": 0, "mip_rel_gap": options.gap, "mip_max_nodes": options.most_nodes}
        settings |= {"mip_allow_restart": False, "mip_detect_symmetry": False, **dict.fromkeys(HEURISTICS, False)}
        if options.target is not None:
            settings["objective_target"] = options.target
        if options.seconds is not None:
            settings["time_limit"] = options.seconds
        highs: Any = configured(settings)
        if not len(part.columns) or not part.load(highs, whole, self._highs.getLp().sense_):
            return self.searched(lower, upper, whole, options)
        fixed = np.zeros(self.size)
        fixed[self.places] = lower
        watch = Watch(options, 0, self.places[part.columns], self.size, fixed)
        watch.follow(highs)
        return believed(outcome_of(highs, watch, bool(whole[part.columns].any())), self.size, self.sense)

    def _watch(self, options: RunOptions) -> Watch:
        return Watch(options, 0, self.places, self.size)
