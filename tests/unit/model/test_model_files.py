"""Model files: five readers take each for the same problem, whatever its bounds, constants and empty places are."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from pathlib import Path

import pulp
import pytest

from planner.model.model_files import lp_lines, mps_lines, plain_problem, sign
from tests.unit.model.readers import READERS_OF, Refused, by_ortools, highs_with, optima

Made = tuple[pulp.LpProblem, float | None]
"""A problem and its optimum, None where it has none."""


def one_integer(
    sense: int, low: float | None, high: float | None, row: tuple[str, float], constant: float = 0.0
) -> pulp.LpProblem:
    """The least or greatest x + constant over an integer x in [low, high] with 2x at a side of a number."""
    problem = pulp.LpProblem("p", sense)
    x = problem.add_variable("x", low, high, "Integer")
    problem.setObjective(x + constant)
    problem.addConstraint(2 * x <= row[1] if row[0] == "<=" else 2 * x >= row[1], "row__0")
    return problem


def least(low: float | None, high: float | None, limit: float, constant: float = 0.0) -> pulp.LpProblem:
    return one_integer(pulp.LpMinimize, low, high, (">=", limit), constant)


def greatest(low: float | None, high: float | None, limit: float, constant: float = 0.0) -> pulp.LpProblem:
    return one_integer(pulp.LpMaximize, low, high, ("<=", limit), constant)


def continuous() -> Made:
    """A continuous variable below zero, one without bounds, and one without an upper bound."""
    problem = pulp.LpProblem("p", pulp.LpMinimize)
    low = problem.add_variable("low", -2.5, -0.5)
    free = problem.add_variable("free_", None, None)
    high = problem.add_variable("high", 0.25, None)
    problem.setObjective(low + free - high)
    problem.addConstraint(free - 0.5 * high >= -7.5, "row__0")
    problem.addConstraint(high <= 3, "row__1")
    return problem, -2.5 - 6 - 3


def fixed() -> Made:
    problem = pulp.LpProblem("p", pulp.LpMaximize)
    whole = problem.add_variable("whole", 9, 9, "Integer")
    part = problem.add_variable("part", -1.5, -1.5)
    rest = problem.add_variable("rest", 0, 4, "Integer")
    problem.setObjective(whole + part + rest)
    problem.addConstraint(whole + part + 2 * rest <= 11, "row__0")
    return problem, 8.5


def no_objective() -> Made:
    problem = pulp.LpProblem("p", pulp.LpMinimize)
    x = problem.add_variable("x", 0, 3, "Integer")
    problem.addConstraint(2 * x >= 3, "row__0")
    return problem, 0.0


def constant_alone() -> Made:
    problem = pulp.LpProblem("p", pulp.LpMaximize)
    x = problem.add_variable("x", 0, 3, "Integer")
    problem.setObjective(pulp.lpSum([3.25]))
    problem.addConstraint(2 * x >= 3, "row__0")
    return problem, 3.25


def no_rows() -> Made:
    problem = pulp.LpProblem("p", pulp.LpMaximize)
    x = problem.add_variable("x", 2, 1_000_000, "Integer")
    problem.setObjective(3 * x)
    return problem, 3_000_000.0


def many_digits() -> Made:
    problem = pulp.LpProblem("p", pulp.LpMaximize)
    x = problem.add_variable("x", 0, 100, "Integer")
    y = problem.add_variable("y", 0, None)
    problem.setObjective(x + 1e-7 * y + 1 / 3)
    problem.addConstraint(0.1 * x + 0.2 * y <= 0.1 + 0.2, "row__0")
    problem.addConstraint(1e-5 * x + 1e9 * y <= 1e20 / 3, "row__1")
    return problem, 3 + 1 / 3


def long_rows() -> Made:
    """An objective and a row of many lines in LP, ones with every second column an integer."""
    problem = pulp.LpProblem("p", pulp.LpMinimize)
    x = [problem.add_variable(f"x{n}", 0, n % 5 + 1, "Integer" if n % 2 else "Continuous") for n in range(400)]
    problem.setObjective(pulp.lpSum((1 + n / 4) * variable for n, variable in enumerate(x)))
    problem.addConstraint(pulp.lpSum(x) >= 50.5, "class_size_max__12345")
    problem.addConstraint(pulp.lpSum(x) == 51, "seats_taken__12345")
    cheapest = sorted(1 + n / 4 for n in range(400) for _ in range(n % 5 + 1))
    return problem, sum(cheapest[:51])


def infeasible() -> Made:
    return greatest(3, 50, 5), None


PROBLEMS: dict[str, Callable[[], Made]] = {
    "constant, minimised": lambda: (least(0, 10, 7, 25.5), 29.5),
    "constant, maximised": lambda: (greatest(0, 10, 7, -25.5), 3 - 25.5),
    "integer without an upper bound": lambda: (greatest(0, None, 777), 388),
    "integer from 2 without an upper bound": lambda: (greatest(2, None, 777), 388),
    "integer from 2": lambda: (greatest(2, 50, 777), 50),
    "integer to a thousand million": lambda: (greatest(0, 1_000_000_000, 2_500_000_000), 1_000_000_000),
    "integer of 0 or 1": lambda: (greatest(0, 1, 777), 1),
    "integer from below zero": lambda: (least(-7, None, -100.5), -7),
    "integer without bounds": lambda: (least(None, None, -100.5), -50),
    "integer below zero without a lower bound": lambda: (least(None, -3, -100.5), -50),
    "integer without a lower bound, at its upper": lambda: (greatest(None, -3, 100), -3),
    "continuous": continuous,
    "fixed": fixed,
    "no objective": no_objective,
    "a constant and no terms": constant_alone,
    "no rows": no_rows,
    "nothing": lambda: (pulp.LpProblem("p", pulp.LpMaximize), 0.0),
    "many digits": many_digits,
    "long rows": long_rows,
    "infeasible": infeasible,
}


def written(problem: pulp.LpProblem, file: Path, remark: str = "remark") -> Path:
    lines = (mps_lines if file.suffix == ".mps" else lp_lines)(plain_problem(problem), remark)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return file


@pytest.mark.parametrize("suffix", [".mps", ".lp"])
@pytest.mark.parametrize("name", PROBLEMS)
def test_every_reader_finds_the_same_optimum(tmp_path: Path, name: str, suffix: str) -> None:
    problem, best = PROBLEMS[name]()
    found = optima(written(problem, tmp_path / f"model{suffix}"))
    if best is None:
        assert found == dict.fromkeys(READERS_OF[suffix])
    else:
        assert found == pytest.approx(dict.fromkeys(READERS_OF[suffix], sign(problem) * best), rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("suffix", [".mps", ".lp"])
def test_a_reader_finds_the_very_numbers_of_the_problem(tmp_path: Path, suffix: str) -> None:
    problem = pulp.LpProblem("p", pulp.LpMaximize)
    numbers = [0.1 + 0.2, -1 / 3, 1e-7 / 3, 123456789.12345679, 2.0**49 + 0.125, -7.0]
    x = [problem.add_variable(f"x{n}", -abs(number), abs(number)) for n, number in enumerate(numbers)]
    problem.setObjective(pulp.lpSum(number * variable for number, variable in zip(numbers, x, strict=True)))
    problem.addConstraint(
        pulp.lpSum(number * variable for number, variable in zip(numbers, x, strict=True)) <= 2 / 3, "a"
    )
    read = highs_with(written(problem, tmp_path / f"model{suffix}")).getLp()
    assert list(read.col_cost_) == [-number for number in numbers]
    assert list(read.a_matrix_.value_) == numbers
    assert list(read.col_upper_) == [abs(number) for number in numbers]
    assert list(read.col_lower_) == [-abs(number) for number in numbers]
    assert (list(read.row_lower_), list(read.row_upper_)) == ([-inf], [2 / 3])


@pytest.mark.parametrize("suffix", [".mps", ".lp"])
def test_a_remark_of_any_text_is_one_line_of_ascii(tmp_path: Path, suffix: str) -> None:
    file = written(least(0, 10, 7), tmp_path / f"model{suffix}", "satu\nENDATA\r漢 \\ End")
    assert file.read_text(encoding="ascii").splitlines()[0][1:] == " satu ENDATA ? \\ End"
    assert set(optima(file).values()) == {4.0}


def test_a_column_that_stands_nowhere_is_not_in_the_file() -> None:
    problem = least(0, 10, 7)
    problem.add_variable("idle", 0, 1, "Integer")
    assert [column.name for column in plain_problem(problem).columns] == ["x"]


def test_ortools_reads_no_lp_of_this_kind_and_says_so(tmp_path: Path) -> None:
    """Were it to read one, it should be among the readers of LP."""
    with pytest.raises(Refused):
        by_ortools(written(least(0, 10, 7), tmp_path / "model.lp"))
