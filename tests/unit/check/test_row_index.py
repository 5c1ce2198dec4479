"""A rule looks at the rows of what it selects, and at no others where it need not."""

from __future__ import annotations

from planner.check.row_index import RowIndex
from planner.check.rows import StatedCell, StatedDecisions, StatedPayer

SEATS = {("a", "p", "1"): 3, ("a", "q", "1"): 4, ("b", "q", "1"): 5}
PAID = {
    StatedPayer(fund, StatedCell("q", group, "makan", None, "1")): amount
    for fund, group, amount in (("own", "a", 1), ("own", None, 2), ("partner", "b", 3))
}
INDEX = RowIndex(StatedDecisions(participants=SEATS, payments=PAID))


def test_all_rows_are_looked_at_where_nothing_is_selected() -> None:
    assert dict(INDEX.participants(None, None)) == SEATS
    assert dict(INDEX.payments(None, None, None)) == PAID


def test_of_several_selections_the_one_with_fewest_rows_is_looked_at() -> None:
    assert [n for _key, n in INDEX.participants(None, frozenset("a"))] == [3, 4]
    assert [n for _key, n in INDEX.participants(frozenset("p"), frozenset("ab"))] == [3]
    assert [n for _key, n in INDEX.payments(frozenset("q"), None, frozenset({"partner"}))] == [3]
    assert [n for _key, n in INDEX.payments(None, frozenset("a"), frozenset({"own"}))] == [1]


def test_what_has_no_rows_has_none() -> None:
    assert list(INDEX.participants(frozenset(), None)) == []
    assert list(INDEX.payments(None, frozenset({"nobody"}), None)) == []
