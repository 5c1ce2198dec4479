"""Programmes of payments, as HiGHS holds and solves them."""

from __future__ import annotations

from math import inf

from planner.payments.money_program import MoneyProgram


def test_factors_of_zero_are_left_out_and_those_of_one_column_add_up() -> None:
    program = MoneyProgram()
    first, second = program.column(0, 10), program.column(0, 10, whole=True)
    program.row([(first, 1.0), (second, 0.0), (first, 1.0)], 3, inf)
    program.row([(first, 1.0), (second, 1.0)], 6, inf)
    assert program.least([(first, 1.0), (second, 0.5), (second, 1.5)], {}) == (6.0, [6.0, 0.0])


def test_a_row_of_zeros_alone_holds_or_nothing_does() -> None:
    for low, found in ((0, (0.0, [0.0])), (1, None)):
        program = MoneyProgram()
        column = program.column(0, 10)
        program.row([(column, 0.0)], low, inf)
        assert program.least([(column, 1.0)], {}) == found


def test_columns_that_nothing_speaks_of_are_nothing() -> None:
    program = MoneyProgram()
    program.column(0)
    paid = program.column(0)
    program.row([(paid, 1.0)], 5, inf)
    assert program.least([(paid, 1.0)], {}) == (5.0, [0.0, 5.0])
