from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.plans.tables import COLUMNS, tables
from tests.scenarios import hand
from tests.scenarios.builders import plan, plan_from, scenario

ANSWER = plan()
FRAMES = tables(scenario(), ANSWER)
STORED = ("allocations", "classes", "seats", "payments", "closings", "funds", "rules")
"""Tables whose rows are those of plan.json."""


def test_every_table_of_the_plan_is_there_with_its_columns() -> None:
    assert list(FRAMES) == [*STORED[:-1], "resources", "rules", "attendance", "hours_target"]
    assert {name: list(frame.columns) for name, frame in FRAMES.items()} == {
        name: list(columns) for name, columns in COLUMNS.items() if name != "years"
    }, "years are a table of plans of several years"


def test_rows_are_those_of_the_plan_in_its_order() -> None:
    for name in (*STORED, "hours_target"):
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


def test_resources_have_what_there_is_what_is_used_and_what_is_left_by_period() -> None:
    # 4 people in TW1 and 3 in TW2, each for 2.5 nights; nights: 12 in TW1, 9 in TW2
    plain = hand.scenario(
        resources=[{"id": "asrama", "name": "Asrama", "unit": "orang-malam", "amount": {"TW1": 12, "TW2": 9}}],
        programmes={"uses": {"asrama": {"per": "participant", "amount": 2.5}}},
    )
    read = Scenario.model_validate(plain)
    answer = plan_from(read, Decisions({("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 3}))
    frame = tables(read, answer)["resources"]
    assert frame.to_numpy().tolist() == [
        ["asrama", "Asrama", "orang-malam", "TW1", 12, 10, 2],
        ["asrama", "Asrama", "orang-malam", "TW2", 9, 7.5, 1.5],
    ]
