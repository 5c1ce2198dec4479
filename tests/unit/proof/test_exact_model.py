"""Rows are multiplied out to whole numbers and say the same as they were given."""

from __future__ import annotations

from fractions import Fraction

from planner.proof.exact_model import ExactModel


def model(*uppers: int | Fraction, whole: bool = True) -> ExactModel:
    made = ExactModel()
    for upper in uppers:
        made.column(upper, whole=whole)
    return made


def test_a_row_is_multiplied_out_and_divided_by_what_its_numbers_share() -> None:
    made = model(9, 9)
    made.row([(0, Fraction(1, 2)), (1, Fraction(2, 3))], high=Fraction(10, 3))
    assert (made.terms(0), made.low, made.high) == ([(0, 3), (1, 4)], [None], [20])
    made.row([(0, 600_000), (1, 900_000)], high=2_000_000)
    assert (made.terms(1), made.high[1]) == ([(0, 2), (1, 3)], 6), "of whole columns the side is rounded inwards"


def test_over_other_columns_no_side_is_rounded() -> None:
    made = model(9, 9, whole=False)
    made.row([(0, 6), (1, 9)], low=5, high=20)
    assert (made.terms(0), made.low, made.high) == ([(0, 6), (1, 9)], [5], [20])
    made.row([(0, 6), (1, 9)], low=-30, high=21)
    assert (made.terms(1), made.low[1], made.high[1]) == ([(0, 2), (1, 3)], -10, 7)


def test_terms_of_one_column_are_added_up_and_an_empty_row_stays_only_if_it_is_false() -> None:
    made = model(9)
    made.row([(0, 2), (0, -2)], high=0)
    assert made.size == (0, 1, 0)
    made.row([(0, 2), (0, -2)], low=1)
    assert made.size == (1, 1, 0)
    assert not made.keeps([3])


def test_a_whole_column_has_whole_bounds() -> None:
    made = model(Fraction(7, 2))
    assert made.upper == [3]
    assert model(Fraction(7, 2), whole=False).upper == [Fraction(7, 2)]


def test_points_keep_rows_exactly() -> None:
    made = model(10, 10)
    made.row([(0, 851_371), (1, 1)], high=851_371 * 3)
    assert made.keeps([3, 0])
    assert not made.keeps([3, 1])
