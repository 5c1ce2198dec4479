from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planner.payments.payment import Payment
from planner.plans.tables import COLUMNS, tables
from tests.builders import plan, scenario

ANSWER = plan()
FRAMES = tables(scenario(), ANSWER)


def test_every_table_of_the_plan_is_there_with_its_columns() -> None:
    assert list(FRAMES) == ["allocations", "classes", "seats", "payments", "closings", "funds", "rules"]
    assert {name: list(frame.columns) for name, frame in FRAMES.items()} == {
        name: list(columns) for name, columns in COLUMNS.items()
    }


def test_rows_are_those_of_the_plan_in_its_order() -> None:
    for name in ("allocations", "classes", "seats", "payments", "closings", "funds", "rules"):
        assert len(FRAMES[name]) == len(getattr(ANSWER, name))
    assert list(FRAMES["payments"]["amount"]) == [p.amount for p in ANSWER.payments]
    assert list(FRAMES["allocations"]["participants"]) == [a.participants for a in ANSWER.allocations]


def test_names_stand_beside_ids() -> None:
    row = FRAMES["allocations"].iloc[0]
    assert (row["group"], row["group_name"], row["agency"]) == ("bpkad-analis", "Analis keuangan BPKAD", "BPKAD")
    assert row["programme_name"] == "Bimtek pengelolaan keuangan daerah"
    assert row["hours"] == 80 * 24


def test_what_does_not_apply_is_empty_and_whole_numbers_stay_whole() -> None:
    agreement = FRAMES["payments"][FRAMES["payments"]["item"] == "agreement:unja"].iloc[0]
    assert (agreement["programme"], agreement["group"]) == ("", "")
    huge = 2**53 + 1
    payment = Payment("apbd", None, None, "agreement:unja", None, "TW1", huge)
    frame = tables(scenario(), replace(ANSWER, payments=(payment,)))["payments"]
    assert int(frame["amount"].iloc[0]) == huge
    assert frame["account"].iloc[0] == ""


def test_an_empty_table_keeps_its_columns_and_types() -> None:
    frame = tables(scenario(), replace(ANSWER, seats=()))["seats"]
    assert list(frame.columns) == list(COLUMNS["seats"])
    assert frame["seats"].dtype == pd.Int64Dtype()


def test_a_bound_that_is_not_there_is_missing() -> None:
    assert FRAMES["rules"]["at_most"].isna().all()
    assert list(FRAMES["rules"]["held"]) == [True, False]
    assert list(FRAMES["rules"]["kind"]) == ["hard", "soft"]
