"""Budget lines in words, and as rka.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.programmes import PriceBy
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.budget_lines import budget_lines
from planner.plans.plan import Plan
from planner.report.csv_tables import write_tables
from planner.report.wording.budget_lines import calculation, item_text, unit_text
from planner.report.wording.formats import Formats
from planner.spreadsheets.text_cells import DATA
from tests.scenarios.builders import DECISIONS, SMALL, large, plan, scenario

PART = "of the price of 1 OJ, Rp900,000; other funds pay the rest"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with speaking("en"):
        yield


def words(built: Scenario, made: Plan) -> list[tuple[str, str, str]]:
    return [
        (item_text(built, line), unit_text(line), calculation(built, line, Formats("en")))
        for line in budget_lines(built, made)
    ]


def test_lines_say_what_is_paid_in_which_unit_and_how_it_is_counted() -> None:
    assert words(scenario(), plan()) == [
        ("Konsumsi", "OH", "110 participants \u00d7 3 OH"),
        ("Honorarium narasumber", "OJ", ""),
        ("Honorarium narasumber (part of APBD Provinsi Jambi)", "lump sum", PART),
        ("Honorarium narasumber", "OJ", ""),
        ("Honorarium narasumber (part of Universitas Jambi)", "lump sum", PART),
        ("Penyusunan kurikulum", "activity", ""),
        ("Perjalanan dinas", "OK", "Kerinci"),
        ("Lisensi", "person", ""),
        ("Agreement with Universitas Jambi", "activity", ""),
        ("Socialization: Analis keuangan BPKAD", "activity", ""),
    ]


def test_classes_and_kinds_of_employment_are_spelled_out() -> None:
    programmes = [dict(programme) for programme in SMALL["programmes"]]
    programmes[0]["costs"] = [
        {"item": "Narasumber", "per": "class", "quantity": 24, "unit": "OJ", "price": 1000},
        {"item": "Sewa", "per": "class", "price": 1000},
        {"item": "Uang saku", "per": "participant", "price": {"by": "employment", "default": 0, "pns": 7}},
    ]
    groups = [dict(group, employment="pns") for group in SMALL["groups"]]
    funds = [{"id": "apbd", "kind": "own", "amount": 10**9}]
    built = scenario(programmes=programmes, groups=groups, funds=funds)
    assert words(built, plan(built, replace(DECISIONS, seats={})))[:3] == [
        ("Narasumber", "OJ", "3 classes \u00d7 24 OJ"),
        ("Sewa", "class", ""),
        ("Uang saku", "person", "PNS"),
    ]


def test_of_many_places_with_one_price_some_are_named() -> None:
    built, made = large(30, 4, 3)
    price = PriceBy(by="location", default=165_000)
    programmes = tuple(
        p.model_copy(update={"costs": (p.costs[1].model_copy(update={"price": price}),)}) for p in built.programmes
    )
    of_people = tuple(payment for payment in made.payments if payment.group)
    remarks = [
        remark
        for _item, _unit, remark in words(built.changed(programmes=programmes), replace(made, payments=of_people))
    ]
    assert "Batanghari, Kerinci, Merangin, and 4 more" in remarks
    assert all(remark.count(",") == 3 for remark in remarks if remark and not remark.startswith("of the price"))


def test_rka_csv_has_the_lines_and_sums_to_the_cost(tmp_path: Path) -> None:
    built = scenario(scenario={"language": "en"})
    write_tables(built, plan(built), tmp_path)
    with (tmp_path / DATA / "rka.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]
    columns = ["programme", "fund", "account", "item", "coefficient", "unit", "price", "amount"]
    assert [*rows[0]] == [*columns, "price_before_tax", "tax", "volume", "price_code"]
    assert rows[0] == {
        "programme": "bimtek-keu",
        "fund": "apbd",
        "account": "5.1.02.01.01.0052",
        "item": "Konsumsi",
        "coefficient": "330",
        "unit": "OH",
        "price": "55000",
        "amount": "18150000",
        "price_before_tax": "55000",
        "tax": "0",
        "volume": "110 Person x 3 Day",
        "price_code": "",
    }
    assert [row["item"] for row in rows] == [item for item, _unit, _remark in words(built, plan(built))]
    assert all(int(row["coefficient"]) * int(row["price"]) == int(row["amount"]) for row in rows)
    assert sum(int(row["amount"]) for row in rows) == plan(built).total_cost
